//! The browser side: storage, clocks, randomness, the tracker, and the moving
//! of elements.
//!
//! Lives here: everything that touches the page through `web-sys`. Must not live
//! here: what an order depends on (`engine`), or exports (`bindings`). Whatever
//! the browser refuses is a value, never a panic: the page comes first.

pub mod arrange;
pub mod callback;
pub mod clock;
pub mod dom;
pub mod entropy;
pub mod exposure;
pub mod markup;
pub mod memory;
pub mod reading;
pub mod sink;
pub mod storage;
pub mod tracker;

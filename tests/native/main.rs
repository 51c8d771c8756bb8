//! Tests that need no browser: the invariants of the source, the contract
//! fixtures, the laws of the engine, its stored bytes, and a second, slow
//! implementation to compare it with.
//!
//! They go through `engine::Session` wherever they can, so that the engine's
//! inside may change. What the engine must promise is written here, not how.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at a surprise, also in its helpers"
)]

mod codec;
mod contract;
mod crashers;
mod envelope;
mod laws;
mod reference;
mod shop;
mod storing;
mod tidy;

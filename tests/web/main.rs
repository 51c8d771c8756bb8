//! Tests of the browser side, in a real browser: reading and moving elements,
//! watching a page, storage, and the class that JavaScript sees.
//!
//! `wasm-pack test --headless --chrome -- --test web`, and the same for Firefox.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at a surprise, also in its helpers"
)]

mod arranging;
mod boundary;
mod page;
mod settled;
mod shop;
mod storing;
mod tracking;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

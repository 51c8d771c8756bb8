//! Tests of learning: the bytes of an artifact, what a trainer makes of sessions,
//! and a second, slow implementation of the score to compare the engine with.
//! With the feature `train` only.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at a surprise, also in its helpers"
)]

mod anonymity;
mod bytes;
mod contexts;
mod event_weights;
mod forest;
mod orders;
mod page;
mod parts;
mod priors;
mod rank_weights;
mod reference;
mod shards;
mod shop;
mod stock;
mod stock_bytes;
mod training;
mod transitions;
mod vectors;

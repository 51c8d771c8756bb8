//! What the fuzzer runs, a module a target: each takes any bytes and panics where
//! the engine breaks a promise.
//!
//! `tests/native/crashers.rs` compiles the same modules and runs them over the
//! committed corpus and over every input that once crashed, so that a plain
//! `cargo test` needs neither the fuzzer nor its compiler.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a panic is how a finding is told, and nobody links this"
)]

pub mod envelope;
pub mod events;
pub mod invented;
pub mod record;
pub mod sealed;
pub mod store;

/// A target takes any bytes.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 4] = [
    ("record", record::run),
    ("sealed", sealed::run),
    ("store", store::run),
    ("events", events::run),
];

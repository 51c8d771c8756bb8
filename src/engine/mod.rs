//! The engine: events in, permutation out.
//!
//! Lives here: everything Reshelf knows about shops, shoppers and orders. Must
//! not live here: a clock, randomness, storage, JavaScript. Whatever the engine
//! needs from outside comes in as an argument or through [`crate::ports`], so
//! that the same code runs in property tests, simulations and browsers.
#![forbid(unsafe_code)]

pub mod affinity;
pub mod artifact;
pub mod catalog;
pub mod checksum;
pub mod codec;
pub mod compaction;
pub mod context;
pub mod digits;
pub mod diversity;
pub mod dwell;
pub mod erasure;
pub mod event;
pub mod evidence;
pub mod explain;
pub mod facts;
pub mod fatigue;
pub mod fold;
pub mod graph;
pub mod holdings;
pub mod intent;
pub mod intern;
pub mod journal;
pub mod ledger;
pub mod math;
pub mod mirroring;
pub mod muting;
pub mod next_category;
pub mod outbox;
pub mod price;
pub mod profile;
pub mod query;
pub mod rank;
pub mod ranking;
pub mod recommend;
pub mod replenish;
pub mod report;
pub mod room;
pub mod score;
pub mod sections;
pub mod session;
pub mod sorting;
pub mod time;
pub mod trained;
pub mod vault;

pub use session::{ArmRow, Config, Session};

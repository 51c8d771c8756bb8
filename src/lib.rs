//! Reshelf re-shelves a shop for each shopper, on the shopper's own device.
//!
//! This crate is the engine. In a browser it is loaded as WebAssembly through
//! the npm package `reshelf`; natively it is the same code, for tests,
//! simulations and command-line tools. Events go in, a permutation comes out.
//!
//! # In short
//!
//! [`engine::Session`] is one page's engine. It has no clock, no randomness and
//! no storage: every moment is an argument.
//!
//! ```
//! use reshelf::engine::catalog::ItemRow;
//! use reshelf::engine::event::{Event, EventKind};
//! use reshelf::engine::journal::DocumentId;
//! use reshelf::engine::time::Millis;
//! use reshelf::engine::{Config, Session};
//!
//! let mut shop = Session::new(Config::default(), DocumentId(1));
//! let mut items = Vec::new();
//! for (id, category) in [("lamp", "Light"), ("mug", "Kitchen"), ("candle", "Light")] {
//!     let row = ItemRow { id: id.into(), category: vec![category.into()], ..Default::default() };
//!     items.extend(shop.add_item(&row));
//! }
//!
//! // Nothing is known: the merchant's order.
//! let now = Millis::from_js(1_767_225_600_000.0);
//! let search = shop.symbol("search");
//! assert_eq!(shop.order(search, &items, &[], None, now), [0, 1, 2]);
//!
//! // Somebody looks at the candle twenty times: it stands first.
//! for _ in 0..20 {
//!     let view = Event {
//!         kind: EventKind::View,
//!         subject: shop.item("candle"),
//!         at: now,
//!         dwell_ms: Some(20_000.0),
//!         placement: None,
//!     };
//!     shop.track(view, now);
//! }
//! assert_eq!(shop.order(search, &items, &[], None, now)[0], 2);
//!
//! // And why: the parts add up to the score.
//! let why = shop.explain("search", "candle").unwrap();
//! assert_eq!((why.rank, why.merchant_rank), (0, 2));
//! ```
//!
//! # What is where
//!
//! * [`engine`]: everything an order depends on. Pure: start here.
//! * [`ports`]: what the engine needs from outside, as traits.
//! * `web` (wasm32 only): the page, the browser's storage and clocks.
//! * `bindings` (wasm32 only): the one class that JavaScript sees.
//!
//! Within [`engine`] the order of reading is `event`, `evidence`, `ledger`,
//! `profile`, `affinity`, `score`, `rank`; the rest can wait.

// Set by the build of what a page loads: all of it is compiled for size but what is
// marked, which an order or a row waits for.
#![cfg_attr(speed, feature(optimize_attribute))]

pub mod engine;
pub mod ports;
#[cfg(feature = "train")]
pub mod train;

#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(target_arch = "wasm32")]
pub mod web;

//! The trainer: from a shop's sessions to the bytes of an artifact.
//!
//! Lives here: choice, anonymity, renumbering, packing and fitting. Must not live
//! here: files, formats and SQL (the package `reshelf-cli`), or anything that a
//! page needs: it is compiled with the feature `train` only.
//!
//! The order of reading: `corpus` (what comes in), `pairs` and `table` (who
//! follows whom), `stock`, `content`, `together` and `extras` (what orders and the
//! catalogue add), `groups` (prototypes), `numbering`, `pack` (bytes), `sharding` (which
//! categories share a shard), `choice` and `plan` (what fits into a budget),
//! `splitting` (files), `evaluation`, `rehearsal` and `fit` (the mix), `search` and
//! `fitting` (of which plan), `trainer` (the whole way).
//! Same input, same bytes: sums are of integers, ties are broken by number, and
//! no hash map is walked through.
#![forbid(unsafe_code)]

pub mod boosting;
pub mod choice;
pub mod classification;
pub mod columns;
pub mod content;
pub mod contexts;
pub mod corpus;
pub mod evaluation;
pub mod event_weights;
pub mod extras;
pub mod fit;
pub mod fitting;
pub mod groups;
pub mod intent;
pub mod next_category;
pub mod numbering;
pub mod off_policy;
pub mod pack;
pub mod pairs;
pub mod plan;
pub mod rank_weights;
pub mod rehearsal;
pub mod rerank;
pub mod search;
pub mod section_questions;
pub mod section_world;
pub mod segmentation;
pub mod segments;
pub mod sharding;
pub mod shopping;
pub mod simulation;
pub mod splitting;
pub mod stock;
pub mod tab_world;
pub mod table;
pub mod taste_world;
pub mod together;
pub mod trainer;
pub mod transitions;
pub mod twister;
pub mod vectors;
pub mod writing;

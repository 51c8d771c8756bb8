//! What the command line sees besides the trainer, a file each. With the feature
//! `train` only; a page never loads it. Must not live here: files and formats.

pub mod bandit;
pub mod evaluations;
pub mod intent;
pub mod models;
pub mod simulations;

//! What the command line sees, a file each. With the feature
//! `train` only; a page never loads it. Must not live here: files and formats.

pub mod bandit;
pub mod evaluations;
pub mod evaluator;
pub mod inspection;
pub mod intent;
pub mod models;
pub mod orders;
pub mod priors;
pub mod simulations;
pub mod trainer;

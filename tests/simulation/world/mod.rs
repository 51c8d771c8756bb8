//! A browser in memory, with the engine's real sessions in its pages: what the
//! test, the command line and the seeds share. Must not live here: how many seeds
//! are run, and what is printed.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a simulation stops at a surprise"
)]

mod browser;
mod coming;
mod compacting;
mod database;
mod driving;
mod locks;
mod mirroring;
mod origin;
pub mod outcome;
pub mod plan;
mod probe;
mod random;
mod tab;
mod truth;
mod verdict;

use browser::World;
use outcome::Outcome;
use plan::{Plan, Scenario, Size};
use random::Random;

/// The story of one seed, and the judgement of how it ended.
pub fn run(scenario: Scenario, size: Size, seed: u64, trace: bool) -> Outcome {
    let mut random = Random::new(seed);
    let plan = Plan::new(scenario, size, &mut random);
    if trace {
        eprintln!("{plan:?}");
    }
    let mut world = World::new(plan, random, trace);
    world.start();
    world.run();
    world.judge()
}

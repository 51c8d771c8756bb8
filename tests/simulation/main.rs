//! Some seeds of the simulation, as a test: whole browsers with pages that come,
//! go, crash, freeze, erase and compact. Thousands of seeds are run by the
//! example `simulate`. Must not live here: the simulation itself (`world`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod world;

use world::outcome::Outcome;
use world::plan::{Scenario, Size};

fn seeds(scenario: Scenario, count: u64, size: Size) {
    let mut sum = Outcome::default();
    let (mut failing, mut faults) = (Vec::new(), Vec::new());
    for seed in 0..count {
        let outcome = world::run(scenario, size, seed, false);
        sum.add(&outcome);
        if !outcome.faults.is_empty() {
            failing.push(seed);
            faults.extend(outcome.faults.iter().map(|fault| format!("seed {seed}: {fault}")));
        }
    }
    let sum = sum.json(count, size.tabs, size.events, &failing);
    assert!(failing.is_empty(), "{sum}\n{}\n", faults.join("\n"));
}

#[test]
fn whatever_happens_each_event_counts_once() {
    seeds(Scenario::All, 300, Size { tabs: 8, events: 100 });
}

#[test]
fn however_many_tabs_want_room_each_event_counts_once() {
    seeds(Scenario::All, 6, Size { tabs: 32, events: 1_000 });
}

#[test]
fn whoever_interferes_what_is_erased_is_gone() {
    seeds(Scenario::Erase, 300, Size { tabs: 6, events: 100 });
}

#[test]
fn however_many_pages_are_loaded_the_store_is_small() {
    seeds(Scenario::Pages, 1, Size { tabs: 1, events: 4_000 });
}

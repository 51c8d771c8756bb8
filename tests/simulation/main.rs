//! Some seeds of the simulation, as a test: whole browsers with pages that come,
//! go, crash, freeze, erase and compact. Thousands of seeds are run by the
//! example `simulate`.
#![cfg(not(target_arch = "wasm32"))]

mod world;

use world::plan::{Habits, Scenario, Size};

fn seeds(scenario: Scenario, count: u64, size: Size) {
    let mut failed = Vec::new();
    for seed in 0..count {
        let outcome = world::run(scenario, Habits::default(), size, seed, false);
        for fault in outcome.faults {
            failed.push(format!("seed {seed}: {fault}"));
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn whatever_happens_each_event_counts_once() {
    seeds(Scenario::All, 40, Size { tabs: 8, events: 60 });
}

#[test]
fn whoever_interferes_what_is_erased_is_gone() {
    seeds(Scenario::Erase, 20, Size { tabs: 6, events: 60 });
}

#[test]
fn however_many_pages_are_loaded_the_store_is_small() {
    seeds(Scenario::Pages, 1, Size { tabs: 1, events: 600 });
}

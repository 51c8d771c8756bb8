//! Every order of a few steps, tried out: three pages that write, compact, crash
//! and erase, with what others did visible some steps later. The engine's real
//! ledger and vault take every step; a page's state is a function of what it did
//! and saw, so that it is compared by this and rebuilt from it. Must not live
//! here: long stories, kills and the mirror (`world`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at a surprise")]

#[path = "model/page.rs"]
mod page;
#[path = "model/state.rs"]
mod state;

use page::{Map, Op, Page};
use state::{Expected, State, TABS, Verdict};
use stateright::{Checker, Model, Property};

/// Steps of a story.
const DEPTH: usize = if cfg!(debug_assertions) { 6 } else { 7 };

/// What somebody may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// Opens the page if need be, and records an event.
    Write(usize),
    /// Sees what others did.
    See(usize),
    /// Folds finished journals, long after the last one who did.
    Compact(usize),
    Crash(usize),
    Erase(usize),
}

/// Pages over a store that already holds so much that a compaction folds.
struct Pages {
    store: Map,
}

impl Model for Pages {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![State::new(self.store.clone())]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        if state.steps == DEPTH {
            return;
        }
        for tab in 0..TABS {
            // Pages that have not begun are all alike: the next one begins.
            if (0..tab).any(|earlier| !state.has_begun(earlier)) {
                continue;
            }
            actions.push(Step::Write(tab));
            if state.is_open(tab) {
                actions.push(Step::Compact(tab));
                actions.push(Step::Crash(tab));
                if state.is_behind(tab) {
                    actions.push(Step::See(tab));
                }
                if state.eraser.is_none() {
                    actions.push(Step::Erase(tab));
                }
            }
        }
    }

    fn next_state(&self, state: &State, step: Step) -> Option<State> {
        let mut next = state.begin_step();
        match step {
            Step::Write(tab) => next.write(tab),
            Step::See(tab) => next.see(tab),
            Step::Compact(tab) => next.compact(tab),
            Step::Crash(tab) => next.crash(tab),
            Step::Erase(tab) => next.erase(tab),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing counts twice", |_, state: &State| !state.verdict().doubled),
            Property::always("nothing is lost", |_, state: &State| !state.verdict().lost),
            Property::always("nothing erased is left", |_, state: &State| {
                !state.verdict().remembered
            }),
            Property::sometimes("a compaction folds", |_, state: &State| state.verdict().folded),
        ]
    }
}

/// As many finished journals in a snapshot as are kept apart.
fn crowded_store() -> Map {
    let mut store = Map::new();
    for number in 0..state::BEFORE {
        let mut page = Page::open(0x100 + number);
        store = page.perform(store, &Op::Load);
        store = page.perform(store, &Op::Write(state::FIRST + number as u32));
    }
    let mut page = Page::open(0x200);
    store = page.perform(store, &Op::Load);
    page.perform(store, &Op::Compact(Vec::new()))
}

#[test]
fn in_every_order_each_event_counts_once() {
    let begin = std::time::Instant::now();
    let model = Pages { store: crowded_store() };
    let checker = model.checker().threads(2).spawn_bfs().join();
    eprintln!(
        "{} states of {} steps in {:.1} s",
        checker.unique_state_count(),
        DEPTH,
        begin.elapsed().as_secs_f64()
    );
    for (name, path) in checker.discoveries() {
        eprintln!("{name}: {:?}", path.into_actions());
    }
    checker.assert_properties();
}

/// The model itself must be able to see what it looks for.
#[test]
fn a_journal_counted_in_two_places_is_noticed() {
    let mut state = State::new(crowded_store());
    state.write(0);
    state.expect(0, Expected::Never);
    assert!(matches!(state.verdict(), Verdict { remembered: true, .. }));
}

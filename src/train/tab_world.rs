//! A world of tabs: each counts its own events, and now and then takes in what it can
//! read of the others, which may be old. In the end somebody reads all, in any order
//! and some of it twice. Asks whether each event counts once. Must not live here: how
//! journals merge (`engine::ledger`), storage, or crashes (`tests/simulation`).

use super::simulation::{Chance, START, tell};
use crate::engine::event::EventKind;
use crate::engine::journal::DocumentId;
use crate::engine::time::Millis;
use crate::engine::{Config, Session};

const ROUNDS: usize = 20;
const TABS: usize = 8;
const EVENTS: usize = 100;
/// How often a tab stores what it has, reads, and is read old.
const STORES: f64 = 0.2;
const READS: f64 = 0.1;

/// What was counted in all rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Events that tabs were told of.
    pub events: u32,
    /// Of these, never counted.
    pub lost: u32,
    /// Counted more than once.
    pub double: u32,
}

/// Runs the world.
pub fn run(seed: u32) -> Counted {
    let mut chance = Chance::new(seed);
    let mut counted = Counted::default();
    for round in 0..ROUNDS {
        let events = (TABS * EVENTS) as u32;
        let found = self::round(&mut chance, round as u64);
        counted.events += events;
        counted.lost += events.saturating_sub(found);
        counted.double += found.saturating_sub(events);
    }
    counted
}

/// One shopper's tabs; the events that a last page counts.
fn round(chance: &mut Chance, round: u64) -> u32 {
    let mut tabs: Vec<Session> = (0..TABS as u64).map(|tab| page(round << 8 | tab)).collect();
    // All that was ever stored, old copies too.
    let mut stored: Vec<String> = Vec::new();
    let mut now = START;
    // Tabs take turns by chance, but each has its share.
    let mut turns: Vec<usize> = (0..TABS * EVENTS).map(|turn| turn % TABS).collect();
    chance.shuffle(&mut turns);
    for turn in turns {
        now += 1_000.0;
        let Some(tab) = tabs.get_mut(turn) else { continue };
        let item = tab.item(&format!("item {}", chance.below(40)));
        tell(tab, EventKind::View, item, None, now);
        if chance.happens(STORES) {
            stored.extend(tab.journals());
        }
        if chance.happens(READS) && !stored.is_empty() {
            let old = stored.get(chance.below(stored.len())).cloned().unwrap_or_default();
            tab.take_in(&["", &old]);
        }
    }
    for tab in &tabs {
        stored.extend(tab.journals());
    }
    chance.shuffle(&mut stored);
    let mut last = page(round << 8 | 0xff);
    for text in &stored {
        last.take_in(&["", text]);
    }
    last.profile(Millis::from_js(now)).events
}

fn page(name: u64) -> Session {
    Session::new(Config::default(), DocumentId(name + 1))
}

//! A shop, its shopper and its storage, to try the engine on: what all modules
//! of these tests share. Nothing is asserted here.

use proptest::prelude::*;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind, Subject};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::Vault;
use reshelf::engine::{Config, Session};
use reshelf::ports::{StorageArea, StorageError};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// 2026-01-01, noon UTC: the present of every test.
pub const NOW: f64 = 1_767_268_800_000.0;
pub const MINUTE: f64 = 60_000.0;
pub const DAY: f64 = 86_400_000.0;

/// A handle that no engine gives out, as the facade writes "no item".
pub const NO_ITEM: u32 = u32::MAX;

pub fn millis(ms: f64) -> Millis {
    Millis::from_js(ms)
}

/// One thing the shopper does, in terms of the test's own catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    pub kind: EventKind,
    /// Index in the catalogue; past its end: an item nobody registered.
    pub item: usize,
    /// Before [`NOW`]; negative is in the future.
    pub ago_ms: f64,
    pub dwell_ms: Option<f32>,
}

/// Whether the shopper did anything but stay on a page that was open before.
pub fn has_act(acts: &[Act]) -> bool {
    acts.iter().any(|act| act.kind.is_act() && act.kind != EventKind::Dwell)
}

/// A document that knows a catalogue.
pub struct Visit {
    pub session: Session,
    /// Handles in the order of the catalogue.
    pub items: Vec<u32>,
}

impl Visit {
    pub fn new(config: &Config, document: u64, rows: &[ItemRow]) -> Self {
        let mut session = Session::new(config.clone(), DocumentId(document));
        let items = rows.iter().map(|row| session.add_item(row).expect("within limits")).collect();
        Self { session, items }
    }

    /// Handle of the catalogue's item, or of one nobody registered.
    pub fn item(&mut self, index: usize) -> Option<u32> {
        match self.items.get(index) {
            Some(item) => Some(*item),
            None => self.session.item(&format!("stranger {index}")),
        }
    }

    pub fn act(&mut self, act: &Act) {
        let subject = if act.kind.subject() == Subject::Item {
            self.item(act.item)
        } else {
            self.session.symbol(&format!("subject {}", act.item))
        };
        let placement = self.session.symbol("list");
        let Act { kind, dwell_ms, .. } = *act;
        let at = millis(NOW - act.ago_ms);
        self.session.track(Event { kind, subject, at, dwell_ms, placement }, millis(NOW));
    }

    pub fn acts(mut self, acts: &[Act]) -> Self {
        acts.iter().for_each(|act| self.act(act));
        self
    }

    /// Order of a list of catalogue indexes, under the placement `list`.
    pub fn order(&mut self, list: &[usize], fixed: &[bool]) -> Vec<u32> {
        self.search(list, fixed, None)
    }

    /// The same for what was found by these words.
    pub fn search(&mut self, list: &[usize], fixed: &[bool], words: Option<&str>) -> Vec<u32> {
        let items: Vec<u32> =
            list.iter().map(|index| self.items.get(*index).copied().unwrap_or(NO_ITEM)).collect();
        let placement = self.session.symbol("list");
        let words = words.and_then(|words| self.session.symbol(words));
        self.session.order(placement, &items, fixed, words, millis(NOW))
    }

    /// Everything the engine would tell about itself, as one comparable text.
    pub fn told(&mut self) -> String {
        let profile = self.session.profile(millis(NOW));
        format!("{profile:?} {:?}", self.session.journals())
    }
}

/// A configuration with this strength and quota.
pub fn config(strength: f64, quota: f64) -> Config {
    Config { store: "shop".into(), strength, quota }
}

// ---------------------------------------------------------------- storage

/// Storage in memory that lists its keys in an order of the test's choice, as
/// browsers differ in it.
#[derive(Clone, Default)]
pub struct Drawer {
    pub values: Rc<RefCell<BTreeMap<String, String>>>,
    /// Keys are listed by the hash of themselves and this.
    pub listing: u64,
}

impl Drawer {
    /// A vault in this drawer.
    pub fn vault(&self) -> Vault {
        Vault::new(Box::new(self.clone()), "shop", 7)
    }

    /// The same contents in a drawer of its own.
    pub fn copy(&self, listing: u64) -> Self {
        Self { values: Rc::new(RefCell::new(self.values.borrow().clone())), listing }
    }
}

impl StorageArea for Drawer {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.values.borrow_mut().insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let mut keys: Vec<String> =
            self.values.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect();
        let mixed = |key: &String| {
            key.bytes().fold(self.listing, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
            })
        };
        keys.sort_by_key(mixed);
        Ok(keys)
    }
}

// ------------------------------------------------------------- strategies

/// So many stories a law; `PROPTEST_CASES` asks for more. A failure prints its
/// smallest story and writes nothing into the source tree.
pub fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(count);
    let (failure_persistence, max_global_rejects) = (None, cases.saturating_mul(100));
    ProptestConfig { cases, failure_persistence, max_global_rejects, ..ProptestConfig::default() }
}

/// Words a shop might use, kind or not.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec!["red", "wax", "Home", "Candles", "Glow", "gift"]),
        2 => prop::sample::select(vec!["__proto__", "🕯️", "", "  ", "a > b", "colour:", "\u{0}"]),
    ]
    .prop_map(str::to_owned)
}

fn price() -> impl Strategy<Value = f64> {
    prop_oneof![
        9 => 0.01..500.0,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, -1.0, 0.0, f64::MAX, 1e-300]),
    ]
}

/// Rows of a catalogue; ids are `i0`, `i1`, …
pub fn catalogue(most: usize) -> impl Strategy<Value = Vec<ItemRow>> {
    let row = (
        prop::collection::vec(word(), 0..4),
        prop::option::of(word()),
        prop::option::of(price()),
        prop::option::of(word()),
        prop::collection::vec(prop_oneof![word(), Just("colour:red".to_owned())], 0..4),
    );
    prop::collection::vec(row, 1..=most).prop_map(|rows| {
        let row = |(index, (category, brand, price, colour, tags))| ItemRow {
            id: format!("i{index}"),
            category,
            brand,
            price,
            colour,
            tags,
            ..ItemRow::default()
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

/// Anything a page may report, with the numbers it may report it with.
pub fn act(items: usize) -> impl Strategy<Value = Act> {
    let ago = prop_oneof![
        6 => 0.0..3.0 * DAY,
        3 => 0.0..200.0 * DAY,
        1 => prop::sample::select(vec![-DAY, f64::NAN, f64::INFINITY, NOW + DAY]),
    ];
    let dwell = prop_oneof![
        4 => (0f32..600_000.0).prop_map(Some),
        4 => Just(None),
        1 => prop::sample::select(vec![f32::NAN, f32::INFINITY, -1.0, f32::MAX]).prop_map(Some),
    ];
    (0..EventKind::ALL.len(), 0..items + 2, ago, dwell).prop_map(
        |(kind, item, ago_ms, dwell_ms)| Act { kind: EventKind::ALL[kind], item, ago_ms, dwell_ms },
    )
}

pub fn acts(items: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(items), 0..=most)
}

/// Strength and quota as a page may configure them, in range or not.
pub fn configuration() -> impl Strategy<Value = Config> {
    let odd = || prop::sample::select(vec![f64::NAN, -5.0, 1e9, f64::INFINITY, 0.0]);
    (prop_oneof![9 => 0.0..=100.0, 1 => odd()], prop_oneof![9 => 0.0..=10.0, 1 => odd()])
        .prop_map(|(strength, quota)| config(strength, quota))
}

/// A search, if any: some words are searched often, some never.
pub fn words() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        Just(None),
        prop::sample::select(vec!["heart", "Red HEART", "", " gift "]).prop_map(Some)
    ]
}

/// A shop, a shopper's history, and a list with duplicates and strangers in it.
#[derive(Clone, Debug)]
pub struct Story {
    pub rows: Vec<ItemRow>,
    pub acts: Vec<Act>,
    pub list: Vec<usize>,
}

pub fn story() -> impl Strategy<Value = Story> {
    catalogue(40).prop_flat_map(|rows| {
        let count = rows.len();
        (Just(rows), acts(count, 40), prop::collection::vec(0..count + 3, 0..60))
            .prop_map(|(rows, acts, list)| Story { rows, acts, list })
    })
}

/// As [`story`], with every item of the catalogue in the list once.
pub fn tidy_story() -> impl Strategy<Value = Story> {
    story().prop_flat_map(|story| {
        let list: Vec<usize> = (0..story.rows.len()).collect();
        Just(list).prop_shuffle().prop_map(move |list| Story { list, ..story.clone() })
    })
}

/// As [`tidy_story`], by a shopper who clicks a lot in what a search has found.
pub fn searches() -> impl Strategy<Value = Story> {
    tidy_story().prop_map(|story| {
        let click = |(at, act): (usize, &Act)| {
            let kind = if at % 2 == 0 { EventKind::Click } else { act.kind };
            Act { kind, ..*act }
        };
        let acts = story.acts.iter().enumerate().map(click).collect();
        Story { acts, ..story }
    })
}

/// A visit in which every act of a story followed a search.
pub fn searched(story: &Story, config: &Config) -> Visit {
    let mut visit = Visit::new(config, 1, &story.rows);
    for (at, act) in story.acts.iter().enumerate() {
        let words = if at % 3 == 0 { "red heart" } else { "gift" };
        visit.search(&story.list, &[], Some(words));
        visit.act(act);
    }
    visit
}

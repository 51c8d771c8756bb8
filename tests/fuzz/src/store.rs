//! A storage area with anything in it, and two pages that use it, with other
//! scripts, other tabs and a mirror that put anything in between.

use super::envelope::read;
use super::invented::{Moment, NOW, Name, Value};
use arbitrary::{Arbitrary, Unstructured};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::codec::{self, LONGEST_TEXT};
use reshelf::engine::compaction::Pace;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::room::LARGEST_STORE;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::Vault;
use reshelf::engine::{Config, Session};
use reshelf::ports::{StorageArea, StorageError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Bounds of one story, so that there are many a second.
const MOST_ENTRIES: usize = 12;
const MOST_STEPS: usize = 16;

#[derive(Arbitrary, Debug)]
struct Story<'a> {
    before: Vec<(Key<'a>, Value<'a>)>,
    steps: Vec<(bool, Step<'a>)>,
}

#[derive(Arbitrary, Clone, Debug)]
enum Key<'a> {
    Journal(Name),
    Snapshot(Name),
    Meta,
    Quarantine,
    /// Under the prefix, and whatever follows.
    Near(&'a str),
    Foreign(&'a str),
}

impl Key<'_> {
    fn text(&self) -> String {
        match self {
            Self::Journal(Name(id)) => format!("reshelf.shop.j.{id:016x}"),
            Self::Snapshot(Name(id)) => format!("reshelf.shop.s.{id:016x}"),
            Self::Meta => "reshelf.shop.m".into(),
            Self::Quarantine => "reshelf.shop.q".into(),
            Self::Near(rest) => format!("reshelf.shop.{rest}"),
            Self::Foreign(key) => (*key).to_owned(),
        }
    }
}

/// What one of the two pages does, or what happens to it.
#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Open,
    Track { kind: u8, item: u8, at: Moment },
    Browse { items: u8, at: Moment },
    Compact(Option<Vec<Name>>),
    Check,
    Rest,
    Forget,
    Detach,
    Pause(bool),
    TakeIn(Vec<(Key<'a>, Value<'a>)>),
    TakeOut,
    OutlivesMirror,
    Elsewhere { key: Option<Key<'a>>, is_removed: bool },
    Put(Key<'a>, Value<'a>),
    Remove(Key<'a>),
    Mood(Mood),
    Told(Moment),
}

#[derive(Arbitrary, Clone, Copy, Debug, Default, PartialEq)]
enum Mood {
    #[default]
    Kind,
    /// So many KB of values fit.
    Full(u8),
    /// Writes are told to have happened, and did not.
    Forgetful,
    /// Everything throws.
    Gone,
    /// Reading works and nothing else.
    Frozen,
}

/// The one key pattern of this store, written a second time.
fn is_own(key: &str) -> bool {
    let Some(rest) = key.strip_prefix("reshelf.shop.") else { return false };
    let name = rest.strip_prefix("j.").or_else(|| rest.strip_prefix("s."));
    let hexadecimal = |name: &str| name.chars().all(|c| "0123456789abcdef".contains(c));
    rest == "m" || rest == "q" || name.is_some_and(|name| name.len() == 16 && hexadecimal(name))
}

/// Storage in memory, which looks at each write.
#[derive(Clone, Default)]
struct Area {
    values: Rc<RefCell<BTreeMap<String, String>>>,
    mood: Rc<Cell<Mood>>,
}

impl Area {
    fn put(&self, key: &str, text: &str) {
        self.values.borrow_mut().insert(key.into(), text.into());
    }

    fn own_size(&self) -> usize {
        let values = self.values.borrow();
        let own = values.iter().filter(|(key, _)| is_own(key));
        own.map(|(key, value)| key.len() + value.len()).sum()
    }

    fn foreign(&self) -> BTreeMap<String, String> {
        let values = self.values.borrow();
        let foreign = values.iter().filter(|(key, _)| !is_own(key));
        foreign.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn answers(&self) -> Result<(), StorageError> {
        if self.mood.get() == Mood::Gone { Err(StorageError::Unavailable) } else { Ok(()) }
    }
}

impl StorageArea for Area {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.answers()?;
        Ok(self.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.answers()?;
        assert!(is_own(key), "writes under {key}");
        assert!(value.len() <= LONGEST_TEXT, "writes {} characters under {key}", value.len());
        if !key.ends_with(".q") {
            assert!(codec::decode(value).is_ok(), "writes what it cannot read, under {key}");
        }
        let others = |(k, v): (&String, &String)| if k == key { 0 } else { v.len() };
        let others: usize = self.values.borrow().iter().map(others).sum();
        match self.mood.get() {
            Mood::Frozen => return Err(StorageError::Refused),
            Mood::Full(kb) if others + value.len() > usize::from(kb) * 1024 => {
                return Err(StorageError::Refused);
            }
            Mood::Forgetful => {}
            _ => self.put(key, value),
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.answers()?;
        assert!(is_own(key), "removes {key}");
        if self.mood.get() == Mood::Frozen {
            return Err(StorageError::Unavailable);
        }
        self.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.answers()?;
        let values = self.values.borrow();
        Ok(values.keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

pub fn run(bytes: &[u8]) {
    let Ok(story) = Story::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let mut world = World::default();
    for (key, value) in story.before.iter().take(MOST_ENTRIES) {
        world.put(&key.text(), &value.text());
    }
    let mut pages = [1, 2].map(|page| Session::new(Config::default(), DocumentId(page << 16)));
    world.attach(&mut pages[0]);
    world.check();
    for (second, step) in story.steps.iter().take(MOST_STEPS) {
        world.step(&mut pages[usize::from(*second)], step);
        world.check();
    }
    for page in &mut pages {
        world.told(page, NOW);
        world.area.mood.set(Mood::Kind);
        world.attach(page);
        world.forget(page);
    }
}

fn row(at: usize) -> ItemRow {
    ItemRow {
        id: format!("i{at}"),
        category: vec![format!("c{}", at % 7), format!("d{at}")],
        brand: Some(format!("b{}", at % 11)),
        price: Some(at as f64 + 1.0),
        tags: vec![format!("t{at}"), "colour:red".into()],
        ..ItemRow::default()
    }
}

#[derive(Default)]
struct World {
    area: Area,
    /// Size of all that was put there by somebody else.
    put: usize,
    foreign: BTreeMap<String, String>,
    /// Storage refused to remove something, so its size says nothing.
    is_unruly: bool,
}

impl World {
    fn put(&mut self, key: &str, text: &str) {
        self.area.put(key, text);
        self.put += key.len() + text.len();
        self.foreign = self.area.foreign();
    }

    fn attach(&self, page: &mut Session) {
        if !page.is_attached() {
            page.attach(Vault::new(Box::new(self.area.clone()), "shop", 1));
        }
    }

    fn check(&self) {
        let values = self.area.values.borrow();
        let foreign = values.iter().filter(|(key, _)| !is_own(key));
        assert!(foreign.eq(&self.foreign), "somebody else's keys: {:?}", values.keys());
        let size = self.area.own_size();
        assert!(self.is_unruly || size <= LARGEST_STORE + self.put, "{size} after {}", self.put);
    }

    fn step(&mut self, page: &mut Session, step: &Step) {
        match step {
            Step::Open => self.attach(page),
            Step::Track { kind, item, at } => {
                let kind = EventKind::ALL[usize::from(*kind) % EventKind::ALL.len()];
                self.track(page, kind, usize::from(*item), at.0);
                page.save();
            }
            Step::Browse { items, at } => {
                // A day each, so that the journals fill up.
                for item in 0..usize::from(items % 24) {
                    self.track(page, EventKind::View, item, at.0 + item as f64 * 864e5);
                    if item % 8 == 7 {
                        page.save();
                    }
                }
            }
            Step::Compact(live) => {
                let live = live.as_ref().map(|live| live.iter().map(|name| DocumentId(name.0)));
                page.compact(live.map(Iterator::collect::<Vec<_>>).as_deref(), Pace::Settled);
            }
            Step::Check => page.check(),
            Step::Rest => page.rest(),
            Step::Forget => self.forget(page),
            Step::Detach => {
                let is_erased = page.is_attached();
                let erased = page.detach();
                self.is_erased(is_erased, erased);
            }
            Step::Pause(paused) => page.set_paused(*paused),
            Step::TakeIn(records) => {
                let records = records.iter().take(MOST_ENTRIES);
                let records: Vec<_> = records.map(|(key, v)| (key.text(), v.text())).collect();
                // What is taken in may be written.
                self.put += records.iter().map(|(key, text)| key.len() + text.len()).sum::<usize>();
                let records: Vec<&str> =
                    records.iter().flat_map(|(key, text)| [key.as_str(), text.as_str()]).collect();
                page.take_in(&records);
            }
            Step::TakeOut => {
                for (key, text) in page.take_out() {
                    assert!(is_own(&key), "tells the mirror of {key}");
                    assert!(text.is_none_or(|text| codec::decode(&text).is_ok()), "{key}");
                }
            }
            Step::OutlivesMirror => drop(page.outlives_mirror()),
            Step::Elsewhere { key, is_removed } => {
                let key = key.as_ref().map(Key::text);
                page.changed_elsewhere(key.as_deref(), *is_removed);
            }
            Step::Put(key, value) => self.put(&key.text(), &value.text()),
            Step::Remove(key) => {
                self.area.values.borrow_mut().remove(&key.text());
                self.foreign = self.area.foreign();
            }
            Step::Mood(mood) => {
                self.is_unruly |= matches!(mood, Mood::Gone | Mood::Frozen);
                self.area.mood.set(*mood);
            }
            Step::Told(at) => self.told(page, at.0),
        }
    }

    fn track(&self, page: &mut Session, kind: EventKind, item: usize, at: f64) {
        let placement = page.symbol("list");
        let row = row(item % 64);
        let subject = match page.has_row(&row.id) {
            true => page.item(&row.id),
            false => page.add_item(&row),
        };
        let at = Millis::from_js(at);
        page.track(Event { kind, subject, at, dwell_ms: None, placement }, at);
    }

    fn forget(&self, page: &mut Session) {
        let is_attached = page.is_attached();
        let erased = page.forget();
        assert_eq!(page.journals(), [""; 0]);
        self.is_erased(is_attached, erased);
    }

    fn is_erased(&self, was_attached: bool, erased: Result<(), StorageError>) {
        assert!(was_attached || erased.is_ok());
        if was_attached && !matches!(self.area.mood.get(), Mood::Gone | Mood::Frozen) {
            assert_eq!(erased, Ok(()));
            assert_eq!(self.area.own_size(), 0, "{:?}", self.area.values.borrow().keys());
        }
    }

    /// Everything the page would tell can be read again, and is a number.
    fn told(&self, page: &mut Session, at: f64) {
        for text in page.journals() {
            let bytes = super::envelope::to_bytes(&text);
            assert!(read(&bytes).is_some(), "told what cannot be read");
        }
        let profile = page.profile(Millis::from_js(at));
        assert!(profile.since.is_none_or(f64::is_finite), "{profile:?}");
        assert!(profile.interests.iter().all(|i| i.score.is_finite() && i.share.is_finite()));
        page.unreadable().iter().for_each(|key| assert!(is_own(key), "{key}"));
    }
}

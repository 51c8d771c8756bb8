//! `localStorage` as browsers have it: one map in the browser's process, a view
//! of it in every page's process that lags behind, and a copy on disk that lags
//! far behind. Must not live here: who reads and writes when (`browser`).

use super::random::Random;
use reshelf::ports::{StorageArea, StorageError};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Number of a page load.
pub type Number = u32;
pub type Map = BTreeMap<Rc<str>, Rc<str>>;

/// A change on its way.
#[derive(Clone, Debug)]
pub struct Change {
    pub source: Number,
    pub key: Rc<str>,
    pub value: Option<Rc<str>>,
}

/// What one page sees.
#[derive(Debug, Default)]
struct View {
    values: Map,
    /// Own changes by key that the browser has not confirmed: until it has, what
    /// others did to the key before is not taken over.
    unconfirmed: HashMap<Rc<str>, u32>,
    /// Changes of one page overtake each other in neither direction.
    sent_until: u64,
    heard_until: u64,
}

/// What the world must bring about, and when.
#[derive(Debug)]
pub enum Errand {
    /// A change reaches the browser's process.
    Arrive(Change),
    /// A change becomes visible to a page.
    Show(Number, Change),
}

/// What was there before it was removed, or became shorter: the truth must hear of it.
#[derive(Debug)]
pub struct Removal {
    pub source: Number,
    pub text: Rc<str>,
}

#[derive(Debug)]
pub struct Origin {
    pub now: u64,
    pub random: Random,
    /// Longest time until a change is visible to other pages, after it arrived.
    pub slowest: u64,
    /// So many writes in ten thousand are refused.
    pub refusing: u64,
    pub process: Map,
    pub disk: Map,
    /// Changed since the last commit.
    pub is_dirty: bool,
    views: HashMap<Number, View>,
    pub errands: Vec<(u64, Errand)>,
    pub removals: Vec<Removal>,
    /// Journals that were written, and by whom, until somebody looks.
    pub written: Vec<(Number, Rc<str>)>,
}

/// Longest way to the browser's process.
const SLOWEST_ARRIVAL: u64 = 50;

impl Origin {
    pub fn new(random: Random, slowest: u64) -> Self {
        Self {
            now: 0,
            random,
            slowest,
            refusing: 0,
            process: Map::new(),
            disk: Map::new(),
            is_dirty: false,
            views: HashMap::new(),
            errands: Vec::new(),
            removals: Vec::new(),
            written: Vec::new(),
        }
    }

    /// A page begins: it sees what has reached the browser's process.
    pub fn open(&mut self, page: Number) {
        let heard_until = self.now;
        let values = self.process.clone();
        self.views.insert(page, View { values, heard_until, ..View::default() });
    }

    /// A page is gone. What it had sent arrives all the same; returns when.
    pub fn close(&mut self, page: Number) -> u64 {
        self.views.remove(&page).map_or(0, |view| view.sent_until)
    }

    /// The browser was killed: what was not committed is gone.
    pub fn kill(&mut self) {
        self.process = self.disk.clone();
        self.views.clear();
        self.errands.clear();
        self.is_dirty = false;
    }

    pub fn commit(&mut self) {
        self.disk = self.process.clone();
        self.is_dirty = false;
    }

    pub fn view(&self, page: Number) -> Map {
        self.views.get(&page).map(|view| view.values.clone()).unwrap_or_default()
    }

    fn change(&mut self, source: Number, key: &str, value: Option<&str>) {
        let Some(view) = self.views.get_mut(&source) else { return };
        let change = Change { source, key: key.into(), value: value.map(Into::into) };
        let old = match &change.value {
            Some(text) => view.values.insert(change.key.clone(), text.clone()),
            None => view.values.remove(key),
        };
        if old.as_deref() == value {
            return;
        }
        if let Some(text) = old.filter(|old| value.is_none_or(|value| value.len() < old.len())) {
            self.removals.push(Removal { source, text });
        }
        *view.unconfirmed.entry(change.key.clone()).or_default() += 1;
        let at = (self.now + self.random.between(0, SLOWEST_ARRIVAL)).max(view.sent_until);
        view.sent_until = at;
        self.errands.push((at, Errand::Arrive(change)));
    }

    /// A change reaches the browser's process, which tells all pages.
    pub fn arrive(&mut self, change: &Change) {
        match &change.value {
            Some(text) => drop(self.process.insert(change.key.clone(), text.clone())),
            None => drop(self.process.remove(&change.key)),
        }
        self.is_dirty = true;
        // In the order of their numbers: chance must not depend on a map's order.
        let mut pages: Vec<_> = self.views.keys().copied().collect();
        pages.sort_unstable();
        for page in pages {
            let delay = self.random.between(0, self.slowest);
            if let Some(view) = self.views.get_mut(&page) {
                view.heard_until = view.heard_until.max(self.now + delay);
                self.errands.push((view.heard_until, Errand::Show(page, change.clone())));
            }
        }
    }

    /// A change becomes visible to a page; true if it is somebody else's.
    pub fn show(&mut self, page: Number, change: &Change) -> bool {
        let Some(view) = self.views.get_mut(&page) else { return false };
        if change.source == page {
            if let Some(count) = view.unconfirmed.get_mut(&change.key) {
                *count -= 1;
                if *count == 0 {
                    view.unconfirmed.remove(&change.key);
                }
            }
            return false;
        }
        if !view.unconfirmed.contains_key(&change.key) {
            match &change.value {
                Some(text) => drop(view.values.insert(change.key.clone(), text.clone())),
                None => drop(view.values.remove(&change.key)),
            }
        }
        true
    }
}

/// The storage of one page.
#[derive(Clone, Debug)]
pub struct Area {
    pub origin: Rc<RefCell<Origin>>,
    pub page: Number,
}

impl StorageArea for Area {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        let origin = self.origin.borrow();
        let view = origin.views.get(&self.page).ok_or(StorageError::Unavailable)?;
        Ok(view.values.get(key).map(|text| text.to_string()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let mut origin = self.origin.borrow_mut();
        let refusing = origin.refusing;
        if refusing > 0 && origin.random.chance(refusing) {
            return Err(StorageError::Refused);
        }
        if key.contains(".j.") {
            origin.written.push((self.page, key.into()));
        }
        origin.change(self.page, key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.origin.borrow_mut().change(self.page, key, None);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let origin = self.origin.borrow();
        let view = origin.views.get(&self.page).ok_or(StorageError::Unavailable)?;
        let keys = view.values.keys().filter(|key| key.starts_with(prefix));
        Ok(keys.map(|key| key.to_string()).collect())
    }
}

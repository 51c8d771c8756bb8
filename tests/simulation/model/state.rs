//! A state of the model: what is stored, what each page sees of it, and what each
//! did so far. Must not live here: which steps there are (`model`).

use super::page::{Map, Op, Page};
use reshelf::engine::codec;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

pub const TABS: usize = 3;
/// Events of pages that were closed long ago, and the number of the first one.
pub const BEFORE: u64 = codec::MOST_JOURNALS as u64;
pub const FIRST: u32 = 1_000;
/// Steps after which a page sees what another did, at the latest.
const LAG: usize = 2;

/// What must be found of an event in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    Once,
    /// By a page that an erasure found open, or that read what such a page wrote.
    AtMostOnce,
    Never,
}

/// A change that a page has not seen yet, and when it was made.
type Unseen = (usize, String, Option<String>);

#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Tab {
    /// Page loads so far.
    loads: u64,
    is_open: bool,
    view: Map,
    unseen: Vec<Unseen>,
    /// What the page did, and what it saw when it did it.
    story: Vec<(Op, Arc<Map>)>,
    is_late: bool,
}

/// What would be found if everybody now came to rest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict {
    pub doubled: bool,
    pub lost: bool,
    pub remembered: bool,
    pub folded: bool,
}

#[derive(Clone)]
pub struct State {
    pub steps: usize,
    stored: Map,
    tabs: [Tab; TABS],
    /// Events by number: what is expected of them.
    events: Vec<Expected>,
    pub eraser: Option<usize>,
    verdict: OnceLock<Verdict>,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let all = |state: &Self| (state.steps, state.eraser, state.events.clone());
        all(self) == all(other) && self.stored == other.stored && self.tabs == other.tabs
    }
}

impl Eq for State {}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.steps, self.eraser, &self.events, &self.stored, &self.tabs).hash(hasher);
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<_> = self.stored.keys().collect();
        write!(f, "{} steps, {:?}, {:?}, {keys:?}", self.steps, self.events, self.verdict)
    }
}

impl State {
    pub fn new(stored: Map) -> Self {
        Self {
            steps: 0,
            stored,
            tabs: Default::default(),
            events: Vec::new(),
            eraser: None,
            verdict: OnceLock::new(),
        }
    }

    pub fn has_begun(&self, tab: usize) -> bool {
        self.tabs[tab].loads > 0
    }

    pub fn is_open(&self, tab: usize) -> bool {
        self.tabs[tab].is_open
    }

    fn open(&self) -> Vec<usize> {
        (0..TABS).filter(|tab| self.tabs[*tab].is_open).collect()
    }

    pub fn is_behind(&self, tab: usize) -> bool {
        !self.tabs[tab].unseen.is_empty()
    }

    pub fn expect(&mut self, event: usize, expected: Expected) {
        self.events[event] = expected;
    }

    /// The next step; what was done long ago is seen before it.
    pub fn begin_step(&self) -> Self {
        let mut next = self.clone();
        next.verdict = OnceLock::new();
        next.steps += 1;
        for tab in 0..TABS {
            let is_old = |(made, ..): &Unseen| made + LAG < next.steps;
            if next.tabs[tab].unseen.first().is_some_and(is_old) {
                next.see(tab);
            }
        }
        next
    }

    fn name(&self, tab: usize) -> u64 {
        (self.tabs[tab].loads << 4) + tab as u64 + 1
    }

    /// The page, rebuilt from what it did.
    fn page(&self, tab: usize) -> Page {
        let mut page = Page::open(self.name(tab));
        for (op, view) in &self.tabs[tab].story {
            page.perform((**view).clone(), op);
        }
        page
    }

    fn perform(&mut self, tab: usize, op: Op) -> Page {
        let mut page = self.page(tab);
        let before = self.tabs[tab].view.clone();
        let after = page.perform(before.clone(), &op);
        let changed = after.iter().filter(|(key, text)| before.get(*key) != Some(*text));
        let mut changes: Vec<_> =
            changed.map(|(key, text)| (key.clone(), Some(text.clone()))).collect();
        let removed = before.keys().filter(|key| !after.contains_key(*key));
        changes.extend(removed.map(|key| (key.clone(), None)));
        for (key, text) in changes {
            apply(&mut self.stored, &key, text.as_ref());
            for other in self.open().into_iter().filter(|other| *other != tab) {
                self.tabs[other].unseen.push((self.steps, key.clone(), text.clone()));
            }
        }
        self.tabs[tab].view = after;
        self.tabs[tab].story.push((op, Arc::new(before)));
        page
    }

    pub fn write(&mut self, tab: usize) {
        if !self.tabs[tab].is_open {
            let loads = self.tabs[tab].loads + 1;
            let is_late = self.eraser.is_some();
            let view = self.stored.clone();
            self.tabs[tab] = Tab { loads, is_open: true, view, is_late, ..Tab::default() };
            self.perform(tab, Op::Load);
        }
        let event = self.events.len();
        let page = self.perform(tab, Op::Write(event as u32));
        let is_safe = page.is_attached() && !self.tabs[tab].is_late;
        self.events.push(if is_safe { Expected::Once } else { Expected::AtMostOnce });
    }

    pub fn see(&mut self, tab: usize) {
        let mut removed = Vec::new();
        let Tab { view, unseen, .. } = &mut self.tabs[tab];
        for (_, key, text) in unseen.drain(..) {
            apply(view, &key, text.as_ref());
            if text.is_none() {
                removed.push(key);
            }
        }
        if !removed.is_empty() {
            self.perform(tab, Op::Hear(removed));
        }
    }

    /// Long after all that was done before: everybody has seen it.
    pub fn compact(&mut self, tab: usize) {
        self.open().into_iter().for_each(|tab| self.see(tab));
        let live = self.open().into_iter().map(|tab| self.name(tab)).collect();
        self.perform(tab, Op::Compact(live));
    }

    pub fn crash(&mut self, tab: usize) {
        let loads = self.tabs[tab].loads;
        self.tabs[tab] = Tab { loads, ..Tab::default() };
        if self.eraser == Some(tab) {
            // Nobody sweeps any more: the promise was not kept, and not made.
            self.events.iter_mut().filter(|it| **it == Expected::Never).for_each(|it| {
                *it = Expected::AtMostOnce;
            });
        }
    }

    pub fn erase(&mut self, tab: usize) {
        self.perform(tab, Op::Erase);
        self.events.fill(Expected::Never);
        self.eraser = Some(tab);
        for other in (0..TABS).filter(|other| *other != tab) {
            self.tabs[other].is_late = true;
        }
    }

    /// Lets everybody come to rest, and a last page read what there is.
    pub fn verdict(&self) -> Verdict {
        *self.verdict.get_or_init(|| {
            let mut rest = self.clone();
            let open = rest.open();
            // Late writes are heard of, and met by the sweep.
            for _ in 0..2 {
                open.iter().for_each(|tab| rest.see(*tab));
                if let Some(eraser) = rest.eraser.filter(|eraser| rest.tabs[*eraser].is_open) {
                    rest.compact(eraser);
                }
            }
            let mut last = Page::open(0x300);
            let mut view = last.perform(rest.stored, &Op::Load);
            let first = last.counts();
            for _ in 0..2 {
                view = last.perform(view, &Op::Compact(Vec::new()));
            }
            let counts = last.counts();
            let mut verdict = self.judge(&counts);
            verdict.lost |= first != counts;
            verdict.folded = last.ledger.covers().len() > 1;
            verdict
        })
    }

    fn judge(&self, counts: &BTreeMap<u32, u32>) -> Verdict {
        let mut verdict = Verdict::default();
        let was_erased = self.eraser.is_some();
        let old = (FIRST..FIRST + BEFORE as u32).map(|key| {
            let expected = if was_erased { Expected::AtMostOnce } else { Expected::Once };
            (key, expected)
        });
        let new = self.events.iter().enumerate().map(|(at, expected)| (at as u32, *expected));
        for (key, expected) in old.chain(new) {
            let count = counts.get(&key).copied().unwrap_or(0);
            verdict.doubled |= count > 1;
            verdict.lost |= count == 0 && expected == Expected::Once;
            verdict.remembered |= count > 0 && expected == Expected::Never;
        }
        verdict
    }
}

fn apply(map: &mut Map, key: &str, text: Option<&String>) {
    match text {
        Some(text) => drop(map.insert(key.to_owned(), text.clone())),
        None => drop(map.remove(key)),
    }
}

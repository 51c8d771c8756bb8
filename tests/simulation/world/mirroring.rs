//! What a page's driver does with the mirror: one transaction at most every 100
//! ms, and an erasure of the whole. Must not live here: which records the mirror
//! is given (the engine says).

use super::browser::{Duty, Task, Transaction, World};
use super::driving::Removes;
use super::origin::Number;
use super::tab::Mirror;
use reshelf::engine::compaction::SETTLE_MS;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::outbox::Change;

/// Time between two transactions of a page, in milliseconds.
const PAUSE: u64 = 100;
const SETTLE: u64 = SETTLE_MS as u64;
/// How long after an erasure a page asks which others are open.
const ARRIVAL: u64 = 50;

impl World {
    /// The first transaction: takes the marker and all records.
    pub fn open_mirror(&mut self, page: Number) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        if tab.mirror != Mirror::Opening {
            return;
        }
        tab.mirror = Mirror::Open;
        // Reading makes no marker.
        tab.marker = self.database.marker;
        self.take_in(page);
        self.plan_compaction(page);
    }

    /// At most every 100 ms; at once before the page stops running.
    pub fn plan_flush(&mut self, page: Number, at_once: bool) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        if tab.pending.is_empty() || tab.mirror != Mirror::Open || tab.clearing.is_some() {
            return;
        }
        if at_once {
            return self.begin_transaction(page, false);
        }
        if !tab.is_flush_planned && !tab.is_flushing {
            tab.is_flush_planned = true;
            self.duty(PAUSE, page, Duty::Flush);
        }
    }

    pub fn flush(&mut self, page: Number) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.is_flush_planned = false;
        if !tab.is_flushing && tab.mirror == Mirror::Open && tab.clearing.is_none() {
            // What was erased meanwhile is not to come back through this door.
            self.check(page);
            self.begin_transaction(page, false);
        }
    }

    /// The last one of a page is not waited for.
    pub fn begin_transaction(&mut self, page: Number, is_last: bool) {
        let delay = self.random.between(1, 5);
        let number = self.number();
        let now = self.now;
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        if tab.pending.is_empty() || tab.mirror != Mirror::Open || tab.clearing.is_some() {
            return;
        }
        let changes: Vec<Change> = std::mem::take(&mut tab.pending).into_iter().collect();
        tab.is_flushing = true;
        tab.last_flush = now;
        tab.busy_until = tab.busy_until.max(now) + delay;
        let (marker, at) = (tab.marker, tab.busy_until);
        let transaction = Transaction { page, marker, changes, is_last, is_orphan: false };
        self.transactions.insert(number, transaction);
        self.at(at, Task::Transact(number));
    }

    /// A transaction happens, whole or not at all.
    pub fn transact(&mut self, number: u64) {
        let Some(transaction) = self.transactions.remove(&number) else { return };
        let Transaction { page, marker, changes, is_last, is_orphan } = transaction;
        if is_orphan && self.random.chance(5_000) {
            return;
        }
        let is_same = match marker {
            Some(marker) => self.database.marker == Some(marker),
            None => {
                let marker = self.database.marker(&mut self.random);
                if let Some(tab) = self.tabs.get_mut(&page) {
                    tab.marker = Some(marker);
                }
                true
            }
        };
        if is_same {
            self.database.apply(&changes);
        }
        if !is_last {
            self.duty(0, page, Duty::Flushed(is_same, changes));
        }
    }

    pub fn flushed(&mut self, page: Number, is_same: bool, changes: Vec<Change>) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.is_flushing = false;
        if tab.mirror != Mirror::Open {
            return;
        }
        if !is_same {
            for (key, text) in changes {
                tab.pending.entry(key).or_insert(text);
            }
            tab.mirror = Mirror::Doubted;
            let delay = SETTLE + self.random.between(0, 40);
            return self.duty(delay, page, Duty::Doubt);
        }
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        if let Some(erasure) = tab.resolving.filter(|_| tab.pending.is_empty()) {
            tab.resolving = None;
            return self.resolve(page, erasure);
        }
        self.plan_flush(page, false);
    }

    /// A page that learnt of an erasure takes back what it gave to the mirror since.
    pub fn take_back(&mut self, page: Number, name: DocumentId) {
        let own = [
            format!("reshelf.shop.s.{:016x}", name.0),
            format!("reshelf.shop.j.{:012x}", name.0 >> 16),
        ];
        let is_own = |key: &&String| own.iter().any(|prefix| key.starts_with(prefix));
        let keys = self.database.records.keys().filter(is_own);
        let changes = keys.map(|key| (key.clone(), None)).collect();
        let delay = self.random.between(1, 5);
        let number = self.number();
        let transaction =
            Transaction { page, marker: None, changes, is_last: true, is_orphan: false };
        self.transactions.insert(number, transaction);
        let busy_until = self.tabs.get(&page).map_or(0, |tab| tab.busy_until);
        self.at(busy_until.max(self.now) + delay, Task::Transact(number));
    }

    /// Another marker was there: if storage was not erased as well, the mirror is
    /// filled again.
    pub fn doubt(&mut self, page: Number) {
        if self.tabs.get(&page).is_none_or(|tab| tab.mirror != Mirror::Doubted) {
            return;
        }
        if self.call(page, Removes::ForRoom, |session| session.outlives_mirror()) == Some(true) {
            let Some(tab) = self.tabs.get_mut(&page) else { return };
            (tab.mirror, tab.marker) = (Mirror::Open, None);
            self.plan_flush(page, false);
        }
    }

    /// The mirror is erased, after the page's own transactions.
    pub fn plan_clearing(&mut self, page: Number, erasure: usize) {
        let delay = self.random.between(1, 5);
        let now = self.now;
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.pending.clear();
        tab.clearing = Some(erasure);
        tab.busy_until = tab.busy_until.max(now) + delay;
        let at = tab.busy_until;
        self.at(at, Task::Clear(page));
    }

    pub fn clear_mirror(&mut self, page: Number) {
        let Some(erasure) = self.tabs.get(&page).and_then(|tab| tab.clearing) else { return };
        self.database.clear();
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.marker = None;
        }
        // Pages that have just been opened say so by then.
        self.duty(ARRIVAL, page, Duty::Cleared(erasure));
    }
}

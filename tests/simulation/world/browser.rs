//! The world: a browser with many pages of one shop, and a queue of what happens
//! next. Time is a number, so a day passes in no time. Must not live here: what
//! a page's driver does (`driving`, `mirroring`, `compacting`), or how pages come
//! and go (`coming`).

use super::database::Database;
use super::locks::Locks;
use super::origin::{Area, Change, Errand, Number, Origin};
use super::outcome::Erasure;
use super::plan::Plan;
use super::random::Random;
use super::tab::{Phase, Tab};
use super::truth::Truth;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::outbox;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

/// 2026-01-01, noon UTC.
pub const BEGIN: f64 = 1_767_268_800_000.0;

/// What happens next.
#[derive(Debug)]
pub enum Task {
    /// Of `localStorage`, whoever runs or not.
    Storage(Errand),
    Commit,
    /// A transaction of the mirror comes to its end, whoever began it.
    Transact(u64),
    /// The mirror is erased by this page.
    Clear(Number),
    /// Something happens in a tab of the browser.
    Step(usize),
    /// A page runs again.
    Wake(Number),
    /// The locks of a page that is gone are free.
    Gone(Number),
    /// The shopper consents again.
    Grant,
    /// Nothing that was forgotten may be left.
    Inspect,
    /// What happens to the files of a browser that is closed.
    Damage,
    /// The browser is started again.
    Start,
    /// Of one page, in its own time.
    Of(Number, Duty),
}

/// What a page has to do.
#[derive(Debug)]
pub enum Duty {
    HasOwnerLock,
    MirrorOpens,
    Flush,
    /// The transaction was complete; false: another marker was there.
    Flushed(bool, Vec<outbox::Change>),
    Cleared(usize),
    /// What it sees of storage is no older than the mirror's erasure.
    Doubt,
    /// Asked for the shopper's consent again.
    Consent,
    Settled(u64),
    Compact(u64, Vec<DocumentId>),
    /// What it wrote under the compactor's lock has arrived everywhere.
    Release(u64),
    /// The compactor's lock was stolen from this attempt.
    Lost(u64),
    /// It has waited for the lock long enough.
    StealLock(u64),
    SweepAgain(usize),
    /// What is there is removed, for the first time after consent was withdrawn or not.
    Wipe(usize, u32),
}

/// A transaction under way.
#[derive(Debug)]
pub struct Transaction {
    pub page: Number,
    /// `None`: whichever is there, or a new one.
    pub marker: Option<u64>,
    pub changes: Vec<outbox::Change>,
    /// What the page began to do with it; a last one is not waited for.
    pub is_last: bool,
    /// Its page is gone, so it may not come to its end.
    pub is_orphan: bool,
}

struct Entry(Reverse<(u64, u64)>, Task);

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

/// A tab of the browser: one page after the other.
#[derive(Debug, Default)]
pub struct Slot {
    pub page: Option<Number>,
    /// In the back-forward cache, the latest last.
    pub cached: Vec<Number>,
    pub left: u32,
}

pub struct World {
    pub plan: Plan,
    pub random: Random,
    pub now: u64,
    pub wall_offset: i64,
    pub origin: Rc<RefCell<Origin>>,
    pub database: Database,
    pub locks: Locks,
    pub truth: Truth,
    /// When pages crashed: what they had not mirrored is lost by a kill.
    pub crashed: BTreeMap<Number, u64>,
    pub tabs: BTreeMap<Number, Tab>,
    pub slots: Vec<Slot>,
    pub transactions: BTreeMap<u64, Transaction>,
    pub erasures: Vec<Erasure>,
    pub has_consent: bool,
    /// Nothing new happens in the slots until the browser is open again.
    pub is_closing: bool,
    pub tracked: u32,
    /// Page loads so far.
    pub loads: u64,
    pub next_mark: usize,
    pub next_number: u64,
    /// Pages that took something else for an erasure.
    pub false_alarms: u32,
    /// The same, after something was shed: its page was not told.
    pub shed_alarms: u32,
    pub largest_store: usize,
    pub largest_record: usize,
    pub erased_left_bytes: usize,
    pub trace: bool,
    queue: BinaryHeap<Entry>,
    order: u64,
    is_commit_planned: bool,
    /// Copies that were part of some fold at the last commit.
    pub folded_on_disk: usize,
}

impl World {
    pub fn new(plan: Plan, mut random: Random, trace: bool) -> Self {
        let origin = Origin::new(Random::new(random.next()), plan.slowest);
        let slots = (0..plan.size.tabs).map(|_| Slot { left: plan.size.events, ..Slot::default() });
        Self {
            slots: slots.collect(),
            plan,
            random,
            now: 0,
            wall_offset: 0,
            origin: Rc::new(RefCell::new(origin)),
            database: Database::default(),
            locks: Locks::default(),
            truth: Truth::default(),
            crashed: BTreeMap::new(),
            tabs: BTreeMap::new(),
            transactions: BTreeMap::new(),
            erasures: Vec::new(),
            has_consent: true,
            is_closing: false,
            tracked: 0,
            loads: 0,
            next_mark: 0,
            next_number: 1,
            false_alarms: 0,
            shed_alarms: 0,
            largest_store: 0,
            largest_record: 0,
            erased_left_bytes: 0,
            trace,
            queue: BinaryHeap::new(),
            order: 0,
            is_commit_planned: false,
            folded_on_disk: 0,
        }
    }

    pub fn wall(&self) -> f64 {
        BEGIN + self.now as f64 + self.wall_offset as f64
    }

    pub fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }

    pub fn area(&self, page: Number) -> Area {
        Area { origin: self.origin.clone(), page }
    }

    pub fn at(&mut self, at: u64, task: Task) {
        self.order += 1;
        self.queue.push(Entry(Reverse((at.max(self.now), self.order)), task));
    }

    pub fn after(&mut self, delay: u64, task: Task) {
        self.at(self.now + delay, task);
    }

    pub fn duty(&mut self, delay: u64, page: Number, duty: Duty) {
        self.after(delay, Task::Of(page, duty));
    }

    pub fn say(&self, page: Number, what: impl FnOnce() -> String) {
        if self.trace {
            eprintln!("{:>9} page {page:>3}: {}", self.now, what());
        }
    }

    /// Runs until nothing is left to happen.
    pub fn run(&mut self) {
        while let Some(Entry(Reverse((at, _)), task)) = self.queue.pop() {
            self.now = at;
            self.origin.borrow_mut().now = at;
            self.perform(task);
            self.take_errands();
        }
    }

    /// The browser was killed: nothing that was to happen happens any more.
    pub fn drop_tasks(&mut self) {
        let tasks = std::mem::take(&mut self.queue);
        self.is_commit_planned = false;
        for Entry(Reverse((at, _)), task) in tasks {
            if matches!(task, Task::Grant) {
                self.at(at, task);
            }
        }
    }

    /// What storage wants to happen.
    pub fn take_errands(&mut self) {
        let errands = std::mem::take(&mut self.origin.borrow_mut().errands);
        for (at, errand) in errands {
            self.at(at, Task::Storage(errand));
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Storage(Errand::Arrive(change)) => {
                self.origin.borrow_mut().arrive(&change);
                self.measure();
                if !self.is_commit_planned {
                    self.is_commit_planned = true;
                    let delay = self.random.between(5_000, 50_000);
                    self.after(delay, Task::Commit);
                }
            }
            Task::Storage(Errand::Show(page, change)) => self.show(page, &change),
            Task::Commit => {
                self.is_commit_planned = false;
                self.folded_on_disk = self.truth.folded();
                self.tell_what_counts();
                self.origin.borrow_mut().commit();
            }
            Task::Transact(number) => self.transact(number),
            Task::Clear(page) => self.clear_mirror(page),
            Task::Step(slot) => self.step(slot),
            Task::Wake(page) => self.wake(page),
            Task::Gone(page) => {
                self.locks.disown(page);
                self.release_compactor_lock(page);
            }
            Task::Grant => self.has_consent = true,
            Task::Inspect => self.find_leftovers(),
            Task::Damage => self.damage(),
            Task::Start => self.start(),
            Task::Of(page, duty) => {
                let Some(tab) = self.tabs.get_mut(&page) else { return };
                if tab.is_asleep() {
                    tab.deferred.push(Task::Of(page, duty));
                } else {
                    self.attend(page, duty);
                }
            }
        }
    }

    fn show(&mut self, page: Number, change: &Change) {
        let is_foreign = self.origin.borrow_mut().show(page, change);
        let is_awake = self.tabs.get(&page).is_some_and(|tab| !tab.is_asleep());
        if is_foreign && is_awake {
            self.hear(page, change);
        }
    }

    /// The caps must hold at every moment in the browser's process.
    fn measure(&mut self) {
        let origin = self.origin.borrow();
        let sizes = origin.process.iter().map(|(key, text)| (key.len() + text.len(), text.len()));
        let (mut sum, mut largest) = (0, 0);
        for (size, text) in sizes {
            sum += size;
            largest = largest.max(text);
        }
        self.largest_store = self.largest_store.max(sum);
        self.largest_record = self.largest_record.max(largest);
    }

    /// A page that runs, is attached, and that somebody may look at.
    pub fn any_attached(&mut self) -> Option<Number> {
        let is_fit = |tab: &&Tab| {
            tab.phase == Phase::Running && tab.attached_at.is_some() && tab.clearing.is_none()
        };
        let fit: Vec<_> = self.tabs.values().filter(is_fit).map(|tab| tab.number).collect();
        (!fit.is_empty()).then(|| fit[self.random.index(fit.len())])
    }
}

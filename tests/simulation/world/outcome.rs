//! What a run has shown: erasures, and the sums over all seeds as JSON. Must not
//! live here: the judgement itself (`verdict`).

use super::origin::Number;
use serde_json::json;

/// The shopper had everything forgotten.
#[derive(Clone, Debug)]
pub struct Erasure {
    pub at: u64,
    pub page: Number,
    /// When the promise was kept.
    pub resolved_at: Option<u64>,
    pub is_interrupted: bool,
    /// When it was over, one way or another.
    pub finished_at: u64,
}

/// A page that began so soon after the end may still have seen what was swept.
const ECHO: u64 = 500;

impl Erasure {
    pub fn new(at: u64, page: Number) -> Self {
        Self { at, page, resolved_at: None, is_interrupted: false, finished_at: u64::MAX }
    }

    /// Its page was frozen before the end.
    pub fn interrupt(&mut self, page: Number) {
        self.is_interrupted |= self.page == page && self.finished_at == u64::MAX;
    }

    /// The end; whether the promise holds.
    pub fn resolve(&mut self, now: u64) -> bool {
        self.finished_at = now;
        self.resolved_at = (!self.is_interrupted).then_some(now);
        !self.is_interrupted
    }

    /// The page that erases is gone.
    pub fn give_up(&mut self, page: Number, now: u64) {
        if self.page == page && self.finished_at == u64::MAX {
            self.finished_at = now;
        }
    }

    /// A page has learnt of it just now: what it takes back, others have seen.
    pub fn echo(&mut self, now: u64) {
        if self.finished_at < now {
            self.finished_at = now;
        }
    }

    /// The killed browser had not committed it.
    pub fn undo(&mut self, now: u64) {
        (self.resolved_at, self.finished_at) = (None, now);
    }

    /// Whether a page that was given the storage then may take itself for erased.
    pub fn may_concern(&self, since: u64) -> bool {
        since <= self.finished_at.saturating_add(ECHO)
    }
}

/// What one seed or many have shown.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub acknowledged: u64,
    /// Without consent, or without room.
    pub never_stored: u64,
    pub lost: u64,
    pub killed: u64,
    pub late: u64,
    pub damaged: u64,
    pub shed: u64,
    pub doubled: u64,
    /// Counted twice within the bound: see [`Fact::may_double`](super::truth::Fact).
    pub revived: u64,
    pub remembered: u64,
    pub wrong_sums: u64,
    pub false_alarms: u64,
    pub shed_alarms: u64,
    pub erasures: u64,
    pub undone: u64,
    pub erased_left_bytes: u64,
    pub largest_store: u64,
    pub largest_record: u64,
    pub pages: u64,
    /// One line for each thing that must not be.
    pub faults: Vec<String>,
}

impl Outcome {
    pub fn add(&mut self, other: &Self) {
        self.acknowledged += other.acknowledged;
        self.never_stored += other.never_stored;
        self.lost += other.lost;
        self.killed += other.killed;
        self.late += other.late;
        self.damaged += other.damaged;
        self.shed += other.shed;
        self.doubled += other.doubled;
        self.revived += other.revived;
        self.remembered += other.remembered;
        self.wrong_sums += other.wrong_sums;
        self.false_alarms += other.false_alarms;
        self.shed_alarms += other.shed_alarms;
        self.erasures += other.erasures;
        self.undone += other.undone;
        self.erased_left_bytes += other.erased_left_bytes;
        self.largest_store = self.largest_store.max(other.largest_store);
        self.largest_record = self.largest_record.max(other.largest_record);
        self.pages += other.pages;
    }

    pub fn json(&self, seeds: u64, tabs: usize, events: u32, failing: &[u64]) -> serde_json::Value {
        json!({
            "seeds": seeds,
            "tabs": tabs,
            "events": events,
            "pages": self.pages,
            "acknowledged": self.acknowledged,
            "never_stored": self.never_stored,
            "lost": self.lost,
            "lost_within_bound": self.killed + self.late + self.damaged,
            "lost_to_kills": self.killed,
            "lost_late_after_erasure": self.late,
            "lost_to_damage_of_both": self.damaged,
            "doubled": self.doubled,
            "doubled_within_bound": self.revived,
            "shed": self.shed,
            "erasures": self.erasures,
            "erasures_unfinished": self.undone,
            "remembered_after_erasure": self.remembered,
            "erased_left_bytes": self.erased_left_bytes,
            "false_alarms": self.false_alarms,
            "false_alarms_by_shedding": self.shed_alarms,
            "wrong_sums": self.wrong_sums,
            "largest_store": self.largest_store,
            "largest_record": self.largest_record,
            "failing_seeds": failing,
        })
    }
}

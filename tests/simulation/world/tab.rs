//! One page load: its session and what its driver remembers between two tasks.
//! Must not live here: what the driver does (`driving`, `mirroring`, `compacting`).

use super::browser::Task;
use super::origin::Number;
use super::truth::Token;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::{Config, Session};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Items whose evidence must add up to the exact number of their events.
pub const COUNTED: usize = 12;
/// Other items, which only take room.
pub const OTHERS: usize = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Running,
    /// Runs, but nobody sees it.
    Hidden,
    /// Nothing runs, its locks stay.
    Frozen,
    /// Nothing runs, it has no locks.
    Cached,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirror {
    Closed,
    Opening,
    Open,
    /// Somebody erased it; whether storage too is asked when that must be visible.
    Doubted,
}

/// Why a page compacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Tidy,
    /// There is so much that it does not wait first.
    Urgent,
    /// To finish the erasure of this number.
    Sweep(usize),
}

/// A compaction under way.
#[derive(Clone, Debug)]
pub struct Compaction {
    pub attempt: u64,
    pub purpose: Purpose,
    /// Both clocks when the lock was granted.
    pub began: Option<(u64, f64)>,
    /// Pages that were open then: what they wrote last may not be visible yet.
    pub live: Vec<DocumentId>,
}

#[derive(Debug)]
pub struct Tab {
    pub number: Number,
    pub slot: usize,
    pub session: Session,
    /// The journal it writes, as far as the truth has followed.
    pub id: DocumentId,
    pub phase: Phase,
    /// Events until the shopper leaves it.
    pub left: u64,
    pub has_consent: bool,
    pub attached_at: Option<u64>,
    pub counted: Vec<u32>,
    /// Events that no save has taken to storage yet.
    pub unsaved: Vec<Token>,
    /// Snapshots that it has read.
    pub read: Vec<Rc<str>>,
    pub pending: BTreeMap<String, Option<String>>,
    pub mirror: Mirror,
    /// The mirror's marker; `None`: take whichever is there.
    pub marker: Option<u64>,
    pub is_flush_planned: bool,
    pub is_flushing: bool,
    pub last_flush: u64,
    /// Its transactions happen one after the other.
    pub busy_until: u64,
    /// The mirror is being erased: nothing may be written before that.
    pub clearing: Option<usize>,
    pub compaction: Option<Compaction>,
    /// When it heard last of a change to each page's journals, or that it is open.
    pub heard: BTreeMap<DocumentId, u64>,
    pub has_slept: bool,
    /// Pages that were open when it looked last.
    pub open: Vec<DocumentId>,
    /// Removes whatever late pages write.
    pub distrusts: bool,
    /// Of the erasure that a sweep has ended and a flush will finish.
    pub resolving: Option<usize>,
    /// Tasks that wait until it runs again.
    pub deferred: Vec<Task>,
}

impl Tab {
    pub fn new(number: Number, slot: usize, page: DocumentId) -> Self {
        let mut session = Session::new(Config { store: "shop".into(), ..Config::default() }, page);
        let row = |at: usize| ItemRow {
            id: format!("counted {at}"),
            category: vec![format!("category {at}")],
            ..ItemRow::default()
        };
        let counted = (0..COUNTED).filter_map(|at| session.add_item(&row(at))).collect();
        Self {
            number,
            slot,
            id: page,
            session,
            phase: Phase::Running,
            left: 0,
            has_consent: false,
            attached_at: None,
            counted,
            unsaved: Vec::new(),
            read: Vec::new(),
            pending: BTreeMap::new(),
            mirror: Mirror::Closed,
            marker: None,
            is_flush_planned: false,
            is_flushing: false,
            last_flush: 0,
            busy_until: 0,
            clearing: None,
            compaction: None,
            heard: BTreeMap::new(),
            has_slept: false,
            open: Vec::new(),
            distrusts: false,
            resolving: None,
            deferred: Vec::new(),
        }
    }

    pub fn is_asleep(&self) -> bool {
        matches!(self.phase, Phase::Frozen | Phase::Cached)
    }
}

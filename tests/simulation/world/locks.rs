//! Web Locks: who says that it is open, and who may compact. Must not live here:
//! what a page does with a lock (`compacting`).

use super::origin::Number;
use reshelf::engine::journal::DocumentId;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Locks {
    /// Pages that hold the lock of their own name.
    owners: BTreeMap<Number, DocumentId>,
    compactor: Option<Number>,
    waiting: Vec<Number>,
}

impl Locks {
    pub fn own(&mut self, page: Number, name: DocumentId) {
        self.owners.insert(page, name);
    }

    pub fn disown(&mut self, page: Number) {
        self.owners.remove(&page);
    }

    /// The pages that are known to be open.
    pub fn live(&self) -> Vec<DocumentId> {
        self.owners.values().copied().collect()
    }

    /// `ifAvailable`: now or not at all.
    pub fn try_compact(&mut self, page: Number) -> bool {
        let is_free = self.compactor.is_none() && self.waiting.is_empty();
        if is_free {
            self.compactor = Some(page);
        }
        is_free
    }

    /// Waits; true if it has the lock at once.
    pub fn wait_to_compact(&mut self, page: Number) -> bool {
        if self.compactor.is_none() {
            self.compactor = Some(page);
            return true;
        }
        self.waiting.push(page);
        false
    }

    /// `steal`: whoever had it is told.
    pub fn steal(&mut self, page: Number) -> Option<Number> {
        self.waiting.retain(|waiting| *waiting != page);
        self.compactor.replace(page).filter(|before| *before != page)
    }

    /// Lets go of the compactor's lock; returns who has it now.
    pub fn release(&mut self, page: Number) -> Option<Number> {
        self.waiting.retain(|waiting| *waiting != page);
        if self.compactor != Some(page) {
            return None;
        }
        self.compactor = (!self.waiting.is_empty()).then(|| self.waiting.remove(0));
        self.compactor
    }
}

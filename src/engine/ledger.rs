//! The ledger: one journal a document, merged by taking the newer of two copies.
//!
//! Each page load writes a journal of its own and no other, because a key with
//! two writers loses what one of them wrote, even under a lock. The state is
//! the map of all journals, `merge` keeps the copy with the higher sequence
//! number, and so merging is commutative, associative and idempotent: stale
//! reads and repeats do no harm. Must not live here: bytes (`codec`), storage
//! keys (`vault`), the meaning of a cell (`profile`).

use super::intern::{FeatureKey, KeyMap};
use super::profile::{self, Cell};
use super::time::{Day, Millis};
use std::collections::BTreeMap;

/// Random name of a document load: one writer each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u64);

/// Most cells a journal keeps: with the largest cell of 21 bytes and base64,
/// the encoded journal stays below 16 KB.
pub const MOST_CELLS: usize = 560;

/// What one document saw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// Grows with every change; the newer of two copies wins whole.
    pub sequence: u32,
    /// Acts of the shopper in this document.
    pub acts: u32,
    cells: KeyMap<(Day, FeatureKey), Cell>,
}

impl Journal {
    /// A journal read back from bytes; the codec has checked the cells.
    pub fn restored(
        sequence: u32,
        acts: u32,
        cells: impl Iterator<Item = (Day, FeatureKey, Cell)>,
    ) -> Self {
        let cells = cells.map(|(day, key, cell)| ((day, key), cell)).collect();
        Self { sequence, acts, cells }
    }

    /// Adds evidence to the key's cell of that day.
    pub fn credit(&mut self, key: FeatureKey, at: Millis, weights: Cell) {
        let day = at.day();
        let cell = self.cells.entry((day, key)).or_default();
        profile::credit(cell, key, day, at, weights);
    }

    /// Notes that the document changed; an act is also counted.
    pub fn touch(&mut self, is_act: bool) {
        self.sequence = self.sequence.saturating_add(1);
        self.acts = self.acts.saturating_add(u32::from(is_act));
        if self.cells.len() > MOST_CELLS {
            self.evict();
        }
    }

    /// All cells by day and key.
    pub fn cells(&self) -> Vec<(Day, FeatureKey, Cell)> {
        let mut cells: Vec<_> =
            self.cells.iter().map(|((day, key), cell)| (*day, *key, *cell)).collect();
        cells.sort_unstable_by_key(|(day, key, _)| (*day, *key));
        cells
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing was filed yet.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The first day with evidence.
    pub fn first_day(&self) -> Option<Day> {
        self.cells.keys().map(|(day, _)| *day).min()
    }

    /// Drops the least telling eighth, by (strength, key), so that every copy
    /// of the journal drops the same cells.
    fn evict(&mut self) {
        let strength = |cell: &Cell| cell.iter().map(|counter| counter.abs()).fold(0.0, f32::max);
        let mut ranked: Vec<_> =
            self.cells.iter().map(|(key, cell)| (strength(cell), *key)).collect();
        ranked.sort_unstable_by(|(a, x), (b, y)| a.total_cmp(b).then(x.cmp(y)));
        for (_, key) in ranked.iter().take(MOST_CELLS / 8) {
            self.cells.remove(key);
        }
    }
}

/// All journals this document knows, its own among them.
#[derive(Clone, Debug)]
pub struct Ledger {
    own: DocumentId,
    journals: BTreeMap<DocumentId, Journal>,
}

impl Ledger {
    /// An empty ledger of the document named `own`.
    pub fn new(own: DocumentId) -> Self {
        Self { own, journals: BTreeMap::new() }
    }

    /// This document's name.
    pub fn own_id(&self) -> DocumentId {
        self.own
    }

    /// This document's journal, to write in.
    pub fn own_mut(&mut self) -> &mut Journal {
        self.journals.entry(self.own).or_default()
    }

    /// This document's journal, if it has one.
    pub fn own(&self) -> Option<&Journal> {
        self.journals.get(&self.own)
    }

    /// The same document's ledger with its own journal only.
    pub fn without_others(self) -> Self {
        let Self { own, mut journals } = self;
        journals.retain(|id, _| *id == own);
        Self { own, journals }
    }

    /// Takes in another copy of a journal.
    pub fn merge(&mut self, id: DocumentId, journal: Journal) {
        match self.journals.get(&id) {
            Some(known) if known.sequence >= journal.sequence => {}
            _ => {
                self.journals.insert(id, journal);
            }
        }
    }

    /// All journals in the order of their names.
    pub fn journals(&self) -> impl Iterator<Item = (DocumentId, &Journal)> + Clone {
        self.journals.iter().map(|(id, journal)| (*id, journal))
    }

    /// All cells in a canonical order, so that sums are the same to the last bit.
    pub fn cells(&self) -> Vec<(Day, FeatureKey, Cell)> {
        self.journals.values().flat_map(Journal::cells).collect()
    }

    /// Acts of the shopper in all documents.
    pub fn acts(&self) -> u32 {
        self.journals.values().fold(0, |sum, journal| sum.saturating_add(journal.acts))
    }

    /// The first day with evidence.
    pub fn first_day(&self) -> Option<Day> {
        self.journals.values().filter_map(Journal::first_day).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(sequence: u32) -> Journal {
        let cells = [(Day(1), FeatureKey(sequence), [1.0, 2.0, 3.0])];
        Journal::restored(sequence, sequence, cells.into_iter())
    }

    #[test]
    fn the_newer_copy_wins_in_any_order() {
        let id = DocumentId(5);
        for order in [[1, 2, 2], [2, 1, 2], [2, 2, 1]] {
            let mut ledger = Ledger::new(DocumentId(1));
            order.into_iter().for_each(|sequence| ledger.merge(id, journal(sequence)));
            assert_eq!(ledger.journals().collect::<Vec<_>>(), [(id, &journal(2))]);
        }
    }

    #[test]
    fn a_journal_keeps_the_strongest_cells() {
        let mut journal = Journal::default();
        let now = Millis::from_js(1e12);
        for key in 0..(MOST_CELLS as u32 + 1) {
            journal.credit(FeatureKey(0x1000_0000 | key), now, [key as f32 + 1.0; 3]);
        }
        journal.touch(true);
        assert!(journal.len() <= MOST_CELLS);
        assert!(journal.cells().iter().all(|(_, key, _)| key.0 & 0xffff >= 70));
    }
}

//! The ledger: one journal a document, merged by taking the newer of two copies.
//!
//! Each page load writes a journal of its own and no other, because a key with
//! two writers loses what one of them wrote, even under a lock. The state is
//! the map of all journals, `merge` keeps the copy with the higher sequence
//! number, and so merging is commutative, associative and idempotent: stale
//! reads and repeats do no harm. Must not live here: bytes (`codec`), storage
//! keys (`vault`), the meaning of a cell (`profile`).

use super::intern::{FeatureKey, KeyMap};
use super::math;
use super::profile::{Cell, Growth};
use super::sorting::{falling, order_by, sorted};
use super::time::{Day, Millis};

/// Random name of a document load: one writer each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u64);

/// Most cells a journal keeps: with the largest cell of 21 bytes and base64,
/// the encoded journal stays below 16 KB.
pub const MOST_CELLS: usize = 560;

/// What one document saw.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Grows with every change; the newer of two copies wins whole.
    pub sequence: u32,
    /// Acts of the shopper in this document.
    pub acts: u32,
    cells: KeyMap<Cell>,
    growth: Growth,
}

impl Journal {
    /// A journal read back from bytes; the codec has checked the cells.
    pub fn restored(
        sequence: u32,
        acts: u32,
        cells: impl Iterator<Item = (Day, FeatureKey, Cell)>,
    ) -> Self {
        let cells = cells.map(|(day, key, cell)| (place(day, key), cell)).collect();
        Self { sequence, acts, cells, growth: Growth::default() }
    }

    /// Adds evidence to the key's cell of that day.
    pub fn credit(&mut self, key: FeatureKey, at: Millis, weights: Cell) {
        let day = at.day();
        if let Some(cell) = self.cells.entry(place(day, key)) {
            self.growth.credit(cell, key, at, weights);
        }
    }

    /// Notes that the document changed; an act is also counted.
    pub fn touch(&mut self, is_act: bool) {
        self.sequence = self.sequence.saturating_add(1);
        self.acts = self.acts.saturating_add(u32::from(is_act));
        if self.cells.len() > MOST_CELLS {
            self.evict();
        }
    }

    /// All cells by day and key, rising.
    pub fn cells(&self) -> Vec<(Day, FeatureKey, Cell)> {
        let places: Vec<u64> = self.cells.iter().map(|(place, _)| *place).collect();
        let cell = |place: u64| {
            let cell = self.cells.get(place)?;
            Some((Day((place >> 32) as u32), FeatureKey(place as u32), *cell))
        };
        sorted(&places).into_iter().filter_map(cell).collect()
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
        self.cells.iter().map(|(place, _)| Day((place >> 32) as u32)).min()
    }

    /// The last day with evidence.
    pub fn last_day(&self) -> Option<Day> {
        self.cells.iter().map(|(place, _)| Day((place >> 32) as u32)).max()
    }

    /// Drops the least telling eighth, by (strength, key), so that every copy
    /// of the journal drops the same cells.
    fn evict(&mut self) {
        let cells = self.cells();
        // Each day has a landmark of its own: strengths compare only after they
        // are decayed to one moment, by the week's counter.
        let newest = cells.last().map_or(0, |(day, ..)| day.0);
        let strength = |at: usize| {
            let (day, _, [_, this_week, _]) = cells.get(at).copied().unwrap_or_default();
            let weeks = f64::from(newest - day.0) / 7.0;
            this_week.abs() * math::exp2(-weeks) as f32
        };
        let kept = order_by(cells.len(), |at| falling(strength(at)));
        let kept = kept.into_iter().take(MOST_CELLS * 7 / 8);
        let kept = kept.filter_map(|at| cells.get(at as usize).copied());
        self.cells = kept.map(|(day, key, cell)| (place(day, key), cell)).collect();
    }
}

impl PartialEq for Journal {
    fn eq(&self, other: &Self) -> bool {
        (self.sequence, self.acts, self.cells()) == (other.sequence, other.acts, other.cells())
    }
}

/// Day and key as one number, in the order of the stored form.
fn place(day: Day, key: FeatureKey) -> u64 {
    u64::from(day.0) << 32 | key.index()
}

/// All journals this document knows.
#[derive(Clone, Debug)]
pub struct Ledger {
    id: DocumentId,
    own: Journal,
    /// In the order of their names.
    others: Vec<(DocumentId, Journal)>,
}

impl Ledger {
    /// An empty ledger of the document named `id`.
    pub fn new(id: DocumentId) -> Self {
        Self { id, own: Journal::default(), others: Vec::new() }
    }

    /// This document's name.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// This document's journal.
    pub fn own(&self) -> &Journal {
        &self.own
    }

    /// This document's journal, to write in.
    pub fn own_mut(&mut self) -> &mut Journal {
        &mut self.own
    }

    /// Forgets the journals of other documents, to read them again.
    pub fn drop_others(&mut self) {
        self.others.clear();
    }

    /// Takes in another copy of a journal.
    pub fn merge(&mut self, id: DocumentId, journal: Journal) {
        let newer = |known: &Journal| known.sequence < journal.sequence;
        if id == self.id {
            if newer(&self.own) {
                self.own = journal;
            }
            return;
        }
        let at = self.others.partition_point(|(known, _)| *known < id);
        match self.others.get_mut(at).filter(|(known, _)| *known == id) {
            Some((_, known)) if newer(known) => *known = journal,
            Some(_) => {}
            None => self.others.insert(at, (id, journal)),
        }
    }

    /// All journals in the order of their names.
    pub fn journals(&self) -> impl Iterator<Item = (DocumentId, &Journal)> + Clone {
        let at = self.others.partition_point(|(known, _)| *known < self.id);
        let (before, after) = self.others.split_at_checked(at).unwrap_or_default();
        let own = (self.own.sequence > 0).then_some((self.id, &self.own));
        before
            .iter()
            .map(|(id, journal)| (*id, journal))
            .chain(own)
            .chain(after.iter().map(|(id, journal)| (*id, journal)))
    }

    /// All cells in a canonical order, so that sums are the same to the last bit.
    pub fn cells(&self) -> Vec<(Day, FeatureKey, Cell)> {
        self.journals().flat_map(|(_, journal)| journal.cells()).collect()
    }

    /// Acts of the shopper in all documents.
    pub fn acts(&self) -> u32 {
        self.journals().fold(0, |sum, (_, journal)| sum.saturating_add(journal.acts))
    }

    /// The first day with evidence.
    pub fn first_day(&self) -> Option<Day> {
        self.journals().filter_map(|(_, journal)| journal.first_day()).min()
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

//! A journal: what one document saw, as counters by day and key.
//!
//! A journal has one writer and a sequence number that grows with every change,
//! so of two copies the newer one holds all of the older. Must not live here:
//! the union of many journals (`ledger`), bytes (`codec`), the meaning of a cell
//! (`profile`).

use super::intern::{FeatureKey, KeyMap};
use super::math;
use super::profile::{self, Cell, Growth};
use super::sorting::{falling, order_by, sorted};
use super::time::{Day, Millis};

/// Name of a journal: 48 random bits of the page load, and 16 that count the
/// journals it began. What was folded together has a name made of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u64);

impl DocumentId {
    /// The page load: the same for all journals that it began.
    pub fn page(self) -> Self {
        Self(self.0 & !0xffff)
    }

    /// The name of the page's next journal.
    pub fn next(self) -> Self {
        Self(self.page().0 | self.0.wrapping_add(1) & 0xffff)
    }
}

/// Most cells any journal keeps: with the largest cell of 21 bytes and base64,
/// the encoded journal stays below 16 KB.
pub const MOST_CELLS: usize = 560;
/// Cells at which a page begins its next journal. With them a journal takes
/// about 2.5 KB, so that a write stays far below the size at which `localStorage`
/// becomes slow; forty items put into the basket take 83, two each and three shared.
pub const FULL_CELLS: usize = 96;
/// Most cells of an open page's journal while room is scarce; with one more, the
/// strongest 28 stay. With them a journal takes at most 1 KB, so that some 30 open
/// pages fit into 64 KB beside a snapshot and its successor.
pub const SCARCE_CELLS: usize = 32;

/// What one document saw.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Which of the times between two erasures it belongs to; see `vault`.
    pub epoch: u32,
    /// Grows with every change; the newer of two copies wins whole.
    pub sequence: u32,
    /// Acts of the shopper in this document.
    pub acts: u32,
    /// First day of evidence that has no cell of its own any more; folding moves
    /// cells to a later day.
    pub since: Option<Day>,
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
        Self { sequence, acts, cells, ..Self::default() }
    }

    /// Adds evidence to the key's cell of that day.
    pub fn credit(&mut self, key: FeatureKey, at: Millis, weights: Cell) {
        let day = at.day();
        if let Some(cell) = self.cells.entry(place(day, key)) {
            self.growth.credit(cell, key, at, weights);
        }
    }

    /// Adds counters that were filed elsewhere, each by its own rule.
    pub fn add(&mut self, day: Day, key: FeatureKey, counters: Cell) {
        if let Some(cell) = self.cells.entry(place(day, key)) {
            profile::join(cell, key, counters);
        }
    }

    /// What this journal holds beyond an older copy of itself. Latest looks are
    /// kept whole, because looking twice is harmless.
    #[must_use]
    pub fn since_copy(&self, older: &Self) -> Self {
        let cells = self.cells().into_iter().map(|(day, key, cell)| {
            let before = older.cells.get(place(day, key)).copied().unwrap_or_default();
            (day, key, profile::beyond(cell, key, before))
        });
        let cells = cells.filter(|(.., cell)| *cell != Cell::default());
        let (sequence, acts) =
            (self.sequence.saturating_sub(older.sequence), self.acts.saturating_sub(older.acts));
        Self::restored(sequence, acts, cells)
    }

    /// Notes that the document changed; an act is also counted.
    pub fn touch(&mut self, is_act: bool) {
        self.sequence = self.sequence.saturating_add(1);
        self.acts = self.acts.saturating_add(u32::from(is_act));
        self.evict(MOST_CELLS);
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
        let first = self.cells.iter().map(|(place, _)| Day((place >> 32) as u32)).min();
        [self.since, first].into_iter().flatten().min()
    }

    /// The last day with evidence.
    pub fn last_day(&self) -> Option<Day> {
        self.cells.iter().map(|(place, _)| Day((place >> 32) as u32)).max()
    }

    /// Over `most` cells, drops the least telling ones down to seven eighths, by
    /// (strength, key), so that every copy of the journal drops the same.
    pub fn evict(&mut self, most: usize) {
        if self.cells.len() <= most {
            return;
        }
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
        let kept = kept.into_iter().take(most * 7 / 8);
        let kept = kept.filter_map(|at| cells.get(at as usize).copied());
        self.cells = kept.map(|(day, key, cell)| (place(day, key), cell)).collect();
    }
}

impl PartialEq for Journal {
    fn eq(&self, other: &Self) -> bool {
        // The epoch tells where a copy was found, not what it holds.
        let numbers = |journal: &Self| (journal.sequence, journal.acts, journal.since);
        numbers(self) == numbers(other) && self.cells() == other.cells()
    }
}

/// Day and key as one number, in the order of the stored form.
fn place(day: Day, key: FeatureKey) -> u64 {
    u64::from(day.0) << 32 | key.index()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn names_of_a_page_differ_from_those_of_others() {
        let mut id = DocumentId(0xabcd_0000);
        let mut known = std::collections::BTreeSet::new();
        for _ in 0..0x1_0000 {
            assert!(known.insert(id));
            assert_eq!(id.page(), DocumentId(0xabcd_0000));
            id = id.next();
        }
        assert_eq!(id, DocumentId(0xabcd_0000));
    }

    #[test]
    fn a_journal_is_its_older_copy_and_what_came_since() {
        let now = Millis::from_js(1e12);
        let (sum, item) = (FeatureKey(0x1000_0001), FeatureKey(7));
        let mut journal = Journal::default();
        journal.credit(sum, now, [1.0; 3]);
        journal.credit(item, now, [1.0; 3]);
        journal.touch(true);
        let older = journal.clone();
        journal.credit(sum, now, [2.0; 3]);
        journal.touch(true);
        let mut both = older.clone();
        for (day, key, cell) in journal.since_copy(&older).cells() {
            both.add(day, key, cell);
        }
        assert_eq!(both.cells(), journal.cells());
        assert_eq!(journal.since_copy(&older).acts, 1);
    }

    /// Strengths of different days compare as they are on the newest one.
    #[test]
    fn an_old_cell_is_kept_only_if_it_is_still_strong() {
        let newest = 1_008;
        let kept = |rivals: &[(u32, f32)]| {
            let rival = |(at, (day, weight)): (usize, &(u32, f32))| {
                (Day(*day), FeatureKey(at as u32), [0.0, *weight, 0.0])
            };
            let strong = (100..106).map(|key| (Day(newest), FeatureKey(key), [0.0, -100.0, 0.0]));
            let cells: Vec<_> = rivals.iter().enumerate().map(rival).chain(strong).collect();
            let mut journal = Journal::restored(1, 1, cells.into_iter());
            journal.evict(8);
            assert_eq!(journal.len(), 7);
            let weak = journal.cells().into_iter().filter(|(_, key, _)| key.0 < 100);
            weak.map(|(_, key, _)| key.0).collect::<Vec<_>>()
        };
        // A week ago 4.1 is 2.05 today, and 3.9 is 1.95.
        assert_eq!(kept(&[(1_008, 2.0), (1_001, 3.9), (1_001, 1.0)]), [0]);
        assert_eq!(kept(&[(1_008, 2.0), (1_001, 4.1), (1_001, 1.0)]), [1]);
    }

    #[test]
    fn as_many_cells_as_there_may_be_all_stay() {
        let cells = (0..8).map(|key| (Day(1), FeatureKey(key), [1.0; 3]));
        let mut journal = Journal::restored(1, 1, cells);
        journal.evict(8);
        assert_eq!((journal.len(), journal.is_empty()), (8, false));
        assert!(Journal::default().is_empty());
    }

    #[test]
    fn journals_are_equal_in_numbers_and_cells() {
        let journal = |sequence, acts, weight| {
            let cells = [(Day(1), FeatureKey(1), [weight; 3])];
            Journal::restored(sequence, acts, cells.into_iter())
        };
        let one = journal(1, 2, 3.0);
        assert_eq!(one, journal(1, 2, 3.0));
        for other in [journal(2, 2, 3.0), journal(1, 1, 3.0), journal(1, 2, 4.0)] {
            assert_ne!(one, other);
        }
        assert_ne!(one, Journal { since: Some(Day(1)), ..one.clone() });
        assert_eq!(one, Journal { epoch: 9, ..one.clone() });
    }

    #[test]
    fn the_first_day_may_be_older_than_all_cells() {
        let cells = [(Day(7), FeatureKey(1), [1.0; 3]), (Day(9), FeatureKey(2), [1.0; 3])];
        let mut journal = Journal::restored(1, 1, cells.into_iter());
        assert_eq!((journal.first_day(), journal.last_day()), (Some(Day(7)), Some(Day(9))));
        journal.since = Some(Day(3));
        assert_eq!((journal.first_day(), journal.last_day()), (Some(Day(3)), Some(Day(9))));
    }
}

//! The ledger: the union of all journals, merged by taking the newer of two
//! copies.
//!
//! Each page load writes journals of its own and no other, because a key with
//! two writers loses what one of them wrote, even under a lock. The state is a
//! map of journals by name and a map of what was folded into another journal;
//! merging takes the higher sequence number in both, and so it is commutative,
//! associative and idempotent: stale reads and repeats do no harm. (Only the order
//! in which covers are let go of is not.) Must not live
//! here: bytes (`codec`), storage keys (`vault`), what is folded (`fold`).

use super::intern::FeatureKey;
use super::journal::{DocumentId, Journal};
use super::profile::Cell;
use super::time::Day;

/// Copies of a journal up to this sequence number are part of a fold.
pub type Cover = (DocumentId, u32);

/// All journals this document knows.
#[derive(Clone, Debug)]
pub struct Ledger {
    id: DocumentId,
    own: Journal,
    /// In the order of their names.
    others: Vec<(DocumentId, Journal)>,
    /// Those known longest first.
    covers: Vec<Cover>,
    /// Grows with every change.
    version: u32,
}

impl Ledger {
    /// An empty ledger of the document whose journal is named `id`.
    pub fn new(id: DocumentId) -> Self {
        Self { id, own: Journal::default(), others: Vec::new(), covers: Vec::new(), version: 0 }
    }

    /// The name of this document's journal.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// This document's journal.
    pub fn own(&self) -> &Journal {
        &self.own
    }

    /// This document's journal, to write in.
    pub fn own_mut(&mut self) -> &mut Journal {
        self.version = self.version.wrapping_add(1);
        &mut self.own
    }

    /// A number that changes whenever the ledger may have.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Begins the next journal; the one before is kept as it is.
    pub fn begin_next(&mut self) {
        let finished = std::mem::take(&mut self.own);
        let id = self.id;
        self.id = id.next();
        self.merge(id, finished);
    }

    /// Begins the next journal with what the own one holds beyond `folded`, the
    /// copy of it that was folded into another journal meanwhile.
    pub fn begin_after(&mut self, folded: &Journal) {
        self.own_mut();
        self.own = self.own.since_copy(folded);
        self.id = self.id.next();
    }

    /// Takes in another copy of a journal.
    #[inline(never)]
    pub fn merge(&mut self, id: DocumentId, journal: Journal) {
        self.version = self.version.wrapping_add(1);
        // Of two copies of one age the other was shortened for want of room.
        let newer =
            |known: &Journal| (known.sequence, known.len()) < (journal.sequence, journal.len());
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

    /// Notes that copies of journals are part of a fold: those known longest first.
    ///
    /// What only this ledger knows is newer than they are where it was learnt after
    /// all that both know; else the others have let go of it, as the oldest.
    #[inline(never)]
    pub fn cover(&mut self, covers: &[Cover]) {
        self.version = self.version.wrapping_add(1);
        let known = std::mem::take(&mut self.covers);
        let is_shared = |(id, _): &&Cover| covers.iter().any(|(other, _)| other == id);
        let both = known.iter().rposition(|cover| is_shared(&cover));
        let (older, newer) = known.split_at(both.map_or(known.len(), |at| at + 1));
        self.covers.extend(older.iter().filter(|cover| !is_shared(cover)));
        for (id, sequence) in covers {
            let before = known.iter().find(|(other, _)| other == id);
            let before = before.map_or(0, |(_, sequence)| *sequence);
            self.covers.push((*id, before.max(*sequence)));
        }
        self.covers.extend(newer);
    }

    /// What is part of a fold, those known longest first.
    pub fn covers(&self) -> &[Cover] {
        &self.covers
    }

    /// Up to which sequence number a journal is part of a fold.
    #[inline(never)]
    pub fn covered(&self, id: DocumentId) -> Option<u32> {
        self.covers.iter().find(|(known, _)| *known == id).map(|(_, sequence)| *sequence)
    }

    /// The sequence number up to which a journal is known, as itself or as part
    /// of a fold.
    #[inline(never)]
    pub fn known(&self, id: DocumentId) -> Option<u32> {
        let journals = self.others.iter().filter(|(known, _)| *known == id);
        let own = (id == self.id && self.own.sequence > 0).then_some(self.own.sequence);
        journals.map(|(_, journal)| journal.sequence).chain(self.covered(id)).chain(own).max()
    }

    /// The last day with evidence.
    pub fn last_day(&self) -> Option<Day> {
        self.journals().iter().filter_map(|(_, journal)| journal.last_day()).max()
    }

    /// Takes in all that another ledger knows.
    pub fn join(&mut self, other: &Self) {
        self.cover(&other.covers);
        for (id, journal) in other.journals() {
            self.merge(id, journal.clone());
        }
    }

    /// Lets go of all but this document's journal.
    pub fn forget_others(&mut self) {
        self.version = self.version.wrapping_add(1);
        (self.others, self.covers) = (Vec::new(), Vec::new());
    }

    /// Lets go of journals that are part of a fold, and of the covers known
    /// longest beyond `most`.
    pub fn tidy(&mut self, most: usize) {
        let others = std::mem::take(&mut self.others);
        let counts = |(id, journal): &(DocumentId, Journal)| {
            self.covered(*id).is_none_or(|sequence| sequence < journal.sequence)
        };
        self.others = others.into_iter().filter(counts).collect();
        self.covers.drain(..self.covers.len().saturating_sub(most));
    }

    /// All journals that count, in the order of their names.
    // A list rather than an iterator: nine callers would each be given a copy of
    // it, of half a kilobyte.
    #[inline(never)]
    pub fn journals(&self) -> Vec<(DocumentId, &Journal)> {
        let counts = |(id, journal): &(DocumentId, &Journal)| {
            journal.sequence > 0
                && self.covered(*id).is_none_or(|sequence| sequence < journal.sequence)
        };
        let at = self.others.partition_point(|(known, _)| *known < self.id);
        let mut journals: Vec<_> = self.others.iter().map(|(id, journal)| (*id, journal)).collect();
        journals.insert(at, (self.id, &self.own));
        journals.retain(counts);
        journals
    }

    /// All cells in a canonical order, so that sums are the same to the last bit.
    pub fn cells(&self) -> Vec<(Day, FeatureKey, Cell)> {
        self.journals().into_iter().flat_map(|(_, journal)| journal.cells()).collect()
    }

    /// Acts of the shopper in all documents.
    pub fn acts(&self) -> u32 {
        self.journals().iter().fold(0, |sum, (_, journal)| sum.saturating_add(journal.acts))
    }

    /// The first day with evidence.
    pub fn first_day(&self) -> Option<Day> {
        self.journals().iter().filter_map(|(_, journal)| journal.first_day()).min()
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
            assert_eq!(ledger.journals(), [(id, &journal(2))]);
        }
    }

    #[test]
    fn what_is_part_of_a_fold_does_not_count_again() {
        let mut ledger = Ledger::new(DocumentId(1));
        ledger.merge(DocumentId(5), journal(2));
        ledger.cover(&[(DocumentId(5), 1)]);
        assert_eq!(ledger.acts(), 2);
        ledger.cover(&[(DocumentId(5), 3)]);
        ledger.cover(&[(DocumentId(5), 2)]);
        assert_eq!((ledger.acts(), ledger.covered(DocumentId(5))), (0, Some(3)));
        assert_eq!((ledger.known(DocumentId(5)), ledger.known(DocumentId(4))), (Some(3), None));
    }

    /// What was derived from a ledger is derived again when this number changed.
    #[test]
    fn every_change_is_told() {
        let mut ledger = Ledger::new(DocumentId(0x1_0000));
        let mut versions = vec![ledger.version()];
        let changes: [fn(&mut Ledger); 6] = [
            |ledger| ledger.own_mut().touch(true),
            |ledger| ledger.merge(DocumentId(5), journal(2)),
            |ledger| ledger.cover(&[(DocumentId(5), 1)]),
            Ledger::begin_next,
            |ledger| ledger.begin_after(&Journal::default()),
            Ledger::forget_others,
        ];
        for change in changes {
            change(&mut ledger);
            versions.push(ledger.version());
        }
        let differing: std::collections::BTreeSet<_> = versions.iter().collect();
        assert_eq!(differing.len(), versions.len(), "{versions:?}");
    }

    #[test]
    fn beginning_anew_loses_nothing() {
        let mut ledger = Ledger::new(DocumentId(0x1_0000));
        *ledger.own_mut() = journal(3);
        ledger.begin_next();
        assert_eq!(ledger.id(), DocumentId(0x1_0001));
        *ledger.own_mut() = journal(2);
        assert_eq!(ledger.acts(), 5);
        let folded = ledger.own().clone();
        ledger.own_mut().touch(true);
        ledger.cover(&[(ledger.id(), folded.sequence)]);
        ledger.begin_after(&folded);
        assert_eq!((ledger.acts(), ledger.own().acts), (4, 1));
    }

    #[test]
    fn of_equal_copies_the_first_stays() {
        let (own, other) = (DocumentId(1), DocumentId(5));
        let mut ledger = Ledger::new(own);
        for id in [own, other] {
            ledger.merge(id, journal(2));
            ledger.merge(id, Journal::restored(2, 9, [].into_iter()));
            assert_eq!(ledger.journals().last(), Some(&(id, &journal(2))));
        }
    }

    #[test]
    fn journals_that_count_are_listed_by_name() {
        let mut ledger = Ledger::new(DocumentId(5));
        assert_eq!(ledger.journals(), []);
        assert_eq!((ledger.first_day(), ledger.last_day()), (None, None));
        assert_eq!(ledger.known(DocumentId(5)), None);
        for (id, day) in [(9, 30), (1, 20), (5, 25), (7, 40)] {
            let cells = [(Day(day), FeatureKey(1), [1.0; 3])];
            ledger.merge(DocumentId(id), Journal::restored(id as u32, 1, cells.into_iter()));
        }
        let names =
            |ledger: &Ledger| ledger.journals().into_iter().map(|(id, _)| id.0).collect::<Vec<_>>();
        assert_eq!(names(&ledger), [1, 5, 7, 9]);
        assert_eq!((ledger.first_day(), ledger.last_day()), (Some(Day(20)), Some(Day(40))));
        assert_eq!((ledger.known(DocumentId(5)), ledger.known(DocumentId(6))), (Some(5), None));
        // Covered up to the very copy, up to an older one, and all of the own one.
        for (id, at) in [(7, 7), (9, 8), (5, 5)] {
            ledger.cover(&[(DocumentId(id), at)]);
        }
        assert_eq!(names(&ledger), [1, 9]);
    }

    /// Or a page that is open for long would take what all have let go of for new.
    #[test]
    fn covers_stay_in_the_order_of_their_age() {
        let list = |ids: &[u64]| ids.iter().map(|id| (DocumentId(*id), 1)).collect::<Vec<_>>();
        let joined = |known: &[u64], stored: &[u64]| {
            let mut ledger = Ledger::new(DocumentId(1));
            ledger.cover(&list(known));
            ledger.cover(&list(stored));
            ledger.covers().iter().map(|(id, _)| id.0).collect::<Vec<_>>()
        };
        assert_eq!(joined(&[7, 5, 6], &[5, 6, 9]), [7, 5, 6, 9], "let go of");
        assert_eq!(joined(&[5, 6, 9], &[7, 5, 6]), [7, 5, 6, 9], "newer");
        assert_eq!(joined(&[5, 8, 6, 9], &[7, 5, 6]), [8, 7, 5, 6, 9]);
        assert_eq!(joined(&[5, 6], &[8]), [5, 6, 8]);
        assert_eq!(joined(&[5, 6], &[5]), [5, 6]);
        assert_eq!(joined(&[], &[5]), [5]);
        assert_eq!(joined(&[5], &[]), [5]);
        let mut ledger = Ledger::new(DocumentId(1));
        ledger.cover(&[(DocumentId(5), 3), (DocumentId(6), 1)]);
        ledger.cover(&[(DocumentId(6), 2), (DocumentId(5), 2)]);
        assert_eq!(ledger.covers(), [(DocumentId(6), 2), (DocumentId(5), 3)]);
    }

    #[test]
    fn what_is_tidied_away_stays_away() {
        let mut ledger = Ledger::new(DocumentId(1));
        for (id, covered) in [(5, 1), (6, 2), (7, 3)] {
            ledger.merge(DocumentId(id), journal(2));
            ledger.cover(&[(DocumentId(id), covered)]);
        }
        ledger.tidy(1);
        assert_eq!(ledger.covers(), [(DocumentId(7), 3)]);
        ledger.tidy(0);
        assert_eq!(ledger.journals(), [(DocumentId(5), &journal(2))]);
    }
}

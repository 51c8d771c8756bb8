//! Compaction: finished journals move into one snapshot and are folded there, so
//! that ten thousand page loads take no more room than ten.
//!
//! It happens in one step that nothing interrupts, after the caller has been
//! alone for [`SETTLE_MS`]: a lock is handed over before the other process has
//! seen what was written under it, so the lock alone decides only who compacts.
//! Each step can be the last one: the snapshot is written before what it holds
//! is removed, and whatever is there twice counts once.
//!
//! Must not live here: locks and timers (the browser side has them).

use super::codec::{self, MOST_COVERS, MOST_JOURNALS, Record, Snapshot};
use super::fold::fold;
use super::journal::DocumentId;
use super::ledger::Ledger;
use super::vault::{Saved, Vault};

/// How long a page must have been the only one that may compact before it does,
/// in milliseconds: far longer than one process takes to see another's write.
pub const SETTLE_MS: u32 = 500;
/// Length of a snapshot, in characters, above which its journals are folded.
const FOLD_AT: usize = 10 * 1024;
/// Finished journals that are worth the work.
pub(super) const MANY: usize = 6;

impl Vault {
    /// Whether there is enough to be moved into a snapshot.
    pub fn is_crowded(&self) -> bool {
        self.loose >= MANY
    }

    /// Moves finished journals into this page's snapshot, and removes what was
    /// erased. `live` names the pages that are open and may still write to their
    /// journals; `None` where nobody can tell.
    pub fn compact(&mut self, ledger: &mut Ledger, live: Option<&[DocumentId]>) -> Saved {
        if !self.verify(ledger) {
            return Saved::Erased;
        }
        let own = ledger.id();
        let is_finished = |id: DocumentId| match id.page() == own.page() {
            true => id != own,
            false => live.is_some_and(|live| !live.contains(&id.page())),
        };
        let found = self.read();
        if self.is_foreign {
            return Saved::Refused;
        }
        let key = self.snapshot_key(own);
        let mut union = Ledger::new(DocumentId(u64::MAX));
        // What was in a snapshot before has been seen by everybody by now.
        let mut seen = Vec::new();
        let mut taken = Vec::new();
        self.loose = 0;
        for (record_key, text, record) in &found {
            match record {
                Record::Meta(_) => continue,
                Record::Snapshot(snapshot) => {
                    seen.extend(snapshot.journals.iter().map(|(id, _)| *id))
                }
                Record::Journal(id, journal) => {
                    if !is_finished(*id) && !self.is_erased(journal.epoch) {
                        self.loose += usize::from(*id != own);
                        continue;
                    }
                }
            }
            self.merge(&mut union, record);
            taken.push((record_key, text));
        }
        // Journals that only the mirror had kept.
        ledger.covers().iter().for_each(|cover| union.cover(*cover));
        for (id, journal) in ledger.journals() {
            if is_finished(id) {
                union.merge(id, journal.clone());
            }
        }
        if union.journals().is_empty() && union.covers().is_empty() {
            for (key, _) in taken {
                self.remove(key);
            }
            return Saved::Yes;
        }
        let (snapshot, text) = self.snapshot(&mut union, &seen);
        if taken.len() != 1 || taken.first().is_none_or(|(_, old)| **old != text) {
            if self.write(&key, &text).is_err() {
                return Saved::Refused;
            }
            self.outbox.put(&key, Some(&text));
            for (taken, text) in taken {
                // Somebody may have written there after it was read.
                if *taken != key && self.area.get(taken).is_ok_and(|now| now.as_ref() == Some(text))
                {
                    self.remove(taken);
                }
            }
            if self.written.is_none() {
                self.witness = Some(key);
            }
        }
        self.merge(ledger, &Record::Snapshot(snapshot));
        ledger.tidy(MOST_COVERS);
        Saved::Yes
    }

    /// All journals of the union as a snapshot that fits under its key: where it
    /// grows too long, those seen before are folded, and in need all of them.
    fn snapshot(&self, union: &mut Ledger, seen: &[DocumentId]) -> (Snapshot, String) {
        let encode = |union: &mut Ledger| {
            union.tidy(MOST_COVERS);
            let journals = union.journals().into_iter();
            let journals = journals.map(|(id, journal)| (id, journal.clone())).collect();
            let snapshot = Snapshot { journals, covers: union.covers().to_vec() };
            let text = codec::encode_snapshot(self.epoch(), &snapshot);
            (snapshot, text)
        };
        let (mut snapshot, mut text) = encode(union);
        if text.len() > FOLD_AT || snapshot.journals.len() > MOST_JOURNALS / 2 {
            fold_into(union, 2, |id| seen.contains(&id));
            (snapshot, text) = encode(union);
        }
        if text.len() > codec::LONGEST_TEXT || snapshot.journals.len() > MOST_JOURNALS {
            // Even one: a journal that was never ended may be longer than a fold.
            fold_into(union, 1, |_| true);
            (snapshot, text) = encode(union);
        }
        (snapshot, text)
    }
}

/// Folds those of the union's journals into one, if there are at least so many.
fn fold_into(union: &mut Ledger, least: usize, is_member: impl Fn(DocumentId) -> bool + Copy) {
    let mut members = union.journals();
    members.retain(|(id, _)| is_member(*id));
    if members.len() < least {
        return;
    }
    let covers: Vec<_> = members.iter().map(|(id, journal)| (*id, journal.sequence)).collect();
    let (id, folded) = fold(&members);
    covers.into_iter().for_each(|cover| union.cover(cover));
    union.merge(id, folded);
}

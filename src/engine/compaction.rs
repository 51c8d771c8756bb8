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

use super::codec::{self, LONGEST_TEXT, MOST_COVERS, MOST_JOURNALS, Record, Snapshot};
use super::fold;
use super::journal::{DocumentId, Journal};
use super::ledger::Ledger;
use super::vault::{Saved, Vault};

/// How long a page must have been the only one that may compact before it does,
/// and goes on being it afterwards, in milliseconds: far longer than one process
/// takes to see another's write.
pub const SETTLE_MS: u32 = 500;
/// Length of a snapshot, in characters, above which its journals are folded.
const FOLD_AT: usize = 8 * 1024;
/// Finished journals that are worth the work.
pub(super) const MANY: usize = 6;
/// Finished journals that leave no time to wait: pages that are opened and left
/// again within half a second would otherwise fill the store.
pub(super) const TOO_MANY: usize = 16;

/// How much there is to be moved into a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Crowd {
    /// Not worth the work.
    None,
    /// Enough for a compaction.
    Many,
    /// So much that the compaction is not to wait for [`SETTLE_MS`] first. It is
    /// safe all the same unless two pages before this one died within the
    /// moment that their writes took to arrive.
    TooMany,
}

/// How a compaction came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// After the caller was alone for [`SETTLE_MS`]: it has seen what others did.
    Settled,
    /// At once, see [`Crowd::TooMany`]. Whoever compacted and was left just before may
    /// have moved journals into a snapshot that is here still as it was, and goes: it
    /// moves all that any page may have moved, or nothing.
    AtOnce,
}

/// A finished journal that no snapshot holds yet.
struct Loose<'a> {
    /// Its key and text.
    stored: (&'a String, &'a String),
    id: DocumentId,
    journal: &'a Journal,
}

impl Vault {
    /// How much there is to be moved into a snapshot, as far as this page knows.
    pub fn crowd(&self) -> Crowd {
        match self.loose {
            ..MANY => Crowd::None,
            MANY..TOO_MANY => Crowd::Many,
            _ => Crowd::TooMany,
        }
    }

    /// Moves finished journals into this page's snapshot, as many as fit, and
    /// removes what was erased. `live` names the pages that are open and may
    /// still write to their journals; `None` where nobody can tell.
    pub fn compact(
        &mut self,
        ledger: &mut Ledger,
        live: Option<&[DocumentId]>,
        pace: Pace,
    ) -> Saved {
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
        let known = ledger.clone();
        let mut union = Ledger::new(DocumentId(u64::MAX));
        union.cover(known.covers());
        let (mut taken, mut loose) = (Vec::new(), Vec::new());
        self.loose = 0;
        for (record_key, text, record) in &found {
            match record {
                Record::Meta(_) => {}
                Record::Snapshot(_) => {
                    self.merge(&mut union, record);
                    taken.push((record_key, text));
                }
                Record::Journal(id, journal) if self.is_erased(*id, journal) => {
                    taken.push((record_key, text));
                }
                Record::Journal(id, journal) if is_finished(*id) => {
                    loose.push(Loose { stored: (record_key, text), id: *id, journal });
                }
                Record::Journal(..) => {}
            }
        }
        // A killed browser can leave an older copy in storage than in the mirror.
        // To fold the older one would count it twice with the newer, and to leave it
        // would lose the newer one with the mirrored record that is taken here.
        // Only what the mirror told a moment ago: what this page read longer ago may
        // have been folded since by somebody whose covers are gone.
        let news = std::mem::take(&mut self.news);
        let is_news = |id: DocumentId| is_finished(id) && news.contains(&id);
        for (id, journal) in known.journals().into_iter().filter(|(id, _)| is_news(*id)) {
            // Not as many as fit: what its covers cover does not count any more.
            union.merge(id, journal.clone());
        }
        loose.retain(|Loose { stored, id, journal }| {
            if is_news(*id) {
                union.merge(*id, (*journal).clone());
            }
            // What is part of a fold goes now: its cover may be let go of for younger ones
            // while others are folded.
            let is_done = is_news(*id) || union.covered(*id) >= Some(journal.sequence);
            if is_done {
                taken.push(*stored);
            }
            !is_done
        });
        // Moved too early, and its page wrote it again: not to be folded before the
        // newer copy has taken the place of the older. Asked of what is stored, not of
        // locks: whoever else folds at this moment must fold the same.
        let moved = union.journals();
        let is_again = |id: DocumentId, journal: &Journal| {
            moved.iter().any(|(known, copy)| *known == id && copy.sequence < journal.sequence)
        };
        let again = found.iter().filter_map(|(.., record)| match record {
            Record::Journal(id, journal) if is_again(*id, journal) => Some(*id),
            _ => None,
        });
        let again: Vec<_> = again.collect();
        let (snapshot, text) = self.gather(&mut union, &loose, &mut taken, own, &again);
        let is_partial = pace == Pace::AtOnce && self.loose > 0;
        if is_partial || text.len() > LONGEST_TEXT {
            self.loose = loose.len();
            return Saved::Refused;
        }
        if snapshot == Snapshot::default() {
            for (key, _) in taken {
                self.remove(key);
            }
            return Saved::Yes;
        }
        if taken.len() != 1 || taken.first().is_none_or(|(_, old)| **old != text) {
            // A browser that was killed can bring several snapshots back: for one more
            // beside them there may be no room.
            let own = self.snapshot_key(own);
            let is_over = !self.fits(&own, &text);
            let mut others = taken.iter().map(|(key, _)| *key).filter(|key| self.is_snapshot(key));
            let key = others.next_back().filter(|_| is_over).cloned().unwrap_or(own);
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
                self.witness = Some((key, None));
            }
        }
        self.seen = snapshot.journals.iter().map(|(id, _)| *id).collect();
        self.merge(ledger, &Record::Snapshot(snapshot));
        ledger.tidy(MOST_COVERS);
        Saved::Yes
    }

    /// A snapshot of the union and of loose journals, as many as fit.
    ///
    /// What was in a snapshot before has been seen by everybody by now, and is
    /// folded where it is long. Nobody else moves an open page's journals, so its
    /// own are folded as well, but apart: a page that has not seen this snapshot
    /// yet makes the same fold of the former, and never one of the latter. Others
    /// are added as they are; only one that never fits is folded at once.
    fn gather<'a>(
        &mut self,
        union: &mut Ledger,
        loose: &[Loose<'a>],
        taken: &mut Vec<(&'a String, &'a String)>,
        own: DocumentId,
        again: &[DocumentId],
    ) -> (Snapshot, String) {
        let (mut snapshot, mut text) = self.pack(union);
        let more: usize = loose.iter().map(|loose| length(loose.journal)).sum();
        let many = snapshot.journals.len() + loose.len() > MOST_JOURNALS;
        if many || text.len() > FOLD_AT || text.len() + more > LONGEST_TEXT {
            fold(union, 2, again);
            (snapshot, text) = self.pack(union);
        }
        let mut room = LONGEST_TEXT - LONGEST_TEXT.min(text.len());
        let mut count = snapshot.journals.len();
        let mut added = 0;
        let mut own_fold = Ledger::new(DocumentId(u64::MAX));
        for Loose { stored, id, journal } in loose {
            // With the cover that its fold will need one day.
            let length = length(journal);
            if added > 0 && (length > room || count >= MOST_JOURNALS) {
                self.loose += 1;
                continue;
            }
            let into = if id.page() == own.page() { &mut own_fold } else { &mut *union };
            into.merge(*id, (*journal).clone());
            if length > room || count >= MOST_JOURNALS {
                fold(into, 1, again);
            }
            (room, count, added) = (room.saturating_sub(length), count + 1, added + 1);
            taken.push(*stored);
        }
        if added > 0 {
            fold(&mut own_fold, 2, again);
            union.join(&own_fold);
            (snapshot, text) = self.pack(union);
        }
        if text.len() > LONGEST_TEXT {
            // Covers take room as well, and the estimate leaves them out.
            fold(union, 1, &[]);
            (snapshot, text) = self.pack(union);
        }
        (snapshot, text)
    }

    fn pack(&self, union: &mut Ledger) -> (Snapshot, String) {
        union.tidy(MOST_COVERS);
        let journals = union.journals().into_iter();
        let journals = journals.map(|(id, journal)| (id, journal.clone())).collect();
        let snapshot = Snapshot { journals, covers: union.covers().to_vec() };
        let text = codec::encode_snapshot(self.epoch(), &snapshot);
        (snapshot, text)
    }
}

/// Characters that a journal takes at most in a snapshot.
fn length(journal: &Journal) -> usize {
    (journal.len() * 21 + 40) * 4 / 3
}

/// Folds the union's journals into one, but for those, if there are at least so many:
/// one alone becomes shorter by it where it was very long.
fn fold(union: &mut Ledger, least: usize, again: &[DocumentId]) {
    let mut members = union.journals();
    members.retain(|(id, _)| !again.contains(id));
    if members.len() < least {
        return;
    }
    let covers: Vec<_> = members.iter().map(|(id, journal)| (*id, journal.sequence)).collect();
    let (id, folded) = fold::fold(&members);
    union.cover(&covers);
    union.merge(id, folded);
}

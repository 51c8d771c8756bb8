//! Room: the cap of a store, and what goes when there is none left. The shop's
//! own data is never touched to make some.
//!
//! A journal that is shed is noted as part of a fold that keeps nothing of it, so
//! that a page which is still open does not take it for an erasure. Must not live
//! here: what is evicted within a journal (`journal`, `fold`).

use super::codec::{self, MOST_COVERS, Record, Snapshot};
use super::compaction::TOO_MANY;
use super::ledger::{Cover, Ledger};
use super::vault::{Found, Vault};

/// Most characters all records of a store may take together.
pub const LARGEST_STORE: usize = 64 * 1024;
/// What a load leaves free of it: one snapshot, or one journal of the largest size.
const FREE: usize = codec::LONGEST_TEXT + LONGEST_KEY;
/// Longest key: `reshelf.`, 64 characters of store, `.j.` and 16 digits.
const LONGEST_KEY: usize = 96;

impl Vault {
    /// Sheds the oldest finished journals where the store is over its cap: also
    /// beside a later release, or after its withdrawal nothing would ever go.
    pub(super) fn keep_below_cap(&mut self, ledger: &mut Ledger) {
        let found = self.read();
        self.shed_surplus(ledger, &found);
    }

    pub(super) fn shed_surplus(&mut self, ledger: &mut Ledger, found: &[Found]) {
        let mut size: usize = found.iter().map(|(key, text, _)| key.len() + text.len()).sum();
        if size > LARGEST_STORE / 3 {
            self.loose = self.loose.max(TOO_MANY);
        }
        if size <= LARGEST_STORE - FREE {
            return;
        }
        let own = ledger.id();
        let mut journals: Vec<_> = found
            .iter()
            .filter_map(|(key, text, record)| match record {
                Record::Journal(id, journal) if *id != own => {
                    Some((journal.last_day(), key, text.len(), (*id, journal.sequence)))
                }
                _ => None,
            })
            .collect();
        journals.sort();
        let mut shed = Vec::new();
        let mut keys = Vec::new();
        for (_, key, length, cover) in journals {
            if size <= LARGEST_STORE - FREE {
                break;
            }
            size -= key.len() + length;
            keys.push(key);
            shed.push(cover);
        }
        // The word first: a page whose journal is gone without one takes it for an
        // erasure.
        if self.note_shed(ledger, &shed) {
            keys.into_iter().for_each(|key| self.remove(key));
        }
    }

    /// Gives up our own oldest journal to make room, never the shop's data, and
    /// none of the last day: Firefox refuses writes for want of room that it has,
    /// when several tabs write at once.
    pub(super) fn shed(&mut self, ledger: &Ledger) -> Option<Cover> {
        let today = ledger.own().last_day();
        let journals = self.read().into_iter().filter_map(|(key, _, record)| match record {
            Record::Journal(id, journal) if journal.last_day() < today && id != ledger.id() => {
                Some((journal.last_day(), key, (id, journal.sequence)))
            }
            _ => None,
        });
        let (_, key, cover) = journals.min().filter(|_| !self.is_foreign)?;
        self.remove(&key);
        Some(cover)
    }

    /// Whether one page may leave more than one journal: even if the next one
    /// grows as long as can be, nothing has to be shed.
    pub(super) fn is_roomy(&self) -> bool {
        let keys = self.area.keys("").unwrap_or_default();
        let keys = keys.iter().filter(|key| self.owns(key));
        let size = |key: &String| self.area.get(key).map_or(0, |text| text.map_or(0, |t| t.len()));
        keys.map(|key| key.len() + size(key)).sum::<usize>() < LARGEST_STORE / 2
    }

    /// Leaves word that these journals are gone for want of room, so that their
    /// pages do not take it for an erasure. Snapshots that hold such words only
    /// become one.
    pub(super) fn note_shed(&mut self, ledger: &mut Ledger, shed: &[Cover]) -> bool {
        if shed.is_empty() {
            return false;
        }
        let own = self.snapshot_key(ledger.id());
        let mut snapshot = Snapshot::default();
        let mut taken = Vec::new();
        for (key, _, record) in self.read() {
            let Record::Snapshot(found) = record else { continue };
            if key == own {
                snapshot.journals = found.journals;
            } else if found.journals.is_empty() {
                taken.push(key);
            } else {
                continue;
            }
            snapshot.covers.extend(found.covers);
        }
        for cover in shed {
            ledger.cover(*cover);
            snapshot.covers.push(*cover);
        }
        let covers = std::mem::take(&mut snapshot.covers);
        let mut union = Ledger::new(ledger.id());
        covers.into_iter().for_each(|cover| union.cover(cover));
        union.tidy(MOST_COVERS);
        snapshot.covers = union.covers().to_vec();
        let text = codec::encode_snapshot(self.epoch(), &snapshot);
        let is_noted = text.len() <= codec::LONGEST_TEXT && self.write(&own, &text).is_ok();
        if is_noted {
            self.outbox.put(&own, Some(&text));
            taken.iter().for_each(|key| self.remove(key));
        }
        is_noted
    }
}

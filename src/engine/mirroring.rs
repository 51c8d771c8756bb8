//! The second copy of the ledger: what the browser's database holds of it, and
//! how the two are brought together.
//!
//! `localStorage` is written at once but reaches the disk late; the database
//! reaches it within a tenth of a second. What is known is the union of both.
//! Must not live here: the database itself (the browser side has it).

use super::codec::{self, DecodeError, Record};
use super::compaction::MANY;
use super::journal::{DocumentId, Journal};
use super::ledger::Ledger;
use super::outbox::Change;
use super::vault::Vault;

impl Vault {
    /// Changes for the mirror since the last call.
    pub fn take_out(&mut self) -> Vec<Change> {
        self.outbox.take()
    }

    /// Takes the mirror's records in: key, text, key, text … Those that say nothing
    /// new, cannot be read or hold what this page erased are removed from it.
    pub fn take_in(&mut self, ledger: &mut Ledger, records: &[&str]) {
        let stored = self.area.keys("").unwrap_or_default();
        let mut found = Vec::new();
        let (pairs, _) = records.as_chunks::<2>();
        for [key, text] in pairs {
            if self.owns(key) {
                match codec::decode(text) {
                    Ok((_, record)) => found.push((*key, record)),
                    Err(DecodeError::Corrupt) => self.outbox.put(key, None),
                    Err(DecodeError::Newer) => {}
                }
            }
        }
        // Covers first: they tell which journals are folded.
        for (_, record) in &found {
            if let Record::Snapshot(snapshot) = record {
                snapshot.covers.iter().for_each(|cover| ledger.cover(*cover));
            }
        }
        for (key, record) in &found {
            let journals: &[(DocumentId, Journal)] = match record {
                Record::Journal(id, journal) => &[(*id, journal.clone())],
                Record::Snapshot(snapshot) => &snapshot.journals,
                Record::Meta(_) => continue,
            };
            let (mut news, mut erased) = (false, false);
            for (id, journal) in journals {
                erased |= self.is_erased(journal.epoch);
                news |= ledger.known(*id) < Some(journal.sequence);
            }
            let is_stored = stored.iter().any(|stored| stored == key);
            if news {
                self.merge(ledger, record);
                // Only the mirror has it: worth a snapshot at once.
                self.loose += usize::from(!is_stored) * MANY;
            }
            if erased || !(news || is_stored) {
                self.outbox.put(key, None);
            }
        }
        // A page that was left in a hurry could not tell the mirror of its last.
        for key in &stored {
            let is_record = self.owns(key) && !key.ends_with(".q");
            if is_record
                && !pairs.iter().any(|[mirrored, _]| mirrored == key)
                && let Ok(Some(text)) = self.area.get(key)
            {
                self.outbox.put(key, Some(&text));
            }
        }
        // A page that had nothing to look for has it now.
        if self.witness.is_none() {
            self.witness = stored.into_iter().find(|key| self.owns(key) && !key.ends_with(".q"));
        }
    }

    /// Whether storage still holds what this page read or others wrote, although
    /// the mirror was erased; then all of it is to be mirrored anew.
    pub fn outlives_mirror(&mut self, ledger: &Ledger) -> bool {
        let own = self.written.as_ref().map(|(id, ..)| *id);
        let found = self.read();
        let of_others = found.iter().any(|(_, _, record)| match record {
            Record::Journal(id, _) => Some(*id) != own && ledger.known(*id).is_some(),
            Record::Snapshot(snapshot) => {
                snapshot.journals.iter().any(|(id, _)| ledger.known(*id).is_some())
            }
            Record::Meta(_) => false,
        });
        if of_others {
            for (key, text, _) in &found {
                self.outbox.put(key, Some(text));
            }
        }
        of_others
    }

    /// Removes what this page itself wrote, after an erasure elsewhere.
    pub fn remove_own(&mut self, ledger: &Ledger) {
        if let Some((id, ..)) = self.written.take() {
            let key = self.journal_key(id);
            self.remove(&key);
        }
        let key = self.snapshot_key(ledger.id());
        self.remove(&key);
    }
}

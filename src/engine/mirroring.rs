//! The second copy of the ledger: what the browser's database holds of it, and
//! how the two are brought together.
//!
//! `localStorage` is written at once but reaches the disk late; the database
//! reaches it within a tenth of a second. What is known is the union of both.
//! Must not live here: the database itself (the browser side has it).

use super::codec::{self, DecodeError, Record};
use super::compaction::MANY;
use super::journal::{DocumentId, Journal};
use super::ledger::{Cover, Ledger};
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
        self.news.clear();
        // What storage knows: what this page remembers may be in no store any more.
        let mut known = Ledger::new(DocumentId(u64::MAX));
        for (.., record) in self.read() {
            self.merge(&mut known, &record);
        }
        let (pairs, _) = records.as_chunks::<2>();
        for [key, text] in pairs {
            if self.is_late(key) {
                self.outbox.put(key, None);
            } else if self.owns(key) {
                match codec::decode(text) {
                    Ok((_, record)) => {
                        self.meet(&record);
                        found.push((*key, record));
                    }
                    Err(DecodeError::Corrupt) => self.outbox.put(key, None),
                    Err(DecodeError::Newer) => {}
                }
            }
        }
        // Covers first: they tell which journals are folded.
        for (_, record) in &found {
            if let Record::Snapshot(snapshot) = record {
                ledger.cover(&snapshot.covers);
                known.cover(&snapshot.covers);
            }
        }
        // A record is needless only if all of it is in others of the mirror: storage
        // may yet fall back to an earlier state.
        let mut holds: Vec<(usize, DocumentId, u32)> = Vec::new();
        for (place, (_, record)) in found.iter().enumerate() {
            let (journals, covers) = contents(record);
            holds.extend(journals.iter().map(|(id, sequence)| (place, *id, *sequence)));
            holds.extend(covers.iter().map(|(id, sequence)| (place, *id, *sequence)));
        }
        for (place, (key, record)) in found.iter().enumerate() {
            let (journals, _) = contents(record);
            let news = journals.iter().any(|(id, sequence)| ledger.known(*id) < Some(*sequence));
            let is_new = |(id, sequence): &&Cover| known.known(*id) < Some(*sequence);
            self.news.extend(journals.iter().filter(is_new).map(|(id, _)| *id));
            let is_stored = stored.iter().any(|stored| stored == key);
            if news {
                self.merge(ledger, record);
                // Only the mirror has it: worth a snapshot soon.
                self.loose = self.loose.max(usize::from(!is_stored) * MANY);
            }
            let is_elsewhere = |(id, sequence): &(DocumentId, u32)| {
                let mut others = holds.iter().filter(|(other, ..)| *other != place);
                others.any(|(_, known, newest)| known == id && newest >= sequence)
            };
            let is_needless = !is_stored && journals.iter().all(is_elsewhere);
            if is_needless && !matches!(record, Record::Meta(_)) || self.has_erased(record) {
                self.outbox.put(key, None);
                holds.retain(|(other, ..)| *other != place);
            }
        }
        // A page that had nothing to look for has it now.
        if self.witness.is_none() {
            let mut keys = stored.into_iter();
            let key = keys.find(|key| self.owns(key) && !key.ends_with(".q"));
            self.witness = key.and_then(|key| {
                let text = self.area.get(&key).ok()??;
                Some((key, Some(text)))
            });
        }
    }

    /// Takes in a journal that the shopper brought back, and stores it under its name
    /// as one that was finished. Without room, or where its page has written since, it
    /// counts on this page only.
    pub fn adopt(&mut self, ledger: &mut Ledger, id: DocumentId, mut journal: Journal) {
        let (epoch, key) = (self.epoch(), self.journal_key(id));
        journal.epoch = epoch;
        let text = codec::encode_journal(epoch, id, &journal);
        let is_free = id != ledger.id() && self.area.has(&key) == Ok(false);
        if is_free && self.has_room_for(&key, &text, ledger) && self.write(&key, &text).is_ok() {
            self.outbox.put(&key, Some(&text));
            self.seen.push(id);
            self.loose += 1;
        }
        ledger.merge(id, journal);
    }

    /// Whether a record holds evidence that this page erased.
    fn has_erased(&self, record: &Record) -> bool {
        match record {
            Record::Journal(id, journal) => self.is_erased(*id, journal),
            Record::Snapshot(snapshot) => {
                snapshot.journals.iter().any(|(id, journal)| self.is_erased(*id, journal))
            }
            Record::Meta(_) => false,
        }
    }

    /// Whether storage still holds most of what this page read or others wrote,
    /// although the mirror was erased; then all of it is to be mirrored anew. The own
    /// journal alone says nothing, and neither do a few: pages may have written them
    /// before they heard of the erasure.
    pub fn outlives_mirror(&mut self, ledger: &mut Ledger) -> bool {
        let own = self.written.take();
        self.seen.retain(|id| own.as_ref().is_none_or(|(own, ..)| id != own));
        let seen = self.seen.clone();
        let mut stored = Ledger::new(ledger.id());
        self.load(&mut stored);
        let known = seen.iter().filter(|id| stored.known(**id).is_some()).count();
        let is_most = 2 * known > seen.len();
        self.seen = seen;
        let outlives = is_most && self.compare(ledger);
        self.written = own;
        if outlives {
            for (key, text, _) in self.read() {
                self.outbox.put(&key, Some(&text));
            }
        }
        outlives
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

/// Names and sequence numbers of a record's journals, and of what is folded in it.
fn contents(record: &Record) -> (Vec<Cover>, &[Cover]) {
    match record {
        Record::Journal(id, journal) => (vec![(*id, journal.sequence)], &[]),
        Record::Snapshot(snapshot) => {
            let journals = snapshot.journals.iter();
            (journals.map(|(id, journal)| (*id, journal.sequence)).collect(), &snapshot.covers)
        }
        Record::Meta(_) => (Vec::new(), &[]),
    }
}

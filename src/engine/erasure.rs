//! Erasing, and noticing that somebody erased.
//!
//! An erasure leaves nothing behind, not even a mark that there was one. Each
//! page therefore remembers what it wrote or read, and looks for it before each
//! write: what is neither there nor part of a snapshot was erased, and the page
//! forgets it too. Records carry an epoch, a random name of the time between two
//! erasures, so that whoever erased can tell a late page's record from a new one.
//! Must not live here: what a page does then (`session::keeping`).

use super::codec::{self, Record};
use super::digits::number;
use super::journal::{DocumentId, Journal};
use super::ledger::Ledger;
use super::outbox::Outbox;
use super::vault::Vault;
use crate::ports::StorageError;

impl Vault {
    /// Whether what this page wrote, or else read, is still there or part of a
    /// snapshot; the ledger is brought up to date where others changed it.
    /// False after an erasure in another tab, or by the shopper's browser.
    pub fn verify(&mut self, ledger: &mut Ledger) -> bool {
        let written = self.written.as_ref().map(|(id, ..)| (self.journal_key(*id), None));
        let Some((key, text)) = written.or_else(|| self.witness.clone()) else { return true };
        // Storage that throws tells nothing; the write that follows will.
        let is_there = match text {
            None => self.area.has(&key) != Ok(false),
            Some(text) => !self.area.get(&key).is_ok_and(|now| now != Some(text)),
        };
        if is_there {
            return true;
        }
        self.compare(ledger)
    }

    /// Reads storage again and compares it with what this page wrote and saw there:
    /// what is neither there nor part of a fold was erased. True when nothing was.
    pub(super) fn compare(&mut self, ledger: &mut Ledger) -> bool {
        let seen = std::mem::take(&mut self.seen);
        let mut stored = Ledger::new(ledger.id());
        self.load(&mut stored);
        let is_known = |id: &DocumentId| stored.known(*id).is_some();
        let is_complete = stored.covers().len() < codec::MOST_COVERS;
        let is_intact = match &self.written {
            Some((id, ..)) => is_known(id),
            None => seen.is_empty() || seen.iter().any(is_known),
        };
        if !is_intact && (is_complete || self.written.is_some()) {
            return false;
        }
        if !is_intact {
            // So much was folded while this page slept that nothing here is known any
            // more, or it was erased long ago: what is stored holds in either case.
            ledger.forget_others();
        }
        ledger.join(&stored);
        // A snapshot keeps journals apart and takes a newer copy of them; of a fold they
        // are part for good. What was moved whole may be folded at any time now, and
        // this page may hear of it when it has forgotten what was moved.
        let written = self.written.take();
        let over = written.filter(|(id, sequence, _)| {
            let is_moved = stored.own().sequence == *sequence
                && self.area.has(&self.journal_key(*id)) == Ok(false);
            *id == ledger.id() && (is_moved || ledger.covered(*id).is_some())
        });
        if let Some((id, _, text)) = over
            && let Ok((_, Record::Journal(_, moved))) = codec::decode(&text)
        {
            ledger.begin_after(&moved);
            ledger.merge(id, moved);
        }
        true
    }

    /// Another page wrote: a page that knows of none yet agrees with it on the epoch,
    /// and one whose own journal was shortened for want of room writes it again when
    /// it writes next.
    pub fn hear(&mut self, key: &str) {
        let own = self.written.as_ref().map(|(id, ..)| self.journal_key(*id));
        if let Some((_, sequence, _)) =
            self.written.as_mut().filter(|_| own.as_deref() == Some(key))
        {
            *sequence = 0;
        }
        if !self.has_met {
            self.read();
        }
    }

    /// Another tab removed this key. True when that was an erasure: what this
    /// page may have written under it since is removed as well.
    pub fn was_erased(&mut self, key: &str, ledger: &mut Ledger) -> bool {
        let page = self.journal_key(ledger.id().page());
        let is_own =
            key.get(..key.len().saturating_sub(4)) == page.get(..page.len().saturating_sub(4));
        if !is_own {
            return !self.verify(ledger);
        }
        // It may be there again: written before this page learnt of the removal.
        let back = self.area.get(key).ok().flatten();
        let _ = self.area.remove(key);
        let written = self.written.as_ref().filter(|(id, ..)| self.journal_key(*id) == key);
        let Some(&(id, sequence, _)) = written else {
            // One that was ended: nobody moves an open page's journals.
            self.outbox.put(key, None);
            return !self.compare(ledger);
        };
        let intact = self.compare(ledger);
        match back.filter(|_| intact && ledger.id() == id) {
            Some(text) if self.write(key, &text).is_ok() => {
                self.outbox.put(key, Some(&text));
                self.written = Some((id, sequence, text));
            }
            _ => self.outbox.put(key, None),
        }
        !intact
    }

    /// Removes every record of this store. What pages that do not know of it yet
    /// write afterwards is met by the next [`Vault::compact`].
    ///
    /// # Errors
    /// [`StorageError`] when a key could not be removed; the others were.
    pub fn erase(&mut self) -> Result<(), StorageError> {
        self.read();
        self.erased.append(&mut self.met);
        self.erased.push(self.epoch);
        // Any name that was not met will do, and the same one in every run.
        while self.erased.contains(&self.epoch) {
            self.epoch = self.epoch.wrapping_mul(0x9e37_79b1).wrapping_add(1);
        }
        (self.written, self.witness, self.loose) = (None, None, 0);
        self.is_offered = false;
        self.outbox = Outbox::default();
        self.unreadable.clear();
        let keys = self.area.keys(&self.prefix)?;
        keys.iter()
            .filter(|key| self.owns(key))
            .map(|key| self.area.remove(key))
            .fold(Ok(()), Result::and)
    }

    /// After an erasure, until this is called with none: these other pages were open then,
    /// and may write what they saw before they learn of it, in an epoch that nobody
    /// met. Whatever is in their name is removed, and by that they learn of it.
    pub fn distrust(&mut self, others: Vec<DocumentId>) {
        self.late = others;
    }

    /// The erasure is over. Nothing of its epochs is left, and a page that was late may
    /// yet have handed the name of one on to somebody who files new evidence under it.
    pub fn trust(&mut self) {
        self.late.clear();
        self.erased.clear();
    }

    /// Whether a record is named after a page that may not know of an erasure yet.
    pub(super) fn is_late(&self, key: &str) -> bool {
        let name = key.get(key.len().saturating_sub(16)..).and_then(number);
        name.is_some_and(|name| self.late.contains(&DocumentId(name).page()))
    }

    /// Whether this page erased a journal, or its page may not know of it yet.
    pub(super) fn is_erased(&self, id: DocumentId, journal: &Journal) -> bool {
        self.erased.contains(&journal.epoch) || self.late.contains(&id.page())
    }

    /// Notes the epochs of a record, and goes on in the smallest one met, as every
    /// page does: so a page that erases knows the epochs of all.
    pub(super) fn meet(&mut self, record: &Record) {
        let own = self.written.as_ref().map(|(id, ..)| *id);
        self.has_met |= !matches!(record, Record::Journal(id, _) if Some(*id) == own);
        let mut note = |epoch: u32| {
            if !self.met.contains(&epoch) && !self.erased.contains(&epoch) {
                self.met.push(epoch);
            }
        };
        match record {
            Record::Journal(_, journal) => note(journal.epoch),
            Record::Snapshot(snapshot) => {
                snapshot.journals.iter().for_each(|(_, journal)| note(journal.epoch));
            }
            Record::Meta(_) => {}
        }
        self.epoch = self.met.iter().min().copied().unwrap_or(self.epoch);
    }
}

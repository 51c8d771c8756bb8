//! The ledger at rest: which record is under which key, how records are read,
//! written and wiped through a [`StorageArea`].
//!
//! | key | what | writer |
//! |---|---|---|
//! | `reshelf.<store>.j.<document>` | a journal | the page that it is named after |
//! | `reshelf.<store>.s.<page>` | a snapshot: finished journals of others | the page that made it |
//! | `reshelf.<store>.m` | what holds for the whole store | any page; the last one wins |
//! | `reshelf.<store>.q` | the beginning of a record that could not be read | any page |
//!
//! Anything else under the prefix is somebody else's and is left alone. While
//! there is a record of a later release, no record but our own is touched,
//! except on the shopper's own word, and where the store is over its cap.
//!
//! Must not live here: bytes (`codec`), making snapshots (`compaction`), erasing
//! and noticing it (`erasure`), the
//! decision to store at all (whoever makes the [`StorageArea`] has it), what goes
//! when there is no room (`room`).

use super::codec::{self, DecodeError, Meta, Record};
use super::digits::hexadecimal;
use super::journal::{DocumentId, FULL_CELLS, SCARCE_CELLS};
use super::ledger::Ledger;
use super::outbox::Outbox;
use super::room::MARGIN;
use crate::ports::{StorageArea, StorageError};

/// What is kept of an unreadable record, in bytes.
const QUARANTINE: usize = 4 * 1024;

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Stored, or nothing had changed.
    Yes,
    /// Storage refused twice; the data stays in memory and the next call tries again.
    Refused,
    /// Another tab erased the store. Nothing was written.
    Erased,
}

/// A record that was read: its key, its text and its content.
pub(super) type Found = (String, String, Record);

/// A store's records in one storage area.
pub struct Vault {
    pub(super) area: Box<dyn StorageArea>,
    pub(super) prefix: String,
    /// The epoch that this page writes.
    pub(super) epoch: u32,
    /// Epochs this page met, and those of them that it erased.
    pub(super) met: Vec<u32>,
    pub(super) erased: Vec<u32>,
    /// The own journal as it was written last: its name, sequence and text.
    pub(super) written: Option<(DocumentId, u32, String)>,
    /// Pages whose records are of before an erasure; see [`Vault::distrust`].
    pub(super) late: Vec<DocumentId>,
    /// The mirror was given the own journal, and storage has nothing of it.
    pub(super) is_offered: bool,
    /// A record that was there, looked for while there is no own journal: its key,
    /// and its text where somebody else may write there.
    pub(super) witness: Option<(String, Option<String>)>,
    /// Journals that storage had when it was read last.
    pub(super) seen: Vec<DocumentId>,
    /// Has read a record of another page.
    pub(super) has_met: bool,
    /// Changes that the mirror has not been given yet.
    pub(super) outbox: Outbox,
    /// Finished journals that no snapshot holds yet, as far as this page knows.
    pub(super) loose: usize,
    /// Cells beyond which the own journal is looked at for its end.
    pub(super) full: usize,
    /// There is a record of a later release.
    pub(super) is_foreign: bool,
    pub(super) unreadable: Vec<String>,
    /// Journals of which the mirror had news when it was read last.
    pub(super) news: Vec<DocumentId>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("prefix", &self.prefix).field("epoch", &self.epoch).finish()
    }
}

impl Vault {
    /// A vault of `store` in an area the shopper has consented to. `epoch` is a
    /// random number: the epoch's name where the store is empty.
    pub fn new(area: Box<dyn StorageArea>, store: &str, epoch: u32) -> Self {
        Self {
            area,
            prefix: ["reshelf.", store, "."].concat(),
            epoch,
            met: Vec::new(),
            erased: Vec::new(),
            late: Vec::new(),
            written: None,
            is_offered: false,
            witness: None,
            seen: Vec::new(),
            has_met: false,
            outbox: Outbox::default(),
            loose: 0,
            full: SCARCE_CELLS,
            is_foreign: false,
            unreadable: Vec::new(),
            news: Vec::new(),
        }
    }

    /// Merges every stored record into the ledger; returns the store's own
    /// record. What cannot be read goes to quarantine, and the oldest journals
    /// are shed where the store is over its cap.
    pub fn load(&mut self, ledger: &mut Ledger) -> Meta {
        let mut meta = Meta::default();
        let found = self.read();
        self.loose = 0;
        for (.., record) in &found {
            match record {
                Record::Meta(found) => meta = *found,
                Record::Journal(id, _) => self.loose += usize::from(*id != ledger.id()),
                Record::Snapshot(_) => {}
            }
            self.merge(ledger, record);
        }
        self.seen.clear();
        for (.., record) in &found {
            match record {
                Record::Journal(id, _) => self.seen.push(*id),
                Record::Snapshot(snapshot) => {
                    self.seen.extend(snapshot.journals.iter().map(|(id, _)| *id));
                }
                Record::Meta(_) => {}
            }
        }
        self.shed_surplus(ledger, &found, MARGIN, true);
        // The last one by name: a snapshot, where there is one.
        let mut records = found.into_iter().rev();
        let witness = records.find(|(key, ..)| self.area.has(key) == Ok(true));
        self.witness = witness.map(|(key, text, _)| (key, Some(text)));
        meta
    }

    /// Takes a record's evidence in, but for what this page erased.
    pub(super) fn merge(&self, ledger: &mut Ledger, record: &Record) {
        match record {
            Record::Journal(id, journal) if !self.is_erased(*id, journal) => {
                ledger.merge(*id, journal.clone());
            }
            Record::Snapshot(snapshot) => {
                ledger.cover(&snapshot.covers);
                for (id, journal) in &snapshot.journals {
                    if !self.is_erased(*id, journal) {
                        ledger.merge(*id, journal.clone());
                    }
                }
            }
            Record::Journal(..) | Record::Meta(_) => {}
        }
    }

    /// Writes this document's journal if it changed, and begins the next one
    /// where it is full.
    pub fn save(&mut self, ledger: &mut Ledger) -> Saved {
        let is_written = |vault: &Self, ledger: &Ledger| {
            let written = vault.written.as_ref().map(|(id, sequence, _)| (*id, *sequence));
            // An identical write would still be told to every other tab.
            ledger.own().sequence == 0 || written == Some((ledger.id(), ledger.own().sequence))
        };
        if is_written(self, ledger) {
            return Saved::Yes;
        }
        if !self.verify(ledger) {
            return Saved::Erased;
        }
        if is_written(self, ledger) {
            return Saved::Yes;
        }
        let is_roomy = ledger.own().len() <= self.full || self.is_roomy();
        if !is_roomy {
            // What is weakest here goes before anything that another page filed.
            ledger.own_mut().evict(SCARCE_CELLS);
        }
        let (id, key) = (ledger.id(), self.journal_key(ledger.id()));
        let text = codec::encode_journal(self.epoch, id, ledger.own());
        // A journal that begins, or was shortened by another page.
        let grows = self.written.as_ref().is_none_or(|(_, sequence, _)| *sequence == 0);
        if grows && !self.has_room_for(&key, &text, ledger) {
            return Saved::Refused;
        }
        // Whether storage can be believed is asked once a journal: reading back
        // costs as much as writing.
        let is_new = self.written.is_none();
        let write = |vault: &Self| match is_new {
            true => vault.write(&key, &text),
            false => vault.area.set(&key, &text),
        };
        if write(self).is_err() && !(self.shed(ledger) && write(self).is_ok()) {
            // A journal of which storage has nothing is at least mirrored.
            if is_new {
                self.outbox.put(&key, Some(&text));
                self.is_offered = true;
            }
            return Saved::Refused;
        }
        self.outbox.put(&key, Some(&text));
        self.is_offered = false;
        self.written = Some((id, ledger.own().sequence, text));
        if !self.met.contains(&self.epoch) {
            self.met.push(self.epoch);
        }
        let cells = ledger.own().len();
        match is_roomy {
            true if cells >= FULL_CELLS => self.finish(ledger),
            true if cells > self.full => self.full = FULL_CELLS,
            true => {}
            false => self.full = SCARCE_CELLS,
        }
        Saved::Yes
    }

    /// Ends the own journal: whatever comes is the next one's, and anybody may move this
    /// one into a snapshot and fold it there. What storage has not taken of it is the
    /// next one's as well, or it would count twice beside a fold of what it has.
    pub fn finish(&mut self, ledger: &mut Ledger) {
        let id = ledger.id();
        match self.written.take() {
            Some((_, sequence, text)) if sequence != ledger.own().sequence => {
                let Ok((_, Record::Journal(_, written))) = codec::decode(&text) else { return };
                ledger.begin_after(&written);
                ledger.merge(id, written);
            }
            None if !self.is_offered => return,
            _ => ledger.begin_next(),
        }
        if !self.is_offered {
            self.witness = Some((self.journal_key(id), None));
            self.seen.push(id);
        }
        self.is_offered = false;
        // An open page makes many: two are worth a compaction.
        self.loose += 3;
        self.full = SCARCE_CELLS;
    }

    /// Writes the store's own record.
    pub fn save_meta(&mut self, meta: Meta) -> Saved {
        let (key, text) = ([&self.prefix, "m"].concat(), codec::encode_meta(self.epoch, meta));
        self.outbox.put(&key, Some(&text));
        match self.write(&key, &text) {
            Ok(()) => Saved::Yes,
            Err(_) => Saved::Refused,
        }
    }

    /// Keys of records that could not be read and were removed.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Whether a key is one of this store's.
    pub fn owns(&self, key: &str) -> bool {
        let Some(rest) = key.strip_prefix(&self.prefix) else { return false };
        let of_a_document = |rest: &str| {
            rest.len() == 16 && rest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        match rest.split_once('.') {
            None => matches!(rest, "m" | "q"),
            Some(("j" | "s", document)) => of_a_document(document),
            Some(_) => false,
        }
    }

    /// Reads every record of the store, in the order of their keys. Damaged ones
    /// go to quarantine, later ones are left alone.
    pub(super) fn read(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        self.is_foreign = false;
        // Put in their places one by one: there are few, and the standard library's sort
        // of strings is a kilobyte of WebAssembly.
        let mut keys: Vec<String> = Vec::new();
        for key in self.area.keys(&self.prefix).unwrap_or_default() {
            if self.owns(&key) && !key.ends_with(".q") {
                keys.insert(keys.partition_point(|other| *other < key), key);
            }
        }
        for key in keys {
            if self.is_late(&key) {
                self.remove(&key);
                continue;
            }
            let Ok(Some(text)) = self.area.get(&key) else { continue };
            match codec::decode(&text) {
                Ok((_, record)) => {
                    self.meet(&record);
                    found.push((key, text, record));
                }
                Err(DecodeError::Newer) => self.is_foreign = true,
                Err(DecodeError::Corrupt) => self.quarantine(key, &text),
            }
        }
        found
    }

    fn quarantine(&mut self, key: String, text: &str) {
        let kept: String = text.chars().take(QUARANTINE / 4).collect();
        let _ = self.area.set(&[&self.prefix, "q"].concat(), &kept);
        // Not from the mirror, which may well have it whole.
        let _ = self.area.remove(&key);
        self.unreadable.push(key);
    }

    pub(super) fn snapshot_key(&self, id: DocumentId) -> String {
        [&self.prefix, "s.", &hexadecimal(id.page().0)].concat()
    }

    /// Whether a record's key is that of a snapshot.
    pub(super) fn is_snapshot(&self, key: &str) -> bool {
        key.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with("s."))
    }

    pub(super) fn journal_key(&self, id: DocumentId) -> String {
        [&self.prefix, "j.", &hexadecimal(id.0)].concat()
    }

    /// Removes a record here and from the mirror. Failing to is no loss: what is
    /// removed counts elsewhere, or not at all.
    pub(super) fn remove(&mut self, key: &str) {
        let _ = self.area.remove(key);
        self.outbox.put(key, None);
    }

    /// Writes what is not there yet, and looks whether it was written: pages replace `setItem` by
    /// functions that do nothing.
    pub(super) fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        let is_there = || Ok(self.area.get(key)?.as_deref() == Some(text));
        if is_there()? {
            return Ok(());
        }
        self.area.set(key, text)?;
        if is_there()? { Ok(()) } else { Err(StorageError::Refused) }
    }

    pub(super) fn epoch(&self) -> u32 {
        self.epoch
    }
}

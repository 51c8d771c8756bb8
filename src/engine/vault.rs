//! The ledger at rest: which record is under which key, how they are loaded,
//! written and wiped through a [`StorageArea`].
//!
//! Keys: `reshelf.<store>.j.<document>` a journal, `reshelf.<store>.m` what
//! holds for the whole store; `.s.` (snapshots) and `.q` (quarantine) are
//! reserved and wiped with the rest. Anything else under the prefix is somebody
//! else's and is left alone. Nothing here ever throws away a newer release's
//! record except on the shopper's own word.
//!
//! Must not live here: bytes (`codec`), the decision to store at all (whoever
//! makes the [`StorageArea`] has it).

use super::codec::{self, Meta, Record};
use super::digits::hexadecimal;
use super::ledger::{DocumentId, Ledger};
use crate::ports::{StorageArea, StorageError};

/// Most characters all records of a store may take together.
pub const LARGEST_STORE: usize = 64 * 1024;

/// Longest key: `reshelf.`, 64 characters of store, `.j.` and 16 digits.
const LONGEST_KEY: usize = 96;

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Stored, or nothing had changed.
    Yes,
    /// Storage refused twice; the data stays in memory and the next call tries again.
    Refused,
    /// Our record is gone: another tab erased the store. Nothing was written.
    Erased,
}

/// A store's records in one storage area.
pub struct Vault {
    area: Box<dyn StorageArea>,
    prefix: String,
    /// Bumped by every erasure; records of an older epoch do not count.
    epoch: u32,
    /// Sequence of the journal this document wrote last.
    written: Option<u32>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("prefix", &self.prefix).field("epoch", &self.epoch).finish()
    }
}

impl Vault {
    /// A vault of `store` in an area the shopper has consented to.
    pub fn new(area: Box<dyn StorageArea>, store: &str) -> Self {
        Self { area, prefix: ["reshelf.", store, "."].concat(), epoch: 0, written: None }
    }

    /// Merges every stored journal into the ledger; returns the store's own
    /// record. Unreadable records are skipped, those of an older epoch removed,
    /// and the oldest journals dropped where the store is over its cap.
    pub fn load(&mut self, ledger: &mut Ledger) -> Meta {
        let mut journals = Vec::new();
        let mut meta = Meta::default();
        let mut size = 0;
        for key in self.own_keys() {
            let Ok(Some(text)) = self.area.get(&key) else { continue };
            // What is damaged or of a later release is left as it is.
            let Ok((epoch, record)) = codec::decode(&text) else { continue };
            self.epoch = self.epoch.max(epoch);
            match record {
                Record::Journal(id, journal) => {
                    let length = key.len() + text.len();
                    size += length;
                    journals.push((key, length, epoch, id, journal));
                }
                Record::Meta(found) => meta = found,
            }
        }
        // Without a place for this document's journal the next write would fail.
        while size > LARGEST_STORE - codec::LONGEST_TEXT - LONGEST_KEY {
            let days = journals.iter().enumerate().map(|(at, (.., j))| (j.last_day(), at));
            let Some((_, oldest)) = days.min() else { break };
            let (key, length, ..) = journals.swap_remove(oldest);
            size -= length;
            // Failing to remove is no loss: it did not count in this document.
            let _ = self.area.remove(&key);
        }
        for (key, _, epoch, id, journal) in journals {
            if epoch == self.epoch {
                ledger.merge(id, journal);
            } else {
                let _ = self.area.remove(&key);
            }
        }
        meta
    }

    /// Whether this document's stored journal was removed: by an erasure in
    /// another tab, or by the shopper's browser.
    pub fn is_erased(&self, own: DocumentId) -> bool {
        self.written.is_some() && self.area.get(&self.journal_key(own)) == Ok(None)
    }

    /// Goes on after an erasure as if nothing had been written.
    pub fn start_over(&mut self) {
        self.written = None;
    }

    /// Writes this document's journal if it changed.
    pub fn save(&mut self, ledger: &Ledger) -> Saved {
        if ledger.own().sequence == 0 {
            return Saved::Yes;
        }
        if self.is_erased(ledger.id()) {
            return Saved::Erased;
        }
        let sequence = ledger.own().sequence;
        if self.written == Some(sequence) {
            // An identical write would still be told to every other tab.
            return Saved::Yes;
        }
        let key = self.journal_key(ledger.id());
        let text = codec::encode_journal(self.epoch, ledger.id(), ledger.own());
        match self.write(&key, &text) {
            Ok(()) => {
                self.written = Some(sequence);
                Saved::Yes
            }
            Err(_) => Saved::Refused,
        }
    }

    /// Writes the store's own record.
    pub fn save_meta(&mut self, meta: Meta) -> Saved {
        let text = codec::encode_meta(self.epoch, meta);
        match self.write(&[&self.prefix, "m"].concat(), &text) {
            Ok(()) => Saved::Yes,
            Err(_) => Saved::Refused,
        }
    }

    /// Removes every record of this store and starts the next epoch.
    ///
    /// # Errors
    /// [`StorageError`] when a key could not be removed; the others were.
    pub fn erase(&mut self) -> Result<(), StorageError> {
        self.epoch = self.epoch.saturating_add(1);
        self.written = None;
        let keys = self.area.keys(&self.prefix)?;
        keys.iter()
            .filter(|key| self.owns(key))
            .map(|key| self.area.remove(key))
            .fold(Ok(()), Result::and)
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

    fn own_keys(&self) -> Vec<String> {
        let mut keys = self.area.keys(&self.prefix).unwrap_or_default();
        keys.retain(|key| self.owns(key));
        keys
    }

    fn journal_key(&self, id: DocumentId) -> String {
        [&self.prefix, "j.", &hexadecimal(id.0)].concat()
    }

    /// Writes; on refusal drops our own oldest journal and tries once more. The
    /// shop's own data is never touched to make room.
    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        match self.area.set(key, text) {
            Ok(()) => Ok(()),
            Err(error) => {
                let oldest = self.oldest_journal(key).ok_or(error)?;
                self.area.remove(&oldest)?;
                self.area.set(key, text)
            }
        }
    }

    fn oldest_journal(&self, except: &str) -> Option<String> {
        let journals = self.own_keys().into_iter().filter(|key| key != except);
        let dated = journals.filter_map(|key| {
            let text = self.area.get(&key).ok()??;
            match codec::decode(&text) {
                Ok((_, Record::Journal(_, journal))) => Some((journal.last_day(), key)),
                _ => None,
            }
        });
        dated.min().map(|(_, key)| key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::intern::FeatureKey;
    use crate::engine::time::Millis;
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    #[derive(Clone, Default)]
    struct Shelf {
        values: Rc<RefCell<BTreeMap<String, String>>>,
        room: Option<usize>,
    }

    impl StorageArea for Shelf {
        fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
            Ok(self.values.borrow().get(key).cloned())
        }
        fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
            let others: usize =
                self.values.borrow().iter().filter(|(k, _)| *k != key).map(|(_, v)| v.len()).sum();
            if self.room.is_some_and(|room| others + value.len() > room) {
                return Err(StorageError::Refused);
            }
            self.values.borrow_mut().insert(key.into(), value.into());
            Ok(())
        }
        fn remove(&self, key: &str) -> Result<(), StorageError> {
            self.values.borrow_mut().remove(key);
            Ok(())
        }
        fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
            Ok(self.values.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
        }
    }

    fn vault(shelf: &Shelf) -> Vault {
        Vault::new(Box::new(shelf.clone()), "shop")
    }

    fn ledger(document: u64, day: f64) -> Ledger {
        let mut ledger = Ledger::new(DocumentId(document));
        ledger.own_mut().credit(FeatureKey(0x1000_0001), Millis::from_js(day * 864e5), [1.0; 3]);
        ledger.own_mut().touch(true);
        ledger
    }

    fn load(shelf: &Shelf) -> Ledger {
        let mut ledger = Ledger::new(DocumentId(99));
        vault(shelf).load(&mut ledger);
        ledger
    }

    #[test]
    fn what_was_saved_is_loaded_by_the_next_document() {
        let shelf = Shelf::default();
        assert_eq!(vault(&shelf).save(&ledger(1, 10.0)), Saved::Yes);
        assert_eq!(vault(&shelf).save(&ledger(2, 11.0)), Saved::Yes);
        assert_eq!(load(&shelf).acts(), 2);
        let keys: Vec<String> = shelf.values.borrow().keys().cloned().collect();
        assert_eq!(keys, ["reshelf.shop.j.0000000000000001", "reshelf.shop.j.0000000000000002"]);
    }

    #[test]
    fn erasing_leaves_nothing_of_ours_and_all_of_others() {
        let shelf = Shelf::default();
        let foreign = ["cart", "reshelf.shop.jpg", "reshelf.shop.b.m", "reshelf.shop.j.xyz"];
        foreign.iter().for_each(|key| shelf.set(key, "x").unwrap());
        let mut vault = vault(&shelf);
        vault.save(&ledger(1, 10.0));
        vault.save_meta(Meta { paused: true });
        assert_eq!(vault.erase(), Ok(()));
        let left: Vec<String> = shelf.values.borrow().keys().cloned().collect();
        let mut foreign = foreign.map(String::from);
        foreign.sort();
        assert_eq!(left, foreign);
    }

    #[test]
    fn a_late_tab_neither_writes_nor_counts_after_an_erasure() {
        let shelf = Shelf::default();
        let (mut late, mut eraser) = (vault(&shelf), vault(&shelf));
        let mut seen = ledger(1, 10.0);
        late.save(&seen);
        eraser.load(&mut Ledger::new(DocumentId(2)));
        eraser.erase().unwrap();
        seen.own_mut().touch(true);
        assert_eq!(late.save(&seen), Saved::Erased);
        // A tab that had not written before knows nothing of the erasure; its
        // record is of the old epoch and is removed by whoever meets it.
        eraser.save(&ledger(2, 10.0));
        vault(&shelf).save(&ledger(3, 10.0));
        assert_eq!(load(&shelf).acts(), 1);
        assert_eq!(shelf.values.borrow().len(), 1);
    }

    #[test]
    fn a_full_store_gives_up_its_own_oldest_journal() {
        let mut shelf = Shelf::default();
        vault(&shelf).save(&ledger(1, 10.0));
        vault(&shelf).save(&ledger(2, 9.0));
        shelf.room = Some(shelf.values.borrow().values().map(String::len).sum());
        assert_eq!(vault(&shelf).save(&ledger(3, 11.0)), Saved::Yes);
        assert!(!shelf.values.borrow().contains_key("reshelf.shop.j.0000000000000002"));
        shelf.room = Some(10);
        assert_eq!(vault(&shelf).save(&ledger(4, 11.0)), Saved::Refused);
    }

    #[test]
    fn the_store_stays_below_its_cap() {
        let shelf = Shelf::default();
        for document in 0..2_000 {
            vault(&shelf).save(&ledger(document, document as f64));
        }
        load(&shelf);
        let size: usize = shelf.values.borrow().iter().map(|(k, v)| k.len() + v.len()).sum();
        assert!(size <= LARGEST_STORE, "{size}");
    }

    #[test]
    fn damage_and_later_releases_are_left_alone() {
        let shelf = Shelf::default();
        vault(&shelf).save(&ledger(1, 10.0));
        shelf.set("reshelf.shop.j.00000000000000aa", "not ours").unwrap();
        assert_eq!(load(&shelf).acts(), 1);
        assert_eq!(shelf.values.borrow().len(), 2);
    }
}

//! The ledger at rest: what is written, read, shed, erased, folded and mirrored,
//! page by page. What happens when pages do all of that at once is in
//! `tests/simulation`.

mod compacting;
mod distrust;
mod importing;
mod limits;
mod mirroring;
mod packing;
mod records;
mod room;
mod sessions;

use reshelf::engine::codec::{self, Snapshot};
use reshelf::engine::compaction::Pace;
use reshelf::engine::intern::FeatureKey;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::ledger::Ledger;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::{Saved, Vault};
use reshelf::ports::{StorageArea, StorageError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Storage in memory that can be full, lie, or keep what is to be removed.
#[derive(Clone, Default)]
pub struct Shelf {
    pub values: Rc<RefCell<BTreeMap<String, String>>>,
    pub room: Rc<Cell<Option<usize>>>,
    pub forgetful: Rc<Cell<bool>>,
    pub stuck: Rc<Cell<bool>>,
}

impl Shelf {
    pub fn keys(&self) -> Vec<String> {
        self.values.borrow().keys().cloned().collect()
    }

    pub fn size(&self) -> usize {
        self.values.borrow().iter().map(|(key, value)| key.len() + value.len()).sum()
    }

    pub fn vault(&self) -> Vault {
        Vault::new(Box::new(self.clone()), "shop", 7)
    }
}

impl StorageArea for Shelf {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let others: usize =
            self.values.borrow().iter().filter(|(k, _)| *k != key).map(|(_, v)| v.len()).sum();
        if self.room.get().is_some_and(|room| others + value.len() > room) {
            return Err(StorageError::Refused);
        }
        if !self.forgetful.get() {
            self.values.borrow_mut().insert(key.into(), value.into());
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        if self.stuck.get() {
            return Err(StorageError::Unavailable);
        }
        self.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        Ok(self.values.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

/// A page: its ledger and its vault.
pub struct Page {
    pub ledger: Ledger,
    pub vault: Vault,
}

impl Page {
    pub fn open(shelf: &Shelf, page: u64) -> Self {
        let mut ledger = Ledger::new(DocumentId(page << 16));
        let mut vault = shelf.vault();
        vault.load(&mut ledger);
        Self { ledger, vault }
    }

    /// The shopper's word, as the session carries it out.
    pub fn erase(&mut self) {
        self.vault.erase().unwrap();
        self.ledger = Ledger::new(self.ledger.id().next());
    }

    /// An act that leaves evidence under one key.
    pub fn act(&mut self, key: u32, day: u32) -> Saved {
        let at = Millis::from_js(f64::from(day) * 864e5);
        self.ledger.own_mut().credit(FeatureKey(0x1000_0000 | key), at, [1.0; 3]);
        self.ledger.own_mut().touch(true);
        self.vault.save(&mut self.ledger)
    }

    pub fn compact(&mut self, live: &[u64]) -> Saved {
        let live: Vec<_> = live.iter().map(|page| DocumentId(page << 16)).collect();
        self.vault.compact(&mut self.ledger, Some(&live), Pace::Settled)
    }

    /// Evidence under a key, in all that this page knows.
    pub fn sum(&self, key: u32) -> f32 {
        let cells = self.ledger.cells().into_iter();
        let cells = cells.filter(|(_, found, _)| found.0 == 0x1000_0000 | key);
        cells.map(|(.., [fast, ..])| fast).sum()
    }
}

/// A page that acted once and was closed.
pub fn visit(shelf: &Shelf, page: u64, day: u32) {
    assert_eq!(Page::open(shelf, page).act(1, day), Saved::Yes);
}

pub fn acts(shelf: &Shelf) -> u32 {
    Page::open(shelf, 0xffff).ledger.acts()
}

/// A record of a later release: the bytes of a snapshot with another version.
pub fn of_a_later_release() -> String {
    use base64ct::{Base64Unpadded, Encoding as _};
    let text = codec::encode_snapshot(7, &Snapshot::default());
    let mut bytes = Base64Unpadded::decode_vec(&text).unwrap();
    bytes[4] = 200;
    let body = bytes.len() - 4;
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bytes[..body]);
    bytes[body..].copy_from_slice(&checksum.to_le_bytes());
    Base64Unpadded::encode_string(&bytes)
}

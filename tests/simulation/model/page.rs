//! One page of the model: the real ledger and vault over a map. Must not live
//! here: what a page sees when (`state`).

use reshelf::engine::compaction::Pace;
use reshelf::engine::intern::FeatureKey;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::ledger::Ledger;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::{Saved, Vault};
use reshelf::ports::{StorageArea, StorageError};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub type Map = BTreeMap<String, String>;

/// What a page does in one step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Load,
    /// An event with evidence under this key.
    Write(u32),
    /// Learns that other pages removed these keys.
    Hear(Vec<String>),
    /// With these pages open.
    Compact(Vec<u64>),
    Erase,
}

#[derive(Clone, Default)]
struct Area(Rc<RefCell<Map>>);

impl StorageArea for Area {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        Ok(self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}

pub struct Page {
    area: Area,
    pub ledger: Ledger,
    /// `None` after an erasure by somebody else.
    vault: Option<Vault>,
}

impl Page {
    /// A page of this name; each has a random epoch of its own.
    pub fn open(name: u64) -> Self {
        let area = Area::default();
        let vault = Vault::new(Box::new(area.clone()), "shop", name as u32);
        Self { area, ledger: Ledger::new(DocumentId(name << 16)), vault: Some(vault) }
    }

    pub fn is_attached(&self) -> bool {
        self.vault.is_some()
    }

    /// Does it on what it sees; returns what it sees then.
    pub fn perform(&mut self, view: Map, op: &Op) -> Map {
        *self.area.0.borrow_mut() = view;
        let ledger = &mut self.ledger;
        let mut saved = Saved::Yes;
        if let Some(vault) = &mut self.vault {
            match op {
                Op::Load => drop(vault.load(ledger)),
                Op::Write(key) => {
                    let at = Millis::from_js(10.0 * 864e5);
                    ledger.own_mut().credit(FeatureKey(0x1000_0000 | key), at, [1.0; 3]);
                    ledger.own_mut().touch(true);
                    saved = vault.save(ledger);
                }
                Op::Hear(keys) => {
                    for key in keys {
                        if saved == Saved::Yes && vault.was_erased(key, ledger) {
                            saved = Saved::Erased;
                        }
                    }
                }
                Op::Compact(live) => {
                    let live: Vec<_> = live.iter().map(|name| DocumentId(name << 16)).collect();
                    saved = vault.compact(ledger, Some(&live), Pace::Settled);
                }
                Op::Erase => {
                    let _ = vault.erase();
                    self.ledger = Ledger::new(self.ledger.id().next());
                }
            }
        }
        // As the session obeys.
        if saved == Saved::Erased {
            if let Some(mut vault) = self.vault.take() {
                vault.remove_own(&self.ledger);
            }
            self.ledger = Ledger::new(self.ledger.id().next());
        }
        self.area.0.borrow().clone()
    }

    /// How often each event counts, by key.
    pub fn counts(&self) -> BTreeMap<u32, u32> {
        let mut counts = BTreeMap::new();
        for (_, key, [count, ..]) in self.ledger.cells() {
            *counts.entry(key.0 & 0x0fff_ffff).or_default() += count.round() as u32;
        }
        counts
    }
}

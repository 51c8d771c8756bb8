//! A look at what two stores hold, by a session of its own over copies, and
//! damage to a record. Must not live here: what should be in them (`verdict`).

use super::random::Random;
use reshelf::engine::codec::{self, Record};
use reshelf::engine::journal::{DocumentId, Journal};
use reshelf::engine::vault::Vault;
use reshelf::engine::{Config, Session};
use reshelf::ports::{StorageArea, StorageError};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A copy of a store, for one session.
#[derive(Debug, Default)]
struct Copy(RefCell<BTreeMap<String, String>>);

impl StorageArea for Copy {
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

/// The journals that count for a page that finds these two stores.
pub fn journals(
    storage: BTreeMap<String, String>,
    mirror: &[String],
) -> Vec<(DocumentId, Journal)> {
    let config = Config { store: "shop".into(), ..Config::default() };
    let mut session = Session::new(config, DocumentId(u64::MAX << 16));
    session.attach(Vault::new(Box::new(Copy(RefCell::new(storage))), "shop", 1));
    let mirror: Vec<&str> = mirror.iter().map(String::as_str).collect();
    session.take_in(&mirror);
    decoded(&session)
}

/// The journals that count in a session.
pub fn decoded(session: &Session) -> Vec<(DocumentId, Journal)> {
    let texts = session.journals();
    let records = texts.iter().filter_map(|text| match codec::decode(text) {
        Ok((_, Record::Journal(id, journal))) => Some((id, journal)),
        _ => None,
    });
    records.collect()
}

/// The text with a few characters changed, or cut.
pub fn damage(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if random.chance(2_000) {
        bytes.truncate(random.index(bytes.len()));
    } else if !bytes.is_empty() {
        for _ in 0..random.between(1, 4) {
            let at = random.index(bytes.len());
            bytes[at] = b"ABCDEFGHabcdefgh0123456789+/"[random.index(28)];
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

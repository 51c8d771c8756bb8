//! The mirror: an IndexedDB whose transactions happen whole or not at all, and
//! survive a kill once they are complete. Must not live here: when a page begins
//! one (`mirroring`).

use super::random::Random;
use reshelf::engine::outbox::Change;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Database {
    pub records: BTreeMap<String, String>,
    /// A random name of the mirror: who finds another one knows that the mirror
    /// was erased meanwhile.
    pub marker: Option<u64>,
}

impl Database {
    /// The marker, made where there is none.
    pub fn marker(&mut self, random: &mut Random) -> u64 {
        *self.marker.get_or_insert_with(|| random.next())
    }

    pub fn apply<'a>(&mut self, changes: impl IntoIterator<Item = &'a Change>) {
        for (key, text) in changes {
            match text {
                Some(text) => drop(self.records.insert(key.clone(), text.clone())),
                None => drop(self.records.remove(key)),
            }
        }
    }

    /// Key, text, key, text …
    pub fn lines(&self) -> Vec<String> {
        self.records.iter().flat_map(|(key, text)| [key.clone(), text.clone()]).collect()
    }

    pub fn clear(&mut self) {
        self.records.clear();
        self.marker = None;
    }
}

//! Which item an id is: a column of 32-bit hashes in the order of the items, and
//! an index over it that is made at load.
//!
//! The column says nothing of the order, so that items can be numbered as the
//! other sections compress best. A sorted column with a permutation beside it
//! takes half as much again. A hash begins with the key under which the ledger
//! files an item, so that what was looked at on other pages can be found by it.
//! Must not live here: the ids themselves. An id that no item has is taken for one
//! with probability items / 2³².

use super::reading::{is_rising, numbers};
use crate::engine::intern::{FeatureKey, Namespace};
use crate::engine::sorting;

/// Bytes of a hash.
pub const HASH_BYTES: usize = 4;

/// The low bits: the rest is the ledger's key.
const SALTED_BITS: u32 = 4;

/// The 28 bits of the ledger's key of the id, and 4 of FNV-1a from a salted start:
/// they keep apart what has the same key.
pub fn hash(id: &str, salt: u16) -> u32 {
    let key = FeatureKey::new(Namespace::Item, id).0;
    let salted = salt.to_le_bytes().into_iter().chain(id.bytes());
    let wide = salted.fold(0xcbf2_9ce4_8422_2325u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let folded = (wide >> 32) as u32 ^ wide as u32;
    key << SALTED_BITS | folded >> (u32::BITS - SALTED_BITS)
}

/// Finds items by hash.
#[derive(Debug)]
pub struct Items {
    /// Rising hashes.
    hashes: Vec<u32>,
    /// The item of each.
    items: Vec<u32>,
}

impl Items {
    /// Reads the section of so many items; no two may have the same hash.
    pub fn read(section: &[u8], count: u32) -> Option<Self> {
        if section.len() != (count as usize).checked_mul(HASH_BYTES)? {
            return None;
        }
        let column = numbers(section)?;
        let items = sorting::order(&column);
        let hashes = sorting::pick(&column, &items);
        is_rising(&hashes).then_some(Self { hashes, items })
    }

    /// The item with this hash.
    pub fn find(&self, hash: u32) -> Option<u32> {
        let place = self.hashes.binary_search(&hash).ok()?;
        self.items.get(place).copied()
    }

    /// The item that the ledger files under this key; the first of several.
    pub fn find_key(&self, key: FeatureKey) -> Option<u32> {
        let hash = key.0 << SALTED_BITS;
        let place = self.hashes.partition_point(|known| *known < hash);
        let found = self.hashes.get(place)?;
        let same = key.is(Namespace::Item) && found >> SALTED_BITS == key.0;
        self.items.get(place).copied().filter(|_| same)
    }
}

//! Where shoppers go from a category: Markov rows of the next click's category.
//!
//! Section: the own share's part of the mix in 255ths as a byte; the number of
//! categories as a varint; their ledger keys as u32, rising; then a row a category:
//! its length as a byte, and for each entry the category's number as a varint and
//! the probability in 255ths as a byte. What is rarer is left out. Only categories
//! of items have rows; those above them are only gone to. Must not live here: what
//! an order makes of it (`next_category`).

use super::reading::Reader;
use crate::engine::intern::{FeatureKey, Namespace};

/// Probability 1.
pub const CERTAIN: f64 = 255.0;
/// Most entries of a row.
pub const MOST_ENTRIES: usize = 32;
/// Most categories: more than any shop has.
const MOST_CATEGORIES: u32 = 1 << 16;

/// Rows of a section that was checked.
#[derive(Debug)]
pub struct Transitions {
    /// What the shopper's own share counts beside the row, 0 … 1.
    pub own_share: f64,
    /// Rising.
    keys: Vec<FeatureKey>,
    /// Where each row lies in the section.
    offsets: Vec<u32>,
}

impl Transitions {
    /// Reads the section.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let own_share = f64::from(reader.byte()?) / CERTAIN;
        let count = reader.varint().filter(|count| *count <= MOST_CATEGORIES)?;
        let mut keys: Vec<FeatureKey> = Vec::new();
        for _ in 0..count {
            let key = FeatureKey(reader.u32()?);
            let is_category = key.is(Namespace::Category) || key.is(Namespace::ParentCategory);
            if !is_category || keys.last().is_some_and(|last| *last >= key) {
                return None;
            }
            keys.push(key);
        }
        let mut offsets = Vec::with_capacity(keys.len());
        for _ in 0..count {
            offsets.push((section.len() - reader.left()) as u32);
            let length = usize::from(reader.byte()?);
            if length > MOST_ENTRIES {
                return None;
            }
            for _ in 0..length {
                reader.varint().filter(|number| *number < count)?;
                reader.byte()?;
            }
        }
        reader.is_at_end().then_some(Self { own_share, keys, offsets })
    }

    /// Where shoppers go from a category, and how probably; nothing for one that has
    /// no row. `section` is the one that was read.
    pub fn row<'a>(
        &'a self,
        section: &'a [u8],
        from: FeatureKey,
    ) -> impl Iterator<Item = (FeatureKey, f64)> + 'a {
        let row = self.keys.binary_search(&from).ok().and_then(|at| self.offsets.get(at));
        let offset = row.map_or(section.len(), |offset| *offset as usize);
        let mut reader = Reader::new(section.get(offset..).unwrap_or_default());
        let length = reader.byte().unwrap_or_default();
        (0..length).map_while(move |_| {
            let key = self.keys.get(reader.varint()? as usize)?;
            Some((*key, f64::from(reader.byte()?) / CERTAIN))
        })
    }
}

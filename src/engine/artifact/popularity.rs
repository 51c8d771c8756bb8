//! How often each item was looked at: a byte an item, logarithmic. Fills what
//! neighbours and prototypes leave empty. Must not live here: popularity of
//! categories.

use crate::engine::sorting;

/// Steps of the byte for a doubling of the count.
pub const STEPS: f64 = 12.0;
/// So many of the most popular items are kept at hand.
const BEST: usize = 256;

/// The column of all items.
#[derive(Clone, Copy, Debug)]
pub struct Popularity<'a>(&'a [u8]);

impl<'a> Popularity<'a> {
    /// Reads the section of so many items.
    pub fn read(section: &'a [u8], items: u32) -> Option<Self> {
        (section.len() == items as usize).then_some(Self(section))
    }

    /// The column of a section that was checked.
    pub fn of(section: &'a [u8]) -> Self {
        Self(section)
    }

    /// An item's popularity: 0 for never, then [`STEPS`] more for each doubling.
    pub fn get(&self, item: u32) -> u8 {
        self.0.get(item as usize).copied().unwrap_or_default()
    }

    /// The most popular items, best first, ties by number.
    pub fn best(&self) -> Vec<u32> {
        let rarity = |at: usize| u32::from(u8::MAX - self.get(at as u32));
        let mut best = sorting::order_by(self.0.len(), rarity);
        best.truncate(BEST);
        best
    }
}

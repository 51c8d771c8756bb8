//! What is known of each item from the catalogue: leaf category, brand, and where
//! its price stands within the category.
//!
//! Section: the number of categories and of brands as varints; the hash of each
//! category's path; then the columns, one after another, because like compresses
//! with like. A category or a brand is a byte where fewer than 255 are told apart,
//! two bytes otherwise, with all bits set for "not known"; a price band is a byte.
//! Brands have no hashes: they are only compared with each other. Must not live
//! here: texts, prices.

use super::items::hash;
use super::reading::Reader;

/// Price bands of a category: quantiles, the cheapest first.
pub const BANDS: u8 = 8;
/// More categories or brands than two bytes can tell apart are damage.
pub const MOST_VALUES: u32 = u16::MAX as u32;
/// Not known, in a column of bytes.
pub const UNKNOWN: u8 = u8::MAX;

/// Whether a column of so many values takes two bytes an item.
pub fn is_wide(values: u32) -> bool {
    values >= u32::from(UNKNOWN)
}

/// One column.
#[derive(Clone, Copy, Debug, Default)]
struct Column<'a> {
    bytes: &'a [u8],
    wide: bool,
}

impl<'a> Column<'a> {
    fn take(reader: &mut Reader<'a>, items: u32, values: u32) -> Option<Self> {
        let wide = is_wide(values);
        let width = if wide { 2 } else { 1 };
        Some(Self { bytes: reader.take((items as usize).checked_mul(width)?)?, wide })
    }

    fn is_below(&self, items: u32, values: u32) -> bool {
        (0..items).filter_map(|item| self.get(item)).all(|value| value < values)
    }

    fn get(&self, item: u32) -> Option<u32> {
        let at = item as usize;
        if !self.wide {
            return self
                .bytes
                .get(at)
                .filter(|byte| **byte != UNKNOWN)
                .map(|byte| u32::from(*byte));
        }
        let pair = self.bytes.get(at.checked_mul(2)?..)?;
        let value = Reader::new(pair).u16()?;
        (value != u16::MAX).then_some(u32::from(value))
    }
}

/// The columns of a section; without one, nothing is known of any item.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns<'a> {
    categories: u32,
    hashes: &'a [u8],
    category: Column<'a>,
    brand: Column<'a>,
    band: Column<'a>,
}

impl<'a> Columns<'a> {
    /// Reads the section of so many items.
    pub fn read(section: &'a [u8], items: u32) -> Option<Self> {
        let mut reader = Reader::new(section);
        let (columns, brands) = Self::take(&mut reader, items)?;
        let right = reader.is_at_end()
            && columns.category.is_below(items, columns.categories)
            && columns.brand.is_below(items, brands)
            && columns.band.is_below(items, u32::from(BANDS));
        right.then_some(columns)
    }

    /// The columns of a section that was checked.
    pub fn of(section: &'a [u8], items: u32) -> Self {
        Self::take(&mut Reader::new(section), items).map(|(columns, _)| columns).unwrap_or_default()
    }

    /// The columns, and the number of brands.
    fn take(reader: &mut Reader<'a>, items: u32) -> Option<(Self, u32)> {
        let categories = reader.varint().filter(|count| *count <= MOST_VALUES)?;
        let brands = reader.varint().filter(|count| *count <= MOST_VALUES)?;
        let columns = Self {
            categories,
            hashes: reader.take(categories as usize * 4)?,
            category: Column::take(reader, items, categories)?,
            brand: Column::take(reader, items, brands)?,
            band: Column::take(reader, items, u32::from(BANDS))?,
        };
        Some((columns, brands))
    }

    /// Number of categories.
    pub fn categories(&self) -> u32 {
        self.categories
    }

    /// The category with this path, its levels joined by ` > `.
    pub fn find(&self, path: &str) -> Option<u32> {
        let wanted = hash(path, 0);
        let mut hashes = Reader::new(self.hashes);
        (0..self.categories).find(|_| hashes.u32() == Some(wanted))
    }

    /// An item's leaf category.
    pub fn category(&self, item: u32) -> Option<u32> {
        self.category.get(item)
    }

    /// An item's brand, a number that only tells brands apart.
    pub fn brand(&self, item: u32) -> Option<u32> {
        self.brand.get(item)
    }

    /// Where an item's price stands within its category, 0 … 7.
    pub fn band(&self, item: u32) -> Option<u32> {
        self.band.get(item)
    }
}

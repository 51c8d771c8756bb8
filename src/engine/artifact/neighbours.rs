//! The item-item table: for each item, or each of a shard, the items that follow it.
//!
//! Section: a u32 offset for each block of 64 rows, counted from the end of the
//! offsets; then the rows. A row: the number of neighbours as a byte; if it is
//! not 0, the scale as a byte, the neighbours rising as varints (the first as a
//! signed distance from the row's own item, each later one as the gap less 1),
//! and the weights as nibbles, the low one first.
//!
//! A weight is logarithmic and relative to the row's largest: measured, 4 bits
//! with a scale a row do as well as floats, while a common scale lost up to a
//! third of the mean reciprocal rank. Must not live here: how weights come about.

use super::reading::Reader;
use crate::engine::math;
use std::ops::Range;

/// Rows that share an offset.
pub const BLOCK: usize = 64;
/// Most neighbours of a row.
pub const MOST_NEIGHBOURS: usize = 64;
/// Nats between the largest weight and the smallest of a row.
pub const RANGE: f64 = 4.0;
/// Steps of a nibble.
pub const STEPS: f64 = 15.0;
/// Steps of the scale in a nat.
pub const SCALE_STEPS: f64 = 8.0;
/// The scale of weight 1.
pub const SCALE_ZERO: f64 = 192.0;

/// The rows of a section that was checked.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours<'a> {
    offsets: &'a [u8],
    rows: &'a [u8],
    /// The item of the first row.
    first: u32,
    /// Where each row begins; empty where they are found by blocks.
    index: &'a [u32],
}

/// The weights of a nibble relative to the row's largest.
#[derive(Clone, Copy, Debug)]
pub struct Weights([f32; 16]);

impl Default for Weights {
    fn default() -> Self {
        let mut weights = [0.0; 16];
        for (weight, nibble) in weights.iter_mut().zip(0u32..) {
            *weight = math::exp(f64::from(nibble) * RANGE / STEPS - RANGE) as f32;
        }
        Self(weights)
    }
}

impl Weights {
    /// The weight of this nibble.
    #[inline]
    pub fn of(&self, nibble: u8) -> f32 {
        self.0.get(usize::from(nibble & 15)).copied().unwrap_or_default()
    }
}

/// The largest weight of a row with this scale.
pub fn largest(scale: u8) -> f32 {
    math::exp((f64::from(scale) - SCALE_ZERO) / SCALE_STEPS) as f32
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    item: u32,
    scale: u8,
    count: usize,
    neighbours: Reader<'a>,
    nibbles: &'a [u8],
}

impl<'a> Row<'a> {
    /// Reads a row, and leaves the reader behind it.
    #[cfg_attr(speed, optimize(speed))]
    fn read(reader: &mut Reader<'a>, item: u32) -> Option<Self> {
        let count = usize::from(reader.byte()?);
        let scale = if count > 0 { reader.byte()? } else { 0 };
        let neighbours = *reader;
        reader.skip(count)?;
        let nibbles = reader.take(count.div_ceil(2))?;
        Some(Self { item, scale, count, neighbours, nibbles })
    }

    /// The scale of its weights.
    pub fn scale(&self) -> u8 {
        self.scale
    }

    /// The nibble of a neighbour; `None` for what is none.
    #[inline(never)]
    pub fn find(self, wanted: u32) -> Option<u8> {
        self.entries().find(|(neighbour, _)| *neighbour == wanted).map(|(_, nibble)| nibble)
    }

    /// Neighbours, rising, and their nibbles.
    pub fn entries(self) -> Entries<'a> {
        Entries { row: self, at: 0, last: 0 }
    }
}

/// What is left of a row to be read.
#[derive(Debug)]
pub struct Entries<'a> {
    row: Row<'a>,
    at: usize,
    last: u32,
}

impl Iterator for Entries<'_> {
    type Item = (u32, u8);

    #[cfg_attr(speed, optimize(speed))]
    fn next(&mut self) -> Option<(u32, u8)> {
        let Self { row, at, last } = self;
        if *at == row.count {
            return None;
        }
        *last = match *at {
            0 => row.item.checked_add_signed(row.neighbours.signed()?)?,
            _ => last.checked_add(row.neighbours.inlined_varint()?)?.checked_add(1)?,
        };
        let pair = row.nibbles.get(*at / 2)?;
        let nibble = if *at % 2 == 0 { pair & 15 } else { pair >> 4 };
        *at += 1;
        Some((*last, nibble))
    }
}

impl<'a> Neighbours<'a> {
    /// The rows of a section: those of these items.
    pub fn of(section: &'a [u8], own: Range<u32>) -> Self {
        let blocks = own.len().div_ceil(BLOCK);
        let (offsets, rows) = section.split_at_checked(blocks * 4).unwrap_or_default();
        Self { offsets, rows, first: own.start, index: &[] }
    }

    /// The same with the offset of each row, so that none has to be passed over.
    pub fn indexed(self, index: &'a [u32]) -> Self {
        Self { index, ..self }
    }

    /// Where each row begins, if the section holds a row of items below `items` for
    /// each of its own.
    pub fn check(section: &'a [u8], own: Range<u32>, items: u32) -> Option<Vec<u32>> {
        let table = Self::of(section, own.clone());
        let mut index = Vec::new();
        let mut offsets = Reader::new(table.offsets);
        let mut reader = Reader::new(table.rows);
        for item in own {
            let offset = (table.rows.len() - reader.left()) as u32;
            if index.len().is_multiple_of(BLOCK) && offsets.u32()? != offset {
                return None;
            }
            index.push(offset);
            let row = Row::read(&mut reader, item)?;
            let known = row.entries().filter(|(neighbour, _)| *neighbour < items).count();
            if known != row.count || row.count > MOST_NEIGHBOURS {
                return None;
            }
        }
        reader.is_at_end().then_some(index)
    }

    /// The row of an item.
    pub fn row(&self, item: u32) -> Option<Row<'a>> {
        let at = item.checked_sub(self.first)? as usize;
        if let Some(offset) = self.index.get(at) {
            return Row::read(&mut Reader::new(self.rows.get(*offset as usize..)?), item);
        }
        let offset = Reader::new(self.offsets.get(at / BLOCK * 4..)?).u32()?;
        let mut reader = Reader::new(self.rows.get(offset as usize..)?);
        for before in item - (at % BLOCK) as u32..item {
            Row::read(&mut reader, before)?;
        }
        Row::read(&mut reader, item)
    }
}

//! A model of boosted trees: how probable something is, from named columns.
//!
//! Section: the number of columns as a byte; for each its key as u32 and its kind as
//! a byte: 0, numbers, then the number of bounds as a byte and the bounds as rising
//! f32; 1, values, then their number as a byte and for each its key as u32 and its
//! bin as a byte. Then intercept, slope and the two bounds of the three stages as
//! f32; the number of trees as a varint; the trees. A tree is its nodes, the
//! left side of a split before the right: a column's number and the last bin that
//! goes left, or 0xff and the leaf's value as i16 in 4096ths.
//!
//! A number's bin is the number of bounds below it, and one more than that, because
//! bin 0 is that of what is not known. Must not live here: how trees are grown
//! (`train`), or what the columns say of a shopper (`intent`).

use super::reading::Reader;
use crate::engine::math;

/// First byte of a leaf.
pub const LEAF: u8 = 0xff;
/// Steps of a leaf's value.
pub const LEAF_STEPS: f64 = 4096.0;
/// Kinds of columns.
pub const NUMBERS: u8 = 0;
/// See [`NUMBERS`].
pub const VALUES: u8 = 1;
/// The bin of what is not known.
pub const UNKNOWN: u8 = 0;
/// Most nodes of a tree.
const MOST_NODES: usize = 255;
/// Most trees.
const MOST_TREES: u32 = 4_096;

/// What is known of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// A number.
    Number(f32),
    /// The key of a text.
    Value(u32),
}

/// How a column's contents become bins.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers, by bounds.
    Numbers(Vec<f32>),
    /// Texts, by key.
    Values(Vec<(u32, u8)>),
}

impl Column {
    /// The bin of some contents.
    pub fn bin(&self, known: Option<Known>) -> u8 {
        match (self, known) {
            (Self::Numbers(bounds), Some(Known::Number(number))) if !number.is_nan() => {
                bounds.partition_point(|bound| *bound < number) as u8 + 1
            }
            (Self::Values(values), Some(Known::Value(key))) => {
                let found = values.iter().find(|(known, _)| *known == key);
                found.map_or(UNKNOWN, |(_, bin)| *bin)
            }
            _ => UNKNOWN,
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let kind = reader.byte()?;
        let count = reader.byte()?;
        match kind {
            // 254 bounds make bins up to 255.
            NUMBERS if count < u8::MAX => {
                let bounds: Vec<f32> = (0..count).map_while(|_| reader.f32()).collect();
                let rising = bounds.iter().zip(bounds.iter().skip(1)).all(|(a, b)| a < b);
                (rising && bounds.len() == usize::from(count)).then_some(Self::Numbers(bounds))
            }
            VALUES => {
                let value = |_| Some((reader.u32()?, reader.byte()?));
                Some(Self::Values((0..count).map(value).collect::<Option<_>>()?))
            }
            _ => None,
        }
    }
}

/// A model that was checked.
#[derive(Debug)]
pub struct Forest {
    columns: Vec<(u32, Column)>,
    intercept: f32,
    slope: f32,
    bounds: [f32; 2],
    /// Where the trees begin in the section.
    start: usize,
    trees: u32,
}

impl Forest {
    /// Reads the section.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.byte().filter(|count| *count < LEAF)?;
        let mut columns = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            columns.push((reader.u32()?, Column::read(&mut reader)?));
        }
        let [intercept, slope] = [reader.f32()?, reader.f32()?];
        let bounds = [reader.f32()?, reader.f32()?];
        let trees = reader.varint().filter(|trees| *trees <= MOST_TREES)?;
        let start = section.len() - reader.left();
        for _ in 0..trees {
            pass(&mut reader, columns.len())?;
        }
        let right = reader.is_at_end() && bounds.is_sorted();
        right.then_some(Self { columns, intercept, slope, bounds, start, trees })
    }

    /// The columns' keys.
    pub fn keys(&self) -> impl Iterator<Item = u32> {
        self.columns.iter().map(|(key, _)| *key)
    }

    /// Probabilities at which the second stage begins, and the third.
    pub fn bounds(&self) -> [f32; 2] {
        self.bounds
    }

    /// How probable it is, given what is known by column key. `section` is the one
    /// that was read.
    pub fn probability(&self, section: &[u8], known: impl Fn(u32) -> Option<Known>) -> f64 {
        let bins: Vec<u8> =
            self.columns.iter().map(|(key, column)| column.bin(known(*key))).collect();
        let mut reader = Reader::new(section.get(self.start..).unwrap_or_default());
        let sum: i32 = (0..self.trees).map_while(|_| leaf(&mut reader, &bins)).sum();
        let margin = f64::from(sum) / LEAF_STEPS;
        let logit = f64::from(self.intercept) + f64::from(self.slope) * margin;
        1.0 / (1.0 + math::exp(-logit))
    }
}

/// One node: a split's column and bin, or a leaf's value.
fn node(reader: &mut Reader) -> Option<Result<(u8, u8), i16>> {
    let first = reader.byte()?;
    if first == LEAF {
        return Some(Err(reader.u16()? as i16));
    }
    Some(Ok((first, reader.byte()?)))
}

/// Passes over a tree of these columns.
fn pass(reader: &mut Reader, columns: usize) -> Option<()> {
    let mut open = 1;
    for _ in 0..MOST_NODES {
        match node(reader)? {
            Ok((column, _)) if usize::from(column) >= columns => return None,
            Ok(_) => open += 1,
            Err(_) => open -= 1,
        }
        if open == 0 {
            return Some(());
        }
    }
    None
}

/// The leaf of a tree that these bins lead to; leaves the reader behind the tree.
fn leaf(reader: &mut Reader, bins: &[u8]) -> Option<i32> {
    // Right sides that are still to be passed over.
    let mut waiting = 0;
    loop {
        match node(reader)? {
            Err(value) => {
                for _ in 0..waiting {
                    pass(reader, bins.len())?;
                }
                return Some(i32::from(value));
            }
            Ok((column, last)) => {
                let bin = bins.get(usize::from(column)).copied().unwrap_or_default();
                if bin <= last {
                    waiting += 1;
                } else {
                    pass(reader, bins.len())?;
                }
            }
        }
    }
}

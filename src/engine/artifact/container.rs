//! The container of an artifact: a header, a table of sections, the sections.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | magic, 0x89 `RSF`: the first bit tells a file that was sent as text |
//! | 2 | version |
//! | 2 | number of sections |
//! | 4 | length of the file |
//! | 16 each | section: id, offset, length, CRC-32 |
//! | 4 | CRC-32 of all before |
//!
//! Everything is little-endian. Sections follow one another without a gap, up to
//! the end of the file; unknown ones are passed over. Must not live here: what is
//! in a section.

use super::ArtifactError;
use super::reading::Reader;
use crate::engine::checksum::checksum;
use std::ops::Range;

/// The first bytes.
pub const MAGIC: [u8; 4] = *b"\x89RSF";
/// The version this release writes and reads.
pub const VERSION: u16 = 1;
/// Bytes before the table.
pub const HEADER: usize = 12;
/// Bytes of an entry of the table.
pub const ENTRY: usize = 16;
/// Bytes of the checksum after the table.
pub const SEAL: usize = 4;
/// More sections than any release has: a longer table is damage.
const MOST_SECTIONS: u16 = 64;

/// Names a section: four letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionId(pub [u8; 4]);

impl SectionId {
    /// What the trainer wrote about itself.
    pub const META: Self = Self(*b"meta");
    /// Hashes of the item ids.
    pub const ITEMS: Self = Self(*b"item");
    /// The item-item table.
    pub const NEIGHBOURS: Self = Self(*b"near");
    /// Session prototypes.
    pub const PROTOTYPES: Self = Self(*b"sess");
    /// How popular each item is.
    pub const POPULARITY: Self = Self(*b"popu");
    /// The fitted mixes.
    pub const MIX: Self = Self(*b"mixs");
    /// What is bought together.
    pub const TOGETHER: Self = Self(*b"togt");
    /// Category, brand and price band of each item.
    pub const COLUMNS: Self = Self(*b"cols");
    /// Which category is bought from next.
    pub const NEEDS: Self = Self(*b"need");
    /// How often and when is bought again.
    pub const REPEATS: Self = Self(*b"rept");
    /// Which training a file is a part of, where an artifact is several files.
    pub const PART: Self = Self(*b"part");
    /// Where the items of each shard end, in a core whose graph is cut.
    pub const CUTS: Self = Self(*b"cuts");
    /// Which shard a file is.
    pub const SHARD: Self = Self(*b"shrd");
    /// Vectors of items, in a file of their own.
    pub const VECTORS: Self = Self(*b"vect");
    /// Segments of shoppers and their click rates; optional.
    pub const SEGMENTS: Self = Self(*b"segm");
    /// A model of readiness to buy; optional.
    pub const INTENT: Self = Self(*b"intn");
    /// Where shoppers go from a category; optional.
    pub const TRANSITIONS: Self = Self(*b"mark");
    /// What a visit's surroundings say of categories; optional.
    pub const CONTEXTS: Self = Self(*b"ctxt");
    /// What acts say of taste; optional.
    pub const EVENT_WEIGHTS: Self = Self(*b"evnt");
    /// How much each part of a list's score weighs; optional.
    pub const RANK_WEIGHTS: Self = Self(*b"rnkw");
}

/// A file whose header, table and checksums are right.
#[derive(Debug)]
pub struct Container {
    bytes: Vec<u8>,
    sections: Vec<(SectionId, Range<usize>)>,
}

impl Container {
    /// Checks everything that needs no knowledge of the sections' contents.
    ///
    /// # Errors
    /// [`ArtifactError`], as precise as the bytes allow.
    pub fn load(bytes: Vec<u8>) -> Result<Self, ArtifactError> {
        let sections = read(&bytes)?;
        Ok(Self { bytes, sections })
    }

    /// Whether this is a graph or a shard of one: it has no items of its own.
    pub fn is_graph(&self) -> bool {
        self.section(SectionId::PART).is_some() && self.section(SectionId::META).is_none()
    }

    /// The bytes of a section.
    pub fn section(&self, id: SectionId) -> Option<&[u8]> {
        let (_, range) = self.sections.iter().find(|(known, _)| *known == id)?;
        self.bytes.get(range.clone())
    }

    /// Ids and lengths, in the file's order.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, usize)> {
        self.sections.iter().map(|(id, range)| (*id, range.len()))
    }
}

fn read(bytes: &[u8]) -> Result<Vec<(SectionId, Range<usize>)>, ArtifactError> {
    use ArtifactError::{Damaged, Foreign, Newer, Truncated};
    // What is shorter than the magic may still be the start of an artifact.
    if bytes.is_empty() || bytes.iter().zip(MAGIC).any(|(byte, expected)| *byte != expected) {
        return Err(Foreign);
    }
    let mut reader = Reader::new(bytes);
    reader.take(MAGIC.len()).ok_or(Truncated)?;
    let version = reader.u16().ok_or(Truncated)?;
    let count = reader.u16().ok_or(Truncated)?;
    let length = reader.u32().ok_or(Truncated)? as usize;
    if count > MOST_SECTIONS {
        return Err(Damaged);
    }
    let table = HEADER + usize::from(count) * ENTRY;
    let (head, rest) = bytes.split_at_checked(table).ok_or(Truncated)?;
    let sum = Reader::new(rest).u32().ok_or(Truncated)?;
    if checksum(head) != sum {
        return Err(Damaged);
    }
    // After the checksum: a damaged version is damage, not a later release.
    if version > VERSION {
        return Err(Newer);
    }
    if version == 0 {
        return Err(Damaged);
    }
    if bytes.len() != length {
        return Err(if bytes.len() < length { Truncated } else { Damaged });
    }
    let mut sections: Vec<(SectionId, Range<usize>)> = Vec::with_capacity(usize::from(count));
    let mut end = table + SEAL;
    for _ in 0..count {
        let id = reader.u32().ok_or(Damaged)?.to_le_bytes();
        let start = reader.u32().ok_or(Damaged)? as usize;
        let size = reader.u32().ok_or(Damaged)? as usize;
        let sum = reader.u32().ok_or(Damaged)?;
        let range = start..start.checked_add(size).ok_or(Damaged)?;
        let body = bytes.get(range.clone()).ok_or(Damaged)?;
        let twice = sections.iter().any(|(known, _)| known.0 == id);
        if start != end || checksum(body) != sum || twice {
            return Err(Damaged);
        }
        end = range.end;
        sections.push((SectionId(id), range));
    }
    if end != length { Err(Damaged) } else { Ok(sections) }
}

//! The bytes of each section; the formats are described where they are read, in
//! `engine::artifact`. Must not live here: what is worth its bytes (`plan`).

use super::numbering::inverse;
use super::table::{Neighbour, Table};
use super::writing::{container, step, varint};
use crate::engine::artifact::container::SectionId;
use crate::engine::artifact::items::hash;
use crate::engine::artifact::meta::Meta;
use crate::engine::artifact::neighbours::{BLOCK, RANGE, SCALE_STEPS, SCALE_ZERO, STEPS};
use crate::engine::artifact::popularity;
use crate::engine::math;
use crate::engine::recommend::mix::Mix;

/// Prototypes of one generation, each a list of items in order.
pub type Generation = Vec<Vec<u32>>;

/// The parts of an artifact, in the numbers of the corpus.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Ids, by number.
    pub ids: &'a [String],
    /// The number in the corpus of each number in the artifact.
    pub order: &'a [u32],
    /// How popular each item is.
    pub counts: &'a [u32],
    /// Sections that orders and the catalogue give.
    pub extras: &'a [(SectionId, Vec<u8>)],
    /// Rows.
    pub table: &'a Table,
    /// Prototypes, the newest generation first.
    pub generations: &'a [Generation],
    /// What is allowed, what is excluded: see `engine::artifact::Mode`.
    pub mixes: [Mix; 2],
    /// Facts; items and salt are filled in.
    pub meta: Meta,
}

/// The file of these parts; `None` when no salt keeps the hashes apart, which
/// with the most items a page can afford does not happen.
pub fn pack(parts: &Parts) -> Option<Vec<u8>> {
    let numbers = inverse(parts.order);
    let (salt, items) = (0..=u16::MAX).find_map(|salt| Some((salt, self::items(parts, salt)?)))?;
    let meta = Meta { salt, items: parts.order.len() as u32, ..parts.meta };
    let [allowed, excluded] = parts.mixes;
    let mut sections = vec![
        (SectionId::META, meta.bytes()),
        (SectionId::MIX, [allowed.bytes(), excluded.bytes()].concat()),
        (SectionId::ITEMS, items),
        (SectionId::POPULARITY, popularity(parts)),
        (SectionId::NEIGHBOURS, neighbours(parts.table, parts.order, &numbers)),
        (SectionId::PROTOTYPES, prototypes(parts.generations, &numbers)),
    ];
    sections.extend_from_slice(parts.extras);
    Some(container(&sections))
}

/// Hashes with this salt; `None` if two items share one.
fn items(parts: &Parts, salt: u16) -> Option<Vec<u8>> {
    let id = |old: &u32| parts.ids.get(*old as usize).map(|id| hash(id, salt));
    let hashes: Vec<u32> = parts.order.iter().map(id).collect::<Option<_>>()?;
    let mut sorted = hashes.clone();
    sorted.sort_unstable();
    let distinct = sorted.iter().zip(sorted.iter().skip(1)).all(|(a, b)| a < b);
    distinct.then(|| hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect())
}

fn popularity(parts: &Parts) -> Vec<u8> {
    let level = |old: &u32| {
        let count = parts.counts.get(*old as usize).copied().unwrap_or_default();
        (popularity::STEPS * math::log2(f64::from(count) + 1.0)).round().min(255.0) as u8
    };
    parts.order.iter().map(level).collect()
}

/// The section of the table.
pub fn neighbours(table: &Table, order: &[u32], numbers: &[u32]) -> Vec<u8> {
    rows(table, order, 0, numbers)
}

/// The section of the rows of these items, whose numbers follow one another from
/// `first` on.
pub fn rows(table: &Table, own: &[u32], first: u32, numbers: &[u32]) -> Vec<u8> {
    let mut offsets = Vec::new();
    let mut bytes = Vec::new();
    for (at, old) in own.iter().enumerate() {
        if at.is_multiple_of(BLOCK) {
            offsets.extend((bytes.len() as u32).to_le_bytes());
        }
        let row = table.rows.get(*old as usize).map(Vec::as_slice).unwrap_or_default();
        write_row(&mut bytes, first + at as u32, row, numbers);
    }
    offsets.extend(bytes);
    offsets
}

/// Bytes of [`rows`] with none, the first, the first two … of these neighbours, each a
/// row and a place in it.
pub fn lengths(table: &Table, own: &[u32], numbers: &[u32], kept: &[(u32, u32)]) -> Vec<usize> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); table.rows.len()];
    let empty = own.len().div_ceil(BLOCK) * size_of::<u32>() + own.len();
    let grows = |(row, at): &(u32, u32)| {
        let own = *numbers.get(*row as usize)?;
        let neighbour = table.rows.get(*row as usize)?.get(*at as usize)?;
        let number = *numbers.get(neighbour.item as usize)?;
        Some(grow(rows.get_mut(*row as usize)?, own, number))
    };
    let added = kept.iter().map(grows).map(Option::unwrap_or_default);
    let so_far = added.scan(empty, |length, more| {
        *length += more;
        Some(*length)
    });
    std::iter::once(empty).chain(so_far).collect()
}

/// Adds a neighbour to the rising numbers of a row; bytes by which [`write_row`] writes more.
fn grow(row: &mut Vec<u32>, item: u32, number: u32) -> usize {
    let at = row.partition_point(|known| *known < number);
    let last = at.checked_sub(1).and_then(|before| row.get(before)).copied();
    let next = row.get(at).copied();
    let length = |ways: &[(Option<u32>, u32)]| {
        let mut bytes = Vec::with_capacity(16);
        ways.iter().for_each(|(last, next)| way(&mut bytes, item, *last, *next));
        bytes.len()
    };
    let ways = match next {
        None => length(&[(last, number)]),
        Some(next) => length(&[(last, number), (Some(number), next)]) - length(&[(last, next)]),
    };
    // The scale, and a byte for the weights of two.
    let scale = usize::from(row.is_empty());
    let weights = usize::from(row.len().is_multiple_of(2));
    row.insert(at, number);
    ways + scale + weights
}

/// Appends the way to a neighbour from the one before it, or from the item itself.
fn way(bytes: &mut Vec<u8>, item: u32, last: Option<u32>, next: u32) {
    match last {
        None => step(bytes, item, next),
        Some(last) => varint(bytes, next - last - 1),
    }
}

fn write_row(bytes: &mut Vec<u8>, item: u32, row: &[Neighbour], numbers: &[u32]) {
    let largest = row.iter().map(|neighbour| neighbour.weight).fold(0.0, f64::max);
    // A weight below the smallest nibble's is kept as that: it was worth a place.
    let scale = (SCALE_ZERO + SCALE_STEPS * math::ln(largest.max(f64::MIN_POSITIVE))).round();
    let mut entries: Vec<(u32, u8)> = row
        .iter()
        .filter_map(|neighbour| {
            let loss = -math::ln(neighbour.weight / largest);
            let nibble = (STEPS - loss * STEPS / RANGE).round().clamp(0.0, STEPS) as u8;
            Some((*numbers.get(neighbour.item as usize)?, nibble))
        })
        .collect();
    entries.sort_unstable();
    bytes.push(entries.len() as u8);
    if entries.is_empty() {
        return;
    }
    bytes.push(scale.clamp(0.0, 255.0) as u8);
    let mut last: Option<u32> = None;
    for (neighbour, _) in &entries {
        way(bytes, item, last, *neighbour);
        last = Some(*neighbour);
    }
    for pair in entries.chunks(2) {
        let nibble = |at: usize| pair.get(at).map_or(0, |(_, nibble)| *nibble);
        bytes.push(nibble(0) | nibble(1) << 4);
    }
}

/// The section of the prototypes.
pub fn prototypes(generations: &[Generation], numbers: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, generations.len() as u32);
    for generation in generations {
        varint(&mut bytes, generation.len() as u32);
    }
    for generation in generations {
        let number = |item: &u32| numbers.get(*item as usize).copied();
        let mut lists: Vec<Vec<u32>> =
            generation.iter().map(|items| items.iter().filter_map(number).collect()).collect();
        lists.sort_unstable();
        let mut base = 0;
        for list in lists {
            varint(&mut bytes, list.len() as u32);
            let mut from = base;
            for item in &list {
                step(&mut bytes, from, *item);
                from = *item;
            }
            base = list.first().copied().unwrap_or_default();
        }
    }
    bytes
}

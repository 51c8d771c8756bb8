//! Session prototypes: what several sessions looked at together, in order. At
//! k = 1 they are sessions themselves.
//!
//! Section: the number of generations as a varint, the newest first; for each
//! the number of prototypes as a varint; then the prototypes, generation after
//! generation. A prototype: its length as a varint, then its items as signed
//! varints, each relative to the item before; the first relative to the first
//! item of the prototype before (0 at the start of a generation). Within a
//! generation prototypes are sorted, which makes these distances small; how new
//! a session is matters in months, not in minutes.
//!
//! They are unpacked at load, because every row reads a hundred of them, and posting
//! lists (which prototypes hold an item) are made. Must not live here: how similar a
//! prototype is to a session.

use super::reading::Reader;

/// Most items of a prototype.
pub const LONGEST: usize = 32;
/// Most generations.
pub const MOST_GENERATIONS: u32 = 64;

/// The items of each prototype, and which prototypes hold an item.
#[derive(Debug, Default)]
pub struct Prototypes {
    /// The items of all prototypes, the newest generation first.
    items: Vec<u32>,
    /// Where each prototype ends among them.
    ends: Vec<u32>,
    /// Index of the first prototype of each generation, and of the end.
    generations: Vec<u32>,
    /// Start of each item's posting list, and the end.
    starts: Vec<u32>,
    /// Prototypes of each item, the newest generation first.
    postings: Vec<u32>,
}

/// A section whose prototypes are still to be read.
struct Part<'a> {
    /// Prototypes of each generation.
    sizes: Vec<u32>,
    rest: Reader<'a>,
}

impl<'a> Part<'a> {
    fn read(section: &'a [u8]) -> Option<Self> {
        let mut rest = Reader::new(section);
        let generations = rest.varint().filter(|count| *count <= MOST_GENERATIONS)?;
        let sizes: Vec<u32> = (0..generations).map(|_| rest.varint()).collect::<Option<_>>()?;
        Some(Self { sizes, rest })
    }
}

impl Prototypes {
    /// Reads these sections as one, generation by generation; all items must be
    /// below `items`.
    pub fn read(sections: &[&[u8]], items: u32) -> Option<Self> {
        let mut parts = Vec::new();
        for section in sections {
            parts.push(Part::read(section)?);
        }
        let mut index = Self { generations: vec![0], ..Self::default() };
        let mut counts = vec![0u32; items as usize + 1];
        let last = parts.iter().fold(0, |last, part| part.sizes.len().max(last));
        for generation in 0..last {
            for Part { sizes, rest } in &mut parts {
                let size = sizes.get(generation).copied().unwrap_or_default();
                index.take(size, rest, items, &mut counts)?;
            }
            index.generations.push(index.ends.len() as u32);
        }
        if !parts.iter().all(|part| part.rest.is_at_end()) {
            return None;
        }
        index.post(counts);
        Some(index)
    }

    /// Takes so many prototypes of one generation and one section in.
    fn take(
        &mut self,
        size: u32,
        reader: &mut Reader,
        items: u32,
        counts: &mut [u32],
    ) -> Option<()> {
        let mut base = 0u32;
        for _ in 0..size {
            let mut first = None;
            let length = reader.varint().filter(|length| (2..=LONGEST as u32).contains(length))?;
            let mut item = base;
            for _ in 0..length {
                item = item.checked_add_signed(reader.signed()?)?;
                if item >= items {
                    return None;
                }
                first = first.or(Some(item));
                *counts.get_mut(item as usize)? += 1;
                self.items.push(item);
            }
            self.ends.push(self.items.len() as u32);
            base = first?;
        }
        Some(())
    }

    /// Number of prototypes.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The generation of a prototype, 0 for the newest.
    pub fn generation(&self, prototype: u32) -> usize {
        self.generations.partition_point(|bound| *bound <= prototype).saturating_sub(1)
    }

    /// The items of a prototype, in order.
    pub fn items(&self, prototype: u32) -> &[u32] {
        let at = prototype as usize;
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(at).copied().unwrap_or_default() as usize;
        self.items.get(start..end).unwrap_or_default()
    }

    /// The prototypes that hold an item, the newest generation first.
    pub fn with(&self, item: u32) -> &[u32] {
        let at = item as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        let range = bounds.map(|(start, end)| *start as usize..*end as usize);
        range.and_then(|range| self.postings.get(range)).unwrap_or_default()
    }

    /// Fills the posting lists; `counts` has one entry more than there are items.
    fn post(&mut self, mut counts: Vec<u32>) {
        let mut start = 0;
        for count in &mut counts {
            start += std::mem::replace(count, start);
        }
        self.starts = counts.clone();
        self.postings = vec![0; start as usize];
        let mut items = self.items.iter();
        let mut start = 0;
        for (prototype, end) in (0u32..).zip(&self.ends) {
            for item in items.by_ref().take((end - start) as usize) {
                let Some(next) = counts.get_mut(*item as usize) else { continue };
                if let Some(slot) = self.postings.get_mut(*next as usize) {
                    *slot = prototype;
                }
                *next += 1;
            }
            start = *end;
        }
    }
}

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
    /// The items of all prototypes, of each file the newest generation first.
    items: Vec<u32>,
    /// Where each prototype ends among them.
    ends: Vec<u32>,
    /// The generation of each prototype.
    generations: Vec<u8>,
    /// Start of each item's posting list, and the end.
    starts: Vec<u32>,
    /// Prototypes of each item, in their order.
    postings: Vec<u32>,
    /// Where each of them has it.
    places: Vec<u8>,
}

impl Prototypes {
    /// Reads these sections one after another; all items must be below `items`.
    pub fn read(sections: &[&[u8]], items: u32) -> Option<Self> {
        let mut index = Self::default();
        let mut counts = vec![0u32; items as usize + 1];
        for section in sections {
            index.take(section, items, &mut counts)?;
        }
        index.post(counts);
        Some(index)
    }

    fn take(&mut self, section: &[u8], items: u32, counts: &mut [u32]) -> Option<()> {
        let mut reader = Reader::new(section);
        let generations = reader.varint().filter(|count| *count <= MOST_GENERATIONS)?;
        let mut sizes = reader;
        for _ in 0..generations {
            reader.varint()?;
        }
        for generation in 0..generations {
            let mut base = 0u32;
            for _ in 0..sizes.varint()? {
                let mut first = None;
                let length =
                    reader.varint().filter(|length| (2..=LONGEST as u32).contains(length))?;
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
                self.generations.push(generation as u8);
                base = first?;
            }
        }
        reader.is_at_end().then_some(())
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
        self.generations.get(prototype as usize).copied().map_or(0, usize::from)
    }

    /// The items of a prototype, in order.
    pub fn items(&self, prototype: u32) -> &[u32] {
        let at = prototype as usize;
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or_default() as usize;
        let end = self.ends.get(at).copied().unwrap_or_default() as usize;
        self.items.get(start..end).unwrap_or_default()
    }

    /// The prototypes that hold an item, in their order.
    pub fn with(&self, item: u32) -> &[u32] {
        self.postings(item).0
    }

    /// The same, and where each of them has it.
    pub fn postings(&self, item: u32) -> (&[u32], &[u8]) {
        let at = item as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        let Some((start, end)) = bounds else { return Default::default() };
        let range = *start as usize..*end as usize;
        let lists = self.postings.get(range.clone()).zip(self.places.get(range));
        lists.unwrap_or_default()
    }

    /// Fills the posting lists; `counts` has one entry more than there are items.
    fn post(&mut self, mut counts: Vec<u32>) {
        let mut start = 0;
        for count in &mut counts {
            start += std::mem::replace(count, start);
        }
        self.starts = counts.clone();
        self.postings = vec![0; start as usize];
        self.places = vec![0; start as usize];
        let mut items = self.items.iter();
        let mut start = 0;
        for (prototype, end) in (0u32..).zip(&self.ends) {
            for (place, item) in (0u8..).zip(items.by_ref().take((end - start) as usize)) {
                let Some(next) = counts.get_mut(*item as usize) else { continue };
                let slot = self.postings.get_mut(*next as usize);
                if let Some(slot) = slot.zip(self.places.get_mut(*next as usize)) {
                    (*slot.0, *slot.1) = (prototype, place);
                }
                *next += 1;
            }
            start = *end;
        }
    }
}

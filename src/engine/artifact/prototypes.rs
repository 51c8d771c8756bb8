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
    /// Where each of them has it.
    places: Vec<u8>,
}

impl Prototypes {
    /// Reads the section; all items must be below `items`.
    pub fn read(section: &[u8], items: u32) -> Option<Self> {
        let mut reader = Reader::new(section);
        let generations = reader.varint().filter(|count| *count <= MOST_GENERATIONS)?;
        let mut index = Self { generations: vec![0], ..Self::default() };
        let mut total = 0u32;
        for _ in 0..generations {
            total = total.checked_add(reader.varint()?)?;
            index.generations.push(total);
        }
        // A prototype takes three bytes at least.
        if total as usize > section.len() / 3 {
            return None;
        }
        let mut counts = vec![0u32; items as usize + 1];
        let mut bounds = index.generations.iter().copied().peekable();
        let mut base = 0u32;
        for prototype in 0..total {
            while bounds.next_if(|bound| *bound <= prototype).is_some() {
                base = 0;
            }
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
                index.items.push(item);
            }
            index.ends.push(index.items.len() as u32);
            base = first?;
        }
        if !reader.is_at_end() {
            return None;
        }
        index.post(counts);
        Some(index)
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

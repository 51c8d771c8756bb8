//! What goes with what: the item-item table, the prototypes and what is bought
//! together, in whichever files they came.
//!
//! They lie in the whole artifact, in the graph beside its core, or in shards: the
//! graph cut by items, so that a page of a large catalogue loads what it asks about.
//! Items of one shard have numbers that follow one another, so that the core names
//! them all by where each shard ends (`cuts`: a u32 a shard, rising, the last the
//! number of items). A shard says which it is (`shrd`: a u32, from 0). Its rows are
//! those of its items, its neighbours may be of any; a prototype lies with most of
//! its items. What is not there has no rows, and what was asked for is remembered.
//! Must not live here: the coding of rows and prototypes.

use super::container::{Container, SectionId};
use super::neighbours::{Neighbours, Row};
use super::prototypes::Prototypes;
use super::reading::{Reader, is_rising, numbers};
use super::repeats::Repeats;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

/// Most shards: those that are wanted fit into a number.
pub const MOST_SHARDS: usize = 32;

/// A file in use.
#[derive(Debug)]
struct Linked {
    file: Rc<Container>,
    /// Where each row of its table begins.
    rows: Vec<u32>,
}

/// The linked half of an artifact.
#[derive(Debug)]
pub struct Links {
    /// Where the items of each file end; of one file, that of all.
    ends: Vec<u32>,
    /// By number; `None` is not there yet.
    files: Vec<Option<Linked>>,
    prototypes: Prototypes,
    /// A bit for each shard with an item that was asked about.
    wanted: Cell<u32>,
}

impl Links {
    /// What the first file has: all of it, or how the rest is cut.
    pub fn open(first: &Rc<Container>, items: u32, categories: u32) -> Option<Self> {
        let is_part = first.section(SectionId::PART).is_some();
        let ends = match first.section(SectionId::CUTS) {
            Some(section) if is_part => read_ends(section, items)?,
            _ => vec![items],
        };
        let files = ends.iter().map(|_| None).collect();
        let prototypes = Prototypes::default();
        let mut links = Self { ends, files, prototypes, wanted: Cell::default() };
        let holds = |id| first.section(id).is_some();
        if is_part && !holds(SectionId::NEIGHBOURS) && !holds(SectionId::PROTOTYPES) {
            check(first, 0..items, items, categories)?;
        } else {
            links.join(first.clone(), items, categories)?;
        }
        Some(links)
    }

    /// Takes a file in, in place of the one before of the same number; one that is
    /// not right changes nothing.
    pub fn join(&mut self, file: Rc<Container>, items: u32, categories: u32) -> Option<()> {
        let at = file.section(SectionId::SHARD).map_or(Some(0), |body| Reader::new(body).u32())?;
        let own = self.range(at as usize)?;
        check(&file, own.clone(), items, categories)?;
        let rows = Neighbours::check(file.section(SectionId::NEIGHBOURS)?, own, items)?;
        file.section(SectionId::PROTOTYPES)?;
        let slot = self.files.get_mut(at as usize)?;
        let before = slot.replace(Linked { file, rows });
        let read = self.read_prototypes(items);
        if let Some(prototypes) = read {
            self.prototypes = prototypes;
            return Some(());
        }
        if let Some(slot) = self.files.get_mut(at as usize) {
            *slot = before;
        }
        None
    }

    fn read_prototypes(&self, items: u32) -> Option<Prototypes> {
        let there = self.files.iter().flatten();
        let sections: Vec<&[u8]> =
            there.filter_map(|linked| linked.file.section(SectionId::PROTOTYPES)).collect();
        Prototypes::read(&sections, items)
    }

    /// The items of a file.
    fn range(&self, at: usize) -> Option<Range<u32>> {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        Some(before.copied().unwrap_or_default()..*self.ends.get(at)?)
    }

    /// The number of the file with the row of this item, from 0.
    pub fn number(&self, item: u32) -> usize {
        self.ends.partition_point(|end| *end <= item)
    }

    /// The row of an item in this table; `None` where its file is not there.
    #[inline(never)]
    fn row(&self, id: SectionId, item: u32) -> Option<Row<'_>> {
        let at = self.number(item);
        let Linked { file, rows } = self.files.get(at)?.as_ref()?;
        let table = Neighbours::of(file.section(id)?, self.range(at)?);
        let index = if id == SectionId::NEIGHBOURS { rows.as_slice() } else { &[] };
        table.indexed(index).row(item)
    }

    /// The item's row of the item-item table.
    pub fn neighbours(&self, item: u32) -> Option<Row<'_>> {
        self.row(SectionId::NEIGHBOURS, item)
    }

    /// What is bought together with the item.
    pub fn together(&self, item: u32) -> Option<Row<'_>> {
        self.row(SectionId::TOGETHER, item)
    }

    /// The prototypes of all files that are there.
    pub fn prototypes(&self) -> &Prototypes {
        &self.prototypes
    }

    /// A section that is not cut by items.
    pub fn section(&self, id: SectionId) -> Option<&[u8]> {
        self.files.iter().flatten().find_map(|linked| linked.file.section(id))
    }

    /// Remembers that this item was asked about.
    pub fn want(&self, item: u32) {
        // Numbers of shards are below 32; one file is number 0, and there or not.
        self.wanted.set(self.wanted.get() | 1 << (self.number(item) % MOST_SHARDS));
    }

    /// Files with an item that was asked about: the first is the lowest bit.
    pub fn wanted(&self) -> u32 {
        self.wanted.get()
    }
}

/// Checks what any file may hold or do without.
fn check(file: &Container, own: Range<u32>, items: u32, categories: u32) -> Option<()> {
    let tables = [(SectionId::TOGETHER, own, items), (SectionId::NEEDS, 0..categories, categories)];
    for (id, own, all) in tables {
        if let Some(section) = file.section(id) {
            Neighbours::check(section, own, all)?;
        }
    }
    if let Some(section) = file.section(SectionId::REPEATS) {
        Repeats::read(section, categories)?;
    }
    Some(())
}

/// Where the items of each shard end, if that is right for so many.
pub fn read_ends(section: &[u8], items: u32) -> Option<Vec<u32>> {
    let ends = numbers(section)?;
    let right = is_rising(&ends) && ends.len() <= MOST_SHARDS;
    (right && ends.last() == Some(&items)).then_some(ends)
}

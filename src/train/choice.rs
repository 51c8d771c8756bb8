//! What of a file's items is worth its bytes: which neighbours, which prototypes, and
//! which products that are bought together. Of all items, or of those of a shard. Must
//! not live here: how many bytes there are (`plan`).

use super::pack::{Generation, lengths, prototypes, rows};
use super::table::{Neighbour, Table, largest};
use crate::engine::artifact::container::ENTRY;

/// Generations of prototypes.
const GENERATIONS: usize = 16;

/// How bytes are shared out.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    /// Of all, to what is bought together.
    pub together: f64,
    /// Of the rest, to the table, before prototypes.
    pub table: f64,
    /// Bytes of the room that the table of sections takes besides.
    pub entries: usize,
}

/// What was chosen, with rows for all items of the corpus.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Neighbours.
    pub table: Table,
    /// Bought together.
    pub together: Table,
    /// Prototypes, the newest generation first.
    pub generations: Vec<Generation>,
    /// Items that it was chosen for.
    pub items: u32,
}

impl Chosen {
    /// Nothing yet, of so many items.
    pub fn of(items: usize) -> Self {
        let table = Table { rows: vec![Vec::new(); items] };
        Self { together: table.clone(), table, generations: Vec::new(), items: 0 }
    }

    /// Adds what was chosen for these further items.
    pub fn add(&mut self, own: &[u32], mut more: Self) {
        let tables = [(&mut self.table, &mut more.table), (&mut self.together, &mut more.together)];
        for (table, more) in tables {
            for item in own {
                let rows = (table.rows.get_mut(*item as usize), more.rows.get_mut(*item as usize));
                if let (Some(row), Some(more)) = rows {
                    std::mem::swap(row, more);
                }
            }
        }
        let most = self.generations.len().max(more.generations.len());
        self.generations.resize(most, Vec::new());
        for (generation, more) in self.generations.iter_mut().zip(more.generations) {
            generation.extend(more);
        }
        self.items += own.len() as u32;
    }
}

/// The neighbours of a table, worth most first, and the bytes of none, the first, the first
/// two … of them.
#[derive(Debug)]
struct Ranked<'a> {
    table: &'a Table,
    worth: Vec<(u32, u32)>,
    lengths: Vec<usize>,
}

impl Ranked<'_> {
    /// How many fit.
    fn most(&self, room: usize) -> usize {
        largest(self.worth.len(), |most| self.bytes(most) <= room)
    }

    /// Bytes of so many.
    fn bytes(&self, most: usize) -> usize {
        self.lengths.get(most).copied().unwrap_or_default()
    }

    /// So many.
    fn table(&self, most: usize) -> Table {
        self.table.with(self.worth.get(..most).unwrap_or_default())
    }
}

/// What there is to choose from.
#[derive(Debug)]
pub struct Choice<'a> {
    own: &'a [u32],
    first: u32,
    numbers: &'a [u32],
    table: Table,
    together: Table,
    groups: Vec<&'a Vec<u32>>,
}

impl<'a> Choice<'a> {
    /// Of the rows of these items, whose numbers follow one another from `first` on,
    /// and of these prototypes, the newest first.
    pub fn new(
        table: &Table,
        together: &Table,
        groups: Vec<&'a Vec<u32>>,
        own: &'a [u32],
        first: u32,
        numbers: &'a [u32],
    ) -> Self {
        let of = |table: &Table| {
            let mut rows: Vec<Vec<Neighbour>> = vec![Vec::new(); table.rows.len()];
            for item in own {
                let known = table.rows.get(*item as usize);
                if let Some((row, known)) = rows.get_mut(*item as usize).zip(known) {
                    row.clone_from(known);
                }
            }
            Table { rows }
        };
        Self { own, first, numbers, table: of(table), together: of(together), groups }
    }

    /// Bytes of all of it.
    pub fn bytes(&self) -> usize {
        let tables = self.rows(&self.table) + self.rows(&self.together);
        tables + self.prototypes(&self.covering(self.groups.len()))
    }

    /// What is worth most within so many bytes.
    pub fn within(&self, room: usize, shares: Shares) -> Chosen {
        let for_together = (room as f64 * shares.together) as usize;
        let ranked = self.ranked(&self.together);
        let together = ranked.table(ranked.most(for_together));
        let taken = match together.is_empty() {
            true => shares.entries,
            false => shares.entries + self.rows(&together) + ENTRY,
        };
        let room = room.saturating_sub(taken);
        let ranked = self.ranked(&self.table);
        let most = ranked.most((room as f64 * shares.table) as usize);
        let rest = room.saturating_sub(ranked.bytes(most));
        let deepest = self.groups.len();
        let cover = largest(deepest, |cover| self.prototypes(&self.covering(cover)) <= rest);
        let generations = self.covering(cover);
        // What the prototypes leave is the table's.
        let rest = room.saturating_sub(self.prototypes(&generations));
        let most = ranked.most(rest).max(most);
        Chosen { table: ranked.table(most), together, generations, items: self.own.len() as u32 }
    }

    fn ranked<'b>(&self, table: &'b Table) -> Ranked<'b> {
        let worth = table.by_worth();
        let lengths = lengths(table, self.own, self.numbers, &worth);
        Ranked { table, worth, lengths }
    }

    fn rows(&self, table: &Table) -> usize {
        rows(table, self.own, self.first, self.numbers).len()
    }

    fn prototypes(&self, generations: &[Generation]) -> usize {
        prototypes(generations, self.numbers).len()
    }

    /// The newest prototypes that cover every item so many times, where there are as
    /// many: a prototype is kept if it has an item that is not covered yet. In
    /// generations of equal size.
    fn covering(&self, cover: usize) -> Vec<Generation> {
        let mut covered = vec![0usize; self.numbers.len()];
        let mut kept = Vec::new();
        for group in &self.groups {
            let is_short = |item: &u32| covered.get(*item as usize).is_some_and(|n| *n < cover);
            if !group.iter().any(is_short) {
                continue;
            }
            for item in group.iter() {
                if let Some(covered) = covered.get_mut(*item as usize) {
                    *covered += 1;
                }
            }
            kept.push(group.to_vec());
        }
        let size = kept.len().div_ceil(GENERATIONS).max(1);
        kept.chunks(size).map(<[Vec<u32>]>::to_vec).collect()
    }
}

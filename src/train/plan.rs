//! What fits into a budget of bytes: which neighbours, which prototypes.
//! Must not live here: the coding (`pack`) or the choice of the mix (`fit`).

use super::corpus::Session;
use super::extras::Extras;
use super::groups;
use super::numbering;
use super::pack::{Generation, Parts, neighbours, pack, prototypes};
use super::pairs::Pair;
use super::table::{Table, largest};
use crate::engine::artifact::container::{ENTRY, HEADER, SEAL, SectionId};
use crate::engine::artifact::items::HASH_BYTES;
use crate::engine::artifact::meta::Meta;
use crate::engine::recommend::mix::{MIX_BYTES, Mix};

/// Most neighbours a row; more add nothing to the first twenty.
const MOST_NEIGHBOURS: usize = 24;
/// Generations of prototypes.
const GENERATIONS: usize = 16;
/// Bytes of the header, the table of sections, facts and mixes.
const FRAME: usize = HEADER + 6 * ENTRY + SEAL + 16 + 2 * MIX_BYTES;
/// Bytes an item: hash and popularity.
const COLUMNS: usize = HASH_BYTES + 1;

/// What a plan starts from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Ids, by number.
    pub ids: &'a [String],
    /// Sessions, oldest first.
    pub sessions: &'a [Session],
    /// Pairs of these sessions.
    pub pairs: &'a [Pair],
    /// Sessions an item appears in.
    pub counts: &'a [u32],
    /// What orders and the catalogue add.
    pub extras: Option<&'a Extras>,
}

/// What is fixed by the caller, and what is fitted to the shop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// People behind every pair and prototype.
    pub k: u32,
    /// Bytes of the file.
    pub budget: usize,
    /// People behind a pair, at least k.
    pub support: u32,
    /// Share of the table in what is left for table and prototypes.
    pub share: f64,
}

/// What a plan chose.
#[derive(Clone, Debug)]
pub struct Plan {
    order: Vec<u32>,
    table: Table,
    generations: Vec<Generation>,
    sections: Vec<(SectionId, Vec<u8>)>,
    alone: usize,
    settings: Settings,
}

impl Plan {
    /// Chooses within the budget. One that is too small for the columns of all
    /// items gives an artifact without table and prototypes.
    pub fn new(source: &Source, groups: &[Vec<u32>], settings: Settings) -> Self {
        let mut full = Table::new(source.pairs, source.counts, settings.support.max(settings.k))
            .cut(MOST_NEIGHBOURS);
        let alone = source.extras.map_or(0, |extras| extras.fill(&mut full));
        let order = match source.extras {
            Some(extras) => numbering::order(&extras.near(&full)),
            None => numbering::order(&full),
        };
        let numbers = numbering::inverse(&order);
        let items = source.ids.len();
        let room = settings.budget.saturating_sub(FRAME + items * COLUMNS);
        let sections =
            source.extras.map(|extras| extras.sections(&order, &numbers, room)).unwrap_or_default();
        let taken: usize = sections.iter().map(|(_, bytes)| bytes.len() + ENTRY).sum();
        let room = room.saturating_sub(taken);
        let worth = full.by_worth();
        let table = |most: usize| full.with(worth.get(..most).unwrap_or_default());
        let table_bytes = |most: usize| neighbours(&table(most), &order, &numbers).len();
        let group_bytes =
            |cover: usize| prototypes(&covering(groups, items, cover), &numbers).len();

        let share = (room as f64 * settings.share) as usize;
        let most = largest(worth.len(), |most| table_bytes(most) <= share);
        let rest = room.saturating_sub(table_bytes(most));
        let deepest = groups.len();
        let cover = largest(deepest, |cover| group_bytes(cover) <= rest);
        let generations = covering(groups, items, cover);
        // What the prototypes leave is the table's.
        let rest = room.saturating_sub(prototypes(&generations, &numbers).len());
        let most = largest(worth.len(), |most| table_bytes(most) <= rest).max(most);
        Self { order, table: table(most), generations, sections, alone, settings }
    }

    /// Items whose row of the table has content neighbours only.
    pub fn alone(&self) -> usize {
        self.alone
    }

    /// Neighbours and prototypes that were chosen.
    pub fn sizes(&self) -> (usize, usize) {
        (self.table.len(), self.generations.iter().map(Vec::len).sum())
    }

    /// The file; see [`pack`].
    pub fn pack(&self, source: &Source, mixes: [Mix; 2]) -> Option<Vec<u8>> {
        let clicks: usize = source.sessions.iter().map(|session| session.items.len()).sum();
        pack(&Parts {
            ids: source.ids,
            order: &self.order,
            counts: source.extras.map_or(source.counts, |extras| extras.popularity(source.counts)),
            extras: &self.sections,
            table: &self.table,
            generations: &self.generations,
            mixes,
            meta: Meta {
                k: self.settings.k.max(1) as u16,
                sessions: source.sessions.len() as u32,
                clicks: clicks as u32,
                ..Meta::default()
            },
        })
    }
}

/// The prototypes of a source, newest first.
pub fn groups(source: &Source, k: u32) -> Vec<Vec<u32>> {
    groups::prototypes(source.sessions, source.ids.len(), k as usize)
}

/// The newest prototypes that cover every item so many times, where there are as
/// many: a prototype is kept if it has an item that is not covered yet. In
/// generations of equal size.
fn covering(groups: &[Vec<u32>], items: usize, cover: usize) -> Vec<Generation> {
    let mut covered = vec![0usize; items];
    let mut kept = Vec::new();
    for group in groups {
        let is_short = |item: &u32| covered.get(*item as usize).is_some_and(|n| *n < cover);
        if !group.iter().any(is_short) {
            continue;
        }
        for item in group {
            if let Some(covered) = covered.get_mut(*item as usize) {
                *covered += 1;
            }
        }
        kept.push(group.clone());
    }
    let size = kept.len().div_ceil(GENERATIONS).max(1);
    kept.chunks(size).map(<[Vec<u32>]>::to_vec).collect()
}

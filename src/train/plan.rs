//! What fits into a budget of bytes: which neighbours, which prototypes.
//! Must not live here: the coding (`pack`) or the choice of the mix (`fit`).

use super::corpus::Session;
use super::groups;
use super::numbering;
use super::pack::{Generation, Parts, neighbours, pack, prototypes};
use super::pairs::Pair;
use super::table::Table;
use crate::engine::artifact::container::{ENTRY, HEADER, SEAL};
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
    settings: Settings,
}

impl Plan {
    /// Chooses within the budget. One that is too small for the columns of all
    /// items gives an artifact without table and prototypes.
    pub fn new(source: &Source, groups: &[Vec<u32>], settings: Settings) -> Self {
        let full = Table::new(source.pairs, source.counts, settings.support.max(settings.k))
            .cut(MOST_NEIGHBOURS);
        let order = numbering::order(&full);
        let numbers = numbering::inverse(&order);
        let items = source.ids.len();
        let room = settings.budget.saturating_sub(FRAME + items * COLUMNS);
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
        Self { order, table: table(most), generations, settings }
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
            counts: source.counts,
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

/// The largest number up to `most` for which this holds; 0 if it holds for none.
/// What holds for a number must hold for all smaller ones. Near the end of the
/// search a number is as good as its neighbours: it stops at 0.1 %.
fn largest(most: usize, holds: impl Fn(usize) -> bool) -> usize {
    if holds(most) {
        return most;
    }
    let (mut low, mut high) = (0, most);
    // Small answers are cheap to try, and most are small.
    let mut next = 1;
    while next < high && holds(next) {
        low = next;
        next *= 2;
    }
    high = high.min(next);
    while high - low > 1 + high / 1000 {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

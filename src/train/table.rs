//! The item-item table: which pairs are kept, and how much each counts. Must not
//! live here: how they are coded (`pack`).

use super::pairs::Pair;
use crate::engine::artifact::neighbours::MOST_NEIGHBOURS;
use crate::engine::math;

/// Damping of popular neighbours, chosen on two shops: without it rows fill up
/// with what everybody looks at, with much more with what nobody does.
const POPULARITY_DAMPING: f64 = 0.2;

/// A neighbour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The item.
    pub item: u32,
    /// How much it counts.
    pub weight: f64,
    /// Thousandths of pairs behind it: what keeping it is worth.
    pub worth: u64,
}

/// Rows by item, each best first.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// A row an item.
    pub rows: Vec<Vec<Neighbour>>,
}

impl Table {
    /// All pairs of at least so many people. `counts` are the sessions an item
    /// appears in.
    pub fn new(pairs: &[Pair], counts: &[u32], support: u32) -> Self {
        let powers = |power: f64| -> Vec<f64> {
            let power = |count: &u32| math::exp(power * math::ln(f64::from((*count).max(1))));
            counts.iter().map(power).collect()
        };
        let (own, other) = (powers(0.5), powers(POPULARITY_DAMPING));
        let mut rows = vec![Vec::new(); counts.len()];
        for pair in pairs.iter().filter(|pair| pair.support >= support) {
            let (Some(own), Some(other)) =
                (own.get(pair.from as usize), other.get(pair.to as usize))
            else {
                continue;
            };
            let Some(row) = rows.get_mut(pair.from as usize) else { continue };
            let weight = pair.weight as f64 / (own * other);
            row.push(Neighbour { item: pair.to, weight, worth: pair.weight });
        }
        for row in &mut rows {
            row.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.item.cmp(&b.item)));
            row.truncate(MOST_NEIGHBOURS);
        }
        Self { rows }
    }

    /// The table with at most so many neighbours a row.
    pub fn cut(&self, most: usize) -> Self {
        let rows = self.rows.iter().map(|row| row.iter().take(most).copied().collect());
        Self { rows: rows.collect() }
    }

    /// Where the neighbours are that are worth most, best first: row and place. One
    /// is worth as much as it was met, whichever the row: popular rows are asked
    /// more often, and need more neighbours. Among equals the better of its row.
    pub fn by_worth(&self) -> Vec<(u32, u32)> {
        let mut all: Vec<(u64, u32, u32)> = (0u32..)
            .zip(&self.rows)
            .flat_map(|(row, entries)| {
                (0u32..).zip(entries).map(move |(at, entry)| (u64::MAX - entry.worth, at, row))
            })
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, at, row)| (row, at)).collect()
    }

    /// The table with these neighbours only.
    pub fn with(&self, kept: &[(u32, u32)]) -> Self {
        let mut rows = vec![Vec::new(); self.rows.len()];
        for (row, at) in kept {
            let entry = self.rows.get(*row as usize).and_then(|row| row.get(*at as usize));
            if let Some((kept, entry)) = rows.get_mut(*row as usize).zip(entry) {
                kept.push(*entry);
            }
        }
        Self { rows }
    }

    /// Number of neighbours in all rows.
    pub fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether no row has a neighbour.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }
}

/// The largest number up to `most` for which this holds; 0 if it holds for none.
/// What holds for a number must hold for all smaller ones. Near the end of the
/// search a number is as good as its neighbours: it stops at 0.1 %.
pub fn largest(most: usize, holds: impl Fn(usize) -> bool) -> usize {
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

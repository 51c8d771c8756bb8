//! What orders and the catalogue add to an artifact: content neighbours in thin
//! rows of the table, and sections of their own. Must not live here: how any of it
//! is scored (`content`, `together`), or which bytes sessions get (`plan`).

use super::columns;
use super::content;
use super::stock::Stock;
use super::table::{Neighbour, Table};
use super::together::{self, Views};
use crate::engine::artifact::container::SectionId;
use crate::engine::artifact::neighbours::{RANGE, STEPS};
use crate::engine::math;

/// Rows of fewer neighbours are filled up to so many with items alike.
pub const THIN: usize = 8;
/// What a content neighbour weighs at most, of the 15 of its row's best.
const MOST_STEPS: f64 = 3.0;
/// Share of the bytes left that goes to what is bought together, with sessions and
/// without.
const SHARE: f64 = 0.25;
const SHARE_ALONE: f64 = 0.6;
/// What is bought together gives so many neighbours to the numbering: items get
/// numbers near these, too.
const EDGES: usize = 4;

/// What is made of a stock once, for every plan.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    alike: Vec<Vec<(u32, f64)>>,
    together: Table,
    /// Sections that no budget changes, in the order of the file.
    fixed: Vec<(SectionId, Vec<u8>)>,
    stock: Stock,
    has_sessions: bool,
}

impl Extras {
    /// Reads a stock for items with these ids.
    pub fn new(stock: Stock, ids: &[String], k: u32, views: Views) -> Self {
        let alike = content::alike(ids, &stock);
        let own = together::table(&stock, ids.len(), k, views);
        let together = together::by_place(&own);
        let mut fixed = Vec::new();
        if !stock.needs.is_empty() {
            fixed.push((SectionId::NEEDS, columns::needs(&stock, k)));
        }
        if !stock.returning.is_empty() {
            fixed.push((SectionId::REPEATS, columns::repeats(&stock, k)));
        }
        // The pairs are in the table now, and are the bulk of a stock.
        let stock = Stock { bought: Vec::new(), ..stock };
        Self { alike, together, fixed, stock, has_sessions: views.sessions > 0 }
    }

    /// How popular each item is: sessions it was looked at in; where there are none,
    /// baskets it was bought in.
    pub fn popularity<'a>(&'a self, counts: &'a [u32]) -> &'a [u32] {
        let baskets = &self.stock.baskets;
        if self.has_sessions || baskets.is_empty() { counts } else { baskets }
    }

    /// Fills thin rows with items alike, weak enough that behaviour wins where there
    /// is any. Returns how many rows have nothing else.
    pub fn fill(&self, table: &mut Table) -> usize {
        let weakest = math::exp(-(STEPS - MOST_STEPS) * RANGE / STEPS);
        let largest = |row: &Vec<Neighbour>| row.first().map(|best| best.weight);
        let mut best: Vec<f64> = table.rows.iter().filter_map(largest).collect();
        best.sort_by(f64::total_cmp);
        // A row of its own is as strong as a weak part of the shop's usual row.
        let usual = best.get(best.len() / 2).copied().unwrap_or(1.0);
        let mut alone = 0;
        for (row, alike) in table.rows.iter_mut().zip(&self.alike) {
            if row.len() >= THIN || alike.is_empty() {
                continue;
            }
            alone += usize::from(row.is_empty());
            let most = largest(row).unwrap_or(usual) * weakest;
            for (item, likeness) in alike {
                let is_known = row.iter().any(|neighbour| neighbour.item == *item);
                if row.len() < THIN && !is_known {
                    // Whatever was met is worth more bytes than what never was.
                    row.push(Neighbour { item: *item, weight: most * likeness, worth: 0 });
                }
            }
        }
        alone
    }

    /// The table whose neighbours get numbers near each other.
    pub fn near(&self, table: &Table) -> Table {
        let rows = table.rows.iter().enumerate().map(|(at, row)| {
            let bought = self.together.rows.get(at).map(Vec::as_slice).unwrap_or_default();
            bought.iter().take(EDGES).chain(row).copied().collect()
        });
        Table { rows: rows.collect() }
    }

    /// The sections that no budget changes, for these numbers.
    pub fn sections(&self, order: &[u32]) -> Vec<(SectionId, Vec<u8>)> {
        let mut sections = Vec::new();
        if !self.stock.category.is_empty() {
            sections.push((SectionId::COLUMNS, columns::columns(&self.stock, order)));
        }
        sections.extend(self.fixed.iter().cloned());
        sections
    }

    /// All that is bought together.
    pub fn together(&self) -> &Table {
        &self.together
    }

    /// Share of the bytes left that it gets.
    pub fn share(&self) -> f64 {
        if self.has_sessions { SHARE } else { SHARE_ALONE }
    }

    /// Leaf category of an item, numbered in the order of the paths.
    pub fn category(&self, item: u32) -> Option<u32> {
        self.stock.category_of(item)
    }
}

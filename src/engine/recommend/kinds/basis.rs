//! What a row is made from: the shop's items, the shopper, and what was asked.
//! Must not live here: any score.

use crate::engine::affinity::{self, Affinity};
use crate::engine::artifact::neighbours::largest;
use crate::engine::catalog::Catalog;
use crate::engine::graph::Graph;
use crate::engine::holdings::Holdings;
use crate::engine::intern::Namespace;
use crate::engine::math;
use crate::engine::profile::Totals;
use crate::engine::score;
use crate::engine::trained::Trained;

/// Hours between two looks of one visit.
const LONGEST_PAUSE: f64 = 0.5;
/// Hours after which the time of a look has halved (`profile::lanes`).
const LOOK_HALF_LIFE: f64 = 6.0;
/// Most items of a visit that are looked for; the score takes the first ten.
const LONGEST_VISIT: usize = 16;
/// The strength at which taste counts as it is.
const STRENGTH: f32 = 50.0;

/// Everything a kind may look at.
#[derive(Debug)]
pub struct Basis<'a> {
    /// The shop's items.
    pub catalog: &'a Catalog,
    /// The shopper's counters.
    pub totals: &'a Totals,
    /// The shopper's taste.
    pub affinity: &'a Affinity,
    /// What the shopper has.
    pub holdings: &'a Holdings,
    /// The artifact, where there is one.
    pub trained: Option<&'a mut Trained>,
    /// The item on the screen.
    pub item: Option<u32>,
    /// What is in the basket, the latest first.
    pub basket: &'a [u32],
    /// What was looked at in this visit, the latest first; where it has only begun,
    /// in the last one.
    pub visit: &'a [u32],
}

impl Basis<'_> {
    /// Handles of all items with a row.
    #[inline(never)]
    pub fn items(&self) -> Vec<u32> {
        let all = 0..self.catalog.len() as u32;
        all.filter(|item| self.catalog.traits(*item).is_some()).collect()
    }

    /// Scores by handle, the largest as large as this, for looking them up.
    #[inline(never)]
    pub fn by_item(&self, entries: &[(u32, f32)], largest: f32) -> Vec<f32> {
        let best =
            entries.iter().fold(f32::MIN_POSITIVE, |best, (_, score)| math::larger(best, *score));
        let mut by_item = vec![0.0; self.catalog.len()];
        for (item, score) in entries {
            if let Some(slot) = by_item.get_mut(*item as usize) {
                *slot = largest * score / best;
            }
        }
        by_item
    }

    /// What may come after these items, the latest first: scores of 0 … 1. Nothing
    /// where no artifact knows any of them.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    pub fn next_items(&mut self, context: &[u32]) -> Vec<(u32, f32)> {
        let mut next = match &mut self.trained {
            Some(trained) => trained.next_items(context),
            None => Vec::new(),
        };
        let largest = next.iter().fold(0.0, |largest, (_, score)| math::larger(largest, *score));
        next.iter_mut().for_each(|(_, score)| *score /= largest);
        next
    }

    /// Whether orders say that these two are bought together.
    pub fn is_together(&self, item: u32, other: u32) -> bool {
        let Some(trained) = self.trained.as_deref() else { return false };
        let row = trained.number(item).and_then(|item| trained.artifact().together(item));
        row.zip(trained.number(other)).is_some_and(|(row, other)| row.find(other).is_some())
    }

    /// The artifact's numbers of these handles.
    pub fn numbers(&self, items: impl Iterator<Item = u32>) -> Vec<u32> {
        let trained = self.trained.as_deref();
        trained
            .map(|trained| items.filter_map(|item| trained.number(item)).collect())
            .unwrap_or_default()
    }

    /// For each of a row's items the one of these, the latest first, that it most
    /// often comes after; `None` where the artifact's table does not tell.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    pub fn led_from(&self, context: &[u32], items: &[u32]) -> Vec<Option<u32>> {
        let mut best = vec![(None, 0.0f32); items.len()];
        if let Some(trained) = self.trained.as_deref() {
            let numbers: Vec<Option<u32>> =
                items.iter().map(|item| trained.number(*item)).collect();
            // Most neighbours are not in the row: their bit mostly says so.
            let bit = |number: u32| 1u64 << (number % 64);
            let known = numbers.iter().flatten().fold(0, |bits, number| bits | bit(*number));
            for (place, before) in context.iter().enumerate() {
                let row = trained
                    .number(*before)
                    .and_then(|before| trained.artifact().neighbours(before));
                let Some(row) = row else { continue };
                let weight = largest(row.scale()) / (place + 1) as f32;
                for (number, nibble) in row.entries() {
                    if known & bit(number) == 0 {
                        continue;
                    }
                    let weight = weight * f32::from(nibble + 1);
                    let places = numbers.iter().zip(&mut best);
                    for (_, best) in places.filter(|(own, _)| **own == Some(number)) {
                        if weight > best.1 {
                            *best = (Some(*before), weight);
                        }
                    }
                }
            }
        }
        best.into_iter().map(|(before, _)| before).collect()
    }

    /// Adds items of another source below what is there: all their scores lie
    /// under the lowest so far.
    #[inline(never)]
    pub fn fill(&self, candidates: &mut Vec<(u32, f32)>, more: Vec<(u32, f32)>) {
        let lowest = candidates.iter().fold(1.0, |lowest, (_, score)| f32::min(lowest, *score));
        let largest = more
            .iter()
            .fold(f32::MIN_POSITIVE, |largest, (_, score)| math::larger(largest, *score));
        let scale = if candidates.is_empty() { 1.0 } else { lowest / largest };
        let known = self.by_item(candidates, 1.0);
        let new = more.into_iter().filter(|(item, _)| known.get(*item as usize) == Some(&0.0));
        candidates.extend(new.map(|(item, score)| (item, score * scale)));
    }

    /// What taste says of each item: scores above 0, in views.
    #[inline(never)]
    pub fn tastes(&self) -> Vec<(u32, f32)> {
        let (affinity, catalog) = (self.affinity, self.catalog);
        let graph = &Graph::default();
        let basis = score::Basis { affinity, query: None, graph, catalog, strength: STRENGTH };
        let weighted = basis.weighted();
        let taste = |item| {
            let traits = catalog.traits(item).unwrap_or_default();
            (item, score::Basis::likes(traits, &weighted))
        };
        self.items().into_iter().map(taste).filter(|(_, taste)| *taste > 0.0).collect()
    }
}

/// What was looked at in this visit, the latest first, or in the one before.
pub fn visit(totals: &Totals, catalog: &Catalog) -> Vec<u32> {
    let mut visit: Vec<u32> = Vec::new();
    let mut before: Option<f64> = None;
    for item in affinity::recently_viewed(totals, catalog) {
        let look = catalog.key(item).map(|key| totals.get(key)).unwrap_or_default();
        let [recency, ..] = look;
        let age = -math::log2(recency) * LOOK_HALF_LIFE;
        if before.is_some_and(|before| age - before > LONGEST_PAUSE) || visit.len() == LONGEST_VISIT
        {
            break;
        }
        before = Some(age);
        visit.push(item);
    }
    visit
}

/// The shopper's leaf categories and their shares, falling: what `diversity`
/// calibrates to. Weeks count against months as 3 to 7.
pub fn mix(totals: &Totals, catalog: &Catalog, most: usize) -> Vec<(u32, f64)> {
    let [_, weeks, months] = totals.namespace(Namespace::Category);
    let share = |own: f64, all: f64| if all > 0.0 { own.max(0.0) / all } else { 0.0 };
    let categories = catalog.features().iter().zip(0u32..);
    let categories = categories.filter(|(feature, _)| feature.namespace == Namespace::Category);
    let shares: Vec<(u32, f64)> = categories
        .map(|(feature, index)| {
            let [_, own, older] = totals.get(feature.key);
            (index, 0.3 * share(own, weeks) + 0.7 * share(older, months))
        })
        .filter(|(_, share)| *share > 0.0)
        .collect();
    let mut shares = crate::engine::sorting::best_first(&shares, |(_, share)| *share as f32);
    shares.truncate(most);
    shares
}

//! What shoppers need next, after what they bought: the categories that others
//! went on to, and what is popular there. Must not live here: when something is
//! bought again (`again`).

use super::again::Purchase;
use super::top::Top;
use super::trending::trending;
use super::{Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::neighbours::{Weights, largest};

/// Days after which a purchase has fallen to 1/e: the orders that the rows are
/// made of lie up to 90 days apart.
const DECAY: f32 = 45.0;
/// Categories that share the answer.
const CATEGORIES: usize = 4;

/// Items of the categories that are bought from next, best first: the first of
/// each category before the second of any.
pub fn next_need(
    artifact: &Artifact,
    purchases: &[Purchase],
    today: f64,
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let (columns, table, weights) = (artifact.columns(), artifact.needs(), Weights::default());
    let mut sums = Sums::of(columns.categories() as usize);
    for purchase in purchases {
        let Some(row) = columns.category(purchase.item).and_then(|from| table.row(from)) else {
            continue;
        };
        let age = (today - purchase.day).max(0.0) as u32;
        let weight = fading(age, DECAY) * largest(row.scale());
        for (category, nibble) in row.entries() {
            sums.add(category, weight * weights.of(nibble));
        }
    }
    let mut best = Top::new(CATEGORIES);
    for category in &sums.touched {
        best.offer(sums.get(*category), *category);
    }
    let mut top = Top::new(limit);
    for (category, score) in best.into_entries() {
        let items = trending(artifact, Some(category), excluded, limit);
        for ((item, _), place) in items.into_iter().zip(0u32..) {
            if !purchases.iter().any(|purchase| purchase.item == item) {
                top.offer(score / (1 + place) as f32, item);
            }
        }
    }
    top.into_entries()
}

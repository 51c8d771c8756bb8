//! What was bought together: with one product, and with all of a cart. Must not
//! live here: how a pair of products is scored, which is the trainer's.

use super::top::Top;
use super::{Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::neighbours::{Row, Weights, largest};

/// Products put into the cart before the newest one count less and less: after so
/// many, 1/e of it. A cart is one errand after another.
const CART_DECAY: f32 = 5.0;

/// What an item next to it counts for itself, of the best that was bought with it.
const NEAR: f32 = 1.0;

/// What was bought together with this item, best first; nothing where too few
/// bought it.
pub fn bought_together(
    artifact: &Artifact,
    item: u32,
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let mut top = Top::new(limit);
    let weights = Weights::default();
    if let Some(row) = artifact.together(item) {
        for (other, nibble) in row.entries() {
            if other != item && !excluded.contains(&other) {
                top.offer(largest(row.scale()) * weights.of(nibble), other);
            }
        }
    }
    top.into_entries()
}

/// The same, and then what it is likely to be bought with: what was bought with the
/// items next to it in the table, and those themselves. For products that too few
/// have bought yet; not for a row that claims that others did.
pub fn likely_together(
    artifact: &Artifact,
    item: u32,
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let mut found = bought_together(artifact, item, excluded, limit);
    let weights = Weights::default();
    let mut sums = Sums::of(artifact.meta().items as usize);
    for (near, nibble) in artifact.neighbours(item).into_iter().flat_map(Row::entries) {
        sums.add(near, NEAR * weights.of(nibble));
        for (other, place) in artifact.together(near).into_iter().flat_map(Row::entries) {
            sums.add(other, weights.of(nibble) * weights.of(place));
        }
    }
    let mut top = Top::new(limit.saturating_sub(found.len()));
    for other in &sums.touched {
        let is_found = found.iter().any(|(known, _)| known == other);
        if !is_found && *other != item && !excluded.contains(other) {
            top.offer(sums.get(*other), *other);
        }
    }
    found.extend(top.into_entries().into_iter().map(|(other, _)| (other, 0.0)));
    found
}

/// What completes a cart, the newest item first: bought together with its items,
/// of categories that are not in it yet. An item without a known category is
/// never of one that is in it.
pub fn complete_cart(
    artifact: &Artifact,
    cart: &[u32],
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let columns = artifact.columns();
    let served: Vec<u32> = cart.iter().filter_map(|item| columns.category(*item)).collect();
    let weights = Weights::default();
    let mut sums = Sums::of(artifact.meta().items as usize);
    for (item, age) in cart.iter().zip(0u32..) {
        let Some(row) = artifact.together(*item) else { continue };
        let weight = fading(age, CART_DECAY) * largest(row.scale());
        for (other, nibble) in row.entries() {
            sums.add(other, weight * weights.of(nibble));
        }
    }
    let mut top = Top::new(limit);
    for item in &sums.touched {
        let is_served = columns.category(*item).is_some_and(|category| served.contains(&category));
        if !is_served && !cart.contains(item) && !excluded.contains(item) {
            top.offer(sums.get(*item), *item);
        }
    }
    top.into_entries()
}

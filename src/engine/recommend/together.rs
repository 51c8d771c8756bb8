//! What was bought together: with one product, and with all of a cart. Must not
//! live here: how a pair of products is scored, which is the trainer's.

use super::top::Top;
use super::{Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::neighbours::{Weights, largest};

/// Products put into the cart before the newest one count less and less: after so
/// many, 1/e of it. A cart is one errand after another.
const CART_DECAY: f32 = 5.0;

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
    if let Some(row) = artifact.together().row(item) {
        for (other, nibble) in row.entries() {
            if other != item && !excluded.contains(&other) {
                top.offer(largest(row.scale()) * weights.of(nibble), other);
            }
        }
    }
    top.into_entries()
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
        let Some(row) = artifact.together().row(*item) else { continue };
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

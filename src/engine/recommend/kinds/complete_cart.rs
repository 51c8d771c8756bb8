//! `completeCart`: what goes with the basket and is of another category than what
//! is in it already.

use super::basis::Basis;
use super::likeness::Likeness;
use super::reason::Reason;
use crate::engine::intern::Namespace;
use crate::engine::recommend::together;

/// What an item of the basket counts against the one put in after it.
const DIMINISHING: f32 = 0.8;
/// Items of the basket that count without an artifact.
const MOST: usize = 10;
/// Items that orders are asked for.
const MOST_TOGETHER: usize = 100;

/// Items that go with the basket; none for an empty one.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let basket = basis.basket;
    let catalog = basis.catalog;
    let inside = basis.numbers(basket.iter().copied());
    let mut candidates = match &basis.trained {
        Some(trained) => {
            let artifact = trained.artifact();
            trained.known(together::complete_cart(artifact, &inside, &[], MOST_TOGETHER))
        }
        None => Vec::new(),
    };
    let next = basis.next_items(basket);
    basis.fill(&mut candidates, next);
    if candidates.is_empty() {
        let mut sums = vec![0.0; catalog.len()];
        let mut weight = 1.0;
        for inside in basket.iter().take(MOST) {
            for (item, alike) in Likeness::to(catalog, *inside).of_all(&basis.items()) {
                if let Some(sum) = sums.get_mut(item as usize) {
                    *sum += weight * alike;
                }
            }
            weight *= DIMINISHING;
        }
        candidates = (0u32..).zip(sums).filter(|(_, sum)| *sum > 0.0).collect();
    }
    let category = |item: u32| catalog.first_of(item, Namespace::Category);
    let inside: Vec<_> = basket.iter().filter_map(|item| category(*item)).collect();
    candidates.retain(|(item, _)| category(*item).is_none_or(|own| !inside.contains(&own)));
    candidates
}

/// The items of the basket they go with.
pub fn reasons(basis: &Basis, items: &[u32]) -> Vec<Reason> {
    let led = basis.led_from(basis.basket, items);
    items.iter().zip(led).map(|(item, led)| reason(basis, *item, led)).collect()
}

fn reason(basis: &Basis, item: u32, led: Option<u32>) -> Reason {
    let bought = |inside: &u32| basis.is_together(*inside, item);
    if let Some(inside) = basis.basket.iter().copied().find(bought) {
        return Reason::BoughtTogether(inside);
    }
    let inside = led.or_else(|| {
        let alike = |inside: &u32| Likeness::to(basis.catalog, *inside).of(item) > 0.0;
        basis.basket.iter().copied().find(alike)
    });
    inside.map_or(Reason::SimilarVisits, Reason::GoesWith)
}

//! `forYou`: what may come after this visit, and what is of the shopper's taste;
//! for a shopper of whom nothing is known, what the shop's others like.

use super::basis::Basis;
use super::reason::Reason;
use super::trending;
use crate::engine::score;

/// What the strongest taste weighs against the strongest evidence of a visit.
const TASTE: f32 = 0.3;

/// Items for this shopper, without those of the visit: `recentlyViewed` has them.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let visit = basis.visit;
    let mut candidates = basis.next_items(visit);
    let tastes = basis.tastes();
    if candidates.is_empty() {
        candidates = tastes;
    } else {
        let by_item = basis.by_item(&tastes, TASTE);
        for (item, score) in &mut candidates {
            *score += by_item.get(*item as usize).copied().unwrap_or_default();
        }
        basis.fill(&mut candidates, tastes);
    }
    candidates.retain(|(item, _)| !visit.contains(item));
    if candidates.is_empty() {
        candidates = trending::candidates(basis);
        candidates.retain(|(item, _)| !visit.contains(item));
    }
    candidates
}

/// What they followed, else the attribute that speaks most for each.
pub fn reasons(basis: &Basis, items: &[u32]) -> Vec<Reason> {
    let reason = |(item, led): (&u32, Option<u32>)| {
        led.map_or_else(|| of_taste(basis, *item), Reason::LookedAt)
    };
    items.iter().zip(basis.led_from(basis.visit, items)).map(reason).collect()
}

fn of_taste(basis: &Basis, item: u32) -> Reason {
    let traits = basis.catalog.traits(item).unwrap_or_default();
    let mut best: Option<(u32, f32)> = None;
    for (feature, share) in traits {
        let Some(known) = basis.catalog.features().get(*feature as usize) else { continue };
        let part = share * score::weight(known.namespace) * basis.affinity.lift(*feature);
        if part > best.map_or(0.0, |(_, other)| other) && known.namespace.is_simple() {
            best = Some((*feature, part));
        }
    }
    match best {
        Some((feature, _)) => Reason::Taste(feature),
        None if basis.numbers(basis.visit.iter().copied()).is_empty() => trending::reason(basis),
        // Only of what an artifact knows there were others.
        None => Reason::SimilarVisits,
    }
}

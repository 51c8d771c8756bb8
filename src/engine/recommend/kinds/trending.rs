//! `trending`: what the shop's others look at; without an artifact, what the shop
//! itself puts first, as far as it is of the shopper's taste.

use super::basis::Basis;
use super::reason::Reason;
use crate::engine::artifact::popularity::STEPS;
use crate::engine::math;

/// Places after which the shop's own order counts half.
const HALF_PLACES: f32 = 20.0;
/// What the strongest taste weighs against the shop's first place.
const TASTE: f32 = 0.5;

/// Items by popularity.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    if let Some(trained) = basis.trained.as_deref() {
        let popularity = trained.artifact().popularity();
        let popular = |item| {
            let steps = popularity.get(trained.number(item)?);
            // 0 is never; the largest byte is the shop's most popular item.
            (steps > 0).then(|| (item, math::exp2((f64::from(steps) - 255.0) / STEPS) as f32))
        };
        let popular: Vec<_> = basis.items().into_iter().filter_map(popular).collect();
        if !popular.is_empty() {
            return popular;
        }
    }
    let by_item = basis.by_item(&basis.tastes(), TASTE);
    let first = |(item, place): (u32, f32)| {
        let taste = by_item.get(item as usize).copied().unwrap_or_default();
        (item, HALF_PLACES / (HALF_PLACES + place) + taste)
    };
    basis.items().into_iter().zip((0u32..).map(|place| place as f32)).map(first).collect()
}

/// Where popularity comes from.
pub fn reason(basis: &Basis) -> Reason {
    if basis.trained.is_some() { Reason::Popular } else { Reason::ShopOrder }
}

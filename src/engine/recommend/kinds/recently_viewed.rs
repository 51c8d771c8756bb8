//! `recentlyViewed`: what the shopper looked at, the latest first.

use super::basis::Basis;
use crate::engine::affinity;

/// More than any row shows, with room for what is left out.
const MOST: usize = 100;

/// The last items; scores fall with their place.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let latest = affinity::recently_viewed(basis.totals, basis.catalog).take(MOST);
    latest.zip(1u16..).map(|(item, place)| (item, 1.0 / f32::from(place))).collect()
}

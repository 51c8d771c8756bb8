//! What a shopper is due to buy again, of what was bought before. Must not live
//! here: the rate (`replenish`), or where purchases are kept.

use super::top::Top;
use crate::engine::artifact::Artifact;
use crate::engine::artifact::popularity::STEPS;
use crate::engine::math;
use crate::engine::replenish::rate;

/// Power of an item's popularity: of things bought once, those are bought again that
/// many buy. `reshelf eval again` on two cuts of the training part of Online Retail
/// II finds something of 79 and 82 % of the next baskets; counting how often, then
/// how lately somebody bought finds 76 and 77 %, and the rate alone found less.
const POPULARITY: f64 = 0.4;

/// Something the shopper bought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchase {
    /// The item, in the artifact's numbers.
    pub item: u32,
    /// When, in days; from which day on is all the same.
    pub day: f64,
}

/// Items to buy again, best first: where the shop's orders say that their category, or the shop, is bought from again.
pub fn buy_again(
    artifact: &Artifact,
    purchases: &[Purchase],
    today: f64,
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let (columns, repeats) = (artifact.columns(), artifact.repeats());
    let mut top = Top::new(limit);
    for (at, Purchase { item, .. }) in purchases.iter().enumerate() {
        let is_known = purchases.iter().take(at).any(|earlier| earlier.item == *item);
        if is_known || excluded.contains(item) {
            continue;
        }
        let category = columns.category(*item);
        let Some(repeat) = repeats.get(category) else { continue };
        let own = purchases.iter().filter(|purchase| purchase.item == *item);
        let mut days: Vec<f64> = own.map(|purchase| purchase.day).collect();
        days.sort_by(f64::total_cmp);
        let popularity = f64::from(artifact.popularity().get(*item)) / STEPS;
        let score = rate(&days, today, repeat) * math::exp2(POPULARITY * popularity);
        top.offer(score as f32, *item);
    }
    top.into_entries()
}

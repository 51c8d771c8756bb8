//! `buyAgain`: what the shopper bought, by how soon it is needed again.

use super::basis::Basis;
use super::reason::Reason;
use crate::engine::artifact::repeats::Repeat;
use crate::engine::holdings::Purchase;
use crate::engine::replenish;

/// Where no orders tell: half of the shoppers buy such a thing again, in two months.
const ANY: Repeat = Repeat { probability: 0.5, interval: 60.0 };
/// Days after which a thing that was bought once may be wanted again.
const ONCE: f64 = 30.0;
/// Part of the interval after which something is due.
const DUE: f64 = 0.7;
/// Purchases of one thing that are told apart.
const MOST_TIMES: f64 = 16.0;

/// What was bought and may be wanted again.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let purchases = basis.holdings.purchases.iter();
    let wanted = purchases.filter(|purchase| {
        let facts = basis.catalog.facts(purchase.item);
        purchase.times >= 2.0
            || purchase.age >= ONCE
            || facts.is_some_and(|facts| facts.replenishable)
    });
    wanted.map(|purchase| (purchase.item, rate(basis, purchase) as f32)).collect()
}

/// Whether it runs out about now.
pub fn reason(basis: &Basis, item: u32) -> Reason {
    let due = basis.holdings.purchase(item).is_some_and(is_due);
    if due { Reason::Due } else { Reason::BoughtBefore }
}

/// Whether the mean interval has nearly passed.
pub fn is_due(purchase: &Purchase) -> bool {
    purchase.interval.is_some_and(|interval| purchase.age >= DUE * interval)
}

/// Purchases a day, to be expected now.
pub fn rate(basis: &Basis, purchase: &Purchase) -> f64 {
    let repeat = basis.trained.as_deref().and_then(|trained| {
        let artifact = trained.artifact();
        let category = artifact.columns().category(trained.number(purchase.item)?);
        artifact.repeats().get(category)
    });
    // What the profile keeps of them: how many, the last, and their mean distance.
    let interval = purchase.interval.unwrap_or_default();
    let times = purchase.times.min(MOST_TIMES) as u32;
    let days: Vec<f64> =
        (0..times).rev().map(|before| -purchase.age - f64::from(before) * interval).collect();
    replenish::rate(&days, 0.0, repeat.unwrap_or(ANY))
}

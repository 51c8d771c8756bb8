//! `buyAgain`: what the shopper bought, by how soon it is needed again.
//!
//! A modified Poisson-Gamma rate (Bhagat et al., KDD 2018): a shopper's own mean
//! interval pulls it up while it comes near, and down after it has long passed.

use super::basis::Basis;
use super::reason::Reason;
use crate::engine::holdings::Purchase;

/// The prior: a shopper buys a thing again once in so many days.
const PRIOR_TIMES: f64 = 0.5;
const PRIOR_DAYS: f64 = 60.0;
/// Days after which a thing that was bought once may be wanted again.
const ONCE: f64 = 30.0;
/// Part of the interval after which something is due.
const DUE: f64 = 0.7;

/// What was bought and may be wanted again.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let purchases = basis.holdings.purchases.iter();
    let wanted = purchases.filter(|purchase| {
        let facts = basis.catalog.facts(purchase.item);
        purchase.times >= 2.0
            || purchase.age >= ONCE
            || facts.is_some_and(|facts| facts.replenishable)
    });
    wanted.map(|purchase| (purchase.item, rate(purchase) as f32)).collect()
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
pub fn rate(purchase: &Purchase) -> f64 {
    let &Purchase { times, age, .. } = purchase;
    match purchase.interval {
        Some(mean) if age < 2.0 * mean => {
            (times + PRIOR_TIMES) / (times * mean + 2.0 * (mean - age).abs() + PRIOR_DAYS)
        }
        Some(mean) => (times + PRIOR_TIMES) / (times * mean + age + PRIOR_DAYS),
        None => (times + PRIOR_TIMES) / (age + 2.0 * PRIOR_DAYS),
    }
}

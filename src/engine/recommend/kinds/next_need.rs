//! `nextNeed`: what runs out about now, by the shopper's own intervals; and what
//! others went on to buy after what the shopper bought.

use super::basis::Basis;
use super::buy_again::{is_due, rate};
use super::reason::Reason;
use crate::engine::recommend::again::Purchase;
use crate::engine::recommend::needs;

/// Items that the shop's orders are asked for.
const MOST: usize = 100;

/// What is due, and below it what comes next.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let due = basis.holdings.purchases.iter().filter(|purchase| is_due(purchase));
    let mut candidates: Vec<(u32, f32)> =
        due.map(|purchase| (purchase.item, rate(basis, purchase) as f32)).collect();
    if let Some(trained) = &basis.trained {
        let bought = basis.holdings.purchases.iter().filter_map(|purchase| {
            Some(Purchase { item: trained.number(purchase.item)?, day: -purchase.age })
        });
        let bought: Vec<Purchase> = bought.collect();
        let next = trained.known(needs::next_need(trained.artifact(), &bought, 0.0, &[], MOST));
        basis.fill(&mut candidates, next);
    }
    candidates
}

/// Which of both it was.
pub fn reason(basis: &Basis, item: u32) -> Reason {
    if basis.holdings.purchase(item).is_some() { Reason::Due } else { Reason::NextNeed }
}

//! `nextNeed`: what runs out about now, by the shopper's own intervals.

use super::basis::Basis;
use super::buy_again::{is_due, rate};

/// What was bought at intervals of which the last one has nearly passed.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let due = basis.holdings.purchases.iter().filter(|purchase| is_due(purchase));
    due.map(|purchase| (purchase.item, rate(purchase) as f32)).collect()
}

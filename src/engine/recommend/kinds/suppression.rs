//! What no row shows: the current item, what cannot be bought, what the shopper
//! has or does not want. Must not live here: what a row is made of.

use super::Kind;
use super::basis::Basis;

/// Days for which a thing that lasts is not offered to its buyer again.
const JUST_BOUGHT: f64 = 30.0;

/// Which items are kept out of one row.
#[derive(Debug)]
pub struct Suppression<'a> {
    basis: &'a Basis<'a>,
    hidden: Vec<bool>,
    /// Of the current item: its variants are the same product.
    group: Option<u32>,
}

impl<'a> Suppression<'a> {
    /// The rules of a kind; `excluded` is what the page asked to leave out.
    pub fn of(basis: &'a Basis<'a>, kind: Kind, excluded: &[u32]) -> Self {
        let mut hidden = vec![false; basis.catalog.len()];
        let mut hide = |item: u32| {
            if let Some(slot) = hidden.get_mut(item as usize) {
                *slot = true;
            }
        };
        excluded.iter().for_each(|item| hide(*item));
        basis.basket.iter().for_each(|item| hide(*item));
        basis.holdings.basket.iter().for_each(|item| hide(*item));
        basis.holdings.dismissed.iter().for_each(|item| hide(*item));
        basis.item.into_iter().for_each(&mut hide);
        if !kind.is_about_purchases() {
            for purchase in &basis.holdings.purchases {
                let facts = basis.catalog.facts(purchase.item);
                let lasts = purchase.times < 2.0 && facts.is_none_or(|facts| !facts.replenishable);
                if lasts && purchase.age < JUST_BOUGHT {
                    hide(purchase.item);
                }
            }
        }
        let current = basis.item.and_then(|item| basis.catalog.facts(item));
        Self { basis, hidden, group: current.and_then(|facts| facts.group) }
    }

    /// Whether the row may show this item.
    pub fn allows(&self, item: u32) -> bool {
        let is_row = self.basis.catalog.traits(item).is_some();
        let is_hidden = self.hidden.get(item as usize) != Some(&false);
        let facts = self.basis.catalog.facts(item);
        let is_out = facts.is_none_or(|facts| {
            facts.sold_out || facts.group.is_some() && facts.group == self.group
        });
        is_row && !is_hidden && !is_out
    }
}

//! What a row says of a product beside its attributes: whether it may be shown,
//! and what it is the same as. Must not live here: anything taste is learnt from.

use super::catalog::ItemRow;

/// What a row says beside its attributes.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// It cannot be bought now.
    pub sold_out: bool,
    /// Bought again and again.
    pub replenishable: bool,
    /// What all variants of one product have in common; a symbol of this catalogue.
    pub group: Option<u32>,
    /// Empty where the shop has none.
    pub vector: Box<[i8]>,
}

impl Facts {
    /// Of a row, whose group the catalogue has named.
    pub fn of(row: &ItemRow, group: Option<u32>) -> Self {
        Self {
            sold_out: row.in_stock == Some(false),
            replenishable: row.replenishable,
            group,
            vector: row.vector.as_slice().into(),
        }
    }
}

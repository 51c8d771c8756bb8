//! How alike two items are by their attributes: the cosine of what they have,
//! each kind with the weight it has in a score. Must not live here: whether
//! alike is good.

use crate::engine::catalog::Catalog;
use crate::engine::score;

/// One item to compare others with.
#[derive(Debug)]
pub struct Likeness<'a> {
    catalog: &'a Catalog,
    /// The item's unit vector.
    own: Vec<f32>,
    item: u32,
}

impl<'a> Likeness<'a> {
    /// Prepares for comparing with this item.
    #[inline(never)]
    pub fn to(catalog: &'a Catalog, item: u32) -> Self {
        let mut own = vec![0.0; catalog.features().len()];
        let mut square = 0.0;
        for (feature, share) in catalog.traits(item).unwrap_or_default() {
            let weight = weight(catalog, *feature) * share;
            square += weight * weight;
            if let Some(slot) = own.get_mut(*feature as usize) {
                *slot = weight;
            }
        }
        if square > 0.0 {
            own.iter_mut().for_each(|weight| *weight /= square.sqrt());
        }
        Self { catalog, own, item }
    }

    /// 0 … 1.
    #[inline(never)]
    pub fn of(&self, other: u32) -> f32 {
        let (mut dot, mut square) = (0.0f32, 0.0f32);
        for (feature, share) in self.catalog.traits(other).unwrap_or_default() {
            let weight = weight(self.catalog, *feature) * share;
            dot += weight * self.own.get(*feature as usize).copied().unwrap_or_default();
            square += weight * weight;
        }
        if square > 0.0 { dot / square.sqrt() } else { 0.0 }
    }

    /// All of these that are alike at all, but for the item itself.
    #[inline(never)]
    pub fn of_all(&self, items: &[u32]) -> Vec<(u32, f32)> {
        let alike = items
            .iter()
            .copied()
            .filter(|item| *item != self.item)
            .map(|item| (item, self.of(item)));
        alike.filter(|(_, alike)| *alike > 0.0).collect()
    }
}

/// What a feature weighs.
fn weight(catalog: &Catalog, feature: u32) -> f32 {
    catalog.features().get(feature as usize).map_or(0.0, |known| score::weight(known.namespace))
}

/// Whether two items have anything in common, without preparing for many.
pub fn is_alike(catalog: &Catalog, item: u32, other: u32) -> bool {
    let own = catalog.traits(item).unwrap_or_default();
    let others = catalog.traits(other).unwrap_or_default();
    let counts = |feature: u32| weight(catalog, feature) > 0.0;
    own.iter().any(|(own, _)| others.iter().any(|(other, _)| own == other) && counts(*own))
}

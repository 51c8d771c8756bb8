//! How alike two items are by their attributes: the cosine of what they have,
//! each kind with the weight it has in a score. Must not live here: whether
//! alike is good.

use crate::engine::catalog::Catalog;
use crate::engine::score;

/// One item to compare others with.
#[derive(Debug)]
pub struct Likeness<'a> {
    catalog: &'a Catalog,
    /// What each feature weighs.
    weights: Vec<f32>,
    /// The item's unit vector.
    own: Vec<f32>,
    item: u32,
}

impl<'a> Likeness<'a> {
    /// Prepares for comparing with this item.
    #[inline(never)]
    pub fn to(catalog: &'a Catalog, item: u32) -> Self {
        let features = catalog.features().iter();
        let weights: Vec<f32> = features.map(|feature| score::weight(feature.namespace)).collect();
        let mut own = vec![0.0; weights.len()];
        let mut square = 0.0;
        for (feature, share) in catalog.traits(item).unwrap_or_default() {
            let weight = weights.get(*feature as usize).copied().unwrap_or_default() * share;
            square += weight * weight;
            if let Some(slot) = own.get_mut(*feature as usize) {
                *slot = weight;
            }
        }
        if square > 0.0 {
            own.iter_mut().for_each(|weight| *weight /= square.sqrt());
        }
        Self { catalog, weights, own, item }
    }

    /// 0 … 1.
    #[inline(never)]
    pub fn of(&self, other: u32) -> f32 {
        let (mut dot, mut square) = (0.0f32, 0.0f32);
        for (feature, share) in self.catalog.traits(other).unwrap_or_default() {
            let at = *feature as usize;
            let weight = self.weights.get(at).copied().unwrap_or_default() * share;
            dot += weight * self.own.get(at).copied().unwrap_or_default();
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

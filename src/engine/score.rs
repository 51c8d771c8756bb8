//! The additive score of a list: the merchant's place, plus what the shopper's
//! taste adds. Must not live here: how scores become places (`rank`).

use super::affinity::Affinity;
use super::catalog::{Catalog, Trait};
use super::explain::Contribution;
use super::intern::Namespace;
use super::math;

/// Weight of the merchant's order, and the offset that keeps its first places
/// from being worth too much: `−η · ln(rank + 3)`.
const ETA: f64 = 1.0;
const RANK_OFFSET: f64 = 3.0;
/// Weight of having looked at this very item.
const REMINDER: f32 = 1.0;
/// The strength at which weights count as they are.
const FULL_STRENGTH: f32 = 50.0;

/// Weights of the lifts by namespace: starting values until a shop's trainer
/// has fitted its own. A category says most; colour and tags are noisier.
fn weight(namespace: Namespace) -> f32 {
    match namespace {
        Namespace::Category => 1.0,
        Namespace::ParentCategory => 0.4,
        Namespace::Brand => 0.6,
        Namespace::PriceBand => 0.3,
        Namespace::Colour => 0.3,
        Namespace::Tag => 0.5,
        Namespace::CategoryBrand | Namespace::CategoryPrice => 0.3,
        _ => 0.0,
    }
}

/// What a score depends on besides the item and its place.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The shopper's taste.
    pub affinity: &'a Affinity,
    /// What the shopper chose after the same words before, if this is a search.
    pub query: Option<&'a super::query::QueryLifts>,
    /// The shop's items.
    pub catalog: &'a Catalog,
    /// 0 … 100.
    pub strength: f32,
}

/// The merchant's share of a score, by place from 0.
pub fn merchant(rank: usize) -> f32 {
    (-ETA * math::ln(rank as f64 + RANK_OFFSET)) as f32
}

impl Basis<'_> {
    /// What taste adds to an item's score.
    pub fn personal(&self, item: u32, traits: &[Trait]) -> f32 {
        let mut lifts = 0.0;
        for (feature, share) in traits {
            lifts += self.lift(*feature) * share;
        }
        self.scale() * (self.affinity.confidence * lifts + REMINDER * self.affinity.reminder(item))
    }

    /// The whole score of an item at a place of the merchant's order.
    pub fn score(&self, item: u32, rank: usize, traits: &[Trait]) -> f32 {
        merchant(rank) + self.personal(item, traits)
    }

    /// The same, part by part.
    pub fn contributions(&self, item: u32, rank: usize, traits: &[Trait]) -> Vec<Contribution> {
        let part = |code, label: &str, value: f32| Contribution {
            code,
            label: label.to_owned(),
            value: f64::from(value),
        };
        let mut parts = vec![part("position", "The shop's own order", merchant(rank))];
        let scale = self.scale();
        for (index, share) in traits {
            let Some(feature) = self.catalog.features().get(*index as usize) else { continue };
            let Some(code) = feature.namespace.interest() else { continue };
            let taste = weight(feature.namespace) * self.affinity.lift(*index);
            let value = scale * self.affinity.confidence * share * taste;
            parts.push(part(code, &feature.label, value));
            let chosen = self.query.map_or(0.0, |query| query.lift(*index));
            let value = scale * self.affinity.confidence * share * chosen;
            parts.push(part("query", &feature.label, value));
        }
        let reminder = scale * REMINDER * self.affinity.reminder(item);
        parts.push(part("reminder", "You looked at this", reminder));
        parts.retain(|part| part.code == "position" || part.value != 0.0);
        parts
    }

    fn lift(&self, feature: u32) -> f32 {
        let namespace = self.catalog.features().get(feature as usize).map(|f| f.namespace);
        namespace.map_or(0.0, weight) * self.affinity.lift(feature)
            + self.query.map_or(0.0, |query| query.lift(feature))
    }

    fn scale(&self) -> f32 {
        self.strength / FULL_STRENGTH
    }
}

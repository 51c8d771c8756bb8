//! The additive score of a list: the merchant's place, plus what the shopper's
//! taste adds. Must not live here: how scores become places (`rank`).

use super::affinity::Affinity;
use super::catalog::{Catalog, Feature, Trait};
use super::explain::Contribution;
use super::graph::Graph;
use super::intern::Namespace;
use super::math;
use super::query::QueryLifts;

/// Weight of the merchant's order, and the offset that keeps its first places
/// from being worth too much: `−η · ln(rank + 3)`.
const ETA: f64 = 1.0;
const RANK_OFFSET: f64 = 3.0;
/// Weight of what the surroundings say of a category. A list mostly is of one, where
/// it changes nothing, and no data here has mixed lists: so it stays small.
const CONTEXT: f32 = 0.25;
/// The strength at which weights count as they are.
const FULL_STRENGTH: f32 = 50.0;

/// Weights of the lifts by namespace, which a shop's artifact may raise or lower
/// together ([`RankWeights::taste`](super::artifact::rank_weights::RankWeights)). A
/// category says most; colour and tags are noisier.
pub fn weight(namespace: Namespace) -> f32 {
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
    pub query: Option<&'a QueryLifts>,
    /// How well the list's items go with what was looked at last.
    pub graph: &'a Graph,
    /// The shop's items.
    pub catalog: &'a Catalog,
    /// 0 … 100.
    pub strength: f32,
}

/// Scores items of one list.
#[derive(Debug)]
pub struct Scorer<'a> {
    basis: Basis<'a>,
    weighted: Vec<f32>,
    /// What is known from lists before, by handle; NaN where it is not.
    known: &'a mut [f32],
}

impl<'a> Scorer<'a> {
    /// A scorer that remembers in `known`, which belongs to the basis' affinity.
    pub fn new(basis: Basis<'a>, known: &'a mut [f32]) -> Self {
        Self { basis, weighted: Vec::new(), known }
    }

    /// What the shopper adds to an item's score; `None` for one without a row.
    pub fn personal(&mut self, item: u32) -> Option<f32> {
        let taste = self.taste(item)?;
        Some(taste + self.basis.graph(item))
    }

    fn taste(&mut self, item: u32) -> Option<f32> {
        let known = self.known.get_mut(item as usize)?;
        // What a query adds holds for its list only.
        if !known.is_nan() && self.basis.query.is_none() {
            return Some(*known);
        }
        let traits = self.basis.catalog.traits(item)?;
        if self.weighted.is_empty() {
            self.weighted = self.basis.weighted();
        }
        let taste = self.basis.taste(item, traits, &self.weighted);
        if self.basis.query.is_none() {
            *known = taste;
        }
        Some(taste)
    }
}

/// These attributes of one item as a unit vector, each weighted by its kind: one number
/// for each of them.
pub fn unit(traits: &[Trait], features: &[Feature]) -> Vec<f32> {
    let kind = |feature: u32| features.get(feature as usize).map_or(0.0, |f| weight(f.namespace));
    let mut unit: Vec<f32> = traits.iter().map(|(feature, share)| share * kind(*feature)).collect();
    let square: f32 = unit.iter().map(|weight| weight * weight).sum();
    if square > 0.0 {
        let scale = 1.0 / square.sqrt();
        unit.iter_mut().for_each(|weight| *weight *= scale);
    }
    unit
}

/// The merchant's share of a score, by place from 0.
pub fn merchant(rank: usize) -> f32 {
    (-ETA * math::ln(rank as f64 + RANK_OFFSET)) as f32
}

impl Basis<'_> {
    /// What each feature adds to a score, before an item's own shares: computed
    /// once for a list, so that an item costs a sum over its few features.
    pub fn weighted(&self) -> Vec<f32> {
        let trust = self.scale() * self.affinity.confidence;
        let features = self.catalog.features().iter().enumerate();
        let taste = |(index, feature): (usize, &Feature)| {
            let chosen = self.query.map_or(0.0, |query| query.lift(index as u32));
            trust * (self.lift(index as u32, feature) + chosen)
                + self.context(index as u32, feature)
        };
        features.map(taste).collect()
    }

    /// What the shopper adds to an item's score, given what each feature adds.
    pub fn personal(&self, item: u32, traits: &[Trait], weighted: &[f32]) -> f32 {
        self.taste(item, traits, weighted) + self.graph(item)
    }

    /// What an item's attributes are worth, given what each feature adds.
    pub fn likes(traits: &[Trait], weighted: &[f32]) -> f32 {
        let mut taste = 0.0;
        for (feature, share) in traits {
            taste += weighted.get(*feature as usize).copied().unwrap_or(0.0) * share;
        }
        taste
    }

    /// What taste adds to an item's score: without the part that depends on the list.
    fn taste(&self, item: u32, traits: &[Trait], weighted: &[f32]) -> f32 {
        Self::likes(traits, weighted) + self.reminder(item)
    }

    /// The score of an item at a place, part by part.
    pub fn contributions(&self, item: u32, rank: usize, traits: &[Trait]) -> Vec<Contribution> {
        let part = |code, label: &str, value: f32| Contribution {
            code,
            label: label.to_owned(),
            value: f64::from(value),
        };
        let mut parts = vec![part("position", "The shop's own order", merchant(rank))];
        let trust = self.scale() * self.affinity.confidence;
        for (index, share) in traits {
            let Some(feature) = self.catalog.features().get(*index as usize) else { continue };
            let Some(code) = feature.namespace.interest() else { continue };
            let taste = self.lift(*index, feature);
            parts.push(part(code, &feature.label, trust * share * taste));
            let context = self.context(*index, feature);
            parts.push(part("context", &feature.label, share * context));
            let chosen = self.query.map_or(0.0, |query| query.lift(*index));
            parts.push(part("query", &feature.label, trust * share * chosen));
        }
        let reminder = self.reminder(item);
        parts.push(part("reminder", "You looked at this", reminder));
        parts.push(part("graph", "Goes with what you looked at", self.graph(item)));
        parts.retain(|part| part.code == "position" || part.value != 0.0);
        parts
    }

    /// Liking of a feature, weighted by its kind and by what taste counts in this shop.
    fn lift(&self, index: u32, feature: &Feature) -> f32 {
        self.affinity.weights.taste * weight(feature.namespace) * self.affinity.lift(index)
    }

    fn reminder(&self, item: u32) -> f32 {
        self.scale() * self.affinity.weights.reminder * self.affinity.reminder(item)
    }

    /// Of leaf categories only: those above would say the same again.
    fn context(&self, index: u32, feature: &Feature) -> f32 {
        let is_leaf = feature.namespace == Namespace::Category;
        if is_leaf { self.scale() * CONTEXT * self.affinity.context(index) } else { 0.0 }
    }

    fn graph(&self, item: u32) -> f32 {
        self.scale() * self.graph.of(item)
    }

    fn scale(&self) -> f32 {
        self.strength / FULL_STRENGTH
    }
}

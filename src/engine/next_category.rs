//! Where this mission goes next: the categories the shopper is in, and where others
//! went from there. Must not live here: the rows (`artifact`), or what an order of
//! sections makes of it (`sections`).

use super::affinity;
use super::artifact::transitions::Transitions;
use super::catalog::Catalog;
use super::intern::{FeatureKey, Namespace};
use super::profile::Totals;

/// Evidence of this half hour at which the mission counts half: one look shows most
/// of where it goes.
const HALF_KNOWN: f64 = 0.5;

/// How probable each category is to be the next one.
#[derive(Clone, Debug, Default)]
pub struct NextCategory {
    chances: Vec<(FeatureKey, f64)>,
    /// How far there is a mission at all, 0 … 1.
    trust: f64,
}

impl NextCategory {
    /// From what was looked at in the last half hours; `section` holds the rows.
    pub fn new(
        totals: &Totals,
        catalog: &Catalog,
        transitions: &Transitions,
        section: &[u8],
    ) -> Self {
        let [recent, ..] = totals.namespace(Namespace::Category);
        if recent <= 0.0 {
            return Self::default();
        }
        let mut next = Self { chances: Vec::new(), trust: recent / (recent + HALF_KNOWN) };
        let own = |namespace| {
            let keys = totals.keys(namespace).into_iter();
            keys.map(move |(key, [evidence, ..])| (key, evidence.max(0.0) / recent))
        };
        let leaves: Vec<(FeatureKey, f64)> = own(Namespace::Category).collect();
        for (key, share) in leaves.iter().copied().chain(own(Namespace::ParentCategory)) {
            next.add(key, transitions.own_share * share);
        }
        // The last item's category, or, where this page does not know the item, all
        // categories of the mission by their shares.
        let last = affinity::looked_at(totals).first().and_then(|(key, _)| catalog.by_key(*key));
        let from = match last.and_then(|item| category(catalog, item)) {
            Some(category) => vec![(category, 1.0)],
            None => leaves,
        };
        for (category, share) in from {
            for (key, probability) in transitions.row(section, category) {
                next.add(key, (1.0 - transitions.own_share) * share * probability);
            }
        }
        next
    }

    /// How probable a category is to be next, as far as that is known: 0 … 1.
    pub fn chance(&self, key: FeatureKey) -> f64 {
        let known = self.chances.iter().find(|(known, _)| *known == key);
        known.map_or(0.0, |(_, chance)| self.trust * chance.min(1.0))
    }

    fn add(&mut self, key: FeatureKey, chance: f64) {
        match self.chances.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => *sum += chance,
            None => self.chances.push((key, chance)),
        }
    }
}

fn category(catalog: &Catalog, item: u32) -> Option<FeatureKey> {
    let traits = catalog.traits(item)?.iter();
    let features = traits.filter_map(|(feature, _)| catalog.features().get(*feature as usize));
    features.map(|feature| feature.key).find(|key| key.is(Namespace::Category))
}

//! What the shopper chose after these words before: a search for "heart" that
//! led to candles twice should show candles again. Stored as counters of
//! (word, category) pairs, hashed; the words themselves are not kept.

use super::affinity::KAPPA;
use super::catalog::Catalog;
use super::intern::{FeatureKey, Namespace};
use super::math;
use super::profile::Totals;

/// Words of a query that count; later ones are ignored.
const MOST_WORDS: usize = 6;
/// Weight of the lift in a score.
const WEIGHT: f64 = 0.8;
/// Bound of a lift, as for taste in general.
const LARGEST_LIFT: f64 = 2.0;

/// The words of a query that count.
pub fn words(query: &str) -> impl Iterator<Item = &str> {
    query.split_ascii_whitespace().take(MOST_WORDS)
}

/// The key of a choice: this word, then an item of this category.
pub fn choice_key(word: &str, category: &str) -> FeatureKey {
    FeatureKey::pair(Namespace::QueryCategory, word, Some(category))
}

/// Weighted lifts of the categories chosen after a query before.
#[derive(Clone, Debug, Default)]
pub struct QueryLifts(Vec<f32>);

impl QueryLifts {
    /// Lifts for a query, or `None` where nothing was ever chosen after its words.
    /// Those of features that are `muted` do not count.
    pub fn new(query: &str, totals: &Totals, catalog: &Catalog, muted: &[u32]) -> Option<Self> {
        let [_, this_week, _] = totals.namespace(Namespace::QueryCategory);
        if this_week <= 0.0 {
            return None;
        }
        let mut lifts = vec![0.0; catalog.features().len()];
        let categories = || {
            let features = catalog.features().iter().enumerate();
            let counts = |index: &usize| !muted.contains(&(*index as u32));
            features.filter(move |(index, feature)| {
                feature.namespace == Namespace::Category && counts(index)
            })
        };
        let count = words(query).count().max(1) as f64;
        for word in words(query) {
            // The week's counter: a search of another season says little today.
            let chosen = |label: &str| {
                let [_, this_week, _] = totals.get(choice_key(word, label));
                this_week.max(0.0)
            };
            let all: f64 = categories().map(|(_, feature)| chosen(&feature.label)).sum();
            if all <= 0.0 {
                continue;
            }
            for (index, feature) in categories() {
                let prior = catalog.share(feature);
                let share = (chosen(&feature.label) + KAPPA * prior) / (all + KAPPA);
                let lift = math::ln(share / prior).clamp(-LARGEST_LIFT, LARGEST_LIFT);
                if let Some(sum) = lifts.get_mut(index) {
                    *sum += (WEIGHT * lift / count) as f32;
                }
            }
        }
        Some(Self(lifts))
    }

    /// The weighted lift of a category feature; 0 for any other.
    pub fn lift(&self, feature: u32) -> f32 {
        self.0.get(feature as usize).copied().unwrap_or(0.0)
    }
}

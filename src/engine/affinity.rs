//! Taste: how much more a shopper looks at a value than the shop shows it.
//!
//! `share = (A + κ·π) / (T + κ)` shrinks the shopper's share of a value towards
//! the shop's own share π, and `lift = Σ β·ln(share / π)` over three half-lives.
//! No evidence gives lift 0, which is the merchant's order; so does looking at
//! what fills most of the shop. Must not live here: what an order does with it.

use super::artifact::rank_weights::RankWeights;
use super::catalog::{Catalog, Feature};
use super::intern::{FeatureKey, Namespace};
use super::math;
use super::profile::{LANES, Totals};
use super::sorting::best_first;

/// Shrinkage in events. In simulation with planted tastes, κ = 30 makes 6 % of
/// shoppers worse after one event and 18 % after ten, where the raw lift makes
/// 59 % and 39 % worse; both reach the same quality in the end.
pub const KAPPA: f64 = 30.0;
/// Weights of the half-lives 30 min, 7 d and 90 d.
const BETA: [f64; LANES] = [0.5, 0.3, 0.2];
/// Bound of a lift: a factor of e² either way.
const LARGEST_LIFT: f64 = 2.0;
/// Events at which the profile counts half: `confidence = n / (n + 8)`.
const HALF_CONFIDENT: f64 = 8.0;
/// Own recently viewed items that are remembered in an order.
const REMEMBERED: usize = 32;
/// Places after which a remembered item counts 1/e.
const REMINDER_DECAY: f64 = 3.0;

/// The key that counts the shopper's acts.
pub fn acts_key() -> FeatureKey {
    FeatureKey::new(Namespace::Statistic, "acts")
}

/// Lifts of all features of a catalogue at one moment.
#[derive(Clone, Debug, Default)]
pub struct Affinity {
    lifts: Vec<f32>,
    reminders: Vec<f32>,
    /// How far the lifts are to be believed, 0 … 1.
    pub confidence: f32,
    /// What the surroundings of the visit say of each feature; empty where nothing.
    pub context: Vec<f32>,
    /// How much each part of a score weighs in this shop.
    pub weights: RankWeights,
}

impl Affinity {
    /// Reads the totals against the shop's shares.
    pub fn new(totals: &Totals, catalog: &Catalog) -> Self {
        let [_, this_week, _] = totals.get(acts_key());
        let acts = this_week.max(0.0);
        let mut reminders = vec![0.0; catalog.len()];
        for (age, handle) in recently_viewed(totals, catalog).take(REMEMBERED).enumerate() {
            let [_, evidence, _] =
                catalog.key(handle).map(|key| totals.get(key)).unwrap_or_default();
            if let Some(reminder) = reminders.get_mut(handle as usize) {
                // What was left at once, or disliked, is no reason to show it again.
                let liked = evidence.clamp(0.0, 1.0);
                *reminder = (liked * math::exp(-(age as f64) / REMINDER_DECAY)) as f32;
            }
        }
        Self {
            lifts: catalog.features().iter().map(|f| lift(totals, catalog, f) as f32).collect(),
            reminders,
            confidence: (acts / (acts + HALF_CONFIDENT)) as f32,
            context: Vec::new(),
            weights: RankWeights::default(),
        }
    }

    /// Lift of a feature, −2 … 2; 0 for one without evidence.
    pub fn lift(&self, feature: u32) -> f32 {
        self.lifts.get(feature as usize).copied().unwrap_or(0.0)
    }

    /// What the surroundings of the visit say of a feature, −1 … 1.
    pub fn context(&self, feature: u32) -> f32 {
        self.context.get(feature as usize).copied().unwrap_or(0.0)
    }

    /// Up to 1 for the item looked at last, less for older ones, 0 for others.
    pub fn reminder(&self, item: u32) -> f32 {
        self.reminders.get(item as usize).copied().unwrap_or(0.0)
    }

    /// Whether any order would be the merchant's.
    pub fn is_blank(&self) -> bool {
        self.confidence == 0.0 && self.reminders.iter().all(|reminder| *reminder == 0.0)
    }
}

/// Handles of the items looked at, newest first.
pub fn recently_viewed(totals: &Totals, catalog: &Catalog) -> impl Iterator<Item = u32> {
    looked_at(totals).into_iter().filter_map(|(key, _)| catalog.by_key(key))
}

/// Keys and evidence of the items looked at, newest first, whether this page knows
/// them or not.
pub fn looked_at(totals: &Totals) -> Vec<(FeatureKey, [f64; LANES])> {
    let mut items = totals.keys(Namespace::Item);
    items.retain(|(_, [recency, ..])| *recency > 0.0);
    // The logarithm is the time of the look: an f32 tells days in it apart from
    // months, where the decayed value itself would round to zero.
    let looked = |(_, [recency, ..]): &(_, [f64; LANES])| math::log2(*recency) as f32;
    best_first(&items, looked)
}

/// The shopper's shrunken share of a feature, one per half-life.
pub fn shares(totals: &Totals, catalog: &Catalog, feature: &Feature) -> [f64; LANES] {
    let prior = catalog.share(feature);
    let own = totals.get(feature.key);
    let all = totals.namespace(feature.namespace);
    std::array::from_fn(|lane| {
        let (own, all) = (own.get(lane), all.get(lane));
        let (own, all) = (own.copied().unwrap_or(0.0), all.copied().unwrap_or(0.0));
        // Dislike may outweigh what the shop itself brings; a share stays positive.
        ((own + KAPPA * prior) / (all + KAPPA)).max(prior * 1e-3)
    })
}

fn lift(totals: &Totals, catalog: &Catalog, feature: &Feature) -> f64 {
    let prior = catalog.share(feature);
    let shares = shares(totals, catalog, feature);
    let lift: f64 =
        shares.into_iter().zip(BETA).map(|(share, beta)| beta * math::ln(share / prior)).sum();
    lift.clamp(-LARGEST_LIFT, LARGEST_LIFT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::ItemRow;
    use crate::engine::time::{Day, Millis};

    fn catalog() -> Catalog {
        let mut catalog = Catalog::default();
        for index in 0..10 {
            let category = if index < 6 { "Socks" } else { "Hats" };
            catalog.add(&ItemRow {
                id: format!("i{index}"),
                category: vec![category.into()],
                ..ItemRow::default()
            });
        }
        catalog
    }

    fn after(views: f32, category: &str) -> Affinity {
        let day = Day(100);
        let cells = [
            (day, FeatureKey::new(Namespace::Category, category), [views; 3]),
            (day, acts_key(), [views; 3]),
        ];
        Affinity::new(&Totals::read(cells.into_iter(), day.start()), &catalog())
    }

    fn lift_of(affinity: &Affinity, category: &str) -> f32 {
        let catalog = catalog();
        let key = FeatureKey::new(Namespace::Category, category);
        affinity.lift(catalog.feature(key).unwrap().0)
    }

    #[test]
    fn nothing_seen_means_nothing_known() {
        let blank = Affinity::new(&Totals::default(), &catalog());
        assert!(blank.is_blank());
        assert_eq!(lift_of(&blank, "Socks"), 0.0);
    }

    #[test]
    fn looking_at_the_rare_says_more_than_at_the_common() {
        let (socks, hats) = (after(5.0, "Socks"), after(5.0, "Hats"));
        assert!(lift_of(&hats, "Hats") > lift_of(&socks, "Socks"));
        assert!(lift_of(&hats, "Socks") < 0.0);
    }

    #[test]
    fn dislike_lowers_and_all_is_bounded() {
        assert!(lift_of(&after(-50.0, "Hats"), "Hats") < -0.5);
        assert!(lift_of(&after(1e9, "Hats"), "Hats") <= LARGEST_LIFT as f32);
        assert!(after(1e9, "Hats").confidence <= 1.0);
    }

    #[test]
    fn the_newest_item_is_remembered_most() {
        let catalog = catalog();
        let day = Day(100);
        let item = |id| FeatureKey::new(Namespace::Item, id);
        let cells = [(day, item("i3"), [4.0, 1.0, 0.0]), (day, item("i5"), [9.0, 2.0, 0.0])];
        let totals = Totals::read(cells.into_iter(), Millis::default());
        let seen: Vec<u32> = recently_viewed(&totals, &catalog).collect();
        assert_eq!(seen, [5, 3]);
        let affinity = Affinity::new(&totals, &catalog);
        assert_eq!(affinity.reminder(5), 1.0);
        assert!(affinity.reminder(3) < 1.0 && affinity.reminder(3) > 0.0);
    }
}

//! How ready the shopper is to buy: what the profile says, by the names a model's
//! columns have, and the stage it comes to. Must not live here: the model
//! (`artifact::forest`), or what a page does with the stage.
//!
//! | column | what it is |
//! |---|---|
//! | `acts`, `actsThisWeek`, `actsThisSeason` | acts, with half-lives of 30 min, 7 d, 90 d |
//! | `items` | items looked at within half an hour |
//! | `categories` | categories met in this mission |
//! | `focus` | share of the first of them, 0 … 1 |
//! | `attention` | evidence an act: how long items are looked at |
//! | `addToCart`, `wishlist`, `search`, `purchase` | such acts, half-life of 30 min |
//! | `purchasesThisSeason` | half-life of 90 d |
//! | `device`, `hour`, `weekday`, `season`, `channel`, `locale`, `connection` | words, see `context` |

use super::affinity::acts_key;
use super::artifact::forest::{Forest, Known};
use super::context::Context;
use super::event::EventKind;
use super::intern::{FeatureKey, Namespace};
use super::profile::{LANES, Totals};

/// Where a shopper stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// No model, or nothing that it could judge.
    #[default]
    Unknown,
    /// Looks around.
    Browse,
    /// Weighs.
    Compare,
    /// Is about to buy.
    Buy,
}

impl Stage {
    /// The name the public API uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Browse => "browse",
            Self::Compare => "compare",
            Self::Buy => "buy",
        }
    }
}

/// What an item's recency has fallen to after half an hour.
const HALF_HOUR: f64 = 0.943_874_312_681_693_5;
/// Evidence of a category that is part of this mission.
const MET: f64 = 0.25;
/// A stage that was reached is kept until the probability is this much below where it
/// begins, so that a page does not change to and fro.
const INERTIA: f32 = 0.85;

/// The counter of acts of one kind.
pub fn kind_key(kind: EventKind) -> FeatureKey {
    FeatureKey::new(Namespace::Statistic, kind.name())
}

/// Whether acts of this kind have a counter of their own.
pub fn is_counted(kind: EventKind) -> bool {
    use EventKind::{AddToCart, Purchase, Search, Wishlist};
    matches!(kind, AddToCart | Wishlist | Search | Purchase)
}

/// What the profile says, by column key.
fn columns(totals: &Totals) -> Vec<(FeatureKey, f64)> {
    let [acts, week, season] = totals.get(acts_key());
    let items = totals.keys(Namespace::Item);
    let recent = items.iter().filter(|(_, [recency, ..])| *recency >= HALF_HOUR).count();
    let categories = totals.keys(Namespace::Category);
    let evidence = |(_, [recent, ..]): &(FeatureKey, [f64; LANES])| recent.max(0.0);
    let most = categories.iter().map(evidence).fold(0.0, f64::max);
    let all: f64 = categories.iter().map(evidence).sum();
    let met = categories.iter().filter(|category| evidence(category) > MET).count();
    let part = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let mut columns: Vec<(FeatureKey, f64)> = [
        ("actsThisWeek", week),
        ("actsThisSeason", season),
        ("items", recent as f64),
        ("categories", met as f64),
        ("focus", part(most, all)),
        ("attention", part(all, acts)),
    ]
    .map(|(name, value)| (FeatureKey::new(Namespace::Statistic, name), value))
    .to_vec();
    columns.push((acts_key(), acts));
    for kind in EventKind::ALL.into_iter().filter(|kind| is_counted(*kind)) {
        let [recent, _, season] = totals.get(kind_key(kind));
        columns.push((kind_key(kind), recent));
        if kind == EventKind::Purchase {
            let key = FeatureKey::new(Namespace::Statistic, "purchasesThisSeason");
            columns.push((key, season));
        }
    }
    columns
}

/// The stage, after the one before, and the probability; unknown where nothing was
/// done yet, or where the model asks for nothing that a device knows.
pub fn intent(
    forest: &Forest,
    section: &[u8],
    totals: &Totals,
    context: &Context,
    before: Stage,
) -> (Stage, f64) {
    let columns = columns(totals);
    let known = |key: u32| {
        let number = columns.iter().find(|(known, _)| known.0 == key);
        number.map(|(_, value)| Known::Number(*value as f32)).or_else(|| context.known(key))
    };
    let [_, week, _] = totals.get(acts_key());
    if week <= 0.0 || !forest.keys().any(|key| known(key).is_some()) {
        return (Stage::Unknown, 0.0);
    }
    let probability = forest.probability(section, known);
    let [compare, buy] = forest.bounds();
    let reached = |bound: f32, stage: Stage| {
        let bound = if before >= stage { bound * INERTIA } else { bound };
        probability >= f64::from(bound)
    };
    let stage = match () {
        () if reached(buy, Stage::Buy) => Stage::Buy,
        () if reached(compare, Stage::Compare) => Stage::Compare,
        () => Stage::Browse,
    };
    (stage, probability)
}

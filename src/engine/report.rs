//! What the device knows, in words for the shopper.
//! Must not live here: anything an order depends on.

use super::affinity::{self, Affinity};
use super::catalog::Catalog;
use super::holdings;
use super::ledger::Ledger;
use super::muting::Muted;
use super::profile::Totals;
use super::sorting::best_first;

/// Interests and items a profile lists at most.
const MOST_LISTED: usize = 30;

/// An attribute value the shopper looks at more than the shop shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Interest {
    /// `category`, `brand`, `price`, `colour`, `tag`, …
    pub kind: &'static str,
    /// The value in the shop's own words.
    pub value: String,
    /// How strongly it enters an order, 0 … 1: its lift, as far as it is to be
    /// believed, and less for a value seen once among many than for one that
    /// most looks shared.
    pub score: f64,
    /// Its part of what the shopper looked at this week, of its kind, 0 … 1.
    pub share: f64,
}

/// What the device knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Acts of the shopper that were counted.
    pub events: u32,
    /// First day with evidence, as epoch milliseconds of its start.
    pub since: Option<f64>,
    /// Whether learning is paused.
    pub paused: bool,
    /// Best first. Only values this page knows: the ledger holds no words.
    pub interests: Vec<Interest>,
    /// Ids this page knows, newest first, but for what was dismissed since.
    pub recently_viewed: Vec<String>,
    /// What the shopper muted, as far as this page knows it: kind, value, kind …
    pub muted: Vec<String>,
    /// Whether the shopper wants the shop's own order.
    pub shop_order: bool,
}

/// Puts the profile into words.
pub fn profile(
    ledger: &Ledger,
    totals: &Totals,
    affinity: &Affinity,
    catalog: &Catalog,
    paused: bool,
    muted: &Muted,
) -> Profile {
    let features = catalog.features().iter().enumerate();
    let interests: Vec<Interest> = features
        .filter_map(|(index, feature)| {
            let [_, all, _] = totals.namespace(feature.namespace);
            let [_, own, _] = totals.get(feature.key);
            let share = if all > 0.0 { own.max(0.0) / all } else { 0.0 };
            let trust = f64::from(affinity.lift(index as u32) * affinity.confidence) / 2.0;
            let score = trust * share.sqrt();
            let kind = feature.namespace.interest()?;
            (score > 0.0).then(|| Interest { kind, value: feature.label.to_string(), score, share })
        })
        .collect();
    let mut interests = best_first(&interests, |interest| interest.score as f32);
    interests.truncate(MOST_LISTED);
    let recent = affinity::recently_viewed(totals, catalog).filter_map(|item| {
        let is_wanted = !holdings::was_dismissed(totals, catalog, item);
        is_wanted.then(|| catalog.id(item).map(str::to_owned))?
    });
    let mut named = Vec::new();
    for feature in muted.named.iter().filter_map(|index| catalog.features().get(*index as usize)) {
        named.push(feature.namespace.interest().unwrap_or_default().to_owned());
        named.push(feature.label.to_string());
    }
    Profile {
        events: ledger.acts(),
        since: ledger.first_day().map(|day| day.start().to_js()),
        paused,
        interests,
        recently_viewed: recent.take(MOST_LISTED).collect(),
        muted: named,
        shop_order: muted.order,
    }
}

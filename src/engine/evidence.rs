//! What an event files in the journal. Must not live here: what the counters
//! add up to (`profile`), or what an event weighs (`event`).

use super::affinity;
use super::artifact::event_weights::EventWeights;
use super::catalog::Catalog;
use super::event::{Event, EventKind, attention};
use super::intent;
use super::intern::{FeatureKey, KeyMap, Namespace};
use super::journal::Journal;
use super::query;
use super::time::Millis;

/// Evidence about items whose row has not been registered yet waits for it.
const MOST_WAITING: usize = 256;

/// What one document must remember between events to file them right.
#[derive(Debug, Default)]
pub struct Evidence {
    /// What each act is worth in this shop.
    weights: EventWeights,
    /// Evidence for items without a row, oldest first: `(item, at, weight)`.
    waiting: Vec<(u32, Millis, f32)>,
    /// Dwell in ms and the weight credited for it, by item.
    attended: KeyMap<(f32, f32)>,
}

impl Evidence {
    /// From now on acts are worth this much; what was filed stays as it is.
    pub fn weigh(&mut self, weights: EventWeights) {
        self.weights = weights;
    }

    /// Files an event about an item. `words` is the query of the list it was
    /// clicked in.
    pub fn file_item(
        &mut self,
        journal: &mut Journal,
        catalog: &Catalog,
        event: &Event,
        item: u32,
        words: Option<&str>,
    ) {
        // Being shown an item says nothing about taste.
        let Some(key) = catalog.key(item).filter(|_| event.kind != EventKind::Impression) else {
            return;
        };
        let weight = match event.kind {
            EventKind::View | EventKind::Dwell => self.attend(event, item),
            kind => self.weights.of(kind),
        };
        if let Some(words) = words.filter(|_| event.kind == EventKind::Click) {
            file_choice(journal, catalog, item, words, event.at);
        }
        file_holding(journal, key, event);
        let looked = matches!(event.kind, EventKind::View | EventKind::Dwell | EventKind::Click);
        journal.credit(key, event.at, [f32::from(looked), weight, weight]);
        if catalog.traits(item).is_some() {
            file_traits(journal, catalog, item, event.at, weight);
        } else {
            if self.waiting.len() == MOST_WAITING {
                self.waiting.remove(0);
            }
            self.waiting.push((item, event.at, weight));
        }
    }

    /// Files what waited for this item's row; whether there was anything.
    pub fn file_waiting(&mut self, journal: &mut Journal, catalog: &Catalog, item: u32) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(waits, at, weight)| {
            let ready = *waits == item;
            if ready {
                file_traits(journal, catalog, item, *at, *weight);
            }
            !ready
        });
        self.waiting.len() < before
    }

    /// Weight that a view or more dwell adds, so that all views and dwells of an
    /// item in this document together count as one view of their total dwell.
    /// A view counts fully until its dwell is known.
    fn attend(&mut self, event: &Event, item: u32) -> f32 {
        let more = event.dwell_ms.filter(|ms| ms.is_finite()).unwrap_or(0.0).max(0.0);
        let Some((dwell, credited)) = self.attended.entry(item.into()) else { return 0.0 };
        *dwell += more;
        let unmeasured = event.kind == EventKind::View && event.dwell_ms.is_none() && *dwell == 0.0;
        let deserved = if unmeasured { EventKind::View.weight() } else { attention(*dwell) };
        deserved - std::mem::replace(credited, deserved)
    }
}

/// Files an act of the shopper under the count of all acts, and those that say most
/// of a mission under their kind.
pub fn file_act(journal: &mut Journal, kind: EventKind, at: Millis) {
    journal.credit(affinity::acts_key(), at, [1.0; 3]);
    if intent::is_counted(kind) {
        journal.credit(intent::kind_key(kind), at, [1.0; 3]);
    }
}

/// Files that a section or banner was seen or clicked.
pub fn file_arm(journal: &mut Journal, key: FeatureKey, clicked: bool, at: Millis) {
    journal.credit(key, at, if clicked { [1.0, 0.0, 0.0] } else { [0.0, 1.0, 1.0] });
}

/// Files what became of an item: in the basket, out of it, bought, sent back, dismissed.
fn file_holding(journal: &mut Journal, item: FeatureKey, event: &Event) {
    let (holding, bought) = match event.kind {
        EventKind::AddToCart => ([1.0, 0.0, 0.0], 0.0),
        EventKind::RemoveFromCart => ([0.0, 1.0, 0.0], 0.0),
        EventKind::Purchase => ([0.0, 1.0, 0.0], 1.0),
        EventKind::Refund => ([0.0; 3], -1.0),
        EventKind::Dismiss => ([0.0, 0.0, 1.0], 0.0),
        _ => return,
    };
    if holding != [0.0; 3] {
        journal.credit(item.within(Namespace::Holding), event.at, holding);
    }
    if bought != 0.0 {
        // What was sent back was bought all the same: the time stays.
        let times = [f32::max(bought, 0.0), bought, bought];
        journal.credit(item.within(Namespace::Purchase), event.at, times);
    }
}

fn file_traits(journal: &mut Journal, catalog: &Catalog, item: u32, at: Millis, weight: f32) {
    for (feature, _) in catalog.traits(item).into_iter().flatten() {
        if let Some(feature) = catalog.features().get(*feature as usize) {
            journal.credit(feature.key, at, [weight; 3]);
        }
    }
}

fn file_choice(journal: &mut Journal, catalog: &Catalog, item: u32, words: &str, at: Millis) {
    let traits = catalog.traits(item).into_iter().flatten();
    let category = traits
        .filter_map(|(feature, _)| catalog.features().get(*feature as usize))
        .find(|feature| feature.namespace == Namespace::Category);
    if let Some(category) = category {
        for word in query::words(words) {
            journal.credit(query::choice_key(word, &category.label), at, [1.0; 3]);
        }
    }
}

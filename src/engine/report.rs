//! What the device knows, in words for the shopper: the profile and its export.
//! Must not live here: anything an order depends on.

use super::affinity::{self, Affinity};
use super::catalog::Catalog;
use super::intern::Namespace;
use super::ledger::Ledger;
use super::profile::{LANES, Totals};
use super::sorting::best_first;
use serde::Serialize;

/// Interests and items a profile lists at most.
const MOST_LISTED: usize = 30;

/// An attribute value the shopper looks at more than the shop shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interest {
    /// `category`, `brand`, `price`, `colour`, `tag`, …
    pub kind: &'static str,
    /// The value in the shop's own words.
    pub value: String,
    /// How strongly it enters an order, 0 … 1.
    pub score: f64,
    /// Its part of what the shopper looked at this week, of its kind, 0 … 1.
    pub share: f64,
}

/// What the device knows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Acts of the shopper that were counted.
    pub events: u32,
    /// First day with evidence, as epoch milliseconds of its start.
    pub since: Option<f64>,
    /// Whether learning is paused.
    pub paused: bool,
    /// Best first. Only values this page knows: the ledger holds no words.
    pub interests: Vec<Interest>,
    /// Ids this page knows, newest first.
    pub recently_viewed: Vec<String>,
}

/// Everything stored or storable, as plain data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// Always `reshelf-profile`.
    pub format: &'static str,
    /// Version of this shape.
    pub version: u32,
    /// The store's namespace.
    pub store: String,
    /// The profile as it reads now.
    pub profile: Profile,
    /// The evidence behind it, document by document.
    pub documents: Vec<DocumentExport>,
}

/// One document's journal.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentExport {
    /// Its random name, in hexadecimal.
    pub id: String,
    /// Grows with every change.
    pub sequence: u32,
    /// Acts in this document.
    pub events: u32,
    /// Its counters.
    pub cells: Vec<CellExport>,
}

/// One cell of a journal.
#[derive(Clone, Debug, Serialize)]
pub struct CellExport {
    /// Epoch milliseconds of the start of its day.
    pub day: f64,
    /// The hashed key.
    pub key: u32,
    /// What the key stands for, where this page knows it.
    pub value: Option<String>,
    /// The counters; their half-lives depend on the key's kind.
    pub counters: [f32; LANES],
}

/// Puts the profile into words.
pub fn profile(
    ledger: &Ledger,
    totals: &Totals,
    affinity: &Affinity,
    catalog: &Catalog,
    paused: bool,
) -> Profile {
    let features = catalog.features().iter().enumerate();
    let interests: Vec<Interest> = features
        .filter_map(|(index, feature)| {
            let score = f64::from(affinity.lift(index as u32) * affinity.confidence) / 2.0;
            let [_, all, _] = totals.namespace(feature.namespace);
            let [_, own, _] = totals.get(feature.key);
            let share = if all > 0.0 { own.max(0.0) / all } else { 0.0 };
            let kind = feature.namespace.interest()?;
            (score > 0.0 && share > 0.0).then(|| Interest {
                kind,
                value: feature.label.to_string(),
                score,
                share,
            })
        })
        .collect();
    let mut interests = best_first(interests, |interest| interest.score as f32);
    interests.truncate(MOST_LISTED);
    let recent = affinity::recently_viewed(totals, catalog).take(MOST_LISTED);
    Profile {
        events: ledger.acts(),
        since: ledger.first_day().map(|day| day.start().to_js()),
        paused,
        interests,
        recently_viewed: recent.filter_map(|item| catalog.id(item).map(str::to_owned)).collect(),
    }
}

/// Puts the ledger into plain data.
pub fn export(store: &str, profile: Profile, ledger: &Ledger, catalog: &Catalog) -> Export {
    let documents = ledger.journals().map(|(id, journal)| DocumentExport {
        id: format!("{:016x}", id.0),
        sequence: journal.sequence,
        events: journal.acts,
        cells: journal
            .cells()
            .into_iter()
            .map(|(day, key, counters)| {
                let value = if key.is(Namespace::Item) {
                    catalog.by_key(key).and_then(|item| catalog.id(item)).map(str::to_owned)
                } else {
                    catalog.feature(key).map(|(_, feature)| feature.label.to_string())
                };
                CellExport { day: day.start().to_js(), key: key.0, value, counters }
            })
            .collect(),
    });
    Export {
        format: "reshelf-profile",
        version: 1,
        store: store.to_owned(),
        profile,
        documents: documents.collect(),
    }
}

//! What the command line sees of what is fitted to sessions of a shop with categories:
//! contexts, segments, and the weights of a list's score. With the
//! feature `train` only. Must not live here: how they are trained (`train`).

use super::evaluations::cut;
use crate::engine::artifact::container::SectionId;
use crate::train::contexts::{self, Visit};
use crate::train::corpus::Session;
use crate::train::rank_weights;
use crate::train::segmentation;
use crate::train::shopping::Shelves;
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Sessions that teach: of more, every second one, third one …
const MOST_SESSIONS: usize = 200_000;

/// Sections, and what they add.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Priors {
    contexts: Vec<u8>,
    segments: Vec<u8>,
    rank_weights: Vec<u8>,
    report: Report,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    contexts: Contexts,
    segments: Segments,
    rank_weights: Weights,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Contexts {
    questions: usize,
    mrr_without: f64,
    mrr_with: f64,
    kinds: BTreeMap<String, Kind>,
}

#[derive(Debug, Serialize)]
struct Kind {
    weight: f64,
    mrr: f64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Segments {
    segments: usize,
    questions: usize,
    mrr_without: f64,
    mrr_with: f64,
}

/// Weights of a list's score, and shares of lists.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Weights {
    graph: f32,
    doubt: f32,
    reminder: f32,
    taste: f32,
    questions: u32,
    mrr_merchant: f64,
    mrr_without: f64,
    mrr_with: f64,
    worse_without: f64,
    worse_with: f64,
}

impl Weights {
    fn new(found: rank_weights::Report) -> Self {
        let rank_weights::Report { weights, plain, with } = found;
        let questions = f64::from(plain.queries.max(1));
        let [merchant, without] = plain.reciprocal.map(|sum| sum / questions);
        let [_, with_weights] = with.reciprocal.map(|sum| sum / questions);
        Self {
            graph: weights.graph,
            doubt: weights.doubt,
            reminder: weights.reminder,
            taste: weights.taste,
            questions: plain.queries,
            mrr_merchant: merchant,
            mrr_without: without,
            mrr_with: with_weights,
            worse_without: f64::from(plain.worse) / questions,
            worse_with: f64::from(with.worse) / questions,
        }
    }
}

#[wasm_bindgen]
impl Priors {
    /// Trains all three. `categories` are of each item, as numbers of the names; sessions,
    /// oldest first, are their lengths, the items of all, one after another, who it
    /// was, and the number of the text of facts: kind, value … a line each. Brands are
    /// empty and prices NaN where they are not known.
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::too_many_arguments, reason = "columns cross the boundary one by one")]
    pub fn new(
        ids: Vec<String>,
        names: Vec<String>,
        categories: Vec<u32>,
        brands: Vec<String>,
        prices: &[f64],
        lengths: &[u32],
        items: &[u32],
        people: &[u32],
        facts: &[u32],
        texts: Vec<String>,
        transitions: Vec<u8>,
        k: u32,
    ) -> Result<Priors, JsError> {
        let mismatch =
            || JsError::new("The lists of sessions, items and facts do not fit together.");
        let sessions = cut(lengths, items)
            .filter(|sessions| [people.len(), facts.len()] == [sessions.len(); 2])
            .filter(|_| categories.len() == ids.len())
            .ok_or_else(mismatch)?;
        let shelves =
            Shelves { ids: &ids, names: &names, categories: &categories, brands: &brands, prices };
        let texts: Vec<_> = texts.iter().map(|text| Rc::new(pairs(text))).collect();
        let step = sessions.len().div_ceil(MOST_SESSIONS).max(1);
        let rows = sessions.into_iter().zip(people).zip(facts).step_by(step);
        let visit = |((mut items, person), facts): ((Vec<u32>, &u32), &u32)| {
            items.retain(|item| shelves.category(*item).is_some());
            let categories = shelves.categories(&items);
            let facts = texts.get(*facts as usize).cloned().unwrap_or_default();
            Visit { items, categories, person: *person, facts }
        };
        let visits: Vec<Visit> = rows.map(visit).collect();
        let (contexts, found) = contexts::section(&names, &visits, k);
        let more = [(SectionId::TRANSITIONS, transitions)];
        let (segments, chosen) =
            segmentation::train(&shelves, &visits, k, &more).map_err(|_| mismatch())?;
        let sessions: Vec<Session> = visits
            .iter()
            .map(|visit| Session {
                items: visit.items.clone(),
                person: visit.person,
                ..Session::default()
            })
            .collect();
        let (rank_weights, weighed) =
            rank_weights::train(&shelves, &sessions, k).map_err(|_| mismatch())?;
        let kind =
            |gain: contexts::Gain| (gain.kind, Kind { weight: gain.weight, mrr: gain.alone });
        let report = Report {
            contexts: Contexts {
                questions: found.questions,
                mrr_without: found.plain,
                mrr_with: found.with,
                kinds: found.gains.into_iter().map(kind).collect(),
            },
            segments: Segments {
                segments: chosen.segments,
                questions: chosen.questions,
                mrr_without: chosen.plain,
                mrr_with: chosen.with,
            },
            rank_weights: Weights::new(weighed),
        };
        Ok(Self { contexts, segments, rank_weights, report })
    }

    /// The section of contexts; empty where none helps.
    pub fn contexts(&self) -> Vec<u8> {
        self.contexts.clone()
    }

    /// The section of segments; empty where they do not help.
    pub fn segments(&self) -> Vec<u8> {
        self.segments.clone()
    }

    /// The section of a list's weights; empty where the starting values are as good.
    #[wasm_bindgen(js_name = rankWeights)]
    pub fn rank_weights(&self) -> Vec<u8> {
        self.rank_weights.clone()
    }

    /// What was measured.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn report(&self) -> Result<JsValue, JsError> {
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        Ok(self.report.serialize(&plain)?)
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let pair = |[kind, value]: &[&str; 2]| ((*kind).to_owned(), (*value).to_owned());
    lines.as_chunks::<2>().0.iter().map(pair).collect()
}

//! What the command line adds to an artifact besides what sessions alone give. With
//! the feature `train` only. Must not live here: how the sections are made (`train`).

use super::evaluations::cut;
use crate::engine::artifact::container::SectionId;
use crate::engine::event::EventKind;
use crate::train::event_weights::{self, Acts};
use crate::train::splitting;
use crate::train::transitions;
use crate::train::writing;
use wasm_bindgen::prelude::*;

/// Rows of where shoppers go from a category. Names are whole paths; sessions are
/// their lengths and the categories of all their clicks, as numbers of the names.
///
/// # Errors
/// When the lists do not fit together.
#[wasm_bindgen(js_name = packTransitions)]
pub fn pack_transitions(
    names: Vec<String>,
    lengths: &[u32],
    categories: &[u32],
    k: u32,
) -> Result<Vec<u8>, JsError> {
    let sessions = cut(lengths, categories)
        .filter(|_| categories.iter().all(|category| (*category as usize) < names.len()))
        .ok_or_else(|| JsError::new("The lists of sessions and categories do not fit together."))?;
    Ok(transitions::section(&names, &sessions, k))
}

/// What acts say of taste in a shop, by how many of each kind there are and how many
/// something was bought after.
#[wasm_bindgen]
#[derive(Debug)]
pub struct EventWeights(Vec<(EventKind, f32)>);

#[wasm_bindgen]
impl EventWeights {
    /// Fits weights to acts, a kind a row, as `cli/sql/event-weights.sql` counts them.
    #[wasm_bindgen(constructor)]
    pub fn new(kinds: &[u32], all: &[u32], bought: &[u32]) -> EventWeights {
        let rows = kinds.iter().zip(all).zip(bought);
        let acts = |((kind, all), bought): ((&u32, &u32), &u32)| Acts {
            kind: *kind as u8,
            all: *all,
            bought: *bought,
        };
        Self(event_weights::fit(&rows.map(acts).collect::<Vec<_>>()))
    }

    /// Names of the acts that were fitted.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|(kind, _)| kind.name().to_owned()).collect()
    }

    /// Their weights, in product views.
    pub fn values(&self) -> Vec<f32> {
        self.0.iter().map(|(_, weight)| *weight).collect()
    }

    /// The section of an artifact; empty if nothing was fitted.
    pub fn section(&self) -> Vec<u8> {
        event_weights::section(&self.0)
    }
}

/// Bytes by which these sections make an artifact longer.
#[wasm_bindgen(js_name = roomOf)]
pub fn room(
    transitions: Option<Vec<u8>>,
    intent: Option<Vec<u8>>,
    contexts: Option<Vec<u8>>,
    segments: Option<Vec<u8>>,
    event_weights: Option<Vec<u8>>,
    rank_weights: Option<Vec<u8>>,
) -> u32 {
    let bytes = [transitions, intent, contexts, segments, event_weights, rank_weights];
    writing::room(&sections(bytes)) as u32
}

/// The artifact with these sections in addition.
///
/// # Errors
/// When the file is none.
#[wasm_bindgen(js_name = extendArtifact)]
pub fn extend(
    file: Vec<u8>,
    transitions: Option<Vec<u8>>,
    intent: Option<Vec<u8>>,
    contexts: Option<Vec<u8>>,
    segments: Option<Vec<u8>>,
    event_weights: Option<Vec<u8>>,
    rank_weights: Option<Vec<u8>>,
) -> Result<Vec<u8>, JsError> {
    let bytes = [transitions, intent, contexts, segments, event_weights, rank_weights];
    writing::extended(file, &sections(bytes)).map_err(|_| JsError::new("The file is no artifact."))
}

/// An artifact as the files that a page loads: core and graph, or core and shards.
///
/// # Errors
/// When the file is none.
#[wasm_bindgen(js_name = splitArtifact)]
pub fn split(file: Vec<u8>) -> Result<Vec<js_sys::Uint8Array>, JsError> {
    let refused = |_| JsError::new("The file is no artifact.");
    let mut parts = splitting::cut(file.clone()).map_err(refused)?;
    if parts.is_empty() {
        parts = splitting::split(file).map_err(refused)?.to_vec();
    }
    Ok(parts.iter().map(|part| js_sys::Uint8Array::from(part.as_slice())).collect())
}

/// Bytes by which two files are longer than the one.
#[wasm_bindgen(js_name = splittingBytes)]
pub fn splitting_bytes() -> u32 {
    splitting::BYTES as u32
}

fn sections(bytes: [Option<Vec<u8>>; 6]) -> Vec<(SectionId, Vec<u8>)> {
    let ids = [
        SectionId::TRANSITIONS,
        SectionId::INTENT,
        SectionId::CONTEXTS,
        SectionId::SEGMENTS,
        SectionId::EVENT_WEIGHTS,
        SectionId::RANK_WEIGHTS,
    ];
    ids.into_iter().zip(bytes).filter_map(|(id, bytes)| Some((id, bytes?))).collect()
}

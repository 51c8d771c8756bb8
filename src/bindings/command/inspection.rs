//! What an artifact says of itself, for the command line. With the feature `train`
//! only; a page never loads it. Must not live here: words for people.

use crate::bindings::command::trainer::{load_parts, refusal};
use crate::engine::artifact::container::{Container, SectionId, VERSION};
use crate::train::writing::CARD;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What is in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Inspection {
    version: u16,
    bytes: usize,
    sections: Vec<Section>,
    /// What the trainer wrote, if it wrote something.
    card: Option<String>,
    /// Nothing where the file is no whole artifact, but a part of one.
    facts: Option<Facts>,
}

#[derive(Serialize)]
struct Section {
    id: String,
    bytes: usize,
}

#[derive(Serialize)]
struct Facts {
    k: u16,
    items: u32,
    sessions: u32,
    clicks: u32,
    neighbours: usize,
    prototypes: usize,
}

/// Reads a file as a page would, and says what is in it; with its second file,
/// what is in both.
///
/// # Errors
/// When it is not one that this release can use.
#[wasm_bindgen]
pub fn inspect(bytes: Vec<u8>, other: Option<Vec<u8>>) -> Result<JsValue, JsError> {
    let length = bytes.len() + other.as_ref().map_or(0, Vec::len);
    let container = Container::load(bytes.clone()).map_err(refusal)?;
    let named = |(id, bytes): (SectionId, usize)| {
        let id = String::from_utf8_lossy(&id.0).into_owned();
        Section { id, bytes }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let more = other.clone().map(Container::load).transpose().map_err(refusal)?;
    let files = || std::iter::once(&container).chain(&more);
    let has = |id| files().any(|file| file.section(id).is_some());
    // Vectors repeat the facts of the artifact they belong to.
    let has_facts = has(SectionId::META) && !has(SectionId::VECTORS);
    let facts = if has_facts { Some(facts(bytes, other)?) } else { None };
    let inspection = Inspection {
        version: VERSION,
        bytes: length,
        sections: files().flat_map(Container::sections).map(named).collect(),
        card: files().find_map(|file| file.section(CARD)).map(text),
        facts,
    };
    Ok(serde_wasm_bindgen::to_value(&inspection)?)
}

fn facts(bytes: Vec<u8>, other: Option<Vec<u8>>) -> Result<Facts, JsError> {
    let artifact = load_parts(bytes, other)?;
    let meta = *artifact.meta();
    let row = |item| artifact.neighbours().row(item).map_or(0, |row| row.entries().count());
    Ok(Facts {
        k: meta.k,
        items: meta.items,
        sessions: meta.sessions,
        clicks: meta.clicks,
        neighbours: (0..meta.items).map(row).sum(),
        prototypes: artifact.prototypes().len(),
    })
}

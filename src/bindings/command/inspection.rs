//! What an artifact says of itself, for the command line. With the feature `train`
//! only; a page never loads it. Must not live here: words for people.

use crate::bindings::command::trainer::{bytes_of, load_parts, refusal};
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

/// Reads files as a page would, one that is an artifact or all that are one, and says
/// what is in them.
///
/// # Errors
/// When it is not one that this release can use.
#[wasm_bindgen]
pub fn inspect(files: Vec<js_sys::Uint8Array>) -> Result<JsValue, JsError> {
    let files = bytes_of(&files);
    let length = files.iter().map(Vec::len).sum();
    let containers = files.iter().cloned().map(Container::load);
    let containers = containers.collect::<Result<Vec<_>, _>>().map_err(refusal)?;
    let named = |(id, bytes): (SectionId, usize)| {
        let id = String::from_utf8_lossy(&id.0).into_owned();
        Section { id, bytes }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let has = |id| containers.iter().any(|file| file.section(id).is_some());
    // Vectors repeat the facts of the artifact they belong to.
    let has_facts = has(SectionId::META) && !has(SectionId::VECTORS);
    let facts = if has_facts { Some(facts(files)?) } else { None };
    let inspection = Inspection {
        version: VERSION,
        bytes: length,
        sections: containers.iter().flat_map(Container::sections).map(named).collect(),
        card: containers.iter().find_map(|file| file.section(CARD)).map(text),
        facts,
    };
    Ok(serde_wasm_bindgen::to_value(&inspection)?)
}

fn facts(files: Vec<Vec<u8>>) -> Result<Facts, JsError> {
    let artifact = load_parts(files)?;
    let meta = *artifact.meta();
    let row = |item| artifact.neighbours(item).map_or(0, |row| row.entries().count());
    Ok(Facts {
        k: meta.k,
        items: meta.items,
        sessions: meta.sessions,
        clicks: meta.clicks,
        neighbours: (0..meta.items).map(row).sum(),
        prototypes: artifact.prototypes().len(),
    })
}

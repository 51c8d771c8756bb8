//! What the command line sees of an artifact: answers, as a page would get them. Must not
//! live here: how they are counted (`train::evaluation`).

use super::trainer::{NONE, bytes_of, load_parts, mismatch};
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::{CONTEXT, Recommender};
use crate::train::corpus::newest_first;
use crate::train::evaluation::{Question, place};
use wasm_bindgen::prelude::*;

/// Asks an artifact as a page would.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Evaluator {
    files: Vec<Vec<u8>>,
    artifact: Artifact,
    recommender: Recommender,
    mode: Mode,
}

#[wasm_bindgen]
impl Evaluator {
    /// Loads an artifact of one file, of core and graph, or of core and shards, in
    /// the order of the manifest.
    ///
    /// # Errors
    /// When it is not one that this release can use.
    #[wasm_bindgen(constructor)]
    pub fn new(
        files: Vec<js_sys::Uint8Array>,
        exclude_current: bool,
    ) -> Result<Evaluator, JsError> {
        let files = bytes_of(&files);
        let artifact = load_parts(files.clone())?;
        let mode = if exclude_current { Mode::Excluded } else { Mode::Allowed };
        let recommender = Recommender::new(&artifact, artifact.mix(mode));
        Ok(Self { files, artifact, recommender, mode })
    }

    /// The shards that a page loads after these items, oldest first: the first as the
    /// lowest bit. Without shards, the one file.
    pub fn wanted(&self, before: &[u32]) -> u32 {
        let links = self.artifact.links();
        let known: Vec<u32> = before.iter().copied().filter(|item| *item < self.items()).collect();
        let context = newest_first(&known);
        let shards = context.iter().take(CONTEXT).map(|item| links.number(*item));
        shards.fold(0, |wanted, shard| wanted | 1 << shard)
    }

    /// Holds these shards and no others, as a page that has loaded them.
    ///
    /// # Errors
    /// When a file is not one that this release can use.
    pub fn hold(&mut self, wanted: u32) -> Result<(), JsError> {
        let (core, shards) = self.files.split_first().ok_or_else(mismatch)?;
        let held = (0u32..).zip(shards).filter(|(shard, _)| wanted >> shard & 1 == 1);
        let files = std::iter::once(core).chain(held.map(|(_, file)| file));
        self.artifact = load_parts(files.cloned().collect())?;
        self.recommender = Recommender::new(&self.artifact, self.artifact.mix(self.mode));
        Ok(())
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.artifact.meta().items
    }

    /// The artifact's numbers of these ids.
    pub fn numbers(&self, ids: Vec<String>) -> Vec<u32> {
        ids.iter().map(|id| self.artifact.item(id).unwrap_or(NONE)).collect()
    }

    /// The place, from 1, of the next item among the answers to what came before,
    /// oldest first; 0 if it is not among them.
    pub fn place(&mut self, before: &[u32], next: u32) -> u32 {
        let known = |item: &u32| Some(*item).filter(|item| *item < self.artifact.meta().items);
        let before: Vec<Option<u32>> = before.iter().map(known).collect();
        let question = Question::new(&before, known(&next));
        let place = place(&self.artifact, &mut self.recommender, self.mode, &question);
        place.map_or(0, |place| place as u32 + 1)
    }
}

//! The trained artifact on its way in, and rows of recommendations on their way
//! out. Must not live here: any decision.

use super::{Core, NONE, handle};
use crate::engine::artifact::ArtifactError;
use crate::engine::context::Context;
use crate::engine::recommend::kinds::Kind;
use crate::engine::session::recommending::{Recommended, Request};
use crate::engine::time::Millis;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Core {
    /// Takes a trained artifact into use, its graph or a shard: 0, or why it cannot be
    /// used: 1 foreign, 2 of a later release, 3 cut off, 4 damaged, 5 a graph or shard
    /// of another training.
    #[wasm_bindgen(js_name = loadArtifact)]
    pub fn load_artifact(&self, bytes: Vec<u8>) -> u32 {
        match self.session.borrow_mut().load_artifact(bytes) {
            Ok(()) => 0,
            Err(ArtifactError::Foreign) => 1,
            Err(ArtifactError::Newer) => 2,
            Err(ArtifactError::Truncated) => 3,
            Err(ArtifactError::Damaged) => 4,
            Err(ArtifactError::Unpaired) => 5,
        }
    }

    /// The shards of the artifact that this page has a use for, the first as the lowest
    /// bit; of an artifact without shards the first.
    #[wasm_bindgen(js_name = wantedShards)]
    pub fn wanted_shards(&self, now: f64) -> u32 {
        self.session.borrow_mut().wanted(Millis::from_js(now))
    }

    /// In what surroundings the page was opened: kind, value, kind, value … a line each.
    #[wasm_bindgen(js_name = setContext)]
    pub fn set_context(&self, facts: &str) {
        self.session.borrow_mut().set_context(Context::new(facts.lines()));
    }

    /// A row of recommendations, flat: handle, score, number of the reason, and the
    /// number of what it is about (an item, or an attribute where it is of taste) of
    /// each entry. Numbers only: texts would cost more than the row.
    pub fn recommend(
        &self,
        kind: u32,
        item: u32,
        basket: &[u32],
        excluded: &[u32],
        limit: u32,
        now: f64,
    ) -> Vec<f64> {
        let Some(kind) = Kind::ALL.get(kind as usize) else { return Vec::new() };
        let item = handle(item);
        let request = Request { kind: *kind, item, basket, excluded, limit: limit as usize };
        let row = self.session.borrow_mut().recommend(request, Millis::from_js(now));
        let mut numbers = Vec::with_capacity(row.len() * 4);
        for Recommended { item, score, reason } in row {
            let about = reason.about().unwrap_or(NONE);
            let entry: [f64; 4] = [item.into(), score.into(), reason.code().into(), about.into()];
            numbers.extend(entry);
        }
        numbers
    }

    /// The id of an item, or the value of an attribute.
    pub fn text(&self, attribute: bool, number: u32) -> String {
        let session = self.session.borrow();
        let catalog = session.catalog();
        let text = if attribute { catalog.label(number) } else { catalog.id(number) };
        text.unwrap_or_default().to_owned()
    }
}

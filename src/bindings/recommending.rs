//! The trained artifact on its way in, and rows of recommendations on their way
//! out. Must not live here: any decision.

use super::{Core, handle};
use crate::engine::artifact::ArtifactError;
use crate::engine::context::Context;
use crate::engine::recommend::kinds::Kind;
use crate::engine::session::recommending::Request;
use crate::engine::time::Millis;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Core {
    /// Takes a trained artifact into use, or its second file: 0, or why it cannot be
    /// used: 1 foreign, 2 of a later release, 3 cut off, 4 damaged, 5 a second file
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

    /// In what surroundings the page was opened: kind, value, kind, value … a line each.
    #[wasm_bindgen(js_name = setContext)]
    pub fn set_context(&self, facts: &str) {
        self.session.borrow_mut().set_context(Context::new(facts.lines()));
    }

    /// A row of recommendations, flat: id, score, number of the reason, and what it
    /// is about (an id or a value, else empty) of each entry.
    pub fn recommend(
        &self,
        kind: u32,
        item: u32,
        basket: &[u32],
        excluded: &[u32],
        limit: u32,
        now: f64,
    ) -> js_sys::Array {
        let row = js_sys::Array::new();
        let Some(kind) = Kind::ALL.get(kind as usize) else { return row };
        let item = handle(item);
        let request = Request { kind: *kind, item, basket, excluded, limit: limit as usize };
        let mut session = self.session.borrow_mut();
        let answer = session.recommend(request, Millis::from_js(now));
        for entry in answer {
            let catalog = session.catalog();
            row.push(&JsValue::from_str(catalog.id(entry.item).unwrap_or_default()));
            row.push(&JsValue::from_f64(entry.score.into()));
            row.push(&JsValue::from_f64(entry.reason.code().into()));
            row.push(&JsValue::from_str(entry.reason.subject(catalog)));
        }
        row
    }
}

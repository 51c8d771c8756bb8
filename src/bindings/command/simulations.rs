//! What the command line sees of the simulated worlds. With the feature `train` only.
//! Must not live here: the worlds (`train`).

use crate::train::{section_world, tab_world, taste_world};
use wasm_bindgen::prelude::*;

/// Clicks in parts of an oracle's, by concentration, then visits: the engine's, those
/// of the shop's order, those of the segment's rates.
///
/// # Errors
/// When the world's own artifact cannot be used: a fault.
#[wasm_bindgen(js_name = simulateSections)]
pub fn sections(seed: u32) -> Result<Vec<f64>, JsError> {
    let shares = section_world::run(seed)
        .map_err(|_| JsError::new("The world's artifact cannot be used."))?;
    let all = [shares.engine, shares.popular, shares.segment];
    Ok(all.into_iter().flatten().flatten().collect())
}

/// After each number of looks: that number, mean NDCG of the shop's order and of the
/// engine's, and the parts of shoppers made worse and better.
#[wasm_bindgen(js_name = simulateTaste)]
pub fn taste(seed: u32) -> Vec<f64> {
    let outcomes = taste_world::EVENTS.into_iter().zip(taste_world::run(seed));
    let numbers = outcomes.map(|(events, outcome)| {
        let taste_world::Outcome { base, engine, worse, better } = outcome;
        [events as f64, base, engine, worse, better]
    });
    numbers.flatten().collect()
}

/// Events, and how many of them were lost and counted twice.
#[wasm_bindgen(js_name = simulateTabs)]
pub fn tabs(seed: u32) -> Vec<u32> {
    let counted = tab_world::run(seed);
    vec![counted.events, counted.lost, counted.double]
}

//! What the command line sees of models of readiness to buy. With the feature
//! `train` only. Must not live here: files, or how a model is made (`train`).

use crate::engine::artifact::forest::Forest;
use crate::train::classification::{area, average_precision, calibration_error};
use crate::train::intent::{Contents, Named, column_key, section, value_key};
use wasm_bindgen::prelude::*;

/// A table of named columns.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct IntentTable {
    columns: Vec<Named>,
}

#[wasm_bindgen]
impl IntentTable {
    /// A table without columns.
    #[wasm_bindgen(constructor)]
    pub fn new() -> IntentTable {
        Self::default()
    }

    /// Adds a column of numbers; not a number where it is not known.
    #[wasm_bindgen(js_name = addNumbers)]
    pub fn add_numbers(&mut self, name: &str, numbers: Vec<f32>) {
        let contents = Contents::Numbers(numbers);
        self.columns.push(Named { key: column_key(name), contents });
    }

    /// Adds a column of texts; empty where it is not known.
    #[wasm_bindgen(js_name = addValues)]
    pub fn add_values(&mut self, name: &str, values: Vec<String>) {
        let key = |value: &String| if value.is_empty() { 0 } else { value_key(name, value) };
        let contents = Contents::Values(values.iter().map(key).collect());
        self.columns.push(Named { key: column_key(name), contents });
    }

    /// Trains and packs a model of the rows' labels, 0 or 1.
    ///
    /// # Errors
    /// When there are too few of either.
    pub fn pack(&self, labels: &[u8]) -> Result<Vec<u8>, JsError> {
        section(&self.columns, labels)
            .ok_or_else(|| JsError::new("There are too few rows of one of the two labels."))
    }

    /// Area under the curve, average precision and calibration error of a packed
    /// model on these rows.
    ///
    /// # Errors
    /// When the bytes are no model.
    pub fn measure(&self, model: &[u8], labels: &[u8]) -> Result<Vec<f64>, JsError> {
        let forest = Forest::read(model).ok_or_else(|| JsError::new("The bytes are no model."))?;
        let probability = |row: usize| {
            forest.probability(model, |key| {
                self.columns.iter().find(|column| column.key == key)?.known(row)
            })
        };
        let chances: Vec<f64> = (0..labels.len()).map(probability).collect();
        let measures = [area, average_precision, calibration_error];
        Ok(measures.map(|measure| measure(&chances, labels)).to_vec())
    }
}

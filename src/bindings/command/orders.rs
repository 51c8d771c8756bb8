//! What orders and the catalogue give the trainer, and questions about what is
//! bought together. With the feature `train` only. Must not live here: files and
//! SQL, which are the command's.

use super::trainer::{NONE, Trainer, load, mismatch, refusal};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::vectors::Vectors;
use crate::engine::recommend::again::{Purchase, buy_again};
use crate::engine::recommend::alike::{looks_like, vector};
use crate::engine::recommend::needs::next_need;
use crate::engine::recommend::together::{complete_cart, likely_together};
use crate::train::stock::{Bought, Need, Returning, Stock};
use crate::train::vectors;
use wasm_bindgen::prelude::*;

fn known(numbers: &[u32]) -> Vec<Option<u32>> {
    numbers.iter().map(|number| (*number != NONE).then_some(*number)).collect()
}

#[wasm_bindgen]
impl Trainer {
    /// What the catalogue says, a value an item in the order of the ids: the numbers
    /// of category and brand (`0xffffffff`: none), the price (NaN: none), the title.
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(js_name = setCatalogue)]
    pub fn set_catalogue(
        &mut self,
        categories: Vec<String>,
        brands: u32,
        category: &[u32],
        brand: &[u32],
        price: &[f64],
        titles: Vec<String>,
    ) -> Result<(), JsError> {
        let items = self.corpus.ids.len();
        let lengths = [category.len(), brand.len(), price.len(), titles.len()];
        let (category, brand) = (known(category), known(brand));
        let below = |values: &[Option<u32>], end| values.iter().flatten().all(|value| *value < end);
        if lengths != [items; 4]
            || !below(&category, categories.len() as u32)
            || !below(&brand, brands)
        {
            return Err(mismatch());
        }
        let price = price.iter().map(|price| (!price.is_nan()).then_some(*price)).collect();
        let stock = self.stock.take().unwrap_or_default();
        self.stock = Some(Stock { categories, category, brands, brand, price, titles, ..stock });
        Ok(())
    }

    /// Pairs of items in one basket, rising, the smaller number first; and baskets by
    /// item, all of them and those of late: see [`Stock`].
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(js_name = setOrders)]
    pub fn set_orders(
        &mut self,
        a: &[u32],
        b: &[u32],
        buyers: &[u32],
        weight: &[f64],
        baskets: &[u32],
        lately: &[f64],
    ) -> Result<(), JsError> {
        let items = self.corpus.ids.len() as u32;
        let lengths = [baskets.len(), lately.len()];
        if lengths != [items as usize; 2] || a.iter().chain(b).any(|item| *item >= items) {
            return Err(mismatch());
        }
        let rows = a.iter().zip(b).zip(buyers).zip(weight);
        let bought = rows.map(|(((a, b), buyers), weight)| Bought {
            a: *a,
            b: *b,
            buyers: *buyers,
            weight: *weight as u64,
        });
        let stock = self.stock.get_or_insert_default();
        stock.bought = bought.collect();
        stock.baskets = baskets.to_vec();
        stock.lately = lately.iter().map(|sum| *sum as u64).collect();
        Ok(())
    }

    /// Pairs of categories bought from one after the other; and, by category and for
    /// the shop at the end, see [`Returning`].
    #[wasm_bindgen(js_name = setNeeds)]
    #[allow(clippy::too_many_arguments, reason = "columns of two tables")]
    pub fn set_needs(
        &mut self,
        from: &[u32],
        to: &[u32],
        both: &[u32],
        buyers: &[u32],
        items: &[u32],
        again: &[u32],
        people: &[u32],
        interval: &[f64],
    ) {
        let needs = from.iter().zip(to).zip(both);
        let rows = buyers.iter().zip(items).zip(again).zip(people).zip(interval);
        let stock = self.stock.get_or_insert_default();
        stock.needs =
            needs.map(|((from, to), both)| Need { from: *from, to: *to, buyers: *both }).collect();
        stock.returning = rows
            .map(|((((buyers, items), again), people), interval)| Returning {
                buyers: *buyers,
                items: *items,
                again: *again,
                people: *people,
                interval: *interval,
            })
            .collect();
    }

    /// The file of vectors that goes with an artifact of the same ids: so many floats
    /// an id, all zero where there is no vector.
    ///
    /// # Errors
    /// When the lists do not fit together, or the artifact cannot be used.
    #[wasm_bindgen(js_name = packVectors)]
    pub fn pack_vectors(
        &self,
        artifact: Vec<u8>,
        dimensions: u16,
        values: &[f32],
    ) -> Result<Vec<u8>, JsError> {
        let artifact = load(artifact)?;
        if values.len() != self.corpus.ids.len() * usize::from(dimensions) {
            return Err(mismatch());
        }
        Ok(vectors::pack(&artifact, &self.corpus.ids, values, dimensions))
    }
}

fn purchases(items: &[u32], days: &[f64]) -> Vec<Purchase> {
    items.iter().zip(days).map(|(item, day)| Purchase { item: *item, day: *day }).collect()
}

/// Asks an artifact what is bought together, next and again, as a page would.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Baskets {
    artifact: Artifact,
}

#[wasm_bindgen]
impl Baskets {
    /// Loads an artifact.
    ///
    /// # Errors
    /// When it is not one that this release can use.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Baskets, JsError> {
        Ok(Self { artifact: load(bytes)? })
    }

    /// The artifact's numbers of these ids.
    pub fn numbers(&self, ids: Vec<String>) -> Vec<u32> {
        ids.iter().map(|id| self.artifact.item(id).unwrap_or(NONE)).collect()
    }

    /// What is likely to be bought together with an item, best first.
    pub fn together(&self, item: u32, limit: usize) -> Vec<u32> {
        let found = likely_together(&self.artifact, item, &[], limit);
        found.into_iter().map(|(item, _)| item).collect()
    }

    /// What completes a cart, the newest item first.
    #[wasm_bindgen(js_name = completing)]
    pub fn completing(&self, cart: &[u32], limit: usize) -> Vec<u32> {
        let found = complete_cart(&self.artifact, cart, &[], limit);
        found.into_iter().map(|(item, _)| item).collect()
    }

    /// What somebody is due to buy again who bought these items on these days.
    pub fn again(&self, items: &[u32], days: &[f64], today: f64, limit: usize) -> Vec<u32> {
        let found = buy_again(&self.artifact, &purchases(items, days), today, &[], limit);
        found.into_iter().map(|(item, _)| item).collect()
    }

    /// What somebody needs next who bought these items on these days.
    pub fn next(&self, items: &[u32], days: &[f64], today: f64, limit: usize) -> Vec<u32> {
        let found = next_need(&self.artifact, &purchases(items, days), today, &[], limit);
        found.into_iter().map(|(item, _)| item).collect()
    }

    /// The most popular items, best first.
    pub fn popular(&self) -> Vec<u32> {
        self.artifact.popular().to_vec()
    }
}

/// Asks a file of vectors what looks like what.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Alike {
    vectors: Vectors,
}

#[wasm_bindgen]
impl Alike {
    /// Loads the file of vectors that belongs to an artifact.
    ///
    /// # Errors
    /// When one of them cannot be used, or they do not belong together.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>, artifact: Vec<u8>) -> Result<Alike, JsError> {
        let vectors = Vectors::load(bytes, &load(artifact)?);
        Ok(Self { vectors: vectors.map_err(refusal)? })
    }

    /// What looks like an item, best first; nothing where it has no vector.
    pub fn like(&self, item: u32, limit: usize) -> Vec<u32> {
        let wanted = vector(&self.vectors, item).unwrap_or_default();
        let found = looks_like(&self.vectors, wanted, &[item], limit);
        found.into_iter().map(|(item, _)| item).collect()
    }
}

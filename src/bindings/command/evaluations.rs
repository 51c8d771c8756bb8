//! What the command line sees of the evaluations on a page: a shop with categories,
//! sessions to train on, and sessions to ask about. With the feature `train` only.
//! Must not live here: files and formats, or what is measured (`train`).

use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::SectionId;
use crate::train::corpus::Session;
use crate::train::shopping::Shelves;
use crate::train::trainer::train;
use crate::train::writing::{extended, room};
use crate::train::{next_category, rank_weights, rerank, transitions};
use wasm_bindgen::prelude::*;

/// A shop, and two lots of sessions.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Shop {
    ids: Vec<String>,
    names: Vec<String>,
    categories: Vec<u32>,
    training: Vec<Vec<u32>>,
    tests: Vec<Vec<u32>>,
    artifact: Vec<u8>,
}

#[wasm_bindgen]
impl Shop {
    /// Items with the numbers of their categories; sessions, oldest first, as their
    /// lengths and the items of all, one after another, as numbers of the ids. What
    /// is trained on has the first numbers.
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(
        ids: Vec<String>,
        names: Vec<String>,
        categories: Vec<u32>,
        training: Vec<u32>,
        training_items: &[u32],
        tests: Vec<u32>,
        test_items: &[u32],
    ) -> Result<Shop, JsError> {
        let mismatch = || JsError::new("The lists of sessions and items do not fit together.");
        let known = |items: &[u32]| items.iter().all(|item| (*item as usize) < ids.len());
        let training = cut(&training, training_items).ok_or_else(mismatch)?;
        let tests = cut(&tests, test_items).ok_or_else(mismatch)?;
        if !known(training_items) || !known(test_items) || categories.len() != ids.len() {
            return Err(mismatch());
        }
        Ok(Self { ids, names, categories, training, tests, artifact: Vec::new() })
    }

    /// Trains the artifact that the page loads; its bytes.
    ///
    /// # Errors
    /// When the ids cannot be told apart by hashes.
    pub fn train(&mut self, k: u32, budget: u32) -> Result<u32, JsError> {
        let session = |(items, person): (&Vec<u32>, u32)| Session {
            items: items.clone(),
            person,
            ..Session::default()
        };
        let sessions: Vec<Session> = self.training.iter().zip(0..).map(session).collect();
        let items = self.training.iter().flatten().max().map_or(0, |last| *last as usize + 1);
        let ids = self.ids.get(..items).unwrap_or_default();
        let shelves = self.shelves();
        let visits: Vec<Vec<u32>> =
            self.training.iter().map(|session| shelves.categories(session)).collect();
        let known = Shelves { ids, ..shelves };
        let (weights, _) = rank_weights::train(&known, &sessions, k).map_err(refusal)?;
        let mut more =
            vec![(SectionId::TRANSITIONS, transitions::section(&self.names, &visits, k))];
        if !weights.is_empty() {
            more.push((SectionId::RANK_WEIGHTS, weights));
        }
        let budget = (budget as usize).saturating_sub(room(&more));
        let trained = train(ids, &sessions, k, budget)
            .ok_or_else(|| JsError::new("There are more items than an artifact can tell apart."))?;
        self.artifact = extended(trained.bytes, &more).map_err(refusal)?;
        Ok(self.artifact.len() as u32)
    }

    /// Reranks within categories: the number of lists and of those made worse; then,
    /// by the merchant's order and by the personal one, sums of reciprocal ranks, of
    /// first tens, and of discounted gain within the first ten.
    ///
    /// # Errors
    /// When nothing was trained before.
    pub fn rerank(&self, quota: u32) -> Result<Vec<f64>, JsError> {
        let shelves = self.shelves();
        let clicks = shelves.clicks(&self.training);
        let artifact = self.artifact.clone();
        let sums = rerank::measure(&shelves, artifact, &clicks, &self.tests, quota.into())
            .map_err(refusal)?;
        let mut numbers = vec![f64::from(sums.queries), f64::from(sums.worse)];
        numbers.extend(sums.reciprocal);
        numbers.extend(sums.top10.map(f64::from));
        numbers.extend(sums.gain10);
        Ok(numbers)
    }

    /// Orders sections for each click: the number of clicks; then sums of reciprocal
    /// ranks, of first places and of first threes, and of reciprocal ranks by
    /// popularity and by the last category.
    ///
    /// # Errors
    /// When nothing was trained before.
    pub fn sections(&self) -> Result<Vec<f64>, JsError> {
        let shelves = self.shelves();
        let clicks = shelves.clicks(&self.training);
        let sums = next_category::measure(&shelves, self.artifact.clone(), &clicks, &self.tests)
            .map_err(refusal)?;
        let [first, first3] = sums.hits.map(f64::from);
        let queries = f64::from(sums.queries);
        Ok(vec![
            queries,
            sums.reciprocal,
            first,
            first3,
            sums.reciprocal_popular,
            sums.reciprocal_last,
        ])
    }

    fn shelves(&self) -> Shelves<'_> {
        let Self { ids, names, categories, .. } = self;
        Shelves { ids, names, categories, brands: &[], prices: &[] }
    }
}

/// Lists of these lengths, one after another.
pub(super) fn cut(lengths: &[u32], mut items: &[u32]) -> Option<Vec<Vec<u32>>> {
    let mut lists = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (list, rest) = items.split_at_checked(*length as usize)?;
        lists.push(list.to_vec());
        items = rest;
    }
    items.is_empty().then_some(lists)
}

fn refusal(_: ArtifactError) -> JsError {
    JsError::new("There is no artifact: train first.")
}

//! What the command line sees: a trainer and an evaluator. With the feature
//! `train` only; a page never loads it. Must not live here: files and formats,
//! which are the command's, and choices, which are the trainer's.

use crate::engine::artifact::meta::MOST_ITEMS;
use crate::engine::artifact::{Artifact, ArtifactError, Mode};
use crate::engine::recommend::mix::Mix;
use crate::engine::recommend::{CONTEXT, Recommender};
use crate::train::corpus::{Corpus, Session, newest_first};
use crate::train::evaluation::{Quality, Question, place};
use crate::train::extras::Extras;
use crate::train::pairs::Pair;
use crate::train::sharding;
use crate::train::splitting;
use crate::train::stock::Stock;
use crate::train::together::Views;
use crate::train::trainer::{Sample, Trained, Training, split};
use crate::train::writing::{CARD, extended};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// "No item", in lists of item numbers.
pub(super) const NONE: u32 = u32::MAX;

/// Bits of an item in the number of a pair: as many as `MOST_ITEMS` needs.
const PAIR_BITS: u32 = MOST_ITEMS.trailing_zeros();

/// Trains from what the command's SQL has aggregated.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Trainer {
    pub(super) corpus: Corpus,
    /// What orders and the catalogue add, if there are any.
    pub(super) stock: Option<Stock>,
    before: usize,
    pairs: [Vec<Pair>; 2],
    bytes: Vec<u8>,
}

/// What came out of a training, without the bytes.
#[derive(Serialize)]
struct Card {
    items: usize,
    sessions: usize,
    clicks: usize,
    k: u32,
    bytes: usize,
    neighbours: usize,
    prototypes: usize,
    support: u32,
    /// Share of items that only content neighbours speak for.
    fallback: f64,
    /// Share of items among the answers to the questions that were held out, and the
    /// sessions that these are from; nothing where they were too few.
    coverage20: Option<f64>,
    #[serde(rename = "heldOutSessions")]
    held_out_sessions: Option<usize>,
    share: f64,
    mixes: [Mix; 2],
    /// Questions that the mixes were fitted to.
    fitted: u32,
    shards: Vec<Part>,
    #[serde(rename = "heldOut")]
    held_out: Option<[Reached; 2]>,
}

/// A shard: how many items, and from which category to which.
#[derive(Serialize)]
struct Part {
    items: usize,
    categories: [Option<u32>; 2],
}

/// Quality on sessions that were held out, current item allowed or excluded.
#[derive(Serialize)]
struct Reached {
    excluded: bool,
    pairs: u32,
    hr20: f64,
    mrr20: f64,
}

#[wasm_bindgen]
impl Trainer {
    /// Sessions, oldest first: how many items each has, whose it is, its day, and
    /// the items of all, one session after another, as numbers of the ids.
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(
        ids: Vec<String>,
        lengths: &[u32],
        people: &[u32],
        days: &[i32],
        items: &[u32],
    ) -> Result<Trainer, JsError> {
        let mut corpus = Corpus::default();
        for id in &ids {
            corpus.number(id);
        }
        let mut rest = items;
        for ((length, person), day) in lengths.iter().zip(people).zip(days) {
            let (items, later) = rest.split_at_checked(*length as usize).ok_or_else(mismatch)?;
            rest = later;
            corpus.sessions.push(Session { items: items.to_vec(), person: *person, day: *day });
        }
        let known = items.iter().all(|item| (*item as usize) < corpus.ids.len());
        if !known || !rest.is_empty() || corpus.ids.len() != ids.len() {
            return Err(mismatch());
        }
        let before = split(&corpus.sessions);
        let pairs = [Vec::new(), Vec::new()];
        Ok(Self { corpus, stock: None, before, pairs, bytes: Vec::new() })
    }

    /// How many sessions come before those that are held out for the fit.
    pub fn before(&self) -> u32 {
        self.before as u32
    }

    /// More pairs, in any order, as `cli/sql/pairs.sql` counts them: both items in
    /// one number; the people who met both; what this weighs for the larger and for
    /// the smaller item; and the same of the sessions before alone.
    #[wasm_bindgen(js_name = addPairs)]
    #[expect(clippy::too_many_arguments, reason = "a column each, as the database has them")]
    pub fn add_pairs(
        &mut self,
        pair: &[i64],
        support: &[i32],
        up: &[i64],
        down: &[i64],
        support_before: &[i32],
        up_before: &[i64],
        down_before: &[i64],
    ) {
        let [before, whole] = &mut self.pairs;
        let rows = pair.iter().zip(support).zip(up).zip(down);
        add(whole, rows.map(|(((pair, support), up), down)| (*pair, *support, *up, *down)));
        let rows = pair.iter().zip(support_before).zip(up_before).zip(down_before);
        add(before, rows.map(|(((pair, support), up), down)| (*pair, *support, *up, *down)));
    }

    /// Trains, and says what came out; the bytes are taken afterwards. Without a
    /// number of shards, the most, the size of the catalogue decides.
    ///
    /// # Errors
    /// When the ids cannot be told apart by hashes.
    pub fn train(&mut self, k: u32, budget: u32, shards: Option<u32>) -> Result<JsValue, JsError> {
        self.pairs.iter_mut().for_each(|pairs| pairs.sort_unstable());
        let Corpus { ids, sessions, .. } = &self.corpus;
        let [before, whole] = &self.pairs;
        let counts = self.corpus.counts();
        let views = Views { pairs: whole, counts: &counts, sessions: sessions.len() };
        let stock = self.stock.clone();
        let extras = stock.map(|stock| Extras::new(stock, ids, k, views));
        let training = Training {
            ids,
            all: Sample { sessions, pairs: whole },
            before: Sample {
                sessions: sessions.get(..self.before).unwrap_or_default(),
                pairs: before,
            },
            extras: extras.as_ref(),
            k,
            budget: budget as usize,
            shards: shards.map_or_else(|| sharding::most(ids.len()), |most| most as usize),
        };
        let trained = training
            .run()
            .ok_or_else(|| JsError::new("There are more items than an artifact can tell apart."))?;
        let card = self.card(&trained, k);
        self.bytes = trained.bytes;
        Ok(serde_wasm_bindgen::to_value(&card)?)
    }

    /// Adds what a person or a program is told of the artifact, as text.
    ///
    /// # Errors
    /// Before there is an artifact.
    #[wasm_bindgen(js_name = addCard)]
    pub fn add_card(&mut self, text: &str) -> Result<(), JsError> {
        let bytes = std::mem::take(&mut self.bytes);
        self.bytes = extended(bytes, &[(CARD, text.into())])
            .map_err(|_| JsError::new("There is no artifact yet."))?;
        Ok(())
    }

    /// The bytes of the last training.
    #[wasm_bindgen(js_name = takeBytes)]
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    fn card(&self, trained: &Trained, k: u32) -> Card {
        let (neighbours, prototypes) = trained.sizes;
        let reached = |quality: Quality, excluded| Reached {
            excluded,
            pairs: quality.questions,
            hr20: quality.hit_rate(),
            mrr20: quality.mean_reciprocal_rank(),
        };
        Card {
            items: self.corpus.ids.len(),
            sessions: self.corpus.sessions.len(),
            clicks: self.corpus.clicks(),
            k,
            bytes: trained.bytes.len(),
            neighbours,
            prototypes,
            support: trained.settings.support,
            fallback: trained.alone as f64 / self.corpus.ids.len().max(1) as f64,
            coverage20: trained
                .covered
                .map(|covered| covered as f64 / self.corpus.ids.len().max(1) as f64),
            held_out_sessions: trained.quality.map(|_| self.corpus.sessions.len() - self.before),
            share: trained.settings.share,
            mixes: trained.mixes,
            fitted: trained.fitted,
            shards: trained
                .shards
                .iter()
                .map(|shard| Part { items: shard.items.len(), categories: shard.categories })
                .collect(),
            held_out: trained.quality.map(|[a, b]| [reached(a, false), reached(b, true)]),
        }
    }
}

/// Both directions of each pair that somebody met.
fn add(pairs: &mut Vec<Pair>, rows: impl Iterator<Item = (i64, i32, i64, i64)>) {
    for (pair, support, up, down) in rows.filter(|row| row.1 > 0) {
        let (low, high) = ((pair >> PAIR_BITS) as u32, (pair & ((1 << PAIR_BITS) - 1)) as u32);
        let support = support as u32;
        pairs.push(Pair { from: low, to: high, support, weight: up as u64 });
        pairs.push(Pair { from: high, to: low, support, weight: down as u64 });
    }
}

pub(super) fn mismatch() -> JsError {
    JsError::new("The lists of sessions and items do not fit together.")
}

/// Loads an artifact of one file, or says why it cannot.
pub(super) fn load(bytes: Vec<u8>) -> Result<Artifact, JsError> {
    load_parts(vec![bytes])
}

/// Loads an artifact of one file or several, in any order, or says why it cannot.
pub(super) fn load_parts(files: Vec<Vec<u8>>) -> Result<Artifact, JsError> {
    splitting::join(files).map_err(refusal)
}

/// Files as they come from JavaScript.
pub(super) fn bytes_of(files: &[js_sys::Uint8Array]) -> Vec<Vec<u8>> {
    files.iter().map(js_sys::Uint8Array::to_vec).collect()
}

/// Why a file cannot be used, in a sentence.
pub(super) fn refusal(error: ArtifactError) -> JsError {
    JsError::new(match error {
        ArtifactError::Foreign => "The file is no artifact.",
        ArtifactError::Newer => "The artifact is of a later release.",
        ArtifactError::Truncated => "The artifact is cut off.",
        ArtifactError::Damaged => "The artifact is damaged.",
        ArtifactError::Unpaired => "The graph is of another training than the core.",
    })
}

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

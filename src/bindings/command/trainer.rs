//! What the command line sees of the trainer. With the feature
//! `train` only; a page never loads it. Must not live here: files and formats,
//! which are the command's, and choices, which are the trainer's.

use crate::engine::artifact::meta::MOST_ITEMS;
use crate::engine::artifact::{Artifact, ArtifactError};
use crate::engine::recommend::mix::Mix;
use crate::train::corpus::{Corpus, Session};
use crate::train::evaluation::Quality;
use crate::train::extras::Extras;
use crate::train::fitting::Fitting;
use crate::train::pairs::Pair;
use crate::train::search::{Found, Search};
use crate::train::sharding;
use crate::train::splitting;
use crate::train::stock::Stock;
use crate::train::together::Views;
use crate::train::trainer::{Planned, Sample, Trained, Training, earlier_groups, split};
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
    /// Clicks that are still to come.
    missing: usize,
    before: usize,
    pairs: [Vec<Pair>; 2],
    groups: Option<Vec<Vec<u32>>>,
    fit: Option<(Job, Fitting)>,
    planned: Option<Planned>,
    bytes: Vec<u8>,
}

/// What is to be made.
#[derive(Debug)]
struct Job {
    k: u32,
    budget: u32,
    shards: Option<u32>,
    extras: Option<Extras>,
}

/// Makes one of [`Trainer::searches`]; in a process or thread of its own, if need be.
///
/// # Errors
/// When the bytes are none.
#[wasm_bindgen(js_name = runSearch)]
pub fn run_search(search: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(postcard::to_allocvec(&postcard::from_bytes::<Search>(search)?.run())?)
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
    /// Sessions, oldest first: how many clicks each has, whose it is, and its day. The
    /// clicks themselves are added afterwards.
    ///
    /// # Errors
    /// When the lists do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(
        ids: Vec<String>,
        lengths: &[u32],
        people: &[u32],
        days: &[i32],
    ) -> Result<Trainer, JsError> {
        let mut corpus = Corpus::default();
        for id in &ids {
            corpus.number(id);
        }
        for ((length, person), day) in lengths.iter().zip(people).zip(days) {
            let items = vec![NONE; *length as usize];
            corpus.sessions.push(Session { items, person: *person, day: *day });
        }
        if [people.len(), days.len()] != [lengths.len(); 2] || corpus.ids.len() != ids.len() {
            return Err(mismatch());
        }
        let before = split(&corpus.sessions);
        let missing = corpus.clicks();
        let pairs = [Vec::new(), Vec::new()];
        let (stock, groups, fit, planned, bytes) = (None, None, None, None, Vec::new());
        Ok(Self { corpus, missing, stock, before, pairs, groups, fit, planned, bytes })
    }

    /// Clicks, in any order: the session, the place in it, from 1, and the number of the
    /// id.
    ///
    /// # Errors
    /// When there is no such place or id, or the place is taken.
    #[wasm_bindgen(js_name = addClicks)]
    pub fn add_clicks(
        &mut self,
        sessions: &[i32],
        places: &[i32],
        items: &[i32],
    ) -> Result<(), JsError> {
        for ((session, place), item) in sessions.iter().zip(places).zip(items) {
            let place = (*place as usize).wrapping_sub(1);
            let found = self.corpus.sessions.get_mut(*session as usize);
            let slot = found.and_then(|session| session.items.get_mut(place));
            let is_known = (*item as usize) < self.corpus.ids.len();
            let slot = slot.filter(|slot| is_known && **slot == NONE).ok_or_else(mismatch)?;
            *slot = *item as u32;
            self.missing -= 1;
        }
        Ok(())
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

    /// Puts together the prototypes that the fit is made of, if it has not been done yet.
    /// No pair needs to be known: it can be done while these are counted.
    ///
    /// # Errors
    /// When clicks are missing.
    pub fn group(&mut self, k: u32) -> Result<(), JsError> {
        if self.missing > 0 {
            return Err(mismatch());
        }
        if self.groups.is_none() {
            let Corpus { ids, sessions, .. } = &self.corpus;
            self.groups = Some(earlier_groups(sessions, self.before, ids.len(), k));
        }
        Ok(())
    }

    /// Begins the fit. Without a number of shards, the most, the size of the catalogue
    /// decides.
    ///
    /// # Errors
    /// When clicks are missing.
    pub fn begin(&mut self, k: u32, budget: u32, shards: Option<u32>) -> Result<(), JsError> {
        self.group(k)?;
        self.pairs.iter_mut().for_each(|pairs| pairs.sort_unstable());
        let Corpus { ids, sessions, .. } = &self.corpus;
        let [_, pairs] = &self.pairs;
        let extras = self.stock.take().map(|stock| {
            let counts = &self.corpus.counts();
            Extras::new(stock, ids, k, Views { pairs, counts, sessions: sessions.len() })
        });
        let job = Job { k, budget, shards, extras };
        let groups = self.groups.as_deref().unwrap_or_default();
        let fitting = self.training(&job).fitting(groups);
        self.fit = Some((job, fitting));
        self.planned = None;
        Ok(())
    }

    /// The searches of the next round of the fit, for [`run_search`], in any order and
    /// anywhere; none when it is over.
    ///
    /// # Errors
    /// When one cannot be written as bytes.
    pub fn searches(&self) -> Result<Vec<js_sys::Uint8Array>, JsError> {
        let Some((job, fitting)) = &self.fit else { return Ok(Vec::new()) };
        let training = self.training(job);
        let searches = fitting.searches(&training);
        searches.map(|search| Ok(postcard::to_allocvec(&search)?.as_slice().into())).collect()
    }

    /// Chooses what is to be packed, if it has not been done yet and the fit has come so
    /// far: it can be done while the last searches are made.
    pub fn plan(&mut self) {
        let Some((job, fitting)) = &self.fit else { return };
        if self.planned.is_none()
            && let Some(settings) = fitting.settings()
        {
            let groups = self.groups.take().unwrap_or_default();
            self.planned = Some(self.training(job).plan(Some(settings), groups));
        }
    }

    /// What the searches of this round found, in their order.
    ///
    /// # Errors
    /// When it is not what [`run_search`] gave.
    pub fn take(&mut self, found: Vec<js_sys::Uint8Array>) -> Result<(), JsError> {
        let found = found.iter().map(|bytes| postcard::from_bytes(&bytes.to_vec()));
        let found = found.collect::<Result<Vec<Found>, _>>()?;
        self.fit.iter_mut().for_each(|(_, fitting)| fitting.take(&found));
        Ok(())
    }

    /// Packs everything by what was fitted, and says what came out; the bytes are taken
    /// afterwards.
    ///
    /// # Errors
    /// When the ids cannot be told apart by hashes.
    pub fn finish(&mut self) -> Result<JsValue, JsError> {
        let (job, fitting) = self.fit.take().ok_or_else(mismatch)?;
        let groups = self.groups.take().unwrap_or_default();
        let planned = self.planned.take();
        let training = self.training(&job);
        let planned = planned.unwrap_or_else(|| training.plan(fitting.settings(), groups));
        let trained = training
            .finish(fitting.found(), &planned)
            .ok_or_else(|| JsError::new("There are more items than an artifact can tell apart."))?;
        let card = self.card(&trained, job.k);
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

    fn training<'a>(&'a self, job: &'a Job) -> Training<'a> {
        let Corpus { ids, sessions, .. } = &self.corpus;
        let [before, whole] = &self.pairs;
        let earlier = sessions.get(..self.before).unwrap_or_default();
        Training {
            ids,
            all: Sample { sessions, pairs: whole },
            before: Sample { sessions: earlier, pairs: before },
            extras: job.extras.as_ref(),
            k: job.k,
            budget: job.budget as usize,
            shards: job.shards.map_or_else(|| sharding::most(ids.len()), |most| most as usize),
        }
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

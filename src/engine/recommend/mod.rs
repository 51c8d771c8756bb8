//! Next items for a session: the item-item table, session prototypes and
//! reminders of the shopper's own history, in a mix fitted to the shop.
//!
//! Lives here: the score, the choice of the best, and the kinds of rows made of it,
//! a file each. Must not live here: where
//! the numbers lie (`artifact`), where the session comes from (`session`), or
//! which items a shop wants left out (the caller says).
//!
//! `score = table·G/max G + (1 − table)·P/max P + reminder·e^(−age/decay)`, for the
//! current item with a weight of its own instead of the reminder's, where
//! G sums the rows of the last items in the table, and P the prototypes that look
//! most like the session. The table is what remains of nearest-neighbour methods
//! when every session counts, and finds much; prototypes add the evidence of
//! sessions that share several items, and put the right one first.

pub mod again;
pub mod alike;
pub mod kinds;
pub mod mix;
pub mod needs;
pub(crate) mod neighbouring;
pub(crate) mod similar;
pub mod together;
pub mod top;
pub mod trending;

use super::artifact::Artifact;
use super::artifact::neighbours::Weights;
use super::math;
use mix::Mix;
use similar::Similar;
use top::Top;

/// Most recent distinct items that count.
pub const CONTEXT: usize = 10;

/// What is asked: item numbers are the artifact's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// Distinct items of this session, the newest first; the first [`CONTEXT`] count.
    pub session: &'a [u32],
    /// Distinct items of the shopper's own history that may be shown again, the
    /// most recent first; the current item is the first of the session.
    pub history: &'a [u32],
    /// Items that may not be among the answers.
    pub excluded: &'a [u32],
}

/// Sums by item, and which items have one: cleared in the time it takes to read.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    pub(crate) fn of(items: usize) -> Self {
        Self { sums: vec![0.0; items], touched: Vec::new() }
    }

    /// Adds; whether the item had no sum before.
    #[inline(always)]
    pub(crate) fn add(&mut self, item: u32, value: f32) -> bool {
        let Some(sum) = self.sums.get_mut(item as usize) else { return false };
        let is_new = *sum == 0.0;
        if is_new {
            self.touched.push(item);
        }
        *sum += value;
        is_new
    }

    #[inline(always)]
    pub(crate) fn get(&self, item: u32) -> f32 {
        self.sums.get(item as usize).copied().unwrap_or_default()
    }

    /// Items that were added to, and their sums.
    #[inline(always)]
    pub(crate) fn entries(&self) -> impl Iterator<Item = (u32, f32)> {
        self.touched.iter().map(|item| (*item, self.get(*item)))
    }

    #[inline(always)]
    fn largest(&self) -> f32 {
        largest(self.entries())
    }

    /// Multiplies each sum; the largest product.
    #[inline(always)]
    fn scale(&mut self, factor: impl Fn(u32) -> f32) -> f32 {
        let mut largest = 0.0;
        for item in &self.touched {
            if let Some(sum) = self.sums.get_mut(*item as usize) {
                *sum *= factor(*item);
                largest = math::larger(largest, *sum);
            }
        }
        largest
    }

    /// Hands all sums over, and has none any more.
    #[inline(always)]
    pub(crate) fn take(&mut self, mut each: impl FnMut(u32, f32)) {
        for item in &self.touched {
            if let Some(sum) = self.sums.get_mut(*item as usize) {
                each(*item, std::mem::take(sum));
            }
        }
        self.touched.clear();
    }
}

/// The largest of these sums, at least 0.
#[inline(always)]
pub(crate) fn largest(entries: impl Iterator<Item = (u32, f32)>) -> f32 {
    entries.map(|(_, sum)| sum).fold(0.0, math::larger)
}

/// Recommends from one artifact, with memory that is used again and again.
#[derive(Debug)]
pub struct Recommender {
    mix: Mix,
    weights: Weights,
    /// How much an item of the session counts in the table's part, by its age.
    ages: Vec<f32>,
    similar: Similar,
    table: Sums,
    sessions: Sums,
    scores: Sums,
}

impl Recommender {
    /// Prepares for an artifact; later calls must be about the same one.
    pub fn new(artifact: &Artifact, mix: Mix) -> Self {
        let items = artifact.meta().items as usize;
        let sums = || Sums::of(items);
        Self {
            mix,
            weights: Weights::default(),
            ages: fadings(mix.table_decay),
            similar: Similar::new(artifact, &mix),
            table: sums(),
            sessions: sums(),
            scores: sums(),
        }
    }

    /// The best `limit` items with their scores, best first; ties by number. What
    /// neither table nor prototypes nor history fill is filled by popularity, with
    /// score 0.
    pub fn recommend(
        &mut self,
        artifact: &Artifact,
        query: Query,
        limit: usize,
    ) -> Vec<(u32, f32)> {
        self.score(artifact, query);
        let mut top = Top::new(limit);
        for (item, score) in self.scores.entries() {
            // Less than nothing: rather something popular than this.
            if score > 0.0 && !query.excluded.contains(&item) {
                top.offer(score, item);
            }
        }
        let mut best = top.into_entries();
        for item in artifact.popular() {
            if best.len() >= limit {
                break;
            }
            let known = self.scores.get(*item) != 0.0 || query.excluded.contains(item);
            if !known {
                best.push((*item, 0.0));
            }
        }
        self.scores.take(|_, _| ());
        best
    }

    /// Every item with a score above 0 that has a name here, in no order: for who has
    /// more to say about which of them may be shown than a list of exclusions.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    pub fn scores(
        &mut self,
        artifact: &Artifact,
        query: Query,
        name: impl Fn(u32) -> Option<u32>,
    ) -> Vec<(u32, f32)> {
        self.score(artifact, query);
        let mut scored = Vec::with_capacity(self.scores.touched.len());
        self.scores.take(|item, score| {
            if let Some(name) = name(item).filter(|_| score > 0.0) {
                scored.push((name, score));
            }
        });
        scored
    }

    /// What table and prototypes say of these items, up to 1 each, after a session,
    /// the newest first. Nothing of the current item, of which prototypes would
    /// say that it goes best with itself.
    pub fn graph(&mut self, artifact: &Artifact, session: &[u32], items: &[u32]) -> Vec<f32> {
        self.score_graph(artifact, session);
        let current = session.first();
        let score = |item| if current == Some(item) { 0.0 } else { self.scores.get(*item) };
        let scores = items.iter().map(score).collect();
        self.scores.take(|_, _| ());
        scores
    }

    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    fn score_graph(&mut self, artifact: &Artifact, session: &[u32]) {
        let Self { mix, weights, ages, similar, table, sessions, scores } = self;
        let context = session.get(..CONTEXT).unwrap_or(session);
        context.iter().for_each(|item| artifact.links().want(*item));
        if mix.table > 0.0 {
            neighbouring::sum(artifact, weights, ages, context, table);
            let largest = table.largest();
            table.take(|item, sum| {
                scores.add(item, mix.table * sum / largest);
            });
        }
        if mix.table < 1.0 {
            let largest = similar.sum(artifact, mix, context, sessions);
            sessions.take(|item, sum| {
                scores.add(item, (1.0 - mix.table) * sum / largest);
            });
        }
    }

    fn score(&mut self, artifact: &Artifact, query: Query) {
        self.score_graph(artifact, query.session);
        remind(&mut self.scores, &self.mix, query);
    }
}

/// Adds reminders and the current item, after all other parts.
pub(crate) fn remind(scores: &mut Sums, mix: &Mix, query: Query) {
    for (item, age) in query.history.iter().zip(0u32..) {
        if query.session.first() != Some(item) {
            scores.add(*item, mix.reminder * fading(age, mix.reminder_decay));
        }
    }
    // Last, because a sum that falls back to 0 would count as untouched.
    if let Some(current) = query.session.first() {
        scores.add(*current, mix.current);
    }
}

/// How much an item of a session counts, by its age.
pub(crate) fn fadings(decay: f32) -> Vec<f32> {
    (0..CONTEXT as u32).map(|age| fading(age, decay)).collect()
}

/// `e^(−age / decay)`.
fn fading(age: u32, decay: f32) -> f32 {
    math::exp(-f64::from(age) / f64::from(decay)) as f32
}

//! Questions to the engine about sessions that were held out: a page has a section a
//! category; at which place does the category stand that is clicked next? Asked with
//! and without a section of the artifact, the same questions. Must not live here:
//! what such a section is made of.

use super::contexts::Visit;
use super::corpus::Session;
use super::shopping::{Page, Shelves};
use super::trainer::train;
use super::writing::extended;
use crate::engine::ArmRow;
use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::SectionId;
use crate::engine::context::Context;
use crate::engine::ranking::Kind;

/// One part of so many, the newest, is held out.
pub const HELD_OUT: usize = 5;
/// Standard errors that a gain must be above 0, because several things are tried.
const SURE: f64 = 3.0;
/// Questions below which nothing is believed.
const LEAST: usize = 50;
/// Sessions that are asked about, of each half.
const MOST_SESSIONS: usize = 500;
/// Room for an artifact that holds next to nothing but ids.
const BUDGET: usize = 1 << 24;

/// Which of the sessions that were held out: every second one chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To choose by.
    Fitting = 0,
    /// To report.
    Measuring = 1,
}

/// A difference of means.
#[derive(Clone, Copy, Debug)]
pub struct Gain {
    /// The mean.
    pub mean: f64,
    /// Its standard error, as if all questions were apart.
    error: f64,
    questions: usize,
}

impl Gain {
    /// Whether it can be taken for more than chance.
    pub fn is_sure(self) -> bool {
        self.questions >= LEAST && self.mean > SURE * self.error
    }
}

/// What the second gains over the first, question by question.
pub fn gain(before: &[f64], after: &[f64]) -> Gain {
    let count = before.len().max(1) as f64;
    let gains = || after.iter().zip(before).map(|(after, before)| after - before);
    let mean = gains().sum::<f64>() / count;
    let spread: f64 = gains().map(|gain| (gain - mean) * (gain - mean)).sum();
    Gain { mean, error: (spread / count / count).sqrt(), questions: before.len() }
}

/// A shop's sessions, in those that teach and those that ask.
#[derive(Debug)]
pub struct Questions<'a> {
    shelves: &'a Shelves<'a>,
    /// The older ones.
    pub teaching: &'a [Visit],
    held_out: &'a [Visit],
    arms: Vec<ArmRow>,
    places: Vec<usize>,
}

impl<'a> Questions<'a> {
    /// Sessions oldest first.
    pub fn new(shelves: &'a Shelves<'a>, visits: &'a [Visit]) -> Self {
        let (teaching, held_out) = visits.split_at(visits.len() - visits.len() / HELD_OUT);
        let mut counts = vec![0u32; shelves.names.len()];
        for category in teaching.iter().flat_map(|visit| &visit.categories) {
            if let Some(count) = counts.get_mut(*category as usize) {
                *count += 1;
            }
        }
        let places = places(&counts);
        let mut arms = vec![ArmRow::default(); places.len()];
        for (place, name) in places.iter().zip(shelves.names) {
            if let Some(arm) = arms.get_mut(*place) {
                *arm = ArmRow { id: name.clone(), category: vec![name.clone()], pinned: false };
            }
        }
        Self { shelves, teaching, held_out, arms, places }
    }

    /// Reciprocal places at each click but the first, with these sections.
    ///
    /// # Errors
    /// When the engine cannot use them.
    pub fn ask(
        &self,
        half: Asked,
        sections: &[(SectionId, Vec<u8>)],
    ) -> Result<Vec<f64>, ArtifactError> {
        let trained = train(self.shelves.ids, &[Session::default()], 1, BUDGET);
        let file = trained.map(|trained| trained.bytes).unwrap_or_default();
        let mut page = Page::new(self.shelves, extended(file, sections)?, 0.0)?;
        let mut ranks = Vec::new();
        let own = self.held_out.iter().skip(half as usize).step_by(2);
        for visit in own.filter(|visit| visit.categories.len() > 1).take(MOST_SESSIONS) {
            page.welcome();
            let facts = visit.facts.iter().flat_map(|(kind, value)| [kind.as_str(), value]);
            page.session.set_context(Context::new(facts));
            for (at, (item, category)) in visit.items.iter().zip(&visit.categories).enumerate() {
                if at > 0 {
                    let now = page.now();
                    let order =
                        page.session.order_arms(Kind::Sections, "page", &self.arms, None, now);
                    let own = self.places.get(*category as usize).copied().unwrap_or_default();
                    let place = order.iter().position(|shown| *shown as usize == own);
                    ranks.push(place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0)));
                }
                page.click(*item);
            }
        }
        Ok(ranks)
    }
}

/// Place of each by how often it was met, ties by number.
pub fn places(counts: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| (u32::MAX - counts.get(*at).copied().unwrap_or_default(), *at));
    let mut places = vec![0; counts.len()];
    for (place, at) in order.into_iter().enumerate() {
        if let Some(slot) = places.get_mut(at) {
            *slot = place;
        }
    }
    places
}

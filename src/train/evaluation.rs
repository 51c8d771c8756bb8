//! How well an artifact foresees the next item: hit rate and mean reciprocal rank
//! over all items, for each prefix of each session, by the same engine and the
//! same bytes that a page loads. Must not live here: files and reports.

use super::corpus::newest_first;
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;
use crate::engine::recommend::{Query, Recommender};
use serde::{Deserialize, Serialize};

/// Answers that are looked at.
pub const ANSWERS: usize = 20;

/// What came before, and what came next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Distinct known items, the newest first, in the artifact's numbers.
    pub before: Vec<u32>,
    /// The item on the screen, if the artifact knows it.
    pub current: Option<u32>,
    /// The next item; one that the artifact does not know is never found.
    pub next: Option<u32>,
}

impl Question {
    /// From items in the artifact's numbers, oldest first.
    pub fn new(prefix: &[Option<u32>], next: Option<u32>) -> Self {
        let known: Vec<u32> = prefix.iter().flatten().copied().collect();
        Self { before: newest_first(&known), current: prefix.last().copied().flatten(), next }
    }
}

/// Sums over questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Questions.
    pub questions: u32,
    /// Found among the first 20.
    pub hits: u32,
    /// Found among the first 10.
    pub hits10: u32,
    /// Sum of reciprocal ranks within the first 20.
    pub reciprocal: f64,
}

impl Quality {
    /// Adds an answer: the place of the next item from 0, if it was found.
    pub fn add(&mut self, place: Option<usize>) {
        self.questions += 1;
        if let Some(place) = place {
            self.hits += 1;
            self.hits10 += u32::from(place < 10);
            self.reciprocal += 1.0 / (place as f64 + 1.0);
        }
    }

    /// Hit rate at 20.
    pub fn hit_rate(&self) -> f64 {
        f64::from(self.hits) / f64::from(self.questions.max(1))
    }

    /// Hit rate at 10.
    pub fn hit_rate10(&self) -> f64 {
        f64::from(self.hits10) / f64::from(self.questions.max(1))
    }

    /// Mean reciprocal rank at 20.
    pub fn mean_reciprocal_rank(&self) -> f64 {
        self.reciprocal / f64::from(self.questions.max(1))
    }
}

/// The place of the next item among the answers, from 0.
pub fn place(
    artifact: &Artifact,
    recommender: &mut Recommender,
    mode: Mode,
    question: &Question,
) -> Option<usize> {
    let answers = recommender.recommend(artifact, query(mode, question), ANSWERS);
    let next = question.next?;
    answers.iter().position(|(item, _)| *item == next)
}

/// What a question asks in this mode.
pub(super) fn query(mode: Mode, question: &Question) -> Query<'_> {
    let excluded = if mode == Mode::Excluded { question.current.as_slice() } else { &[] };
    Query { session: &question.before, history: &question.before, excluded }
}

/// The quality over these questions.
pub fn measure(artifact: &Artifact, mix: Mix, mode: Mode, questions: &[Question]) -> Quality {
    let mut recommender = Recommender::new(artifact, mix);
    let mut quality = Quality::default();
    for question in questions {
        quality.add(place(artifact, &mut recommender, mode, question));
    }
    quality
}

/// How many items are among the answers to these questions at all.
pub fn covered(artifact: &Artifact, mode: Mode, questions: &[Question]) -> usize {
    let mut recommender = Recommender::new(artifact, artifact.mix(mode));
    let mut seen = vec![false; artifact.meta().items as usize];
    for question in questions {
        for (item, _) in recommender.recommend(artifact, query(mode, question), ANSWERS) {
            if let Some(seen) = seen.get_mut(item as usize) {
                *seen = true;
            }
        }
    }
    seen.into_iter().filter(|seen| *seen).count()
}

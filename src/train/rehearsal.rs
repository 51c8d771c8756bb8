//! The same questions, asked of one artifact in many mixes. What the parts of a score
//! have in common with those of the mix before is not computed again: most mixes of
//! a fit differ in a field that only weighs the parts. The places are exactly those
//! that `engine::recommend` gives. Must not live here: which mixes are tried (`fit`).

use super::evaluation::{ANSWERS, Quality, Question, query};
use crate::engine::artifact::neighbours::Weights;
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;
use crate::engine::recommend::similar::{Near, Similar};
use crate::engine::recommend::{CONTEXT, Query, Sums, fadings, largest, neighbouring, remind};
use std::borrow::Cow;

/// Heats of a race, as the first question and one of how many: an eighth of them, another,
/// a quarter, and the other half.
pub const HEATS: [(usize, usize); 4] = [(0, 8), (4, 8), (2, 4), (1, 2)];

/// Items and their sums.
type Entries<'a> = Cow<'a, [(u32, f32)]>;

/// The parts of the answer to a question, before they are weighed.
#[derive(Debug, Default)]
struct Parts<'a> {
    /// What the table says.
    table: Entries<'a>,
    /// Prototypes like the session.
    nearest: Cow<'a, [Near]>,
    /// What these hold.
    sessions: Entries<'a>,
}

impl Parts<'_> {
    fn into_owned(self) -> Parts<'static> {
        Parts {
            table: Cow::Owned(self.table.into_owned()),
            nearest: Cow::Owned(self.nearest.into_owned()),
            sessions: Cow::Owned(self.sessions.into_owned()),
        }
    }
}

/// Which parts two mixes have in common.
#[derive(Clone, Copy, Debug)]
struct Common {
    table: bool,
    nearest: bool,
    sessions: bool,
}

impl Common {
    fn of(a: &Mix, b: &Mix) -> Self {
        let nearest = |mix: &Mix| (mix.session_decay, mix.ageing, mix.nearest);
        let sessions = |mix: &Mix| (mix.shared_decay, mix.proximity, mix.behind, mix.rarity);
        let has_nearest = nearest(a) == nearest(b);
        Self {
            table: a.table_decay == b.table_decay,
            nearest: has_nearest,
            sessions: has_nearest && sessions(a) == sessions(b),
        }
    }

    fn all(self) -> bool {
        self.table && self.sessions
    }
}

/// Makes the parts of one mix.
#[derive(Debug)]
struct Maker<'a> {
    artifact: &'a Artifact,
    mix: Mix,
    weights: Weights,
    ages: Vec<f32>,
    similar: Similar,
    sums: Sums,
}

impl<'a> Maker<'a> {
    fn new(artifact: &'a Artifact, mix: Mix) -> Self {
        let sums = Sums::of(artifact.meta().items as usize);
        let similar = Similar::new(artifact, &mix);
        let ages = fadings(mix.table_decay);
        Self { artifact, mix, weights: Weights::default(), ages, similar, sums }
    }

    /// The parts of the answer to this question, of which those in common are `known`.
    fn parts<'k>(
        &mut self,
        question: &Question,
        known: &'k Parts<'_>,
        common: Common,
    ) -> Parts<'k> {
        let session = &question.before;
        let context = session.get(..CONTEXT).unwrap_or(session);
        let Self { artifact, mix, weights, ages, similar, sums } = self;
        let table = if common.table {
            Cow::Borrowed(&*known.table)
        } else {
            neighbouring::sum(artifact, weights, ages, context, sums);
            taken(sums)
        };
        let nearest = if common.nearest {
            Cow::Borrowed(&*known.nearest)
        } else {
            let found = similar.nearest(artifact, mix, context);
            found.into_iter().map(|found| similar.near(found)).collect()
        };
        let sessions = if common.sessions {
            Cow::Borrowed(&*known.sessions)
        } else {
            similar.gather(artifact, nearest.iter().copied(), sums);
            taken(sums)
        };
        Parts { table, nearest, sessions }
    }
}

/// The entries of these sums, which are empty then.
fn taken(sums: &mut Sums) -> Entries<'static> {
    let mut entries = Vec::new();
    sums.take(|item, sum| entries.push((item, sum)));
    Cow::Owned(entries)
}

/// Adds a part of the score, scaled to its best.
fn blend(scores: &mut Sums, share: f32, part: &[(u32, f32)]) {
    let largest = largest(part.iter().copied());
    for (item, sum) in part {
        scores.add(*item, share * sum / largest);
    }
}

/// Questions, and the parts of their answers in one mix.
#[derive(Debug)]
pub struct Rehearsal<'a> {
    artifact: &'a Artifact,
    questions: &'a [Question],
    mix: Mix,
    /// By question.
    parts: Vec<Parts<'static>>,
    scores: Sums,
}

impl<'a> Rehearsal<'a> {
    /// Keeps the parts of this mix.
    pub fn new(artifact: &'a Artifact, questions: &'a [Question], mix: Mix) -> Self {
        let scores = Sums::of(artifact.meta().items as usize);
        let mut rehearsal = Self { artifact, questions, mix, parts: Vec::new(), scores };
        let nothing = Parts::default();
        let common = Common { table: false, nearest: false, sessions: false };
        rehearsal.parts = rehearsal.made(mix, common, std::iter::repeat(&nothing));
        rehearsal
    }

    /// Keeps the parts of this mix instead: what is asked next is near it.
    pub fn keep(&mut self, mix: Mix) {
        let common = Common::of(&self.mix, &mix);
        if !common.all() {
            self.parts = self.made(mix, common, self.parts.iter());
        }
        self.mix = mix;
    }

    /// The quality of a mix over all questions, asked heat by heat; `None` if it does not
    /// stay for the last. `stays` is told which heat is over, and the quality so far.
    pub fn race(
        &mut self,
        mix: Mix,
        mode: Mode,
        mut stays: impl FnMut(usize, Quality) -> bool,
    ) -> Option<Quality> {
        let common = Common::of(&self.mix, &mix);
        let mut maker = (!common.all()).then(|| Maker::new(self.artifact, mix));
        let mut quality = Quality::default();
        for (heat, (first, every)) in HEATS.into_iter().enumerate() {
            let asked = self.questions.iter().zip(&self.parts).skip(first).step_by(every);
            for (question, known) in asked {
                let made = maker.as_mut().map(|maker| maker.parts(question, known, common));
                let Parts { table, sessions, .. } = made.as_ref().unwrap_or(known);
                let query = query(mode, question);
                if mix.table > 0.0 {
                    blend(&mut self.scores, mix.table, table);
                }
                if mix.table < 1.0 {
                    blend(&mut self.scores, 1.0 - mix.table, sessions);
                }
                remind(&mut self.scores, &mix, query);
                let place =
                    question.next.and_then(|next| place(self.artifact, &self.scores, query, next));
                quality.add(place);
                self.scores.take(|_, _| ());
            }
            if !stays(heat, quality) {
                return None;
            }
        }
        Some(quality)
    }

    /// The parts of each answer in this mix.
    fn made<'k>(
        &self,
        mix: Mix,
        common: Common,
        known: impl Iterator<Item = &'k Parts<'static>>,
    ) -> Vec<Parts<'static>> {
        let mut maker = Maker::new(self.artifact, mix);
        let questions = self.questions.iter().zip(known);
        questions
            .map(|(question, known)| maker.parts(question, known, common).into_owned())
            .collect()
    }
}

/// The place of an item by the scores, from 0, if it is among the answers: behind
/// what scores more, or by popularity behind all that scores at all.
fn place(artifact: &Artifact, scores: &Sums, query: Query, next: u32) -> Option<usize> {
    let is_excluded = |item| query.excluded.contains(&item);
    let own = scores.get(next);
    if is_excluded(next) || own < 0.0 {
        return None;
    }
    let is_before = |(item, score): (u32, f32)| {
        score > 0.0 && (score > own || score == own && item < next) && !is_excluded(item)
    };
    let before = scores.entries().filter(|entry| is_before(*entry)).count();
    let left = ANSWERS.checked_sub(before).filter(|left| *left > 0)?;
    if own > 0.0 {
        return Some(before);
    }
    let unknown = |item: &&u32| scores.get(**item) == 0.0 && !is_excluded(**item);
    let mut fill = artifact.popular().iter().filter(unknown).take(left);
    fill.position(|item| *item == next).map(|at| before + at)
}

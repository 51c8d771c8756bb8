//! The whole way: fit on what came before the last day, then pack everything with
//! what was fitted. Must not live here: any of the steps.

use super::corpus::{Session, counts};
use super::evaluation::{Quality, Question, covered, measure};
use super::extras::Extras;
use super::fit::{fit, fit_coarsely};
use super::pairs::Pair;
use super::plan::{Plan, Settings, Source, groups};
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;

/// Shares of the table that are tried.
const SHARES: [f64; 3] = [0.2, 0.4, 0.6];
/// People behind a pair that are tried.
const SUPPORTS: [u32; 3] = [1, 2, 3];
/// Questions that the choice among plans looks at, and the fit of the mix.
const FEW_QUESTIONS: usize = 2_500;
const QUESTIONS: usize = 4_000;
/// Fewer questions say nothing: the mix stays where the fit would start.
const LEAST_QUESTIONS: usize = 100;
/// Part of the sessions that is held out where days are not known: 1 of so many.
const HELD_OUT: usize = 30;

/// Sessions, and pairs of the same sessions.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Oldest first.
    pub sessions: &'a [Session],
    /// See [`super::pairs::count`].
    pub pairs: &'a [Pair],
}

/// What a training starts from.
#[derive(Clone, Copy, Debug)]
pub struct Training<'a> {
    /// Ids, by number.
    pub ids: &'a [String],
    /// Everything.
    pub all: Sample<'a>,
    /// What came before the sessions that are held out: the first of them.
    pub before: Sample<'a>,
    /// What orders and the catalogue add.
    pub extras: Option<&'a Extras>,
    /// People behind every pair and prototype.
    pub k: u32,
    /// Bytes of the file.
    pub budget: usize,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The artifact.
    pub bytes: Vec<u8>,
    /// What was chosen.
    pub settings: Settings,
    /// Neighbours and prototypes.
    pub sizes: (usize, usize),
    /// Items whose row of the table has content neighbours only.
    pub alone: usize,
    /// What was fitted, current item allowed and excluded.
    pub mixes: [Mix; 2],
    /// On the sessions that were held out, from an artifact that knows nothing of
    /// them; `None` where they were too few.
    pub quality: Option<[Quality; 2]>,
    /// Items among the first answers of the packed bytes to questions of the sessions
    /// that were held out, the current item excluded.
    pub covered: usize,
}

/// How many of these sessions, oldest first, come before those that are held
/// out: all but the last day's, or but the last thirtieth if there is one day.
pub fn split(sessions: &[Session]) -> usize {
    let last = sessions.last().map(|session| session.day);
    let before = sessions.partition_point(|session| Some(session.day) < last);
    if before == 0 || before + LEAST_QUESTIONS > sessions.len() {
        return sessions.len() - sessions.len() / HELD_OUT;
    }
    before
}

impl Training<'_> {
    /// Trains; `None` when the ids cannot be told apart by hashes, or there are more
    /// of them than an artifact may have.
    pub fn run(&self) -> Option<Trained> {
        let held_out = self.all.sessions.get(self.before.sessions.len()..).unwrap_or_default();
        let base = Settings { k: self.k, budget: self.budget, support: self.k.max(1), share: 0.4 };
        let mut settings = base;
        let mut mixes = [Mix::default(); 2];
        let mut quality = None;
        if let Some(fitted) = self.fit(base, held_out) {
            (settings, mixes, quality) = (fitted.0, fitted.1, Some(fitted.2));
        }
        let counts = counts(self.all.sessions, self.ids.len());
        let source = self.source(self.all, &counts);
        let plan = Plan::new(&source, &groups(&source, self.k), settings);
        let bytes = plan.pack(&source, mixes)?;
        let (sizes, alone) = (plan.sizes(), plan.alone());
        let artifact = Artifact::load(bytes.clone()).ok()?;
        let questions = self.questions(&artifact, held_out, QUESTIONS);
        let covered = covered(&artifact, Mode::Excluded, &questions);
        Some(Trained { bytes, settings, sizes, alone, mixes, quality, covered })
    }

    fn source<'a>(&'a self, sample: Sample<'a>, counts: &'a [u32]) -> Source<'a> {
        let Sample { sessions, pairs } = sample;
        Source { ids: self.ids, sessions, pairs, counts, extras: self.extras }
    }

    fn fit(
        &self,
        base: Settings,
        held_out: &[Session],
    ) -> Option<(Settings, [Mix; 2], [Quality; 2])> {
        let counts = counts(self.before.sessions, self.ids.len());
        let source = self.source(self.before, &counts);
        let groups = groups(&source, self.k);
        let mut best: Option<(f64, Settings, Artifact)> = None;
        let mut supports: Vec<u32> = SUPPORTS.map(|support| support.max(self.k)).to_vec();
        supports.dedup();
        for support in supports {
            for share in SHARES {
                let settings = Settings { support, share, ..base };
                let bytes =
                    Plan::new(&source, &groups, settings).pack(&source, [Mix::default(); 2])?;
                // A file of our own making that does not load is no choice.
                let Ok(artifact) = Artifact::load(bytes) else { continue };
                let questions = self.questions(&artifact, held_out, FEW_QUESTIONS);
                if questions.len() < LEAST_QUESTIONS {
                    return None;
                }
                let reached = [Mode::Allowed, Mode::Excluded]
                    .map(|mode| fit_coarsely(&artifact, Mix::default(), mode, &questions).1)
                    .into_iter()
                    .product();
                if best.as_ref().is_none_or(|(known, ..)| reached > *known) {
                    best = Some((reached, settings, artifact));
                }
            }
        }
        let (_, settings, artifact) = best?;
        let questions = self.questions(&artifact, held_out, QUESTIONS);
        let mixes = [Mode::Allowed, Mode::Excluded]
            .map(|mode| fit(&artifact, Mix::default(), mode, &questions).0);
        let [allowed, excluded] = mixes;
        let quality = [(Mode::Allowed, allowed), (Mode::Excluded, excluded)]
            .map(|(mode, mix)| measure(&artifact, mix, mode, &questions));
        Some((settings, mixes, quality))
    }

    /// At most so many questions, evenly from all of them.
    fn questions(&self, artifact: &Artifact, sessions: &[Session], most: usize) -> Vec<Question> {
        let all: usize = sessions.iter().map(|session| session.items.len().saturating_sub(1)).sum();
        let id = |item: &u32| self.ids.get(*item as usize).and_then(|id| artifact.item(id));
        sessions
            .iter()
            .flat_map(|session| {
                let items: Vec<Option<u32>> = session.items.iter().map(id).collect();
                Question::all(&items).collect::<Vec<_>>()
            })
            .step_by(all.div_ceil(most).max(1))
            .collect()
    }
}

/// The whole way from sessions alone, oldest first, where no database counts pairs.
pub fn train(ids: &[String], sessions: &[Session], k: u32, budget: usize) -> Option<Trained> {
    let before = sessions.get(..split(sessions)).unwrap_or_default();
    let [all_pairs, pairs] = [sessions, before].map(super::pairs::count);
    let all = Sample { sessions, pairs: &all_pairs };
    let before = Sample { sessions: before, pairs: &pairs };
    Training { ids, all, before, extras: None, k, budget }.run()
}

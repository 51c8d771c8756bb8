//! The fit of a shop's plan and mixes to the sessions that are held out, in rounds of
//! searches that do not depend on one another: first among plans, then for the mixes of
//! the best. Must not live here: how a search is made (`search`), or by whom.

use super::corpus::{Session, counts};
use super::evaluation::{Quality, Question};
use super::plan::{Plan, Settings};
use super::search::{Effort, Found, Search};
use super::trainer::{ENOUGH_QUESTIONS, Training, questions_of};
use crate::engine::artifact::Artifact;
use crate::engine::recommend::mix::Mix;

/// Shares of the table that are tried.
const SHARES: [f64; 3] = [0.2, 0.4, 0.6];
/// People behind a pair that are tried.
const SUPPORTS: [u32; 3] = [1, 2, 3];
/// Questions that the choice among plans looks at, and the fit of the mix.
const FEW_QUESTIONS: usize = 2_500;
pub(super) const QUESTIONS: usize = 4_000;
/// Fewer questions measure nothing.
const LEAST_QUESTIONS: usize = 100;

/// The current item allowed, and excluded.
const MODES: [bool; 2] = [false, true];

/// What a fit found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The plan's.
    pub settings: Settings,
    /// Current item allowed and excluded.
    pub mixes: [Mix; 2],
    /// Questions that they were fitted to; 0 where these were too few.
    pub questions: u32,
    /// What they reach.
    pub quality: [Quality; 2],
}

/// A plan that is tried.
#[derive(Clone, Debug)]
struct Candidate {
    settings: Settings,
    artifact: Vec<u8>,
}

/// Where the fit is.
#[derive(Clone, Debug)]
enum Stage {
    /// Among these plans.
    Plans(Vec<Candidate>),
    /// For the mixes of this one.
    Mixes(Candidate),
    /// Over, with what was found, if there was anything to ask.
    Over(Option<Box<Fitted>>),
}

/// A fit on its way.
#[derive(Clone, Debug)]
pub struct Fitting {
    stage: Stage,
    can_choose: bool,
}

impl Fitting {
    /// The fit of this training; over at once where its sessions ask next to nothing. Where
    /// they ask too little for a choice, it finds what the base reaches.
    pub fn new(training: &Training, groups: &[Vec<u32>], base: Settings) -> Self {
        let can_choose = questions_of(training.held_out()) >= ENOUGH_QUESTIONS;
        if !asks_something(training.held_out()) {
            return Self { stage: Stage::Over(None), can_choose };
        }
        let counts = counts(training.before.sessions, training.ids.len());
        let source = training.source(training.before, &counts);
        let mut supports: Vec<u32> = SUPPORTS.map(|support| support.max(training.k)).to_vec();
        supports.dedup();
        let all = supports.iter().flat_map(|support| SHARES.map(|share| (*support, share)));
        let tried = if can_choose { all.collect() } else { vec![(base.support, base.share)] };
        let candidate = |(support, share)| {
            let settings = Settings { support, share, ..base };
            let mixes = [Mix::default(); 2];
            let artifact = Plan::new(&source, groups, settings).pack(&source, mixes)?;
            Some(Candidate { settings, artifact })
        };
        let mut candidates: Vec<Candidate> = tried.into_iter().filter_map(candidate).collect();
        let stage = match (candidates.len(), candidates.pop()) {
            (1, Some(only)) => Stage::Mixes(only),
            (_, last) => Stage::Plans(candidates.into_iter().chain(last).collect()),
        };
        Self { stage, can_choose }
    }

    /// The searches of the next round, which may be made in any order; none where the fit is
    /// over. One after another, because each holds an artifact.
    pub fn searches<'a>(&'a self, training: &'a Training) -> impl Iterator<Item = Search> {
        let (candidates, most, effort) = match &self.stage {
            Stage::Plans(all) => (all.as_slice(), FEW_QUESTIONS, Effort::Coarse),
            Stage::Mixes(one) if self.can_choose => {
                (std::slice::from_ref(one), QUESTIONS, Effort::Full)
            }
            Stage::Mixes(one) => (std::slice::from_ref(one), QUESTIONS, Effort::Nothing),
            Stage::Over(_) => (&[] as &[Candidate], 0, Effort::Nothing),
        };
        let search = move |Candidate { artifact, .. }: &'a Candidate| {
            let questions = match Artifact::load(artifact.clone()) {
                Ok(loaded) => asked(training, &loaded, most),
                Err(_) => Vec::new(),
            };
            MODES.into_iter().map(move |excluded| {
                let (artifact, questions) = (artifact.clone(), questions.clone());
                Search { artifact, questions, excluded, effort }
            })
        };
        candidates.iter().flat_map(search)
    }

    /// Goes on with what these searches found, in their order.
    pub fn take(&mut self, found: &[Found]) {
        let stage = std::mem::replace(&mut self.stage, Stage::Over(None));
        self.stage = match stage {
            Stage::Plans(candidates) => {
                let mut best: Option<(f64, Candidate)> = None;
                for (candidate, found) in candidates.into_iter().zip(found.chunks_exact(2)) {
                    let reached = product(found);
                    if best.as_ref().is_none_or(|(known, _)| reached > *known) {
                        best = Some((reached, candidate));
                    }
                }
                best.map_or(Stage::Over(None), |(_, best)| Stage::Mixes(best))
            }
            Stage::Mixes(Candidate { settings, .. }) => {
                let of_modes = <[Found; 2]>::try_from(found).ok();
                Stage::Over(of_modes.filter(|found| product(found) >= 0.0).map(|found| {
                    let quality @ [Quality { questions, .. }, _] = found.map(|found| found.quality);
                    let questions = if self.can_choose { questions } else { 0 };
                    let mixes = found.map(|found| found.mix);
                    Box::new(Fitted { settings, mixes, questions, quality })
                }))
            }
            over @ Stage::Over(_) => over,
        };
    }

    /// The settings, once they are known: before the mixes are.
    pub fn settings(&self) -> Option<Settings> {
        match &self.stage {
            Stage::Plans(_) => None,
            Stage::Mixes(Candidate { settings, .. }) => Some(*settings),
            Stage::Over(fitted) => fitted.as_ref().map(|fitted| fitted.settings),
        }
    }

    /// What was found, once it is over.
    pub fn found(&self) -> Option<&Fitted> {
        match &self.stage {
            Stage::Over(fitted) => fitted.as_deref(),
            Stage::Plans(_) | Stage::Mixes(_) => None,
        }
    }
}

/// Whether there is enough to ask of these sessions to measure anything.
pub(super) fn asks_something(sessions: &[Session]) -> bool {
    questions_of(sessions) >= LEAST_QUESTIONS
}

/// What both modes of a plan reach together; less than any where it did not load.
fn product(found: &[Found]) -> f64 {
    let loads = found.iter().all(|found| found.reached >= 0.0);
    if loads { found.iter().map(|found| found.reached).product() } else { f64::NEG_INFINITY }
}

/// At most so many questions of the sessions that are held out, evenly from all of them.
pub(super) fn asked(training: &Training, artifact: &Artifact, most: usize) -> Vec<Question> {
    let sessions = training.held_out();
    let every = questions_of(sessions).div_ceil(most).max(1);
    let id = |item: &u32| training.ids.get(*item as usize).and_then(|id| artifact.item(id));
    // Questions until the next one that is asked.
    let mut left = 0;
    let mut asked = Vec::new();
    for Session { items, .. } in sessions {
        for (at, next) in items.iter().enumerate().skip(1) {
            if left == 0 {
                let before: Vec<Option<u32>> = items.iter().take(at).map(id).collect();
                asked.push(Question::new(&before, id(next)));
                left = every;
            }
            left -= 1;
        }
    }
    asked
}

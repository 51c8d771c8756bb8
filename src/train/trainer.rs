//! The whole way: fit on what came before the last day, then pack everything with
//! what was fitted. Must not live here: any of the steps.

use super::corpus::{Session, counts};
use super::evaluation::{Quality, Question, covered, measure};
use super::extras::Extras;
use super::fit::{fit, fit_coarsely};
use super::pairs::Pair;
use super::plan::{Plan, Settings, Source, groups};
use super::rehearsal::Rehearsal;
use super::sharding::Shard;
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;

/// Shares of the table that are tried.
const SHARES: [f64; 3] = [0.2, 0.4, 0.6];
/// People behind a pair that are tried.
const SUPPORTS: [u32; 3] = [1, 2, 3];
/// Questions that the choice among plans looks at, and the fit of the mix.
const FEW_QUESTIONS: usize = 2_500;
const QUESTIONS: usize = 4_000;
/// Fewer questions measure nothing.
const LEAST_QUESTIONS: usize = 100;
/// Fewer questions are not fitted to, and the mix stays where the fit would start. Of 300
/// to 5,000 sessions of three shops, hit rate times reciprocal rank was 1 to 5 % lower
/// with a mix fitted to 100, 200 or 400 questions than with none; with 800, 3 % higher.
const ENOUGH_QUESTIONS: usize = 800;
/// Part of the sessions that is held out where days are not known: 1 of so many, or
/// what has enough questions, of a small shop at most 1 of so many.
const HELD_OUT: usize = 30;
const MOST_HELD_OUT: usize = 5;

/// Sessions of a last day that are enough to find their like among themselves: with
/// fewer, too many would be left over that have theirs among the earlier ones.
const MANY_SESSIONS: usize = 50_000;

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
    /// Bytes of the file; see [`Settings`].
    pub budget: usize,
    /// Most shards, 1 to 32; see [`Settings`].
    pub shards: usize,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The artifact, whole.
    pub bytes: Vec<u8>,
    /// What was chosen.
    pub settings: Settings,
    /// Neighbours and prototypes.
    pub sizes: (usize, usize),
    /// How it is to be cut; empty where the graph is whole.
    pub shards: Vec<Shard>,
    /// Items whose row of the table has content neighbours only.
    pub alone: usize,
    /// What was fitted, current item allowed and excluded.
    pub mixes: [Mix; 2],
    /// Questions that it was fitted to; 0 where they were too few, and all of it is where
    /// the fit would start.
    pub fitted: u32,
    /// On the sessions that were held out, from an artifact that knows nothing of
    /// them; `None` where they were too few.
    pub quality: Option<[Quality; 2]>,
    /// Items among the first answers of the packed bytes to questions of the sessions
    /// that were held out, the current item excluded; `None` where they were too few.
    pub covered: Option<usize>,
}

/// What a fit found, and the prototypes that it found it with.
struct Fitted {
    settings: Settings,
    mixes: [Mix; 2],
    questions: u32,
    quality: [Quality; 2],
    groups: Vec<Vec<u32>>,
}

/// How many of these sessions, oldest first, come before those that are held out:
/// all but the last days, as many as have enough questions, if that is the last alone
/// or a small part; or all but the newest sessions that have as many.
pub fn split(sessions: &[Session]) -> usize {
    let (most, least) = (sessions.len() / MOST_HELD_OUT, sessions.len() / HELD_OUT);
    let enough = newest_with(sessions, ENOUGH_QUESTIONS);
    let first = sessions.get(sessions.len() - enough).or(sessions.last());
    let day = first.map(|session| session.day);
    let before = sessions.partition_point(|session| Some(session.day) < day);
    let is_last = day == sessions.last().map(|session| session.day);
    let has_enough = questions_of(sessions) >= ENOUGH_QUESTIONS;
    let is_day = before > 0 && has_enough && (is_last || sessions.len() - before <= most);
    if is_day { before } else { sessions.len() - enough.max(least).min(most.max(least)) }
}

fn questions_of(sessions: &[Session]) -> usize {
    sessions.iter().map(|session| session.items.len().saturating_sub(1)).sum()
}

/// How many of the newest sessions have so many questions together; all, if they
/// have fewer.
fn newest_with(sessions: &[Session], questions: usize) -> usize {
    let mut found = 0;
    let lacking = |session: &&Session| {
        let lacks = found < questions;
        found += session.items.len().saturating_sub(1);
        lacks
    };
    sessions.iter().rev().take_while(lacking).count()
}

impl Training<'_> {
    /// Trains; `None` when the ids cannot be told apart by hashes, or there are more
    /// of them than an artifact may have.
    pub fn run(&self) -> Option<Trained> {
        let held_out = self.all.sessions.get(self.before.sessions.len()..).unwrap_or_default();
        let Self { k, budget, shards, .. } = *self;
        let base = Settings { k, budget, support: k.max(1), share: 0.4, shards };
        let mut settings = base;
        let mut mixes = [Mix::default(); 2];
        let (mut quality, mut fitted) = (None, 0);
        let mut earlier = Vec::new();
        if let Some(found) = self.fit(base, held_out) {
            (quality, fitted) = (Some(found.quality), found.questions);
            (settings, mixes, earlier) = (found.settings, found.mixes, found.groups);
        }
        let counts = counts(self.all.sessions, self.ids.len());
        let source = self.source(self.all, &counts);
        let groups = self.all_groups(&source, held_out, earlier);
        let plan = Plan::new(&source, &groups, settings);
        let bytes = plan.pack(&source, mixes)?;
        let (sizes, alone, shards) = (plan.sizes(), plan.alone(), plan.shards().to_vec());
        let artifact = Artifact::load(bytes.clone()).ok()?;
        let covered = quality.map(|_| {
            let questions = self.questions(&artifact, held_out, QUESTIONS);
            covered(&artifact, Mode::Excluded, &questions)
        });
        Some(Trained { bytes, settings, sizes, shards, alone, mixes, fitted, quality, covered })
    }

    /// The prototypes of all sessions. Where there are many sessions, those before the
    /// ones that were held out keep the prototypes that they were given for the fit.
    fn all_groups(
        &self,
        source: &Source,
        held_out: &[Session],
        earlier: Vec<Vec<u32>>,
    ) -> Vec<Vec<u32>> {
        if earlier.is_empty() || held_out.len() < MANY_SESSIONS {
            return groups(source, self.k);
        }
        let mut all = groups(&Source { sessions: held_out, ..*source }, self.k);
        all.extend(earlier);
        all
    }

    fn source<'a>(&'a self, sample: Sample<'a>, counts: &'a [u32]) -> Source<'a> {
        let Sample { sessions, pairs } = sample;
        Source { ids: self.ids, sessions, pairs, counts, extras: self.extras }
    }

    /// The best settings and mixes for the sessions that are held out, or, where those
    /// ask too little for a choice, what the base reaches; nothing where they ask next to
    /// nothing.
    fn fit(&self, base: Settings, held_out: &[Session]) -> Option<Fitted> {
        let asked = questions_of(held_out);
        if asked < LEAST_QUESTIONS {
            return None;
        }
        let can_choose = asked >= ENOUGH_QUESTIONS;
        let counts = counts(self.before.sessions, self.ids.len());
        let source = self.source(self.before, &counts);
        let groups = groups(&source, self.k);
        let mut best: Option<(f64, Settings, Artifact)> = None;
        let mut supports: Vec<u32> = SUPPORTS.map(|support| support.max(self.k)).to_vec();
        supports.dedup();
        let all = supports.iter().flat_map(|support| SHARES.map(|share| (*support, share)));
        let tried = if can_choose { all.collect() } else { vec![(base.support, base.share)] };
        for (support, share) in tried {
            let settings = Settings { support, share, ..base };
            let bytes = Plan::new(&source, &groups, settings).pack(&source, [Mix::default(); 2])?;
            // A file of our own making that does not load is no choice.
            let Ok(artifact) = Artifact::load(bytes) else { continue };
            let questions = self.questions(&artifact, held_out, FEW_QUESTIONS);
            let mut rehearsal = Rehearsal::new(&artifact, &questions, Mix::default());
            let reached = [Mode::Allowed, Mode::Excluded]
                .map(|mode| fit_coarsely(&mut rehearsal, Mix::default(), mode).1)
                .into_iter()
                .product();
            if best.as_ref().is_none_or(|(known, ..)| reached > *known) {
                best = Some((reached, settings, artifact));
            }
        }
        let (_, settings, artifact) = best?;
        let questions = self.questions(&artifact, held_out, QUESTIONS);
        let mut mixes = [Mix::default(); 2];
        if can_choose {
            let mut rehearsal = Rehearsal::new(&artifact, &questions, Mix::default());
            mixes = [Mode::Allowed, Mode::Excluded]
                .map(|mode| fit(&mut rehearsal, Mix::default(), mode).0);
        }
        let [allowed, excluded] = mixes;
        let quality = [(Mode::Allowed, allowed), (Mode::Excluded, excluded)]
            .map(|(mode, mix)| measure(&artifact, mix, mode, &questions));
        let questions = if can_choose { questions.len() as u32 } else { 0 };
        Some(Fitted { settings, mixes, questions, quality, groups })
    }

    /// At most so many questions, evenly from all of them.
    fn questions(&self, artifact: &Artifact, sessions: &[Session], most: usize) -> Vec<Question> {
        let all = questions_of(sessions);
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
    Training { ids, all, before, extras: None, k, budget, shards: 1 }.run()
}

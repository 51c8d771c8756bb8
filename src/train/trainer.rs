//! The whole way: fit on what came before the last day, then pack everything with
//! what was fitted. Must not live here: any of the steps.

use super::corpus::{Session, counts};
use super::evaluation::{Quality, covered};
use super::extras::Extras;
use super::fitting::{Fitted, Fitting, QUESTIONS, asked, asks_something};
use super::groups::prototypes;
use super::pairs::Pair;
use super::plan::{Plan, Settings, Source};
use super::search::Found;
use super::sharding::Shard;
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;

/// Fewer questions are not fitted to, and the mix stays where the fit would start. Of 300
/// to 5,000 sessions of three shops, hit rate times reciprocal rank was on average 1 to
/// 5 % lower with a mix fitted to 100, 200 or 400 questions than with none; with 800 it
/// was 3 % higher with the current item allowed, and the same with it excluded.
pub(super) const ENOUGH_QUESTIONS: usize = 800;
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

/// What is to be packed, once the mixes are known.
#[derive(Clone, Debug)]
pub struct Planned {
    plan: Plan,
    counts: Vec<u32>,
    settings: Settings,
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

/// Questions that these sessions ask.
pub(super) fn questions_of(sessions: &[Session]) -> usize {
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

impl<'a> Training<'a> {
    /// Trains; `None` when the ids cannot be told apart by hashes, or there are more
    /// of them than an artifact may have.
    pub fn run(&self) -> Option<Trained> {
        let groups =
            earlier_groups(self.all.sessions, self.before.sessions.len(), self.ids.len(), self.k);
        let mut fitting = self.fitting(&groups);
        loop {
            let found: Vec<Found> = fitting.searches(self).map(|search| search.run()).collect();
            if found.is_empty() {
                let planned = self.plan(fitting.settings(), groups);
                return self.finish(fitting.found(), &planned);
            }
            fitting.take(&found);
        }
    }

    /// The fit to the sessions that are held out, from these prototypes.
    pub fn fitting(&self, groups: &[Vec<u32>]) -> Fitting {
        Fitting::new(self, groups, self.base())
    }

    /// Chooses among everything by the settings of a fit, or by those that one would start
    /// from; `earlier` are the prototypes that the fit was made of.
    pub fn plan(&self, settings: Option<Settings>, earlier: Vec<Vec<u32>>) -> Planned {
        let settings = settings.unwrap_or(self.base());
        let counts = counts(self.all.sessions, self.ids.len());
        let plan = Plan::new(&self.source(self.all, &counts), &self.all_groups(earlier), settings);
        Planned { plan, counts, settings }
    }

    /// Packs what was planned with what was fitted, or with what a fit would start from; see
    /// [`Self::run`].
    pub fn finish(&self, fitted: Option<&Fitted>, planned: &Planned) -> Option<Trained> {
        let Planned { plan, counts, settings } = planned;
        let mixes = fitted.map_or([Mix::default(); 2], |fitted| fitted.mixes);
        let quality = fitted.map(|fitted| fitted.quality);
        let bytes = plan.pack(&self.source(self.all, counts), mixes)?;
        let (sizes, alone, shards) = (plan.sizes(), plan.alone(), plan.shards().to_vec());
        let artifact = Artifact::load(bytes.clone()).ok()?;
        let covered = quality.map(|_| {
            let questions = asked(self, &artifact, QUESTIONS);
            covered(&artifact, Mode::Excluded, &questions)
        });
        let fitted = fitted.map_or(0, |fitted| fitted.questions);
        let settings = *settings;
        Some(Trained { bytes, settings, sizes, shards, alone, mixes, fitted, quality, covered })
    }

    /// Where a fit starts.
    fn base(&self) -> Settings {
        let Self { k, budget, shards, .. } = *self;
        Settings { k, budget, support: k.max(1), share: 0.4, shards }
    }

    /// The sessions that are held out.
    pub(super) fn held_out(&self) -> &'a [Session] {
        self.all.sessions.get(self.before.sessions.len()..).unwrap_or_default()
    }

    /// The prototypes of all sessions. Where there are many sessions, those before the
    /// ones that were held out keep the prototypes that they were given for the fit.
    fn all_groups(&self, earlier: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
        if earlier.is_empty() || self.held_out().len() < MANY_SESSIONS {
            return self.groups(self.all.sessions);
        }
        let mut all = self.groups(self.held_out());
        all.extend(earlier);
        all
    }

    fn groups(&self, sessions: &[Session]) -> Vec<Vec<u32>> {
        prototypes(sessions, self.ids.len(), self.k as usize)
    }

    pub(super) fn source<'b>(&'b self, sample: Sample<'b>, counts: &'b [u32]) -> Source<'b> {
        let Sample { sessions, pairs } = sample;
        Source { ids: self.ids, sessions, pairs, counts, extras: self.extras }
    }
}

/// The prototypes of so many sessions that came before those that are held out: what the
/// plans are made of that are fitted. None where the others ask next to nothing.
pub fn earlier_groups(sessions: &[Session], before: usize, items: usize, k: u32) -> Vec<Vec<u32>> {
    match sessions.split_at_checked(before) {
        Some((before, held_out)) if asks_something(held_out) => {
            prototypes(before, items, k as usize)
        }
        _ => Vec::new(),
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

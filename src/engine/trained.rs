//! A loaded artifact on a page: which of its items the page's handles are, and what
//! it says of the shopper. Must not live here: the bytes (`artifact`), the sums
//! (`recommend`), or what an order or a row makes of them.
//!
//! The artifact holds no ids, only their hashes, so that only items this page
//! knows can be answers.

use super::affinity::{self, Affinity};
use super::artifact::container::Container;
use super::artifact::{Artifact, ArtifactError, Mode};
use super::catalog::Catalog;
use super::context::Context;
use super::intent::{self, Stage};
use super::intern::FeatureKey;
use super::next_category::NextCategory;
use super::profile::Totals;
use super::recommend::{CONTEXT, Query, Recommender};
use std::rc::Rc;

/// "No item", among the artifact's numbers: its own are below 2²².
const NONE: u32 = u32::MAX;

/// An artifact, and what was prepared for it.
#[derive(Debug)]
pub struct Trained {
    artifact: Artifact,
    recommender: Recommender,
    /// The artifact's number of each handle.
    numbers: Vec<u32>,
    /// The handle of each of its numbers.
    handles: Vec<u32>,
}

impl Trained {
    /// Checks this file, a whole artifact or the core of one, and prepares for it.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use them.
    pub fn open(file: Container) -> Result<Self, ArtifactError> {
        let artifact = Artifact::open(file)?;
        let recommender = Recommender::new(&artifact, artifact.mix(Mode::Excluded));
        let handles = vec![NONE; artifact.meta().items as usize];
        Ok(Self { artifact, recommender, numbers: Vec::new(), handles })
    }

    /// Takes the graph of this artifact in, or a shard; see [`Artifact::join`].
    ///
    /// # Errors
    /// [`ArtifactError`] when it is none, or of another training.
    pub fn join(&mut self, graph: Container) -> Result<(), ArtifactError> {
        self.artifact.join(graph)?;
        self.recommender = Recommender::new(&self.artifact, self.artifact.mix(Mode::Excluded));
        Ok(())
    }

    /// The artifact.
    pub fn artifact(&self) -> &Artifact {
        &self.artifact
    }

    /// Learns the handles given out since the last time.
    pub fn meet(&mut self, catalog: &Catalog) {
        for handle in self.numbers.len() as u32..catalog.len() as u32 {
            let number = catalog.id(handle).and_then(|id| self.artifact.item(id));
            if let Some(slot) = number.and_then(|number| self.handles.get_mut(number as usize)) {
                *slot = handle;
            }
            self.numbers.push(number.unwrap_or(NONE));
        }
    }

    /// Remembers that these handles are asked about; see [`Links::wanted`].
    ///
    /// [`Links::wanted`]: super::artifact::links::Links::wanted
    pub fn want<'a>(&self, items: impl Iterator<Item = &'a u32>) {
        let numbers = items.filter_map(|item| self.number(*item));
        numbers.for_each(|number| self.artifact.links().want(number));
    }

    /// The artifact's number of a handle.
    pub fn number(&self, handle: u32) -> Option<u32> {
        self.numbers.get(handle as usize).copied().filter(|number| *number != NONE)
    }

    /// The handle of one of the artifact's numbers.
    pub fn handle(&self, number: u32) -> Option<u32> {
        self.handles.get(number as usize).copied().filter(|handle| *handle != NONE)
    }

    /// These entries of the artifact's, as handles; without those this page does not know.
    pub fn known(&self, entries: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
        let known = |(number, score)| Some((self.handle(number)?, score));
        entries.into_iter().filter_map(known).collect()
    }

    /// Scores above 0 of what may come after these items, the newest first, as
    /// handles. In no order.
    pub fn next_items(&mut self, context: &[u32]) -> Vec<(u32, f32)> {
        let session: Vec<u32> = context.iter().filter_map(|item| self.number(*item)).collect();
        let query = Query { session: &session, ..Query::default() };
        let Self { artifact, recommender, handles, .. } = self;
        let handle = |number| handles.get(number as usize).copied().filter(|own| *own != NONE);
        recommender.scores(artifact, query, handle)
    }

    /// The graph score of each handle, 0 … 1, after what was looked at last.
    pub fn graph(&mut self, totals: &Totals, catalog: &Catalog) -> Rc<Vec<f32>> {
        let session = self.session(totals);
        if session.is_empty() {
            return Rc::default();
        }
        self.meet(catalog);
        Rc::new(self.recommender.graph(&self.artifact, &session, &self.numbers))
    }

    /// Where the mission goes next; nothing where the artifact does not say.
    pub fn next_category(&self, totals: &Totals, catalog: &Catalog) -> NextCategory {
        let rows = self.artifact.transitions();
        rows.map(|(rows, section)| NextCategory::new(totals, catalog, rows, section))
            .unwrap_or_default()
    }

    /// How ready the shopper is to buy, after the stage before.
    pub fn intent(&self, totals: &Totals, context: &Context, before: Stage) -> (Stage, f64) {
        let model = self.artifact.intent();
        model.map_or((Stage::Unknown, 0.0), |(forest, section)| {
            intent::intent(forest, section, totals, context, before)
        })
    }

    /// The shopper's segment, by taste and surroundings; none without any taste.
    pub fn segment(&self, affinity: &Affinity, context: &Context, catalog: &Catalog) -> Option<u8> {
        let (segments, section) = self.artifact.segments().filter(|_| affinity.confidence > 0.0)?;
        let lift = |key| match catalog.feature(key) {
            Some((at, _)) => affinity.lift(at).into(),
            None => f64::from(u8::from(context.has(key))),
        };
        segments.nearest(section, lift)
    }

    /// What the surroundings say of each feature of the catalogue.
    pub fn context(&self, context: &Context, catalog: &Catalog) -> Vec<f32> {
        let Some((contexts, section)) = self.artifact.contexts() else { return Vec::new() };
        let mut lifts = vec![0.0; catalog.features().len()];
        for (key, lift) in contexts.lifts(section, |fact| context.has(fact)) {
            let slot = catalog.feature(key).and_then(|(at, _)| lifts.get_mut(at as usize));
            if let Some(slot) = slot {
                *slot = lift as f32;
            }
        }
        lifts
    }

    /// How often a segment clicks an arm that it sees, and the visits that counts for.
    pub fn prior(&self, arm: FeatureKey, segment: Option<u8>) -> Option<(f64, f64)> {
        let (segments, section) = self.artifact.segments()?;
        segments.prior(section, arm, segment?)
    }

    /// What was looked at last and not disliked, newest first, on whichever page.
    fn session(&self, totals: &Totals) -> Vec<u32> {
        let looked = affinity::looked_at(totals).into_iter();
        let liked = looked.filter(|(_, [_, evidence, _])| *evidence > 0.0);
        liked.filter_map(|(key, _)| self.artifact.item_of(key)).take(CONTEXT).collect()
    }
}

//! A loaded artifact beside the page's own items: which of its numbers is which
//! handle, and the memory its recommender works in.
//!
//! The artifact holds no ids, only their hashes, so that only items this page
//! knows can be answers. Must not live here: what a score is made of
//! (`recommend`), or which answers a shop wants (`recommend::suppression`).

use super::artifact::{Artifact, ArtifactError, Mode};
use super::catalog::Catalog;
use super::recommend::{Query, Recommender};

/// "No such item", in the maps between handles and numbers.
const NONE: u32 = u32::MAX;

/// An artifact in use.
#[derive(Debug)]
pub struct Trained {
    artifact: Artifact,
    recommender: Recommender,
    /// The artifact's number by handle.
    numbers: Vec<u32>,
    /// The handle by the artifact's number.
    handles: Vec<u32>,
}

impl Trained {
    /// Checks these bytes and takes them over.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use them.
    pub fn load(bytes: Vec<u8>) -> Result<Self, ArtifactError> {
        let artifact = Artifact::load(bytes)?;
        let recommender = Recommender::new(&artifact, artifact.mix(Mode::Excluded));
        let handles = vec![NONE; artifact.meta().items as usize];
        Ok(Self { artifact, recommender, numbers: Vec::new(), handles })
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

    /// The artifact.
    pub fn artifact(&self) -> &Artifact {
        &self.artifact
    }

    /// The artifact's number of a handle.
    pub fn number(&self, handle: u32) -> Option<u32> {
        self.numbers.get(handle as usize).copied().filter(|number| *number != NONE)
    }

    /// The handle of one of the artifact's numbers.
    pub fn handle(&self, number: u32) -> Option<u32> {
        self.handles.get(number as usize).copied().filter(|handle| *handle != NONE)
    }

    /// Scores of what may come after these items, the newest first, as handles.
    /// In no order; each above 0.
    pub fn next_items(&mut self, context: &[u32]) -> Vec<(u32, f32)> {
        let session: Vec<u32> = context.iter().filter_map(|item| self.number(*item)).collect();
        let query = Query { session: &session, ..Query::default() };
        let scored = self.recommender.scores(&self.artifact, query);
        let known = |(number, score)| Some((self.handle(number)?, score));
        scored.into_iter().filter_map(known).collect()
    }
}

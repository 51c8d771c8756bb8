//! What a session takes from a trained artifact: the artifact itself, the surroundings
//! it is asked in, and what is derived from both. Must not live here: rows
//! (`recommending`), or what an artifact knows (`trained`).

use super::{Session, Taste};
use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::Container;
use crate::engine::context::Context;
use crate::engine::intent::Stage;
use crate::engine::time::Millis;
use crate::engine::trained::Trained;
use std::rc::Rc;

impl Session {
    /// Takes a trained artifact in, in place of the one before, or the graph or a
    /// shard of the one in use; a file that cannot be used changes nothing.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use these bytes.
    pub fn load_artifact(&mut self, bytes: Vec<u8>) -> Result<(), ArtifactError> {
        let file = Container::load(bytes)?;
        if file.is_graph() {
            self.trained.as_mut().ok_or(ArtifactError::Unpaired)?.join(file)?;
        } else {
            let trained = Trained::open(file)?;
            self.evidence.weigh(trained.artifact().event_weights());
            self.trained = Some(trained);
        }
        self.taste = Taste::default();
        Ok(())
    }

    /// The shards of the artifact that this page has a use for, the first as the lowest
    /// bit: those with what was looked at last, and with what rows were asked about.
    pub fn wanted(&mut self, now: Millis) -> u32 {
        self.read_taste(now);
        self.graph();
        self.trained.as_ref().map_or(0, |trained| trained.artifact().links().wanted())
    }

    /// The surroundings in which this page was opened; kept in memory only.
    pub fn set_context(&mut self, context: Context) {
        self.context = context;
        self.taste = Taste::default();
    }

    /// How ready the shopper is to buy: the stage, and how probable a purchase is.
    /// Unknown without a trained model of it.
    pub fn intent(&mut self, now: Millis) -> (Stage, f64) {
        self.read_taste(now);
        let intent = self
            .trained
            .as_ref()
            .map(|known| known.intent(&self.taste.totals, &self.context, self.stage));
        let (stage, probability) = intent.unwrap_or_default();
        self.stage = stage;
        (stage, probability)
    }

    /// Graph scores by handle, for the taste that was read; nothing without an artifact.
    pub(super) fn graph(&mut self) -> Rc<Vec<f32>> {
        let Taste { totals, graph, .. } = &mut self.taste;
        let Some(trained) = &mut self.trained else { return Rc::default() };
        graph.get_or_insert_with(|| trained.graph(totals, &self.catalog)).clone()
    }
}

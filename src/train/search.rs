//! A search for the best mix of one plan: it stands alone, bytes in and bytes out, so
//! that a command can have several made at once, on all cores. Must not live here: which
//! searches there are (`fitting`), or how one goes through the mixes (`fit`).

use super::evaluation::{Quality, Question, measure};
use super::fit::{fit, fit_coarsely};
use super::rehearsal::Rehearsal;
use crate::engine::artifact::{Artifact, Mode};
use crate::engine::recommend::mix::Mix;
use serde::{Deserialize, Serialize};

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effort {
    /// The mix stays where a fit would start.
    Nothing,
    /// Enough to compare plans.
    Coarse,
    /// All fields.
    Full,
}

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The plan, packed.
    pub artifact: Vec<u8>,
    /// In this artifact's numbers.
    pub questions: Vec<Question>,
    /// Whether the current item is excluded.
    pub excluded: bool,
    /// How far to go.
    pub effort: Effort,
}

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The best mix.
    pub mix: Mix,
    /// What it reaches, by the measure that searches compare by; below any that is
    /// reached where the file of the plan does not load.
    pub reached: f64,
    /// What it reaches on all questions; only a full search or none says it.
    pub quality: Quality,
}

impl Search {
    /// Searches.
    pub fn run(&self) -> Found {
        let start = Mix::default();
        // A file of our own making that does not load is no choice.
        let Ok(artifact) = Artifact::load(self.artifact.clone()) else {
            return Found { reached: -1.0, ..Found::default() };
        };
        let mode = if self.excluded { Mode::Excluded } else { Mode::Allowed };
        let rehearsal = || Rehearsal::new(&artifact, &self.questions, start);
        let (mix, reached) = match self.effort {
            Effort::Nothing => (start, 0.0),
            Effort::Coarse => fit_coarsely(&mut rehearsal(), start, mode),
            Effort::Full => fit(&mut rehearsal(), start, mode),
        };
        let quality = match self.effort {
            Effort::Coarse => Quality::default(),
            Effort::Nothing | Effort::Full => measure(&artifact, mix, mode, &self.questions),
        };
        Found { mix, reached, quality }
    }
}

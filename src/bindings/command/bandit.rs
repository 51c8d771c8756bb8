//! What the command line sees of the off-policy estimators. With the feature `train`
//! only. Must not live here: files, or the estimators (`train`).

use crate::train::off_policy::{Chances, Estimator, Policy, Round, logged, value};
use wasm_bindgen::prelude::*;

/// Rounds of a log.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Log {
    rounds: Vec<Round>,
    actions: usize,
    places: usize,
}

#[wasm_bindgen]
impl Log {
    /// A round an index: what was shown, at which place from 0, what came of it, and
    /// how probable that was.
    #[wasm_bindgen(constructor)]
    pub fn new(actions: &[u32], places: &[u32], rewards: &[f64], propensities: &[f64]) -> Log {
        let columns = actions.iter().zip(places).zip(rewards).zip(propensities);
        let round = |(((action, position), reward), propensity): (((&u32, &u32), &f64), &f64)| {
            Round { action: *action, position: *position, reward: *reward, propensity: *propensity }
        };
        let most = |column: &[u32]| column.iter().max().map_or(0, |last| *last as usize + 1);
        Log { rounds: columns.map(round).collect(), actions: most(actions), places: most(places) }
    }

    /// Number of actions, by the largest.
    pub fn actions(&self) -> u32 {
        self.actions as u32
    }

    /// Number of rounds.
    pub fn rounds(&self) -> u32 {
        self.rounds.len() as u32
    }

    /// Mean reward of the log.
    pub fn logged(&self) -> f64 {
        logged(&self.rounds)
    }

    /// Mean reward that Bernoulli Thompson sampling with this prior would have had.
    ///
    /// # Errors
    /// When the prior is not one of these actions, or the estimator is unknown.
    pub fn value(
        &self,
        alpha: &[f64],
        beta: &[f64],
        estimator: &str,
        simulations: u32,
        seed: u32,
    ) -> Result<f64, JsError> {
        let estimator = match estimator {
            "ipw" => Estimator::Ipw,
            "snipw" => Estimator::Snipw,
            "dr" => Estimator::Dr,
            _ => return Err(JsError::new("There is no such estimator.")),
        };
        let prior: Vec<(f64, f64)> = alpha.iter().copied().zip(beta.iter().copied()).collect();
        let usable = prior.iter().all(|(a, b)| *a > 0.0 && *b > 0.0);
        if alpha.len() != beta.len() || prior.len() < self.actions || !usable {
            return Err(JsError::new("The policy's prior is not one of the log's actions."));
        }
        let policy = Policy { prior, places: self.places };
        let chances: Chances = policy.chances(simulations, seed);
        Ok(value(&self.rounds, &chances, estimator))
    }
}

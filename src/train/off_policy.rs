//! What a policy would have earned, from what another one's log says: inverse
//! propensity weighting, the same self-normalised, and doubly robust. Must not live
//! here: where a log comes from.

use super::twister::Twister;

/// Pseudo-impressions by which an action's click rate is drawn to the mean: about
/// those behind one click.
const SHRINKAGE: f64 = 250.0;
/// Parts of the log; the click rates that a round is corrected by come from the
/// others.
const FOLDS: usize = 3;

/// A logged round.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// What was shown.
    pub action: u32,
    /// Where, from 0.
    pub position: u32,
    /// What came of it.
    pub reward: f64,
    /// How probable the log's policy was to show it there.
    pub propensity: f64,
}

/// Bernoulli Thompson sampling with a prior, as it stood at the start of a campaign.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Beta parameters of each action.
    pub prior: Vec<(f64, f64)>,
    /// Places that it fills.
    pub places: usize,
}

/// How to estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimator {
    /// Inverse propensity weighting: unbiased, of large variance.
    Ipw,
    /// Self-normalised: divided by the sum of weights rather than by the rounds.
    Snipw,
    /// Doubly robust: click rates of actions, corrected by weighted residuals.
    Dr,
}

/// How probable each action is at each place: `chances[place][action]`.
pub type Chances = Vec<Vec<f64>>;

impl Policy {
    /// By so many simulated rounds. Each place has a distribution of its own: the
    /// best draw goes first, the second best second.
    pub fn chances(&self, simulations: u32, seed: u32) -> Chances {
        let mut twister = Twister::new(seed);
        let mut counts = vec![vec![0u32; self.prior.len()]; self.places];
        for _ in 0..simulations {
            let mut best: Vec<(f64, usize)> = Vec::with_capacity(self.places + 1);
            for (action, (a, b)) in self.prior.iter().enumerate() {
                let draw = twister.beta(*a, *b);
                let place = best.partition_point(|(known, _)| *known > draw);
                if place < self.places {
                    best.insert(place, (draw, action));
                    best.truncate(self.places);
                }
            }
            for (counts, (_, action)) in counts.iter_mut().zip(best) {
                if let Some(count) = counts.get_mut(action) {
                    *count += 1;
                }
            }
        }
        let share = |count: u32| f64::from(count) / f64::from(simulations.max(1));
        counts.into_iter().map(|counts| counts.into_iter().map(share).collect()).collect()
    }
}

/// Mean reward of the log itself.
pub fn logged(rounds: &[Round]) -> f64 {
    rounds.iter().map(|round| round.reward).sum::<f64>() / rounds.len().max(1) as f64
}

/// Mean reward that a policy of these chances would have had.
pub fn value(rounds: &[Round], chances: &Chances, estimator: Estimator) -> f64 {
    let count = rounds.len().max(1) as f64;
    let weight = |round: &Round| chance(chances, round, round.action) / round.propensity;
    let weighted: f64 = rounds.iter().map(|round| weight(round) * round.reward).sum();
    match estimator {
        Estimator::Ipw => weighted / count,
        Estimator::Snipw => weighted / rounds.iter().map(weight).sum::<f64>(),
        Estimator::Dr => {
            let folds: Vec<Vec<f64>> =
                (0..FOLDS).map(|fold| rates(rounds, chances, fold)).collect();
            let sum: f64 = rounds
                .iter()
                .enumerate()
                .map(|(at, round)| {
                    let rates = folds.get(at % FOLDS).map(Vec::as_slice).unwrap_or_default();
                    let expected: f64 = (0u32..)
                        .zip(rates)
                        .map(|(action, rate)| chance(chances, round, action) * rate)
                        .sum();
                    let own = rates.get(round.action as usize).copied().unwrap_or_default();
                    expected + weight(round) * (round.reward - own)
                })
                .sum();
            sum / count
        }
    }
}

fn chance(chances: &Chances, round: &Round, action: u32) -> f64 {
    let place = chances.get(round.position as usize);
    place.and_then(|place| place.get(action as usize)).copied().unwrap_or_default()
}

/// Click rates of actions in all rounds but those of a fold, drawn to their mean.
fn rates(rounds: &[Round], chances: &Chances, fold: usize) -> Vec<f64> {
    let actions = chances.first().map_or(0, Vec::len);
    let others = rounds.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
    let mut sums = vec![(0.0, 0.0); actions];
    let mut all = (0.0, 0.0);
    for (_, round) in others {
        all = (all.0 + round.reward, all.1 + 1.0);
        if let Some(sum) = sums.get_mut(round.action as usize) {
            *sum = (sum.0 + round.reward, sum.1 + 1.0);
        }
    }
    let mean = if all.1 > 0.0 { all.0 / all.1 } else { 0.0 };
    let rate = |(reward, shown): (f64, f64)| (reward + SHRINKAGE * mean) / (shown + SHRINKAGE);
    sums.into_iter().map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: [Round; 4] = [
        Round { action: 0, position: 0, reward: 1.0, propensity: 0.5 },
        Round { action: 1, position: 0, reward: 0.0, propensity: 0.5 },
        Round { action: 0, position: 0, reward: 0.0, propensity: 0.5 },
        Round { action: 1, position: 0, reward: 1.0, propensity: 0.25 },
    ];

    #[test]
    fn estimates_are_those_of_the_formulas() {
        let chances = vec![vec![0.8, 0.2]];
        // Weights 1.6, 0.4, 1.6, 0.8.
        assert_eq!(logged(&LOG), 0.5);
        assert!((value(&LOG, &chances, Estimator::Ipw) - 2.4 / 4.0).abs() < 1e-12);
        assert!((value(&LOG, &chances, Estimator::Snipw) - 2.4 / 4.4).abs() < 1e-12);
    }

    #[test]
    fn doubly_robust_is_right_where_the_rates_are() {
        // A reward that depends on the action alone, and a log of another policy.
        let round = |at: u32| Round {
            action: at % 2,
            position: 0,
            reward: f64::from(at % 2),
            propensity: 0.5,
        };
        let log: Vec<Round> = (0..30_000).map(round).collect();
        let chances = vec![vec![0.3, 0.7]];
        for estimator in [Estimator::Ipw, Estimator::Snipw, Estimator::Dr] {
            assert!((value(&log, &chances, estimator) - 0.7).abs() < 0.005, "{estimator:?}");
        }
    }

    #[test]
    fn places_are_filled_by_the_best_draws() {
        let policy =
            Policy { prior: vec![(900.0, 100.0), (500.0, 500.0), (1.0, 999.0)], places: 2 };
        let chances = policy.chances(200, 1);
        assert_eq!(chances, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
    }
}

//! What the simulations have in common: random numbers that are the same everywhere,
//! and a session to tell them to. Must not live here: any of the worlds.

use super::twister::Twister;
use crate::engine::Session;
use crate::engine::event::{Event, EventKind};
use crate::engine::math;
use crate::engine::time::Millis;

/// Noon of a day: every world begins here.
pub const START: f64 = 1_767_268_800_000.0;
/// An hour.
pub const HOUR: f64 = 3_600_000.0;

/// A world's chance.
#[derive(Clone, Debug)]
pub struct Chance(Twister);

impl Chance {
    /// The same for the same seed.
    pub fn new(seed: u32) -> Self {
        Self(Twister::new(seed))
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.0.uniform() < probability
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.0.uniform() * end as f64) as usize
    }

    /// A normal draw.
    pub fn normal(&mut self) -> f64 {
        self.0.normal()
    }

    /// A Beta draw of this mean and concentration.
    pub fn around(&mut self, mean: f64, concentration: f64) -> f64 {
        self.0.beta((mean * concentration).max(1e-3), ((1.0 - mean) * concentration).max(1e-3))
    }

    /// An index, by weights.
    pub fn pick(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.0.uniform() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Puts a list into a random order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// Tells a session of an item or an arm.
pub fn tell(
    session: &mut Session,
    kind: EventKind,
    subject: Option<u32>,
    place: Option<u32>,
    at: f64,
) {
    let at = Millis::from_js(at);
    session.track(Event { kind, subject, at, dwell_ms: None, placement: place }, at);
}

/// Sum of values, each discounted by the place it stands at: as NDCG does.
pub fn discounted(values: impl Iterator<Item = f64>) -> f64 {
    values.zip(2u32..).map(|(value, place)| value / math::log2(f64::from(place))).sum()
}

/// Indexes of the values, the largest first, ties by index.
pub fn falling(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let value = |at: &usize| values.get(*at).copied().unwrap_or_default();
    order.sort_by(|a, b| value(b).total_cmp(&value(a)));
    order
}

//! The prototypes' part of the score: those most like the session, and what else
//! is in them. VMIS-kNN (Kersbergen et al., SIGMOD 2022), with the neighbour's own
//! order as in STAN (Garg et al., SIGIR 2019): what stands near the item that is
//! shared counts more. Must not live here: how a prototype is coded (`artifact`).

use super::mix::Mix;
use super::top::Top;
use super::{CONTEXT, Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::prototypes::LONGEST;
use crate::engine::math;

/// Finds similar prototypes, with memory that is used again and again.
#[derive(Debug)]
pub struct Similar {
    /// How much an item counts for being rare.
    rarity: Vec<f32>,
    /// How much a prototype counts for its generation.
    recency: Vec<f32>,
    /// How much an item counts, by its distance from what is shared.
    ahead: Vec<f32>,
    behind: Vec<f32>,
    /// How much an item of the session counts, by its age: in how similar a
    /// prototype is, and in what that is worth.
    session: Vec<f32>,
    shared: Vec<f32>,
    similarity: Sums,
    /// Age of each item in the session that is asked about.
    ages: Vec<u8>,
}

/// The age of what is not in the session: beyond that of all that is.
const NOT_SHARED: u8 = CONTEXT as u8;

impl Similar {
    /// Prepares for an artifact.
    pub fn new(artifact: &Artifact, mix: &Mix) -> Self {
        let prototypes = artifact.prototypes();
        let all = prototypes.len() as f64 + 1.0;
        let rarity = |item| {
            let holding = prototypes.with(item).len() as f64;
            let idf = math::ln(all / (holding + 0.5)).max(0.01);
            math::exp(f64::from(mix.rarity) * math::ln(idf)) as f32
        };
        let recency = |prototype| {
            let age = prototypes.generation(prototype) as f64;
            math::exp(-f64::from(mix.ageing) * age) as f32
        };
        let near = |distance: u32| fading(distance.saturating_sub(1), mix.proximity);
        let ahead: Vec<f32> = (0..LONGEST as u32).map(near).collect();
        let by_age = |decay| (0..CONTEXT as u32).map(|age| fading(age, decay)).collect();
        Self {
            rarity: (0..artifact.meta().items).map(rarity).collect(),
            recency: (0..prototypes.len() as u32).map(recency).collect(),
            behind: ahead.iter().map(|near| near * mix.behind).collect(),
            ahead,
            session: by_age(mix.session_decay),
            shared: by_age(mix.shared_decay),
            similarity: Sums::of(prototypes.len()),
            ages: vec![NOT_SHARED; artifact.meta().items as usize],
        }
    }

    /// Adds what the prototypes most similar to these items hold; the newest first.
    pub fn sum(&mut self, artifact: &Artifact, mix: &Mix, context: &[u32], sums: &mut Sums) {
        let prototypes = artifact.prototypes();
        let Self { similarity, ages, .. } = self;
        for ((item, age), weight) in context.iter().zip(0u8..).zip(&self.session) {
            if let Some(slot) = ages.get_mut(*item as usize) {
                *slot = age.min(*slot);
            }
            for prototype in prototypes.with(*item) {
                similarity.add(*prototype, *weight);
            }
        }
        let mut nearest = Top::new(mix.nearest as usize);
        for prototype in &similarity.touched {
            let recency = self.recency.get(*prototype as usize).copied().unwrap_or_default();
            nearest.offer(similarity.get(*prototype) * recency, *prototype);
        }
        similarity.clear();
        for (prototype, similarity) in nearest.into_entries() {
            let items = prototypes.items(prototype);
            // The newest item that is shared, and where the prototype has it.
            let mut shared = (NOT_SHARED, 0);
            for (at, item) in items.iter().enumerate() {
                let age = ages.get(*item as usize).copied().unwrap_or(NOT_SHARED);
                if age < shared.0 {
                    shared = (age, at);
                }
            }
            let fading = self.shared.get(usize::from(shared.0)).copied().unwrap_or_default();
            let weight = similarity * fading;
            for (at, item) in items.iter().enumerate() {
                let side = if at >= shared.1 { &self.ahead } else { &self.behind };
                let near = side.get(at.abs_diff(shared.1)).copied().unwrap_or_default();
                sums.add(*item, weight * near);
            }
        }
        for item in context {
            if let Some(slot) = ages.get_mut(*item as usize) {
                *slot = NOT_SHARED;
            }
        }
        sums.scale(|item| self.rarity.get(item as usize).copied().unwrap_or_default());
    }
}

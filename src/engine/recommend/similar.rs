//! The prototypes' part of the score: those most like the session, and what else
//! is in them. VMIS-kNN (Kersbergen et al., SIGMOD 2022), with the neighbour's own
//! order as in STAN (Garg et al., SIGIR 2019): what stands near the item that is
//! shared counts more. Must not live here: how a prototype is coded (`artifact`).

use super::mix::Mix;
use super::top::Top;
use super::{Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::prototypes::LONGEST;
use crate::engine::math;

/// Finds similar prototypes, with memory that is used again and again.
#[derive(Debug)]
pub struct Similar {
    /// How much an item counts for being rare.
    rarity: Vec<f32>,
    /// How much a generation counts.
    recency: Vec<f32>,
    /// How much an item counts, by its distance from what is shared.
    ahead: Vec<f32>,
    behind: Vec<f32>,
    similarity: Sums,
}

impl Similar {
    /// Prepares for an artifact.
    pub fn new(artifact: &Artifact, mix: &Mix) -> Self {
        let (prototypes, _) = artifact.prototypes();
        let all = prototypes.len() as f64 + 1.0;
        let rarity = |item| {
            let holding = prototypes.with(item).len() as f64;
            let idf = math::ln(all / (holding + 0.5)).max(0.01);
            math::exp(f64::from(mix.rarity) * math::ln(idf)) as f32
        };
        let near = |distance: u32| fading(distance.saturating_sub(1), mix.proximity);
        let ahead: Vec<f32> = (0..LONGEST as u32).map(near).collect();
        Self {
            rarity: (0..artifact.meta().items).map(rarity).collect(),
            recency: (0..prototypes.generations() as u32)
                .map(|age| math::exp(-f64::from(mix.ageing) * f64::from(age)) as f32)
                .collect(),
            behind: ahead.iter().map(|near| near * mix.behind).collect(),
            ahead,
            similarity: Sums::of(prototypes.len()),
        }
    }

    /// Adds what the prototypes most similar to these items hold; the newest first.
    pub fn sum(&mut self, artifact: &Artifact, mix: &Mix, context: &[u32], sums: &mut Sums) {
        let (prototypes, section) = artifact.prototypes();
        let similarity = &mut self.similarity;
        for (item, age) in context.iter().zip(0u32..) {
            let weight = fading(age, mix.session_decay);
            for prototype in prototypes.with(*item) {
                similarity.add(*prototype, weight);
            }
        }
        let mut nearest = Top::new(mix.nearest as usize);
        for prototype in &similarity.touched {
            let age = prototypes.generation(*prototype);
            let recency = self.recency.get(age).copied().unwrap_or_default();
            nearest.offer(similarity.get(*prototype) * recency, *prototype);
        }
        similarity.clear();
        for (prototype, similarity) in nearest.into_entries() {
            // The newest item that is shared, and where the prototype has it.
            let mut shared = (usize::MAX, 0);
            let mut items = [0; LONGEST];
            let mut length = 0usize;
            for (slot, item) in items.iter_mut().zip(prototypes.items(section, prototype)) {
                *slot = item;
                let age = context.iter().position(|own| *own == item).unwrap_or(usize::MAX);
                if age < shared.0 {
                    shared = (age, length);
                }
                length += 1;
            }
            let weight = similarity * fading(shared.0 as u32, mix.shared_decay);
            for (item, at) in items.iter().zip(0..length) {
                let side = if at >= shared.1 { &self.ahead } else { &self.behind };
                let near = side.get(at.abs_diff(shared.1)).copied().unwrap_or_default();
                sums.add(*item, weight * near);
            }
        }
        sums.scale(|item| self.rarity.get(item as usize).copied().unwrap_or_default());
    }
}

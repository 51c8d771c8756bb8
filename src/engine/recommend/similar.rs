//! The prototypes' part of the score: those most like the session, and what else
//! is in them. VMIS-kNN (Kersbergen et al., SIGMOD 2022), with the neighbour's own
//! order as in STAN (Garg et al., SIGIR 2019): what stands near the item that is
//! shared counts more. Must not live here: how a prototype is coded (`artifact`).

use super::mix::Mix;
use super::top::Top;
use super::{Sums, fading, fadings};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::prototypes::LONGEST;
use crate::engine::math;

/// A prototype like a session.
#[derive(Clone, Copy, Debug)]
pub struct Near {
    prototype: u32,
    similarity: f32,
    /// Of the newest item that is shared the age, and where the prototype has it.
    age: u8,
    place: u8,
}

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
    /// For a similar prototype, the age of the newest item that is shared, and where
    /// the prototype has it.
    newest: Vec<(u8, u8)>,
}

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
        Self {
            rarity: (0..artifact.meta().items).map(rarity).collect(),
            recency: (0..prototypes.len() as u32).map(recency).collect(),
            behind: ahead.iter().map(|near| near * mix.behind).collect(),
            ahead,
            session: fadings(mix.session_decay),
            shared: fadings(mix.shared_decay),
            similarity: Sums::of(prototypes.len()),
            newest: vec![(0, 0); prototypes.len()],
        }
    }

    /// Adds what the prototypes most similar to these items hold, the newest first;
    /// the largest sum.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    pub fn sum(&mut self, artifact: &Artifact, mix: &Mix, context: &[u32], sums: &mut Sums) -> f32 {
        let nearest = self.nearest(artifact, mix, context);
        self.gather(artifact, nearest.into_iter().map(|found| self.near(found)), sums)
    }

    /// The prototypes most similar to these items, and how similar they are.
    #[inline(always)]
    pub fn nearest(&mut self, artifact: &Artifact, mix: &Mix, context: &[u32]) -> Vec<(u32, f32)> {
        let prototypes = artifact.prototypes();
        let Self { similarity, newest, .. } = self;
        for ((item, age), weight) in context.iter().zip(0u8..).zip(&self.session) {
            let (holding, places) = prototypes.postings(*item);
            for (prototype, place) in holding.iter().zip(places) {
                let is_new = similarity.add(*prototype, *weight);
                if let Some(slot) = newest.get_mut(*prototype as usize).filter(|_| is_new) {
                    *slot = (age, *place);
                }
            }
        }
        let mut nearest = Top::new(mix.nearest as usize);
        similarity.take(|prototype, similarity| {
            let recency = self.recency.get(prototype as usize).copied().unwrap_or_default();
            nearest.offer(similarity * recency, prototype);
        });
        nearest.into_entries()
    }

    /// A prototype that was found last, with what it shares.
    #[inline(always)]
    pub fn near(&self, (prototype, similarity): (u32, f32)) -> Near {
        let (age, place) = self.newest.get(prototype as usize).copied().unwrap_or_default();
        Near { prototype, similarity, age, place }
    }

    /// Adds what these prototypes hold; the largest sum.
    #[inline(always)]
    pub fn gather(
        &self,
        artifact: &Artifact,
        nearest: impl Iterator<Item = Near>,
        sums: &mut Sums,
    ) -> f32 {
        let prototypes = artifact.prototypes();
        for Near { prototype, similarity, age, place } in nearest {
            let place = usize::from(place);
            let fading = self.shared.get(usize::from(age)).copied().unwrap_or_default();
            let weight = similarity * fading;
            let items = prototypes.items(prototype);
            let (before, after) = items.split_at_checked(place).unwrap_or_default();
            let behind = self.behind.get(..=place).unwrap_or_default();
            for (item, near) in before.iter().zip(behind.iter().rev()) {
                sums.add(*item, weight * near);
            }
            for (item, near) in after.iter().zip(&self.ahead) {
                sums.add(*item, weight * near);
            }
        }
        sums.scale(|item| self.rarity.get(item as usize).copied().unwrap_or_default())
    }
}

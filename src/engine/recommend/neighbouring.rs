//! The table's part of the score: the rows of the last items, the newest
//! counting most. Must not live here: how a row is coded (`artifact`).

use super::Sums;
use crate::engine::artifact::Artifact;
use crate::engine::artifact::neighbours::{Weights, largest};

/// Adds the rows of these items, the newest first, which count so much by their ages.
#[inline(never)]
#[cfg_attr(speed, optimize(speed))]
pub fn sum(artifact: &Artifact, weights: &Weights, ages: &[f32], context: &[u32], sums: &mut Sums) {
    for (item, fading) in context.iter().zip(ages) {
        let Some(row) = artifact.neighbours(*item) else { continue };
        let weight = fading * largest(row.scale());
        for (neighbour, nibble) in row.entries() {
            sums.add(neighbour, weight * weights.of(nibble));
        }
    }
}

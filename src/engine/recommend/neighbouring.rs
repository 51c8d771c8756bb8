//! The table's part of the score: the rows of the last items, the newest
//! counting most. Must not live here: how a row is coded (`artifact`).

use super::mix::Mix;
use super::{Sums, fading};
use crate::engine::artifact::Artifact;
use crate::engine::artifact::neighbours::{Weights, largest};

/// Adds the rows of these items, the newest first.
pub fn sum(artifact: &Artifact, weights: &Weights, mix: &Mix, context: &[u32], sums: &mut Sums) {
    for (item, age) in context.iter().zip(0u32..) {
        let Some(row) = artifact.neighbours(*item) else { continue };
        let weight = fading(age, mix.table_decay) * largest(row.scale());
        for (neighbour, nibble) in row.entries() {
            sums.add(neighbour, weight * weights.of(nibble));
        }
    }
}

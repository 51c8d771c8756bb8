//! What the shop's customers want these days, of the shop or of one category: what
//! a shopper gets who is not known yet. Must not live here: how popularity is
//! counted, which is the trainer's.

use super::top::Top;
use crate::engine::artifact::Artifact;

/// The most popular items of a category, or of the shop, best first. The score is
/// the popularity's level, see [`crate::engine::artifact::popularity`].
pub fn trending(
    artifact: &Artifact,
    category: Option<u32>,
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let popularity = artifact.popularity();
    let mut top = Top::new(limit);
    let mut offer = |item: u32| {
        let level = popularity.get(item);
        if level > 0 && !excluded.contains(&item) {
            top.offer(f32::from(level), item);
        }
    };
    if category.is_none() {
        artifact.popular().iter().copied().for_each(&mut offer);
    } else {
        let columns = artifact.columns();
        (0..artifact.meta().items)
            .filter(|item| columns.category(*item) == category)
            .for_each(&mut offer);
    }
    top.into_entries()
}

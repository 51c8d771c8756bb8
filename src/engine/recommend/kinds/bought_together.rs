//! `boughtTogether`: what others bought with the item on the screen. Where too few
//! did, what they looked at with it; a row's reasons say which.

use super::basis::Basis;
use super::reason::Reason;
use super::related;
use crate::engine::artifact::neighbours::MOST_NEIGHBOURS;
use crate::engine::recommend::together;

/// Items bought with the one on the screen; none where there is none.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let mut candidates = match (&basis.trained, basis.item) {
        (Some(trained), Some(item)) => {
            let number = trained.number(item).unwrap_or(u32::MAX);
            let artifact = trained.artifact();
            trained.known(together::bought_together(artifact, number, &[], MOST_NEIGHBOURS))
        }
        _ => Vec::new(),
    };
    let others = related::candidates(basis);
    basis.fill(&mut candidates, others);
    candidates
}

/// Orders, else what `related` would say.
pub fn reasons(basis: &Basis, items: &[u32]) -> Vec<Reason> {
    let bought = |item| basis.item.filter(|current| basis.is_together(*current, item));
    let reason =
        |(item, other): (&u32, Reason)| bought(*item).map_or(other, Reason::BoughtTogether);
    items.iter().zip(related::reasons(basis, items)).map(reason).collect()
}

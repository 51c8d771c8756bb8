//! `related`: what shoppers looked at around the item on the screen; where the
//! artifact does not know it, what has the same attributes.

use super::basis::Basis;
use super::likeness::Likeness;
use super::reason::Reason;
use std::cell::OnceCell;

/// With so many candidates from the artifact, attributes are not asked.
const ENOUGH: usize = 24;

/// Items that go with the one on the screen; none where there is none.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let Some(item) = basis.item else { return Vec::new() };
    let mut context = vec![item];
    context.extend(basis.visit.iter().filter(|other| **other != item));
    let mut candidates = basis.next_items(&context);
    if candidates.len() < ENOUGH {
        let alike = Likeness::to(basis.catalog, item).of_all(&basis.items());
        basis.fill(&mut candidates, alike);
    }
    candidates
}

/// Their place beside the item on the screen, else their attributes.
pub fn reasons(basis: &Basis, items: &[u32]) -> Vec<Reason> {
    let Some(current) = basis.item else { return vec![Reason::Popular; items.len()] };
    let likeness = OnceCell::new();
    let beside = basis.led_from(&[current], items);
    let led = basis.led_from(basis.visit, items);
    let reason = |((item, beside), led): ((&u32, Option<u32>), Option<u32>)| match (beside, led) {
        (Some(before), _) => Reason::LookedAtTogether(before),
        (None, Some(before)) => Reason::LookedAt(before),
        (None, None) => {
            let likeness = likeness.get_or_init(|| Likeness::to(basis.catalog, current));
            let is_alike = likeness.of(*item) > 0.0;
            if is_alike { Reason::Similar(current) } else { Reason::SimilarVisits }
        }
    };
    items.iter().zip(beside).zip(led).map(reason).collect()
}

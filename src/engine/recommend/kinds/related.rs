//! `related`: what shoppers looked at around the item on the screen; where the
//! artifact does not know it, what has the same attributes.

use super::basis::Basis;
use super::likeness::Likeness;
use super::reason::Reason;

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

/// Its place beside the item on the screen, else its attributes.
pub fn reason(basis: &Basis, item: u32) -> Reason {
    let Some(current) = basis.item else { return Reason::Popular };
    match basis.led_from(&[current], item) {
        Some(before) => Reason::LookedAtTogether(before),
        None => match basis.led_from(basis.visit, item) {
            Some(before) => Reason::LookedAt(before),
            None if Likeness::to(basis.catalog, current).of(item) > 0.0 => Reason::Similar(current),
            None => Reason::SimilarVisits,
        },
    }
}

//! `related`: what shoppers looked at around the item on the screen; where the
//! artifact does not know it, what has the same attributes.

use super::basis::Basis;
use super::likeness::{Likeness, is_alike};
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

/// Their place beside the item on the screen, else their attributes.
pub fn reasons(basis: &Basis, items: &[u32]) -> Vec<Reason> {
    let Some(current) = basis.item else { return vec![Reason::Popular; items.len()] };
    let beside = basis.led_from(&[current], items);
    let others = items.iter().zip(&beside).filter(|(_, beside)| beside.is_none());
    let others: Vec<u32> = others.map(|(item, _)| *item).collect();
    let mut led = basis.led_from(basis.visit, &others).into_iter();
    let reason = |(item, beside): (&u32, Option<u32>)| {
        if let Some(before) = beside {
            return Reason::LookedAtTogether(before);
        }
        if let Some(before) = led.next().flatten() {
            return Reason::LookedAt(before);
        }
        if is_alike(basis.catalog, current, *item) {
            Reason::Similar(current)
        } else {
            Reason::SimilarVisits
        }
    };
    items.iter().zip(beside).map(reason).collect()
}

//! `looksLike`: items whose vectors point where that of the item on the screen
//! does, all compared; without vectors, items with the same attributes.

use super::basis::Basis;
use super::likeness::Likeness;
use super::reason::Reason;

/// Items that look like the one on the screen; none where there is none.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    let Some(current) = basis.item else { return Vec::new() };
    let own = vector(basis, current);
    if own.is_empty() {
        return Likeness::to(basis.catalog, current).of_all(&basis.items());
    }
    let alike = |item| (item, cosine(own, vector(basis, item)));
    basis.items().into_iter().map(alike).filter(|(_, alike)| *alike > 0.0).collect()
}

/// Which of both it was.
pub fn reason(basis: &Basis, item: u32) -> Reason {
    let Some(current) = basis.item else { return Reason::Popular };
    let seen = |item| !vector(basis, item).is_empty();
    if seen(current) && seen(item) { Reason::LooksLike(current) } else { Reason::Similar(current) }
}

fn vector<'a>(basis: &Basis<'a>, item: u32) -> &'a [i8] {
    basis.catalog.facts(item).map(|facts| &*facts.vector).unwrap_or_default()
}

/// Of vectors with as many components; 0 for others.
fn cosine(a: &[i8], b: &[i8]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let (mut dot, mut left, mut right) = (0i32, 0i32, 0i32);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (i32::from(*a), i32::from(*b));
        dot += a * b;
        left += a * a;
        right += b * b;
    }
    let lengths = (left as f32).sqrt() * (right as f32).sqrt();
    if lengths > 0.0 { dot as f32 / lengths } else { 0.0 }
}

//! `boughtTogether`: what others bought with the item on the screen. Where nobody
//! taught it, what they looked at with it; a row's reasons say which.

use super::basis::Basis;
use super::related;

/// Items bought with the one on the screen; none where there is none.
pub fn candidates(basis: &mut Basis) -> Vec<(u32, f32)> {
    related::candidates(basis)
}

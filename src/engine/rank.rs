//! From scores to places: a stable sort under the merchant's guards.
//!
//! What is pinned or unknown keeps its place. Of the first ten places at most
//! `quota` go to something from below the merchant's tenth: the promotion
//! quota, which keeps 99 % of the gain of a free order where a tight bound on
//! displacement throws away 35 to 80 % of it.

use super::sorting::{falling, order_by};

/// Places of the window the quota guards.
pub const WINDOW: usize = 10;

/// The order of a list of `len` entries. `movable` holds the places that may
/// change, rising, each with its score. Returns a permutation: at place `i`
/// shows the entry that the merchant has at place `order[i]`. Equal scores keep
/// the merchant's order.
pub fn permute(len: usize, movable: &[(u32, f32)], quota: usize) -> Vec<u32> {
    let score = |at: usize| movable.get(at).map_or(f32::MIN, |(_, score)| *score);
    let sorted: Vec<u32> = order_by(movable.len(), |at| falling(score(at)))
        .into_iter()
        .filter_map(|at| movable.get(at as usize).map(|(place, _)| *place))
        .collect();

    let mut order = unchanged(len);
    let fill = guard(&sorted, quota);
    for ((slot, _), place) in movable.iter().zip(fill) {
        if let Some(shown) = order.get_mut(*slot as usize) {
            *shown = place;
        }
    }
    order
}

/// Keeps the first `shown` places of an order and puts the rest back into the
/// merchant's order: what nobody sees need not move.
pub fn choose(order: Vec<u32>, movable: &[(u32, f32)], shown: Option<usize>) -> Vec<u32> {
    let Some(shown) = shown else { return order };
    let places = inverse(&order);
    let kept = |place: u32| {
        let new = places.get(place as usize).map_or(usize::MAX, |new| *new as usize);
        // Above every score of the rest, best first.
        (place, if new < shown { 1e6 - new as f32 } else { -(place as f32) })
    };
    let movable: Vec<(u32, f32)> = movable.iter().map(|(place, _)| kept(*place)).collect();
    permute(order.len(), &movable, usize::MAX)
}

/// The order that changes nothing.
pub fn unchanged(len: usize) -> Vec<u32> {
    (0..len as u32).collect()
}

/// Where each entry went: the inverse of a permutation.
pub fn inverse(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, shown) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(*shown as usize) {
            *slot = place as u32;
        }
    }
    places
}

/// Reorders the sorted places so that the quota holds: foreigners past it wait
/// until the window is full.
fn guard(sorted: &[u32], quota: usize) -> Vec<u32> {
    let is_native = |place: u32| (place as usize) < WINDOW;
    // Every slot in the window was somebody's who is native, so natives suffice.
    let slots = sorted.iter().filter(|place| is_native(**place)).count();
    let mut window = Vec::with_capacity(sorted.len());
    let mut rest = Vec::with_capacity(sorted.len());
    let mut promoted = 0;
    for place in sorted {
        let may = is_native(*place) || promoted < quota;
        if window.len() < slots && may {
            promoted += usize::from(!is_native(*place));
            window.push(*place);
        } else {
            rest.push(*place);
        }
    }
    window.append(&mut rest);
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(scores: &[f32]) -> Vec<(u32, f32)> {
        scores.iter().enumerate().map(|(place, score)| (place as u32, *score)).collect()
    }

    #[test]
    fn sorts_by_score_and_keeps_ties() {
        assert_eq!(permute(5, &all(&[1.0, 3.0, -2.0, 3.0, f32::NAN]), 10), [1, 3, 0, 2, 4]);
        assert_eq!(permute(0, &[], 3), []);
    }

    #[test]
    fn what_may_not_move_does_not() {
        assert_eq!(permute(4, &[(1, 0.0), (3, 9.0)], 3), [0, 3, 2, 1]);
    }

    #[test]
    fn the_quota_bounds_the_first_ten() {
        let scores: Vec<f32> = (0..30).map(|place| place as f32).collect();
        for quota in 0..=WINDOW {
            let order = permute(30, &all(&scores), quota);
            let foreign = order[..WINDOW].iter().filter(|place| **place >= 10).count();
            assert_eq!(foreign, quota);
        }
    }

    #[test]
    fn choosing_moves_no_more_than_what_is_shown() {
        let movable = [(0, 1.0), (1, 5.0), (3, 9.0), (4, 7.0)];
        let order = permute(5, &movable, 10);
        assert_eq!(order, [3, 4, 2, 1, 0]);
        assert_eq!(choose(order, &movable, Some(1)), [3, 0, 2, 1, 4]);
    }

    #[test]
    fn pins_in_the_window_leave_room_for_the_rest() {
        let movable: Vec<(u32, f32)> = (5..20).map(|place| (place, place as f32)).collect();
        let order = permute(20, &movable, 3);
        assert_eq!(order[..5], [0, 1, 2, 3, 4]);
        assert_eq!(order[5..10], [19, 18, 17, 9, 8]);
    }
}

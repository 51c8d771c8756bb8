//! From scores to places: a stable sort under the merchant's guards.
//!
//! What is pinned or unknown keeps its place. Of the first ten places at most
//! `quota` go to something from below the merchant's tenth: the promotion
//! quota, which keeps 99 % of the gain of a free order where a tight bound on
//! displacement throws away 35 to 80 % of it.

use super::sorting::{self, falling};

/// Places of the window the quota guards.
pub const WINDOW: usize = 10;
/// The score of what must not move.
pub const FIXED: f32 = f32::NAN;

/// The order of a list by the score of each place; [`FIXED`] ones stay. Returns
/// a permutation: at place `i` shows the entry that the merchant has at place
/// `order[i]`. Equal scores keep the merchant's order.
pub fn permute(scores: &[f32], quota: usize) -> Vec<u32> {
    // No score that moves has this key, so what stays sorts last.
    let key = |score: &f32| if score.is_nan() { u32::MAX } else { falling(*score) };
    let keys: Vec<u32> = scores.iter().map(key).collect();
    let mut sorted = sorting::order(&keys);
    sorted.truncate(scores.iter().filter(|score| !score.is_nan()).count());

    let mut order = unchanged(scores.len());
    let slots = order.iter_mut().zip(scores).filter(|(_, score)| !score.is_nan());
    for ((slot, _), place) in slots.zip(guard(&sorted, quota)) {
        *slot = place;
    }
    order
}

/// Keeps the first `shown` places of an order and puts the rest back into the
/// merchant's order: what nobody sees need not move.
pub fn choose(order: &[u32], scores: &[f32], shown: usize) -> Vec<u32> {
    let places = inverse(order);
    let kept = |((merchant, score), new): ((usize, &f32), u32)| {
        if score.is_nan() {
            FIXED
        } else if (new as usize) < shown {
            // Above every score of the rest, best first.
            1e6 - new as f32
        } else {
            -(merchant as f32)
        }
    };
    let scores: Vec<f32> = scores.iter().enumerate().zip(places).map(kept).collect();
    permute(&scores, usize::MAX)
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
    let (mut window, mut waiting) = (Vec::with_capacity(sorted.len()), Vec::new());
    let mut promoted = 0;
    for place in sorted {
        if window.len() == slots {
            break;
        }
        if is_native(*place) {
            window.push(*place);
        } else if promoted < quota {
            promoted += 1;
            window.push(*place);
        } else {
            waiting.push(*place);
        }
    }
    let done = window.len() + waiting.len();
    window.append(&mut waiting);
    window.extend_from_slice(sorted.get(done..).unwrap_or_default());
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_by_score_and_keeps_ties() {
        assert_eq!(permute(&[1.0, 3.0, f32::NEG_INFINITY, 3.0, -2.0], 10), [1, 3, 0, 4, 2]);
        assert!(permute(&[], 3).is_empty());
    }

    #[test]
    fn what_may_not_move_does_not() {
        assert_eq!(permute(&[FIXED, 0.0, FIXED, 9.0], 3), [0, 3, 2, 1]);
    }

    #[test]
    fn choosing_moves_no_more_than_what_is_shown() {
        let scores = [1.0, 5.0, FIXED, 9.0, 7.0];
        let order = permute(&scores, 10);
        assert_eq!(order, [3, 4, 2, 1, 0]);
        assert_eq!(choose(&order, &scores, 1), [3, 0, 2, 1, 4]);
    }

    #[test]
    fn the_quota_bounds_the_first_ten() {
        let scores: Vec<f32> = (0..30).map(|place| place as f32).collect();
        for quota in 0..=WINDOW {
            let order = permute(&scores, quota);
            let foreign = order[..WINDOW].iter().filter(|place| **place >= 10).count();
            assert_eq!(foreign, quota);
        }
    }

    #[test]
    fn pins_in_the_window_leave_room_for_the_rest() {
        let score = |place| if place < 5 { FIXED } else { place as f32 };
        let order = permute(&(0..20).map(score).collect::<Vec<f32>>(), 3);
        assert_eq!(order[..5], [0, 1, 2, 3, 4]);
        assert_eq!(order[5..10], [19, 18, 17, 9, 8]);
    }
}

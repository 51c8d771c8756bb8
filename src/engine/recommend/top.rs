//! The best few of many, without sorting the rest. Must not live here: scores.

use crate::engine::sorting::{falling, score};

/// The best entries so far. Equal scores are ordered by number, so that the order
/// of the offers does not matter. Scores are finite.
#[derive(Debug)]
pub struct Top {
    limit: usize,
    /// Entries as integers, the smaller the better: in a heap with the worst on top,
    /// and nothing after it worse than its parent. One comparison of integers takes
    /// the place of two of floats and one of numbers.
    heap: Vec<u64>,
}

impl Top {
    /// Keeps at most `limit` entries.
    pub fn new(limit: usize) -> Self {
        Self { limit, heap: Vec::with_capacity(limit.min(1024)) }
    }

    /// Whether an offer of this would be taken.
    #[inline(always)]
    pub fn takes(&self, score: f32, number: u32) -> bool {
        self.heap.len() < self.limit
            || self.heap.first().is_some_and(|worst| key(score, number) < *worst)
    }

    /// Takes the entry in if it is one of the best. Most are not, and cost one
    /// comparison; of n offers in random order about limit · ln(n / limit) are.
    #[inline]
    #[cfg_attr(speed, optimize(speed))]
    pub fn offer(&mut self, score: f32, number: u32) {
        let key = key(score, number);
        if self.heap.len() < self.limit {
            self.heap.push(key);
            rise(&mut self.heap);
        } else if self.heap.first().is_some_and(|worst| key < *worst) {
            sink(&mut self.heap, key);
        }
    }

    /// Numbers and scores, best first.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    pub fn into_entries(mut self) -> Vec<(u32, f32)> {
        // The worst of what is left goes behind it.
        let mut left = self.heap.as_mut_slice();
        while let Some((last, rest)) = left.split_last_mut() {
            if let Some(worst) = rest.first().copied() {
                sink(rest, std::mem::replace(last, worst));
            }
            left = rest;
        }
        self.heap.into_iter().map(|key| (key as u32, score((key >> 32) as u32))).collect()
    }
}

#[inline(always)]
fn key(score: f32, number: u32) -> u64 {
    // Of the two zeros the positive one.
    u64::from(falling(score + 0.0)) << 32 | u64::from(number)
}

/// Moves the last entry up to where it belongs.
#[inline(always)]
fn rise(heap: &mut [u64]) {
    let mut at = heap.len().saturating_sub(1);
    while let Some(above) = at.checked_sub(1).map(|before| before / 2) {
        if heap.get(above) >= heap.get(at) {
            break;
        }
        heap.swap(above, at);
        at = above;
    }
}

/// Puts an entry in the place of the worst, and moves it down to where it belongs.
#[inline(always)]
fn sink(heap: &mut [u64], entry: u64) {
    let mut at = 0;
    loop {
        let below = 2 * at + 1;
        // Which of two is the worse cannot be foretold, so that it is not asked by a jump.
        let (place, child) = match heap.get(below..).unwrap_or_default() {
            [one, other, ..] => (below + usize::from(other > one), *one.max(other)),
            [one] => (below, *one),
            [] => break,
        };
        if child <= entry {
            break;
        }
        if let Some(slot) = heap.get_mut(at) {
            *slot = child;
        }
        at = place;
    }
    if let Some(slot) = heap.get_mut(at) {
        *slot = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_sorting() {
        let mut state = 1u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        };
        for (offers, limit) in [(0, 3), (5, 0), (3, 5), (500, 20), (5_000, 100)] {
            let entries: Vec<(u32, f32)> =
                (0..offers).map(|number| (number, (random() % 300) as f32)).collect();
            let mut expected = entries.clone();
            expected.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            expected.truncate(limit);
            let mut top = Top::new(limit);
            // In another order: it must not matter.
            for (number, score) in entries.iter().rev() {
                top.offer(*score, *number);
            }
            assert_eq!(top.into_entries(), expected);
        }
    }
}

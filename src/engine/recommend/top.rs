//! The best few of many, without sorting the rest. Must not live here: scores.

/// The best entries so far. Equal scores are ordered by number, so that the order
/// of the offers does not matter.
#[derive(Debug)]
pub struct Top {
    limit: usize,
    /// A heap with the worst on top, and nothing after it better than its parent.
    heap: Vec<(u32, f32)>,
}

impl Top {
    /// Keeps at most `limit` entries.
    pub fn new(limit: usize) -> Self {
        Self { limit, heap: Vec::with_capacity(limit.min(1024)) }
    }

    /// Whether an offer of this would be taken.
    #[inline]
    pub fn takes(&self, score: f32, number: u32) -> bool {
        self.heap.len() < self.limit
            || self.heap.first().is_some_and(|worst| is_before((number, score), *worst))
    }

    /// Takes the entry in if it is one of the best. Most are not, and cost one
    /// comparison; of n offers in random order about limit · ln(n / limit) are.
    #[inline]
    pub fn offer(&mut self, score: f32, number: u32) {
        if !self.takes(score, number) {
            return;
        }
        if self.heap.len() < self.limit {
            self.heap.push((number, score));
            rise(&mut self.heap);
        } else {
            sink(&mut self.heap, (number, score));
        }
    }

    /// Numbers and scores, best first.
    pub fn into_entries(mut self) -> Vec<(u32, f32)> {
        // The worst of what is left goes behind it.
        let mut left = self.heap.as_mut_slice();
        while let Some((last, rest)) = left.split_last_mut() {
            if let Some(worst) = rest.first().copied() {
                sink(rest, std::mem::replace(last, worst));
            }
            left = rest;
        }
        self.heap
    }
}

/// Moves the last entry up to where it belongs.
fn rise(heap: &mut [(u32, f32)]) {
    let mut at = heap.len().saturating_sub(1);
    while let Some(above) = at.checked_sub(1).map(|before| before / 2) {
        let pair = heap.get(above).copied().zip(heap.get(at).copied());
        if !pair.is_some_and(|(parent, own)| is_before(parent, own)) {
            break;
        }
        heap.swap(above, at);
        at = above;
    }
}

/// Puts an entry in the place of the worst, and moves it down to where it belongs.
fn sink(heap: &mut [(u32, f32)], entry: (u32, f32)) {
    let mut at = 0;
    loop {
        let mut below = 2 * at + 1;
        let Some(mut child) = heap.get(below).copied() else { break };
        if let Some(other) = heap.get(below + 1).filter(|other| is_before(child, **other)) {
            (below, child) = (below + 1, *other);
        }
        if !is_before(entry, child) {
            break;
        }
        if let Some(slot) = heap.get_mut(at) {
            *slot = child;
        }
        at = below;
    }
    if let Some(slot) = heap.get_mut(at) {
        *slot = entry;
    }
}

#[inline]
fn is_before(a: (u32, f32), b: (u32, f32)) -> bool {
    a.1 > b.1 || a.1 == b.1 && a.0 < b.0
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

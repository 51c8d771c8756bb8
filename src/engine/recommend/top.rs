//! The best few of many, without sorting the rest. Must not live here: scores.

/// The best entries so far, best first. Equal scores are ordered by number, so
/// that the order of the offers does not matter.
#[derive(Debug)]
pub struct Top {
    limit: usize,
    entries: Vec<(u32, f32)>,
}

impl Top {
    /// Keeps at most `limit` entries.
    pub fn new(limit: usize) -> Self {
        Self { limit, entries: Vec::with_capacity(limit.min(1024) + 1) }
    }

    /// Takes the entry in if it is one of the best. Most are not, and cost one
    /// comparison; of n offers in random order about limit · ln(n / limit) are.
    #[inline]
    pub fn offer(&mut self, score: f32, number: u32) {
        let is_full = self.entries.len() >= self.limit;
        if is_full && self.entries.last().is_none_or(|last| !is_before((number, score), *last)) {
            return;
        }
        let place = self.entries.partition_point(|entry| is_before(*entry, (number, score)));
        self.entries.insert(place, (number, score));
        self.entries.truncate(self.limit);
    }

    /// Numbers and scores, best first.
    pub fn into_entries(self) -> Vec<(u32, f32)> {
        self.entries
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

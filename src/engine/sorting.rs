//! Sorting by one integer. Every use shares one copy of the sort: the standard
//! library's is several kilobytes of WebAssembly for each type it sorts, and
//! integers sort several times faster than floats under a comparison.

/// Indexes `0..len` by their key, smallest first; equal keys keep their order.
pub fn order_by(len: usize, key: impl Fn(usize) -> u32) -> Vec<u32> {
    let packed = (0..len).map(|index| u64::from(key(index)) << 32 | index as u64);
    sorted(packed.collect()).into_iter().map(|packed| packed as u32).collect()
}

/// The values, smallest first.
pub fn sorted(mut values: Vec<u64>) -> Vec<u64> {
    values.sort_unstable();
    values
}

/// An integer that grows as the score falls. What is not finite comes last.
pub fn falling(score: f32) -> u32 {
    let score = if score.is_finite() { score } else { f32::MIN };
    // Flipping the sign bit, or all bits of a negative, orders floats as integers.
    let bits = score.to_bits();
    let rising = if bits >> 31 == 1 { !bits } else { bits | 0x8000_0000 };
    !rising
}

/// The entries in the order of their scores, best first; ties keep their order.
pub fn best_first<T: Clone>(entries: &[T], score: impl Fn(&T) -> f32) -> Vec<T> {
    let falling = |at: usize| entries.get(at).map_or(u32::MAX, |entry| falling(score(entry)));
    pick(entries, &order_by(entries.len(), falling))
}

/// The entries at these places.
pub fn pick<T: Clone>(entries: &[T], places: &[u32]) -> Vec<T> {
    places.iter().filter_map(|place| entries.get(*place as usize).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_fall_and_ties_stay() {
        let scores = [1.0, 3.0, -2.0, 3.0, f32::NAN, -0.5];
        assert_eq!(order_by(scores.len(), |at| falling(scores[at])), [1, 3, 0, 5, 2, 4]);
        assert_eq!(
            best_first(&["a", "b", "c"], |name| if *name == "b" { 1.0 } else { 0.0 }),
            ["b", "a", "c"]
        );
    }
}

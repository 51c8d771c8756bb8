//! Sorting by one integer, least significant byte first.
//!
//! A radix sort of our own, because the order of a list is what every page waits
//! for: the standard library's comparison sort is slow when built for size, and
//! kilobytes of WebAssembly when built for speed.

/// Up to so many values are sorted by insertion: a page's journal is written with
/// every event, and the tables of a radix sort cost more than all of its cells.
const FEW: usize = 64;

/// Indexes `0..len` by their key, smallest first; equal keys keep their order.
pub fn order_by(len: usize, key: impl Fn(usize) -> u32) -> Vec<u32> {
    let keys: Vec<u32> = (0..len).map(key).collect();
    order(&keys)
}

/// Indexes of the keys, smallest first; equal keys keep their order.
pub fn order(keys: &[u32]) -> Vec<u32> {
    if keys.len() <= FEW {
        let mut few: Vec<u32> = Vec::with_capacity(keys.len());
        for (at, key) in (0u32..).zip(keys) {
            let is_before =
                |other: &u32| keys.get(*other as usize).is_some_and(|other| other <= key);
            few.insert(few.partition_point(is_before), at);
        }
        return few;
    }
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    let mut next = order.clone();
    for shift in [0, 8, 16, 24] {
        // Where the entries of each byte start.
        let mut starts = [0u32; 256];
        for key in keys {
            if let Some(count) = starts.get_mut(byte(*key, shift)) {
                *count += 1;
            }
        }
        if starts.contains(&(keys.len() as u32)) {
            // All entries have the same byte here.
            continue;
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        for at in &order {
            let Some(key) = keys.get(*at as usize) else { continue };
            let Some(start) = starts.get_mut(byte(*key, shift)) else { continue };
            if let Some(slot) = next.get_mut(*start as usize) {
                *slot = *at;
            }
            *start += 1;
        }
        std::mem::swap(&mut order, &mut next);
    }
    order
}

// Called for every entry of every list, in a build that is optimised for size
// and would call it as a function.
#[inline(always)]
fn byte(key: u32, shift: u32) -> usize {
    (key >> shift & 0xff) as usize
}

/// The values, smallest first.
pub fn sorted(values: &[u64]) -> Vec<u64> {
    if values.len() <= FEW {
        let mut few: Vec<u64> = Vec::with_capacity(values.len());
        for value in values {
            few.insert(few.partition_point(|known| known <= value), *value);
        }
        return few;
    }
    let value = |at: usize| values.get(at).copied().unwrap_or_default();
    let by_low = pick(values, &order_by(values.len(), |at| value(at) as u32));
    let value = |at: usize| by_low.get(at).copied().unwrap_or_default();
    pick(&by_low, &order_by(by_low.len(), |at| (value(at) >> 32) as u32))
}

/// An integer that grows as the score falls. What is not finite comes last.
#[inline(always)]
pub fn falling(score: f32) -> u32 {
    let score = if score.is_finite() { score } else { f32::MIN };
    // Flipping the sign bit, or all bits of a negative, orders floats as integers.
    let bits = score.to_bits();
    let rising = if bits >> 31 == 1 { !bits } else { bits | 0x8000_0000 };
    !rising
}

/// The score that falls to this integer.
#[inline(always)]
pub fn score(falling: u32) -> f32 {
    let rising = !falling;
    f32::from_bits(if rising >> 31 == 1 { rising & 0x7fff_ffff } else { !rising })
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

/// Which of these distinct values may stay where they are while the fewest others move, so
/// that all rise: one of the longest rising subsequences (C. Schensted, Canadian Journal of
/// Mathematics 13, 1961).
pub fn longest_rising(values: &[u32]) -> Vec<bool> {
    let value = |at: &usize| values.get(*at).copied().unwrap_or_default();
    // Of the rising runs of each length the one whose last value is least, by its place.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(values.len());
    for at in 0..values.len() {
        let len = ends.partition_point(|end| value(end) < value(&at));
        before.push(len.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(len) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; values.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        if let Some(stays) = stays.get_mut(at) {
            *stays = true;
        }
        next = before.get(at).copied().flatten();
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_move() {
        let stays = |values: &[u32]| {
            let kept = longest_rising(values);
            let kept: Vec<u32> =
                values.iter().zip(kept).filter(|(_, s)| *s).map(|(v, _)| *v).collect();
            assert!(kept.is_sorted());
            kept.len()
        };
        assert_eq!(stays(&[]), 0);
        assert_eq!(stays(&[0, 1, 2, 3]), 4);
        // One goes to the end, one comes from it, and two change places.
        assert_eq!(stays(&[1, 2, 3, 4, 0]), 4);
        assert_eq!(stays(&[4, 0, 1, 2, 3]), 4);
        assert_eq!(stays(&[0, 3, 2, 1, 4]), 3);
        // Of all orders of seven no choice of more would rise.
        let mut order: Vec<u32> = (0..7).collect();
        permutations(&mut order, 0, &mut |order| {
            let rising = |chosen: u32| {
                let chosen = |at: &usize| chosen >> at & 1 == 1;
                (0..7).filter(chosen).map(|at| order[at]).is_sorted()
            };
            let most = (0u32..128).filter(|chosen| rising(*chosen)).map(u32::count_ones).max();
            assert_eq!(Some(stays(order) as u32), most, "{order:?}");
        });
    }

    fn permutations(order: &mut Vec<u32>, from: usize, told: &mut impl FnMut(&[u32])) {
        if from == order.len() {
            return told(order);
        }
        for at in from..order.len() {
            order.swap(from, at);
            permutations(order, from + 1, told);
            order.swap(from, at);
        }
    }

    #[test]
    fn agrees_with_the_standard_sort() {
        let mut state = 1u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 8
        };
        for len in [0, 1, 2, FEW, FEW + 1, 300, 5_000] {
            let values: Vec<u64> = (0..len).map(|_| random() >> (random() % 50)).collect();
            let mut expected = values.clone();
            expected.sort();
            assert_eq!(sorted(&values), expected);
            let mut expected: Vec<u32> = (0..len as u32).collect();
            expected.sort_by_key(|at| values[*at as usize] as u32);
            assert_eq!(order_by(values.len(), |at| values[at] as u32), expected);
        }
    }

    #[test]
    fn scores_fall_and_ties_stay() {
        let scores = [1.0, 3.0, -2.0, 3.0, f32::NAN, -0.5];
        assert_eq!(order_by(scores.len(), |at| falling(scores[at])), [1, 3, 0, 5, 2, 4]);
        assert_eq!(
            [1.0, 0.0, -2.5, f32::MAX].map(|own| score(falling(own))),
            [1.0, 0.0, -2.5, f32::MAX]
        );
        assert_eq!(
            best_first(&["a", "b", "c"], |name| if *name == "b" { 1.0 } else { 0.0 }),
            ["b", "a", "c"]
        );
    }
}

//! How a graph is cut where a catalogue is too large for the budget: by category, so
//! that a page which shows candles loads what goes with candles. Categories that
//! follow one another in the tree share a shard. Must not live here: how many bytes
//! there are for a shard (`plan`), or the bytes themselves (`splitting`).

use crate::engine::artifact::links::MOST_SHARDS;

/// Items from which a graph is cut unless the caller says otherwise: a smaller
/// catalogue's fits into a budget that a page can afford, and a second request for
/// the next category costs its shoppers more than it gives.
pub const LEAST_ITEMS: usize = 20_000;

/// Most shards of so many items, where the caller leaves it to us.
pub fn most(items: usize) -> usize {
    if items < LEAST_ITEMS { 1 } else { MOST_SHARDS }
}

/// A shard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shard {
    /// Its items, in the numbers of the corpus, rising.
    pub items: Vec<u32>,
    /// Its first and its last category; `None` for items without one.
    pub categories: [Option<u32>; 2],
}

/// At most so many shards of whole categories, the heaviest as light as can be.
/// Categories are numbered in the order of their paths; items without one come last.
/// `weights` are by item, each above 0.
pub fn shards(category: impl Fn(u32) -> Option<u32>, weights: &[u64], most: usize) -> Vec<Shard> {
    let mut items: Vec<(u32, u32)> =
        (0..weights.len() as u32).map(|item| (category(item).unwrap_or(u32::MAX), item)).collect();
    items.sort_unstable();
    let weight = |items: &[(u32, u32)]| -> u64 {
        items.iter().filter_map(|(_, item)| weights.get(*item as usize)).sum()
    };
    let units: Vec<(u64, &[(u32, u32)])> =
        items.chunk_by(|a, b| a.0 == b.0).map(|unit| (weight(unit), unit)).collect();
    let mut low = units.iter().map(|unit| unit.0).max().unwrap_or_default();
    let mut high = units.iter().map(|unit| unit.0).sum();
    while low < high {
        let middle = low.midpoint(high);
        if filled(&units, middle).len() <= most { high = middle } else { low = middle + 1 }
    }
    let known = |number: &(u32, u32)| (number.0 != u32::MAX).then_some(number.0);
    filled(&units, high)
        .into_iter()
        .map(|units| {
            let all: Vec<(u32, u32)> = units.iter().flat_map(|unit| unit.1).copied().collect();
            let categories = [all.first(), all.last()].map(|item| item.and_then(known));
            let mut items: Vec<u32> = all.iter().map(|item| item.1).collect();
            items.sort_unstable();
            Shard { items, categories }
        })
        .collect()
}

/// Units one after another, none of the lists heavier than this, unless it is one unit.
fn filled<T: Copy>(units: &[(u64, T)], heaviest: u64) -> Vec<Vec<(u64, T)>> {
    let mut lists: Vec<Vec<(u64, T)>> = Vec::new();
    let mut weight = 0;
    for unit in units {
        match lists.last_mut().filter(|_| weight + unit.0 <= heaviest) {
            Some(list) => list.push(*unit),
            None => {
                weight = 0;
                lists.push(vec![*unit]);
            }
        }
        weight += unit.0;
    }
    lists
}

/// The shard with most of these items; the first of several.
pub fn home(shards: impl Iterator<Item = usize>) -> usize {
    let mut counts = [0u32; MOST_SHARDS];
    for shard in shards {
        if let Some(count) = counts.get_mut(shard) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(categories: &[Option<u32>], weights: &[u64], most: usize) -> Vec<Shard> {
        shards(|item| categories[item as usize], weights, most)
    }

    #[test]
    fn neighbouring_categories_share_a_shard_and_none_is_cut() {
        let categories = [Some(2), Some(0), Some(1), Some(0), None, Some(3)];
        let found = cut(&categories, &[1; 6], 3);
        let items: Vec<&[u32]> = found.iter().map(|shard| shard.items.as_slice()).collect();
        assert_eq!(items, [[1, 3].as_slice(), &[0, 2], &[4, 5]]);
        assert_eq!(found[0].categories, [Some(0), Some(0)]);
        assert_eq!(found[1].categories, [Some(1), Some(2)]);
        assert_eq!(found[2].categories, [Some(3), None]);
    }

    #[test]
    fn the_heaviest_is_as_light_as_can_be() {
        let categories: Vec<_> = (0..7).map(Some).collect();
        let weights = [9, 1, 1, 1, 5, 5, 4];
        let heaviest = |most| {
            let found = cut(&categories, &weights, most);
            assert!(found.len() <= most);
            let weight = |item: &u32| weights[*item as usize];
            found.iter().map(|shard| shard.items.iter().map(weight).sum::<u64>()).max().unwrap()
        };
        assert_eq!([1, 2, 3, 4, 7].map(heaviest), [26, 14, 9, 9, 9]);
        // One category cannot be cut; no items make no shard.
        assert_eq!(cut(&[None, None], &[1, 1], 4).len(), 1);
        assert_eq!(cut(&[], &[], 4), []);
    }

    #[test]
    fn most_of_the_items_decide_then_the_first_shard() {
        assert_eq!(home([3, 1, 3].into_iter()), 3);
        assert_eq!(home([2, 1].into_iter()), 1);
        assert_eq!(home([].into_iter()), 0);
    }
}

//! Reranking within a category: at each click of a test session the list is the
//! category's fifty most popular items and the one that was clicked, by popularity;
//! the engine reorders it, knowing the clicks before. Must not live here: what an
//! order is made of (`engine`).

use super::shopping::{Page, Shelves};
use crate::engine::artifact::ArtifactError;
use crate::engine::math;

/// Items of a category in a list, besides the clicked one.
const LIST: usize = 50;

/// Sums over lists; the merchant's order first, the personal one second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reranked {
    /// Lists.
    pub queries: u32,
    /// Reciprocal ranks of the clicked item.
    pub reciprocal: [f64; 2],
    /// How often it is among the first ten.
    pub top10: [u32; 2],
    /// Its discounted gain within the first ten.
    pub gain10: [f64; 2],
    /// How often it stands lower than in the merchant's order.
    pub worse: u32,
}

impl Reranked {
    /// Adds a list: the clicked item's place in both orders, from 0.
    pub fn add(&mut self, merchant: usize, personal: usize) {
        self.queries += 1;
        self.worse += u32::from(personal > merchant);
        for (at, place) in [merchant, personal].into_iter().enumerate() {
            let rank = place as f64 + 1.0;
            let sums =
                (self.reciprocal.get_mut(at), self.top10.get_mut(at), self.gain10.get_mut(at));
            if let (Some(reciprocal), Some(top10), Some(gain10)) = sums {
                *reciprocal += 1.0 / rank;
                if place < 10 {
                    *top10 += 1;
                    *gain10 += 1.0 / math::log2(rank + 1.0);
                }
            }
        }
    }
}

/// The best sellers of each category, best first, ties by number.
fn lists(shelves: &Shelves, clicks: &[u32]) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); shelves.names.len()];
    for (item, count) in (0u32..).zip(clicks) {
        let list = shelves.category(item).and_then(|category| lists.get_mut(category as usize));
        if let Some(list) = list.filter(|_| *count > 0) {
            list.push(item);
        }
    }
    let count = |item: &u32| clicks.get(*item as usize).copied().unwrap_or_default();
    for list in &mut lists {
        list.sort_by_key(|item| (u32::MAX - count(item), *item));
        list.truncate(LIST);
    }
    lists
}

/// Reranks for each click of the test sessions that something comes before.
/// `clicks` are the training clicks on each item.
///
/// # Errors
/// When the artifact cannot be used.
pub fn measure(
    shelves: &Shelves,
    artifact: Vec<u8>,
    clicks: &[u32],
    tests: &[Vec<u32>],
    quota: f64,
) -> Result<Reranked, ArtifactError> {
    let lists = lists(shelves, clicks);
    let mut page = Page::new(shelves, artifact, quota)?;
    let mut sums = Reranked::default();
    for test in tests {
        page.welcome();
        for (at, clicked) in test.iter().enumerate() {
            let list = shelves.category(*clicked).and_then(|at| lists.get(at as usize));
            if let Some(list) = list.filter(|_| at > 0) {
                let mut list = list.clone();
                let merchant = list.iter().position(|item| item == clicked).unwrap_or(list.len());
                if merchant == list.len() {
                    list.push(*clicked);
                }
                let order = page.order(&list);
                if let Some(place) = order.iter().position(|place| *place as usize == merchant) {
                    sums.add(merchant, place);
                }
            }
            page.click(*clicked);
        }
    }
    Ok(sums)
}

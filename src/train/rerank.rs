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
pub fn best_of_each(shelves: &Shelves, clicks: &[u32]) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); shelves.names.len()];
    for item in (0u32..).take(clicks.len()) {
        if let Some(list) = shelves.category(item).and_then(|at| lists.get_mut(at as usize)) {
            list.push(item);
        }
    }
    lists.into_iter().map(|list| best_sellers(list, clicks)).collect()
}

/// The best sellers of these items, best first, ties by number.
fn best_sellers(mut items: Vec<u32>, clicks: &[u32]) -> Vec<u32> {
    let count = |item: &u32| clicks.get(*item as usize).copied().unwrap_or_default();
    items.retain(|item| count(item) > 0);
    items.sort_by_key(|item| (u32::MAX - count(item), *item));
    items.truncate(LIST);
    items
}

/// Asks for an order at each click of these sessions that something comes before, of
/// the list that is for the clicked item, and this item. `found` takes its place by
/// the merchant and its personal place, from 0.
pub fn ask(
    page: &mut Page,
    sessions: &[Vec<u32>],
    list_for: impl Fn(u32) -> Option<Vec<u32>>,
    mut found: impl FnMut(usize, usize),
) {
    for session in sessions {
        page.welcome();
        for (at, clicked) in session.iter().enumerate() {
            if let Some(mut list) = list_for(*clicked).filter(|_| at > 0) {
                let merchant = list.iter().position(|item| item == clicked).unwrap_or(list.len());
                if merchant == list.len() {
                    list.push(*clicked);
                }
                let order = page.order(&list);
                if let Some(place) = order.iter().position(|place| *place as usize == merchant) {
                    found(merchant, place);
                }
            }
            page.click(*clicked);
        }
    }
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
    let lists = best_of_each(shelves, clicks);
    let mut page = Page::new(shelves, artifact, quota)?;
    let mut sums = Reranked::default();
    let list_for = |item| lists.get(shelves.category(item)? as usize).cloned();
    ask(&mut page, tests, list_for, |merchant, personal| sums.add(merchant, personal));
    Ok(sums)
}

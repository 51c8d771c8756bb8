//! Foreseeing the category of the next click: the engine orders a page whose
//! sections are the categories, the shop's most popular first, knowing the clicks
//! before. Must not live here: what that order is made of (`engine`).

use super::shopping::{Page, Shelves};
use crate::engine::ArmRow;
use crate::engine::artifact::ArtifactError;
use crate::engine::ranking::Kind;

/// Sums over clicks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Foreseen {
    /// Clicks.
    pub queries: u32,
    /// Reciprocal ranks in the engine's order.
    pub reciprocal: f64,
    /// Among the first 1, 3.
    pub hits: [u32; 2],
    /// Reciprocal ranks by popularity, and by the last category before the others.
    pub reciprocal_popular: f64,
    /// See above.
    pub reciprocal_last: f64,
}

/// Asks at each click of the test sessions that something comes before. `clicks` are
/// the training clicks on each item.
///
/// # Errors
/// When the artifact cannot be used.
pub fn measure(
    shelves: &Shelves,
    artifact: Vec<u8>,
    clicks: &[u32],
    tests: &[Vec<u32>],
) -> Result<Foreseen, ArtifactError> {
    let mut counts = vec![0u32; shelves.names.len()];
    for (item, more) in (0u32..).zip(clicks) {
        let category = shelves.category(item);
        if let Some(count) = category.and_then(|category| counts.get_mut(category as usize)) {
            *count += more;
        }
    }
    let mut popular: Vec<u32> = (0..counts.len() as u32).collect();
    popular.sort_by_key(|category| u32::MAX - counts.get(*category as usize).unwrap_or(&0));
    let arm = |category: &u32| {
        let name = shelves.names.get(*category as usize).cloned().unwrap_or_default();
        ArmRow { id: name.clone(), category: vec![name], pinned: false }
    };
    let arms: Vec<ArmRow> = popular.iter().map(arm).collect();
    let place = |category: u32| popular.iter().position(|known| *known == category);

    let mut page = Page::new(shelves, artifact, 0.0)?;
    let mut sums = Foreseen::default();
    for test in tests {
        page.welcome();
        let mut last = None;
        for item in test {
            let category = shelves.category(*item).and_then(place);
            if let (Some(last), Some(next)) = (last, category) {
                let now = page.now();
                let order = page.session.order_arms(Kind::Sections, "page", &arms, None, now);
                if let Some(place) = order.iter().position(|shown| *shown as usize == next) {
                    sums.add(place, next, last);
                }
            }
            last = category.or(last);
            page.click(*item);
        }
    }
    Ok(sums)
}

impl Foreseen {
    /// Adds a click: its category's place in the engine's order, and its place and
    /// that of the last click's category in the order of popularity, from 0.
    pub fn add(&mut self, place: usize, popular: usize, last: usize) {
        let reciprocal = |place: usize| 1.0 / (place as f64 + 1.0);
        self.queries += 1;
        self.reciprocal += reciprocal(place);
        for (hits, most) in self.hits.iter_mut().zip([1, 3]) {
            *hits += u32::from(place < most);
        }
        self.reciprocal_popular += reciprocal(popular);
        let after_last = if popular == last { 0 } else { popular + usize::from(popular < last) };
        self.reciprocal_last += reciprocal(after_last);
    }
}

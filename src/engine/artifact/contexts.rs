//! What the surroundings of a visit say of the categories it goes to.
//!
//! Section: the number of facts as a varint and their keys as rising u32; the number
//! of categories as a varint and their ledger keys as rising u32; then of each fact
//! the number of its entries as a varint and, an entry, the step from the category
//! before as a varint (the first from 0) and the weighted lift as i8 in 64ths. Must
//! not live here: what an order makes of it (`sections`, `score`).

use super::reading::Reader;
use crate::engine::intern::FeatureKey;

/// Steps of a lift.
pub const LIFT_STEPS: f64 = 64.0;
/// Most facts of a file; a kind has at most a dozen that matter.
pub const MOST_FACTS: u32 = 64;
/// Bound of the sum over all facts, either way: a factor of e. What is known of the
/// shopper goes to e² and so stays stronger.
const LARGEST_LIFT: f64 = 1.0;

/// A section that was checked.
#[derive(Debug)]
pub struct Contexts {
    facts: Vec<FeatureKey>,
    categories: Vec<FeatureKey>,
    /// Where the first entries begin.
    start: usize,
}

impl Contexts {
    /// Reads the section.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let keys = |reader: &mut Reader| -> Option<Vec<FeatureKey>> {
            let count = reader.varint().filter(|count| *count as usize <= section.len() / 4)?;
            let keys: Option<Vec<_>> =
                (0..count).map(|_| Some(FeatureKey(reader.u32()?))).collect();
            keys.filter(|keys| keys.is_sorted_by(|a, b| a < b))
        };
        let facts = keys(&mut reader).filter(|facts| facts.len() <= MOST_FACTS as usize)?;
        let categories = keys(&mut reader)?;
        let start = section.len() - reader.left();
        for _ in &facts {
            entries(&mut reader, categories.len(), |_, _| ())?;
        }
        reader.is_at_end().then_some(Self { facts, categories, start })
    }

    /// Lift of each category, by these facts; none of those that are not known.
    /// `section` is the one that was read.
    pub fn lifts(
        &self,
        section: &[u8],
        has: impl Fn(FeatureKey) -> bool,
    ) -> impl Iterator<Item = (FeatureKey, f64)> {
        let mut sums = vec![0.0; self.categories.len()];
        let mut reader = Reader::new(section.get(self.start..).unwrap_or_default());
        for fact in &self.facts {
            let counts = has(*fact);
            let add = |at: usize, lift: f64| {
                if let Some(sum) = sums.get_mut(at).filter(|_| counts) {
                    *sum += lift;
                }
            };
            // Checked when it was read.
            let _ = entries(&mut reader, self.categories.len(), add);
        }
        let bounded = |sum: f64| sum.clamp(-LARGEST_LIFT, LARGEST_LIFT);
        self.categories.iter().copied().zip(sums.into_iter().map(bounded))
    }
}

/// Reads the entries of a fact; `None` where one is of a category that is not there.
fn entries(reader: &mut Reader, categories: usize, mut take: impl FnMut(usize, f64)) -> Option<()> {
    let count = reader.varint().filter(|count| *count as usize <= categories)?;
    let mut at = 0usize;
    for entry in 0..count {
        let step = reader.varint().filter(|step| entry == 0 || *step > 0)? as usize;
        at = at.checked_add(step).filter(|at| *at < categories)?;
        take(at, f64::from(reader.byte()? as i8) / LIFT_STEPS);
    }
    Some(())
}

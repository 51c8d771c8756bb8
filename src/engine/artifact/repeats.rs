//! What the shop's orders say about buying again: how many who bought an item of a
//! category bought that item once more, and after how long.
//!
//! Section: two bytes a category, and two for the shop as a whole at the end: the
//! probability in 255ths (0 where too few bought again), and the usual interval
//! in days, logarithmic. Must not live here: when a shopper is due (`replenish`).

use super::reading::Reader;
use crate::engine::math;

/// Steps of the interval for a doubling.
pub const STEPS: f64 = 16.0;

/// What a shop's orders say of a category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeat {
    /// Share of its items that were bought again by who bought them, on a later day.
    pub probability: f64,
    /// Usual days between two purchases.
    pub interval: f64,
}

/// The section.
#[derive(Clone, Copy, Debug, Default)]
pub struct Repeats<'a>(&'a [u8]);

impl<'a> Repeats<'a> {
    /// Reads the section of so many categories.
    pub fn read(section: &'a [u8], categories: u32) -> Option<Self> {
        (section.len() == (categories as usize + 1) * 2).then_some(Self(section))
    }

    /// The section that was checked.
    pub fn of(section: &'a [u8]) -> Self {
        Self(section)
    }

    /// What is known of a category; of none, the shop as a whole. `None` where too
    /// few have bought.
    pub fn get(&self, category: Option<u32>) -> Option<Repeat> {
        let shop = (self.0.len() / 2).checked_sub(1)?;
        let at = category.map_or(shop, |category| category as usize);
        let mut reader = Reader::new(self.0.get(at * 2..)?);
        let (probability, days) = (reader.byte()?, reader.byte()?);
        (probability > 0).then(|| Repeat {
            probability: f64::from(probability) / 255.0,
            interval: math::exp2(f64::from(days) / STEPS),
        })
    }
}

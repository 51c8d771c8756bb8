//! Which of many good candidates a row shows, so that they are not all of a kind.
//!
//! Greedy choice by a determinantal point process over windows of a screen (Chen
//! et al., NeurIPS 2018; Wilhelm et al., CIKM 2018, whose live comparison is the
//! reason for it): the next one is worth its quality times what its attributes
//! are not already shown by. With it calibration to the shopper's own mix of
//! categories (Steck, RecSys 2018), a cap for a brand and a floor for what lies
//! outside the usual. Must not live here: how good a candidate is.

use super::catalog::Catalog;
use super::intern::Namespace;
use super::math;
use super::score;

/// Candidates that are looked at.
pub const CANDIDATES: usize = 100;
/// Most that a row shows.
pub const LONGEST_ROW: usize = 24;
/// What a shopper sees at once: diversity is asked for within it.
const WINDOW: usize = 8;
/// Nats between the best candidate and one that is worth nothing.
const SHARPNESS: f64 = 2.5;
/// How much of a candidate its attributes are: two with the same are not quite one.
const LIKENESS: f32 = 0.9;
/// Weight of calibration against relevance (Steck's λ).
const CALIBRATION: f64 = 0.3;
/// Share of the shopper's mix that every row is taken to have: keeps the
/// divergence finite.
const SMOOTHING: f64 = 0.01;
/// Categories of the shopper's mix that count.
pub const MOST_CATEGORIES: usize = 8;
/// The usual: the shopper's first categories.
const USUAL: usize = 3;
/// One of so many is from outside the usual.
const OUTSIDE_EVERY: usize = 8;

/// What a row is to be like.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'a> {
    /// Entries it shows.
    pub limit: usize,
    /// The shopper's categories and their shares, falling, which add up to 1 at
    /// most; empty for a row that does not follow them.
    pub mix: &'a [(u32, f64)],
}

/// A candidate on its way into the row.
struct Entry {
    item: u32,
    score: f32,
    quality: f32,
    category: Option<u32>,
    brand: Option<u32>,
    group: Option<u32>,
    /// One over the length of its attribute vector.
    unit: f32,
    /// What of it is not shown yet, squared.
    rest: f32,
    /// Its part along each entry of the window.
    along: [f32; WINDOW],
    chosen: bool,
}

/// Chooses from candidates with scores above 0, best first; answers best first.
///
/// A brand has at most 40 % of the places, as long as there is another one; two
/// variants of one product are never both there.
pub fn choose(catalog: &Catalog, candidates: &[(u32, f32)], wishes: Wishes) -> Vec<(u32, f32)> {
    let features = catalog.features().iter();
    let weights: Vec<f32> = features.map(|feature| score::weight(feature.namespace)).collect();
    let weight = |feature: u32| weights.get(feature as usize).copied().unwrap_or_default();
    let best = candidates.first().map_or(1.0, |(_, score)| *score);
    let entry = |(item, score): &(u32, f32)| {
        let traits = catalog.traits(*item).unwrap_or_default();
        let length: f32 =
            traits.iter().map(|(feature, share)| (weight(*feature) * share).powi(2)).sum();
        Entry {
            item: *item,
            score: *score,
            quality: math::exp(SHARPNESS * f64::from(score / best)) as f32,
            category: catalog.first_of(*item, Namespace::Category),
            brand: catalog.first_of(*item, Namespace::Brand),
            group: catalog.facts(*item).and_then(|facts| facts.group),
            unit: if length > 0.0 { 1.0 / length.sqrt() } else { 0.0 },
            rest: 1.0,
            along: [0.0; WINDOW],
            chosen: false,
        }
    };
    let mut entries: Vec<Entry> = candidates.iter().take(CANDIDATES).map(entry).collect();
    let limit = wishes.limit.min(LONGEST_ROW);
    let mut row = Row { limit, ..Row::default() };
    let mut shown = vec![0.0; weights.len()];
    while row.items.len() < limit {
        let place = row.items.len() % WINDOW;
        if place == 0 {
            entries.iter_mut().for_each(|entry| entry.rest = 1.0);
        }
        let calibration = row.calibration(wishes.mix);
        let value = |entry: &Entry| {
            let at = wishes.mix.iter().position(|(category, _)| entry.category == Some(*category));
            let factor = calibration.get(at.unwrap_or(wishes.mix.len())).copied();
            entry.quality * entry.rest * factor.unwrap_or(1.0)
        };
        let Some(at) = row.next(&entries, wishes.mix, value) else { break };
        let Some(chosen) = entries.get_mut(at) else { break };
        chosen.chosen = true;
        row.take(chosen);
        let (along, unit, rest) = (chosen.along, chosen.unit, chosen.rest.sqrt());
        let traits = catalog.traits(chosen.item).unwrap_or_default();
        for (feature, share) in traits {
            if let Some(slot) = shown.get_mut(*feature as usize) {
                *slot = unit * weight(*feature) * share;
            }
        }
        for entry in entries.iter_mut().filter(|entry| !entry.chosen) {
            let traits = catalog.traits(entry.item).unwrap_or_default().iter();
            let alike: f32 = traits
                .map(|(feature, share)| {
                    shown.get(*feature as usize).copied().unwrap_or_default()
                        * weight(*feature)
                        * share
                })
                .sum();
            let known: f32 =
                entry.along.iter().zip(along).take(place).map(|(own, other)| own * other).sum();
            let part = (LIKENESS * alike * entry.unit - known) / rest;
            if let Some(slot) = entry.along.get_mut(place) {
                *slot = part;
            }
            entry.rest = (entry.rest - part * part).max(1e-6);
        }
        for (feature, _) in traits {
            if let Some(slot) = shown.get_mut(*feature as usize) {
                *slot = 0.0;
            }
        }
    }
    super::sorting::best_first(&row.items, |(_, score)| *score)
}

/// What was chosen so far.
#[derive(Default)]
struct Row {
    limit: usize,
    items: Vec<(u32, f32)>,
    categories: Vec<Option<u32>>,
    brands: Vec<Option<u32>>,
    groups: Vec<Option<u32>>,
}

impl Row {
    fn take(&mut self, entry: &Entry) {
        self.items.push((entry.item, entry.score));
        self.categories.push(entry.category);
        self.brands.push(entry.brand);
        self.groups.push(entry.group);
    }

    /// The best entry that may come next.
    fn next(
        &self,
        entries: &[Entry],
        mix: &[(u32, f64)],
        value: impl Fn(&Entry) -> f32,
    ) -> Option<usize> {
        let is_free = |entry: &Entry| {
            !entry.chosen && (entry.group.is_none() || !self.groups.contains(&entry.group))
        };
        let usual = |category: &Option<u32>| {
            mix.iter().take(USUAL).any(|(known, _)| *category == Some(*known))
        };
        // Four tenths, and never none.
        let most = (self.limit * 2 / 5).max(1);
        let is_capped = |entry: &Entry| {
            entry.brand.is_some()
                && self.brands.iter().filter(|brand| **brand == entry.brand).count() >= most
        };
        // The last place of each screen is kept for something else where the others are not.
        let done = self.items.len();
        let outside = self.categories.iter().filter(|category| !usual(category)).count();
        let is_due = !mix.is_empty()
            && (done + 1).is_multiple_of(OUTSIDE_EVERY)
            && outside < (done + 1) / OUTSIDE_EVERY;
        let best = |allowed: &dyn Fn(&Entry) -> bool| {
            let mut best: Option<(usize, f32)> = None;
            for (at, entry) in entries.iter().enumerate() {
                let value = value(entry);
                if is_free(entry) && allowed(entry) && best.is_none_or(|(_, other)| value > other) {
                    best = Some((at, value));
                }
            }
            best.map(|(at, _)| at)
        };
        let unusual = |entry: &Entry| !is_due || !usual(&entry.category);
        best(&|entry| !is_capped(entry) && unusual(entry))
            .or_else(|| best(&|entry| !is_capped(entry)))
            .or_else(|| best(&|_| true))
    }

    /// What one more entry of each of these categories, and of any other, is worth
    /// for being so: `e^(−divergence)` of the shopper's mix from that of the row.
    fn calibration(&self, mix: &[(u32, f64)]) -> Vec<f32> {
        let places = self.items.len() as f64 + 1.0;
        let counts: Vec<f64> = mix
            .iter()
            .map(|(category, _)| {
                self.categories.iter().filter(|known| **known == Some(*category)).count() as f64
            })
            .collect();
        let divergence = |more: usize| -> f64 {
            let part = |(at, ((_, own), count)): (usize, (&(u32, f64), &f64))| {
                let share = (count + if at == more { 1.0 } else { 0.0 }) / places;
                own * math::ln(own / ((1.0 - SMOOTHING) * share + SMOOTHING * own))
            };
            mix.iter().zip(&counts).enumerate().map(part).sum()
        };
        let worth = |more| math::exp(-SHARPNESS * CALIBRATION * divergence(more)) as f32;
        if mix.is_empty() { Vec::new() } else { (0..=mix.len()).map(worth).collect() }
    }
}

/// Without the second and later variants of one product.
pub fn distinct(catalog: &Catalog, candidates: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut groups: Vec<u32> = Vec::new();
    let is_new = |(item, _): &&(u32, f32)| {
        let group = catalog.facts(*item).and_then(|facts| facts.group);
        let is_new = group.is_none_or(|group| !groups.contains(&group));
        groups.extend(group);
        is_new
    };
    candidates.iter().filter(is_new).copied().collect()
}

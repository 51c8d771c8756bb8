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
/// Candidates for each entry of the row, and for a short one.
const CHOICE: usize = 4;
const FEWEST: usize = 32;
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
    /// Place of its category in the shopper's mix; the mix's length for any other.
    taste: usize,
    brand: Option<u32>,
    group: Option<u32>,
    /// Its attributes as a unit vector.
    traits: Vec<(u32, f32)>,
    /// What of it is not shown yet, squared.
    rest: f32,
    /// Its part along each entry of the window.
    along: [f32; WINDOW],
    /// Whether it is in the row, or a variant of it is.
    gone: bool,
    /// Whether its brand has all the places it may have.
    capped: bool,
}

/// Chooses from candidates with scores above 0, best first; answers best first.
///
/// A brand has at most 40 % of the places, as long as there is another one; two
/// variants of one product are never both there.
pub fn choose(catalog: &Catalog, candidates: &[(u32, f32)], wishes: Wishes) -> Vec<(u32, f32)> {
    let Wishes { mix, .. } = wishes;
    let best = candidates.first().map_or(1.0, |(_, score)| *score);
    let entry = |(item, score): &(u32, f32)| {
        let category = catalog.first_of(*item, Namespace::Category);
        let taste = mix.iter().position(|(known, _)| Some(*known) == category);
        Entry {
            item: *item,
            score: *score,
            quality: math::exp(SHARPNESS * f64::from(score / best)) as f32,
            taste: taste.unwrap_or(mix.len()),
            brand: catalog.first_of(*item, Namespace::Brand),
            group: catalog.facts(*item).and_then(|facts| facts.group),
            traits: unit(catalog, *item),
            rest: 1.0,
            along: [0.0; WINDOW],
            gone: false,
            capped: false,
        }
    };
    let limit = wishes.limit.min(LONGEST_ROW);
    // What lies outside the usual may be far down.
    let few = if mix.is_empty() { FEWEST.max(limit * CHOICE) } else { CANDIDATES };
    let several = candidates.iter().take(few.min(CANDIDATES));
    let mut entries: Vec<Entry> = several.map(entry).collect();
    let mut row: Vec<(u32, f32)> = Vec::with_capacity(limit);
    let mut counts = vec![0u32; mix.len() + 1];
    let mut shown = vec![0.0f32; catalog.features().len()];
    while row.len() < limit {
        let place = row.len() % WINDOW;
        if place == 0 {
            entries.iter_mut().for_each(|entry| entry.rest = 1.0);
        }
        // The last place of each screen is kept for the unusual, where none is there yet.
        let screens = (row.len() + 1) / OUTSIDE_EVERY;
        let outside: u32 = counts.iter().skip(USUAL).sum();
        let is_due = !mix.is_empty() && place + 1 == WINDOW && (outside as usize) < screens;
        let Some(at) = next(&entries, &calibration(mix, &counts), is_due) else { break };
        let Some(chosen) = entries.get_mut(at) else { break };
        chosen.gone = true;
        row.push((chosen.item, chosen.score));
        if let Some(count) = counts.get_mut(chosen.taste) {
            *count += 1;
        }
        let (brand, group, along, rest) = (chosen.brand, chosen.group, chosen.along, chosen.rest);
        let traits = std::mem::take(&mut chosen.traits);
        for (feature, weight) in &traits {
            if let Some(slot) = shown.get_mut(*feature as usize) {
                *slot = *weight;
            }
        }
        let brands = row.iter().filter(|(item, _)| {
            brand.is_some() && catalog.first_of(*item, Namespace::Brand) == brand
        });
        // Four tenths, and never none.
        let is_full = brands.count() >= (limit * 2 / 5).max(1);
        let scale = 1.0 / rest.sqrt();
        for entry in entries.iter_mut().filter(|entry| !entry.gone) {
            entry.gone = group.is_some() && entry.group == group;
            entry.capped |= is_full && entry.brand == brand;
            let alike: f32 = entry
                .traits
                .iter()
                .map(|(feature, weight)| {
                    shown.get(*feature as usize).copied().unwrap_or_default() * weight
                })
                .sum();
            let both = entry.along.iter().zip(along).take(place);
            let known: f32 = both.map(|(own, other)| own * other).sum();
            let part = (LIKENESS * alike - known) * scale;
            if let Some(slot) = entry.along.get_mut(place) {
                *slot = part;
            }
            entry.rest = (entry.rest - part * part).max(1e-6);
        }
        for (feature, _) in &traits {
            if let Some(slot) = shown.get_mut(*feature as usize) {
                *slot = 0.0;
            }
        }
    }
    super::sorting::best_first(&row, |(_, score)| *score)
}

/// The attributes of an item, each with the weight of its kind, as a unit vector.
fn unit(catalog: &Catalog, item: u32) -> Vec<(u32, f32)> {
    let weighted = |(feature, share): &(u32, f32)| {
        let kind = catalog.features().get(*feature as usize)?.namespace;
        Some((*feature, score::weight(kind) * share))
    };
    let traits = catalog.traits(item).unwrap_or_default();
    let mut traits: Vec<(u32, f32)> = traits.iter().filter_map(weighted).collect();
    let square: f32 = traits.iter().map(|(_, weight)| weight * weight).sum();
    if square > 0.0 {
        let scale = 1.0 / square.sqrt();
        traits.iter_mut().for_each(|(_, weight)| *weight *= scale);
    }
    traits
}

/// The best entry that may come next: within the caps where there is one, and
/// from outside the usual where that is due and there is one.
fn next(entries: &[Entry], calibration: &[f32], is_due: bool) -> Option<usize> {
    let mut best = [None::<(usize, f32)>; 3];
    for (at, entry) in entries.iter().enumerate() {
        if entry.gone {
            continue;
        }
        let factor = calibration.get(entry.taste).copied().unwrap_or(1.0);
        let value = entry.quality * entry.rest * factor;
        let is_asked_for = !is_due || entry.taste >= USUAL;
        let fits = [!entry.capped && is_asked_for, !entry.capped, true];
        for (best, fits) in best.iter_mut().zip(fits) {
            if fits && best.is_none_or(|(_, other)| value > other) {
                *best = Some((at, value));
            }
        }
    }
    best.into_iter().flatten().next().map(|(at, _)| at)
}

/// What one more entry of each category of the mix, and of any other, is worth
/// for being so: `e^(−divergence)` of the shopper's mix from that of the row.
fn calibration(mix: &[(u32, f64)], counts: &[u32]) -> Vec<f32> {
    if mix.is_empty() {
        return Vec::new();
    }
    let places = f64::from(counts.iter().sum::<u32>()) + 1.0;
    let divergence = |more: usize| -> f64 {
        let part = |(at, ((_, own), count)): (usize, (&(u32, f64), &u32))| {
            let share = (f64::from(*count) + if at == more { 1.0 } else { 0.0 }) / places;
            own * math::ln(own / ((1.0 - SMOOTHING) * share + SMOOTHING * own))
        };
        mix.iter().zip(counts).enumerate().map(part).sum()
    };
    let worth = |more| math::exp(-SHARPNESS * CALIBRATION * divergence(more)) as f32;
    (0..counts.len()).map(worth).collect()
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

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

impl Wishes<'_> {
    /// Candidates that are looked at. What lies outside the usual may be far down.
    pub fn candidates(&self) -> usize {
        let few = FEWEST.max(self.limit.min(LONGEST_ROW) * CHOICE);
        if self.mix.is_empty() { few.min(CANDIDATES) } else { CANDIDATES }
    }
}

/// A candidate on its way into the row.
struct Entry {
    quality: f32,
    /// Its quality times what is not shown of it yet, as far as that was asked;
    /// less than 0 once it is in the row.
    bound: f32,
    /// Place of its category in the shopper's mix; the mix's length for any other.
    taste: usize,
    brand: Option<u32>,
    group: Option<u32>,
    /// Its attributes as a unit vector: where they are among `Window::traits`.
    traits: Traits,
    /// What of it the first `seen` entries of the window do not show, squared.
    rest: f32,
    seen: usize,
    /// Its part along each of them.
    along: [f32; WINDOW],
}

/// Start and number of a candidate's attributes.
type Traits = (usize, usize);

/// What one entry of a window takes from those after it.
struct Shown {
    traits: Traits,
    /// Its part along each of those before it.
    along: [f32; WINDOW],
    /// One over the root of the rest.
    scale: f32,
}

/// What is shown on one screen.
struct Window {
    /// For each feature where its line in `weights` begins; 0 for one that no candidate
    /// has.
    lines: Vec<u32>,
    /// A line of [`WINDOW`] for each feature: its weight in each entry of the window.
    /// The first line is nobody's.
    weights: Vec<f32>,
    /// Lines and weights of the candidates' attributes, one candidate after the other.
    traits: Vec<(u32, f32)>,
    entries: Vec<Shown>,
}

/// Room for the attributes of most rows' candidates.
const MOST_TRAITS: usize = 1024;

impl Window {
    fn of(features: usize) -> Self {
        let mut weights = Vec::with_capacity(MOST_TRAITS);
        weights.extend([0.0; WINDOW]);
        let traits = Vec::with_capacity(MOST_TRAITS);
        Self { lines: vec![0; features], weights, traits, entries: Vec::new() }
    }

    #[inline(always)]
    fn clear(&mut self) {
        for (place, Shown { traits: (start, count), .. }) in self.entries.iter().enumerate() {
            for (line, _) in self.traits.iter().skip(*start).take(*count) {
                if let Some(slot) = self.weights.get_mut(*line as usize + place) {
                    *slot = 0.0;
                }
            }
        }
        self.entries.clear();
    }

    /// The line of a feature, new if need be.
    #[inline(always)]
    fn line(&mut self, feature: u32) -> u32 {
        let Some(line) = self.lines.get_mut(feature as usize) else { return 0 };
        if *line == 0 {
            *line = self.weights.len() as u32;
            self.weights.extend([0.0; WINDOW]);
        }
        *line
    }

    #[inline(always)]
    fn show(&mut self, entry: &Entry) {
        let place = self.entries.len();
        let (start, count) = entry.traits;
        for (line, weight) in self.traits.iter().skip(start).take(count) {
            if let Some(slot) = self.weights.get_mut(*line as usize + place) {
                *slot = *weight;
            }
        }
        let scale = 1.0 / entry.rest.sqrt();
        self.entries.push(Shown { traits: entry.traits, along: entry.along, scale });
    }

    /// Takes from an entry what it has not seen yet: a step of the Cholesky
    /// decomposition for each.
    #[inline(always)]
    fn update(&self, entry: &mut Entry) {
        let (start, count) = entry.traits;
        let traits = self.traits.get(start..start + count).unwrap_or_default();
        for (place, shown) in self.entries.iter().enumerate().skip(entry.seen) {
            let mut alike = 0.0f32;
            for (line, weight) in traits {
                alike += self.weights.get(*line as usize + place).unwrap_or(&0.0) * weight;
            }
            let both = entry.along.iter().zip(&shown.along).take(place);
            let known: f32 = both.map(|(own, other)| own * other).sum();
            let part = (LIKENESS * alike - known) * shown.scale;
            if let Some(slot) = entry.along.get_mut(place) {
                *slot = part;
            }
            entry.rest = math::larger(1e-6, entry.rest - part * part);
        }
        entry.seen = self.entries.len();
        entry.bound = entry.quality * entry.rest;
    }
}

/// A row in the making.
struct Choice<'a> {
    catalog: &'a Catalog,
    /// The candidates that are looked at, best first.
    candidates: &'a [(u32, f32)],
    mix: &'a [(u32, f64)],
    /// Those that were met so far.
    entries: Vec<Entry>,
    window: Window,
    /// Brands that have all the places they may have.
    full: Vec<u32>,
    /// Products of which a variant is in the row.
    groups: Vec<u32>,
}

/// Chooses from candidates with scores above 0, best first; answers best first.
///
/// A brand has at most 40 % of the places, as long as there is another one; two
/// variants of one product are never both there.
pub fn choose(catalog: &Catalog, candidates: &[(u32, f32)], wishes: Wishes) -> Vec<(u32, f32)> {
    let Wishes { mix, .. } = wishes;
    let limit = wishes.limit.min(LONGEST_ROW);
    let few = wishes.candidates();
    let mut choice = Choice {
        catalog,
        candidates: candidates.get(..few).unwrap_or(candidates),
        mix,
        entries: Vec::with_capacity(few),
        window: Window::of(catalog.features().len()),
        full: Vec::new(),
        groups: Vec::new(),
    };
    let mut row: Vec<(u32, f32)> = Vec::with_capacity(limit);
    let mut brands: Vec<Option<u32>> = Vec::with_capacity(limit);
    let mut counts = vec![0u32; mix.len() + 1];
    while row.len() < limit {
        let place = row.len() % WINDOW;
        if place == 0 {
            choice.window.clear();
            for entry in choice.entries.iter_mut().filter(|entry| entry.bound >= 0.0) {
                (entry.rest, entry.seen, entry.bound) = (1.0, 0, entry.quality);
            }
        }
        // The last place of each screen is kept for the unusual, where none is there yet.
        let screens = (row.len() + 1) / OUTSIDE_EVERY;
        let outside: u32 = counts.iter().skip(USUAL).sum();
        let is_due = !mix.is_empty() && place + 1 == WINDOW && (outside as usize) < screens;
        let Some(at) = choice.next(&calibration(mix, &counts), is_due) else { break };
        let Some(chosen) = choice.entries.get_mut(at) else { break };
        chosen.bound = -1.0;
        row.extend(candidates.get(at));
        brands.push(chosen.brand);
        if let Some(count) = counts.get_mut(chosen.taste) {
            *count += 1;
        }
        choice.groups.extend(chosen.group);
        let same = brands.iter().filter(|brand| **brand == chosen.brand).count();
        // Four tenths, and never none.
        if same >= (limit * 2 / 5).max(1) {
            choice.full.extend(chosen.brand);
        }
        choice.window.show(chosen);
    }
    super::sorting::best_first(&row, |(_, score)| *score)
}

impl Choice<'_> {
    /// The best entry that may come next: within the caps where there is one, and
    /// from outside the usual where that is due and there is one.
    ///
    /// What is shown only takes from an entry's worth, so that its worth of before
    /// is a bound: most are passed over by it, and those after the first that could
    /// not win with all of its quality are not even met.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    fn next(&mut self, calibration: &[f32], is_due: bool) -> Option<usize> {
        let most = if calibration.is_empty() {
            1.0
        } else {
            calibration.iter().fold(0.0, |most, factor| math::larger(most, *factor))
        };
        // Each is the best of more than the one before.
        let mut best = [None::<(usize, f32)>; 3];
        let first = self.candidates.first().map_or(1.0, |(_, score)| *score);
        for (at, (item, score)) in self.candidates.iter().enumerate() {
            if at == self.entries.len() {
                let quality = math::exp(SHARPNESS * f64::from(score / first)) as f32;
                let entry = entry(self.catalog, *item, quality, self.mix, &mut self.window);
                self.entries.push(entry);
            }
            let Some(entry) = self.entries.get_mut(at) else { break };
            let [narrowest, ..] = best;
            let is_beaten = |bound: f32| narrowest.is_some_and(|(_, other)| bound <= other);
            if is_beaten(entry.quality * most) {
                break;
            }
            let factor = calibration.get(entry.taste).copied().unwrap_or(1.0);
            if entry.bound < 0.0 || is_beaten(entry.bound * factor) {
                continue;
            }
            if entry.group.is_some_and(|group| self.groups.contains(&group)) {
                continue;
            }
            self.window.update(entry);
            let value = entry.bound * factor;
            let is_capped = entry.brand.is_some_and(|brand| self.full.contains(&brand));
            let is_asked_for = !is_due || entry.taste >= USUAL;
            let fits = [!is_capped && is_asked_for, !is_capped, true];
            for (best, fits) in best.iter_mut().zip(&fits) {
                if *fits && best.is_none_or(|(_, other)| value > other) {
                    *best = Some((at, value));
                }
            }
        }
        best.into_iter().flatten().next().map(|(at, _)| at)
    }
}

#[inline(always)]
fn entry(
    catalog: &Catalog,
    item: u32,
    quality: f32,
    mix: &[(u32, f64)],
    window: &mut Window,
) -> Entry {
    let start = window.traits.len();
    let traits = catalog.traits(item).unwrap_or_default();
    for ((feature, _), weight) in traits.iter().zip(score::unit(traits, catalog.features())) {
        let line = window.line(*feature);
        window.traits.push((line, weight));
    }
    let first = |namespace| catalog.first_of(item, namespace);
    let category = if mix.is_empty() { None } else { first(Namespace::Category) };
    let taste = mix.iter().position(|(known, _)| Some(*known) == category);
    Entry {
        quality,
        bound: quality,
        taste: taste.unwrap_or(mix.len()),
        brand: first(Namespace::Brand),
        group: catalog.facts(item).and_then(|facts| facts.group),
        traits: (start, window.traits.len() - start),
        rest: 1.0,
        seen: 0,
        along: [0.0; WINDOW],
    }
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

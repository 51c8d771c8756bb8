//! What the surroundings of visits say of categories: counted, fitted on sessions
//! that were held out, measured on others, and packed. Must not live here: how it is
//! read (`engine::artifact::contexts`), or where a fact comes from (the command line).

use super::section_questions::{HELD_OUT, gain, places};
use super::transitions::keys;
use super::writing::varint;
use crate::engine::artifact::contexts::{LIFT_STEPS, MOST_FACTS};
use crate::engine::context::value_key;
use crate::engine::intern::FeatureKey;
use crate::engine::math;
use crate::engine::sections::merchant;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Shrinkage towards the shop's share, in people: the engine's own for tastes.
const KAPPA: f64 = crate::engine::affinity::KAPPA;
/// Bound of one fact's lift before its weight: the engine bounds the sum.
const LARGEST_LIFT: f64 = 1.0;
/// Weights that are tried for a kind of fact.
const WEIGHTS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// Sessions that are asked about, of each half.
const MOST_SESSIONS: usize = 10_000;
/// Steps of a lift below which an entry is not worth its bytes.
const LEAST_STEPS: f64 = 2.0;

/// A session: where it went, who it was, and what is known of its surroundings.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// Items of its clicks that have a category, oldest first.
    pub items: Vec<u32>,
    /// Their categories.
    pub categories: Vec<u32>,
    /// Who it was, as a number.
    pub person: u32,
    /// Kind and value of each fact.
    pub facts: Rc<Vec<(String, String)>>,
}

/// What one kind of fact adds to the order of sections that a newcomer sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// The kind.
    pub kind: String,
    /// Its fitted weight, 0 where it does not help.
    pub weight: f64,
    /// Mean reciprocal rank with this kind alone, on the questions of [`Report::plain`].
    pub alone: f64,
}

/// What was fitted, and measured on sessions that neither taught nor fitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Sessions asked: which category is clicked first?
    pub questions: usize,
    /// Mean reciprocal rank by the shop's popularity.
    pub plain: f64,
    /// And with all kinds.
    pub with: f64,
    /// Each kind.
    pub gains: Vec<Gain>,
}

/// People by fact and category.
#[derive(Debug, Default)]
struct Counts {
    shop: Vec<u32>,
    facts: BTreeMap<(String, String), Vec<u32>>,
}

impl Counts {
    /// Of a person, a fact and a category count once together.
    fn of<'a>(visits: impl Iterator<Item = &'a Visit>, categories: usize) -> Self {
        let mut counts = Self { shop: vec![0; categories], facts: BTreeMap::new() };
        let mut shop: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut met: BTreeMap<(String, String), BTreeSet<(u32, u32)>> = BTreeMap::new();
        for visit in visits {
            let pairs = || visit.categories.iter().map(|at| (*at, visit.person));
            shop.extend(pairs());
            for fact in visit.facts.iter() {
                match met.get_mut(fact) {
                    Some(known) => known.extend(pairs()),
                    None => drop(met.insert(fact.clone(), pairs().collect())),
                }
            }
        }
        for (category, _) in shop {
            if let Some(count) = counts.shop.get_mut(category as usize) {
                *count += 1;
            }
        }
        for (fact, pairs) in met {
            let row = counts.facts.entry(fact).or_insert_with(|| vec![0; categories]);
            for (category, _) in pairs {
                if let Some(count) = row.get_mut(category as usize) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// Shrunken lifts of a fact, by category; only what at least k people did.
    fn lifts(&self, fact: &(String, String), k: u32) -> Vec<f64> {
        let all: f64 = self.shop.iter().map(|count| f64::from(*count)).sum();
        let Some(row) = self.facts.get(fact) else { return Vec::new() };
        let here: f64 = row.iter().map(|count| f64::from(*count)).sum();
        let lift = |(count, shop): (&u32, &u32)| {
            if *count < k.max(1) || all <= 0.0 {
                return 0.0;
            }
            let share = f64::from(*shop) / all;
            let shrunken = (f64::from(*count) + KAPPA * share) / (here + KAPPA);
            math::ln(shrunken / share).clamp(-LARGEST_LIFT, LARGEST_LIFT)
        };
        row.iter().zip(&self.shop).map(lift).collect()
    }
}

/// Reciprocal ranks of the first category of sessions, by weights of kinds.
struct Questions<'a> {
    visits: Vec<&'a Visit>,
    lifts: BTreeMap<(String, String), Vec<f64>>,
    /// Place of each category by popularity, and what the place is worth.
    places: Vec<(usize, f64)>,
}

impl Questions<'_> {
    fn ranks(&self, weights: &BTreeMap<String, f64>) -> Vec<f64> {
        let mut sums = vec![0.0; self.places.len()];
        let mut ranks = Vec::with_capacity(self.visits.len());
        for visit in &self.visits {
            sums.fill(0.0);
            for fact in visit.facts.iter() {
                let weight = weights.get(&fact.0).copied().unwrap_or_default();
                let lifts = self.lifts.get(fact).filter(|_| weight > 0.0);
                for (sum, lift) in sums.iter_mut().zip(lifts.into_iter().flatten()) {
                    *sum += weight * lift;
                }
            }
            let score = |((place, worth), sum): (&(usize, f64), &f64)| {
                (worth + sum.clamp(-LARGEST_LIFT, LARGEST_LIFT), *place)
            };
            let scores: Vec<(f64, usize)> = self.places.iter().zip(&sums).map(score).collect();
            let own = visit.categories.first().and_then(|first| scores.get(*first as usize));
            ranks.push(own.map_or(0.0, |(own, place)| {
                let before =
                    |(other, at): &&(f64, usize)| other > own || other == own && at < place;
                1.0 / (scores.iter().filter(before).count() as f64 + 1.0)
            }));
        }
        ranks
    }
}

fn mean(ranks: &[f64]) -> f64 {
    ranks.iter().sum::<f64>() / ranks.len().max(1) as f64
}

/// Fits on the newest sessions what the older ones taught, a kind at a time and the
/// one that helps most first; then counts all of them. The section is empty where
/// nothing helps.
pub fn section(names: &[String], visits: &[Visit], k: u32) -> (Vec<u8>, Report) {
    let visits: Vec<&Visit> = visits.iter().filter(|visit| !visit.categories.is_empty()).collect();
    let (before, held_out) = visits.split_at(visits.len() - visits.len() / HELD_OUT);
    let counts = Counts::of(before.iter().copied(), names.len());
    let places: Vec<(usize, f64)> =
        places(&counts.shop).into_iter().map(|place| (place, merchant(place))).collect();
    let half = |part: usize| -> Questions<'_> {
        let own = held_out.iter().skip(part).step_by(2).take(MOST_SESSIONS);
        let lifts = counts.facts.keys().map(|fact| (fact.clone(), counts.lifts(fact, k))).collect();
        Questions { visits: own.copied().collect(), lifts, places: places.clone() }
    };
    let (fitting, measuring) = (half(0), half(1));
    let kinds: BTreeSet<&String> = counts.facts.keys().map(|(kind, _)| kind).collect();
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    let mut known = fitting.ranks(&weights);
    loop {
        let mut best: Option<(f64, BTreeMap<String, f64>, Vec<f64>)> = None;
        for kind in kinds.iter().filter(|kind| !weights.contains_key(**kind)) {
            for weight in WEIGHTS {
                let mut tried = weights.clone();
                tried.insert((*kind).clone(), weight);
                let ranks = fitting.ranks(&tried);
                let gain = gain(&known, &ranks);
                let is_best = best.as_ref().is_none_or(|(most, ..)| gain.mean > *most);
                if gain.is_sure() && is_best {
                    best = Some((gain.mean, tried, ranks));
                }
            }
        }
        let Some((_, better, ranks)) = best else { break };
        (weights, known) = (better, ranks);
    }
    let gains = kinds.iter().map(|kind| {
        let weight = weights.get(*kind).copied().unwrap_or_default();
        let alone = mean(&measuring.ranks(&BTreeMap::from([((*kind).clone(), weight)])));
        Gain { kind: (*kind).clone(), weight, alone }
    });
    let report = Report {
        questions: measuring.visits.len(),
        plain: mean(&measuring.ranks(&BTreeMap::new())),
        with: mean(&measuring.ranks(&weights)),
        gains: gains.collect(),
    };
    (write(names, &Counts::of(visits.into_iter(), names.len()), &weights, k), report)
}

/// Lifts by fact and category.
fn write(names: &[String], counts: &Counts, weights: &BTreeMap<String, f64>, k: u32) -> Vec<u8> {
    let mut rows: BTreeMap<FeatureKey, BTreeMap<FeatureKey, i8>> = BTreeMap::new();
    for fact in counts.facts.keys() {
        let weight = weights.get(&fact.0).copied().unwrap_or_default();
        let mut row = BTreeMap::new();
        for (name, lift) in names.iter().zip(counts.lifts(fact, k)) {
            let steps = (weight * lift * LIFT_STEPS).round();
            if let Some(leaf) = keys(name).next().filter(|_| steps.abs() >= LEAST_STEPS) {
                row.insert(leaf, steps as i8);
            }
        }
        if !row.is_empty() && rows.len() < MOST_FACTS as usize {
            rows.insert(value_key(&fact.0, &fact.1), row);
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let categories: BTreeSet<FeatureKey> =
        rows.values().flat_map(|row| row.keys().copied()).collect();
    let numbers: BTreeMap<FeatureKey, u32> = categories.iter().copied().zip(0..).collect();
    let mut bytes = Vec::new();
    varint(&mut bytes, rows.len() as u32);
    bytes.extend(rows.keys().flat_map(|key| key.0.to_le_bytes()));
    varint(&mut bytes, categories.len() as u32);
    bytes.extend(categories.iter().flat_map(|key| key.0.to_le_bytes()));
    for row in rows.values() {
        varint(&mut bytes, row.len() as u32);
        let mut last = 0;
        for (category, steps) in row {
            let at = numbers.get(category).copied().unwrap_or_default();
            varint(&mut bytes, at - last);
            bytes.push(*steps as u8);
            last = at;
        }
    }
    bytes
}

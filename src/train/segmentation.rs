//! Segments of shoppers from sessions: who starts alike, and what such people click
//! later. How many there are, and whether any, is asked of the engine itself on
//! sessions that were held out. Must not live here: the bytes (`segments`).

use super::contexts::Visit;
use super::section_questions::{Asked, Questions, gain};
use super::segments::{Arm, section};
use super::shopping::Shelves;
use crate::engine::affinity::KAPPA;
use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::SectionId;
use crate::engine::artifact::segments::VISITS;
use crate::engine::context::value_key;
use crate::engine::intern::{FeatureKey, Namespace};
use crate::engine::math;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of segments that are tried: the device's format has room for 16.
const SIZES: [usize; 3] = [4, 8, 16];
/// Categories by which segments are told apart and whose rates are told: at most 1 KB
/// of lifts and 2 KB of rates.
const MOST_CATEGORIES: usize = 64;
/// Rounds of k-means; assignments hardly move after the sixth.
const ROUNDS: usize = 8;
/// People below which a segment is not worth its row.
const LEAST_PEOPLE: usize = 30;
/// Pseudo-people by which a rate is drawn to that of the shop.
const SHRINKAGE: f64 = 20.0;
/// Bound of a lift: the device's own.
const LARGEST_LIFT: f64 = 2.0;
/// Length that centroids are written with; only their direction counts.
const LENGTH: f64 = 1.9;
/// Sessions that teach, the newest: more change the second digit of nothing.
const MOST_SESSIONS: usize = 50_000;

/// What was chosen, and measured on sessions that neither taught nor chose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Segments, 0 where none help.
    pub segments: usize,
    /// Clicks asked about.
    pub questions: usize,
    /// Mean reciprocal rank of the clicked category without segments.
    pub plain: f64,
    /// And with them.
    pub with: f64,
}

/// A session that teaches.
struct Lesson {
    /// Direction of what it began with.
    start: Vec<f64>,
    /// Categories clicked later, by their place among the arms.
    later: BTreeSet<usize>,
    person: u32,
}

struct Classroom {
    keys: Vec<FeatureKey>,
    arms: Vec<FeatureKey>,
    lessons: Vec<Lesson>,
}

impl Classroom {
    fn new(shelves: &Shelves, visits: &[Visit], k: u32) -> Self {
        let mut people = vec![BTreeSet::new(); shelves.names.len()];
        let mut devices = BTreeSet::new();
        for visit in visits {
            for category in &visit.categories {
                if let Some(people) = people.get_mut(*category as usize) {
                    people.insert(visit.person);
                }
            }
            devices.extend(device(visit));
        }
        let count = |at: &usize| people.get(*at).map_or(0, BTreeSet::len);
        let mut kept: Vec<usize> =
            (0..people.len()).filter(|at| count(at) >= k.max(1) as usize).collect();
        kept.sort_by_key(|at| (usize::MAX - count(at), *at));
        kept.truncate(MOST_CATEGORIES);
        let mut items = vec![0u32; shelves.names.len()];
        for category in shelves.categories {
            if let Some(count) = items.get_mut(*category as usize) {
                *count += 1;
            }
        }
        let all = (items.iter().sum::<u32>() + items.len() as u32).max(1);
        let share = |at: &usize| {
            f64::from(items.get(*at).copied().unwrap_or_default() + 1) / f64::from(all)
        };
        let shares: Vec<f64> = kept.iter().map(share).collect();
        let places: BTreeMap<u32, usize> = kept.iter().map(|at| *at as u32).zip(0..).collect();
        let arms: Vec<FeatureKey> =
            kept.iter().filter_map(|at| shelves.names.get(*at)).map(|name| leaf(name)).collect();
        let devices: Vec<FeatureKey> = devices.into_iter().collect();
        let lesson = |visit: &Visit| {
            let (first, later) = visit.categories.split_at(visit.categories.len().div_ceil(2));
            let mut counts = vec![0.0; shares.len()];
            for at in first.iter().filter_map(|category| places.get(category)) {
                if let Some(count) = counts.get_mut(*at) {
                    *count += 1.0;
                }
            }
            let lift = |(own, share): (&f64, &f64)| {
                let shrunken = (own + KAPPA * share) / (first.len() as f64 + KAPPA);
                math::ln(shrunken / share).clamp(-LARGEST_LIFT, LARGEST_LIFT)
            };
            let own = device(visit);
            let is_own = |key: &FeatureKey| f64::from(u8::from(own == Some(*key)));
            let start = counts.iter().zip(&shares).map(lift).chain(devices.iter().map(is_own));
            Lesson {
                start: unit(start.collect()),
                later: later.iter().filter_map(|category| places.get(category).copied()).collect(),
                person: visit.person,
            }
        };
        let taught = visits.iter().rev().filter(|visit| visit.categories.len() > 1);
        let lessons = taught.take(MOST_SESSIONS).map(lesson).collect();
        let keys = arms.iter().copied().chain(devices.iter().copied()).collect();
        Self { keys, arms, lessons }
    }

    /// Centroids, by k-means on directions, from those who began with each of the
    /// most popular categories: no chance is in it.
    fn centroids(&self, count: usize) -> Vec<Vec<f64>> {
        let begins = |lesson: &Lesson| {
            let start = lesson.start.get(..self.arms.len()).unwrap_or_default();
            let best = start.iter().copied().fold(0.0, f64::max);
            start.iter().position(|lift| *lift == best && best > 0.0)
        };
        let mut centroids = self.means(count, begins);
        for _ in 0..ROUNDS {
            let next = self.means(centroids.len(), |lesson| nearest(&centroids, &lesson.start));
            centroids = next;
        }
        centroids
    }

    /// Directions of the means of groups that are worth a row.
    fn means(&self, count: usize, group: impl Fn(&Lesson) -> Option<usize>) -> Vec<Vec<f64>> {
        let mut sums = vec![(vec![0.0; self.keys.len()], BTreeSet::new()); count];
        for lesson in &self.lessons {
            let Some((sum, people)) = group(lesson).and_then(|at| sums.get_mut(at)) else {
                continue;
            };
            sum.iter_mut().zip(&lesson.start).for_each(|(sum, more)| *sum += more);
            people.insert(lesson.person);
        }
        sums.retain(|(_, people)| people.len() >= LEAST_PEOPLE);
        sums.into_iter().map(|(sum, _)| unit(sum)).collect()
    }

    /// The section with so many segments at most, and how many it has.
    fn section(&self, count: usize, k: u32) -> (usize, Vec<u8>) {
        let centroids = self.centroids(count);
        let mut people = vec![BTreeSet::new(); centroids.len()];
        let mut clicked = vec![vec![BTreeSet::new(); self.arms.len()]; centroids.len()];
        for lesson in &self.lessons {
            let Some(at) = nearest(&centroids, &lesson.start) else { continue };
            if let Some(people) = people.get_mut(at) {
                people.insert(lesson.person);
            }
            let Some(row) = clicked.get_mut(at) else { continue };
            for arm in &lesson.later {
                if let Some(people) = row.get_mut(*arm) {
                    people.insert(lesson.person);
                }
            }
        }
        let least = k.max(1) as usize;
        let everybody: f64 = people.iter().map(|people| people.len() as f64).sum();
        let arms = self.arms.iter().enumerate().filter_map(|(arm, key)| {
            let of = |row: &Vec<BTreeSet<u32>>| row.get(arm).map_or(0, BTreeSet::len);
            let all: usize = clicked.iter().map(of).sum();
            let shop = all as f64 / everybody;
            let rate = |(row, people): (&Vec<BTreeSet<u32>>, &BTreeSet<u32>)| match of(row) {
                // Of so few nothing is told but what all do.
                own if own < least => (shop, f64::from(VISITS[0])),
                own => {
                    let own = own as f64;
                    let rate = (own + SHRINKAGE * shop) / (people.len() as f64 + SHRINKAGE);
                    // What few have taught counts for few visits.
                    (rate, own)
                }
            };
            let rates = clicked.iter().zip(&people).map(rate).collect();
            (all >= least).then_some(Arm { key: *key, rates })
        });
        let lifts: Vec<Vec<f64>> =
            centroids.iter().map(|row| row.iter().map(|lift| lift * LENGTH).collect()).collect();
        let arms: Vec<Arm> = arms.collect();
        (centroids.len(), section(&self.keys, &lifts, arms))
    }
}

/// Chooses by `visits`, oldest first, beside what else the artifact has. The section
/// is empty where segments do not help.
///
/// # Errors
/// When `more` are no sections that the engine can use.
pub fn train(
    shelves: &Shelves,
    visits: &[Visit],
    k: u32,
    more: &[(SectionId, Vec<u8>)],
) -> Result<(Vec<u8>, Report), ArtifactError> {
    let questions = Questions::new(shelves, visits);
    let plain = questions.ask(Asked::Fitting, more)?;
    let classroom = Classroom::new(shelves, questions.teaching, k);
    let mut best: Option<(f64, usize)> = None;
    for size in SIZES {
        let (count, bytes) = classroom.section(size, k);
        if count < 2 {
            continue;
        }
        let asked = [more, &[(SectionId::SEGMENTS, bytes)]].concat();
        let ranks = questions.ask(Asked::Fitting, &asked)?;
        let found = gain(&plain, &ranks);
        if found.is_sure() && best.is_none_or(|(most, _)| found.mean > most) {
            best = Some((found.mean, size));
        }
    }
    let plain = questions.ask(Asked::Measuring, more)?;
    let mut report =
        Report { segments: 0, questions: plain.len(), plain: mean(&plain), with: mean(&plain) };
    let Some((_, size)) = best else { return Ok((Vec::new(), report)) };
    let (_, bytes) = classroom.section(size, k);
    let asked = [more, &[(SectionId::SEGMENTS, bytes)]].concat();
    report.with = mean(&questions.ask(Asked::Measuring, &asked)?);
    let (count, bytes) = Classroom::new(shelves, visits, k).section(size, k);
    report.segments = count;
    Ok((bytes, report))
}

fn mean(ranks: &[f64]) -> f64 {
    ranks.iter().sum::<f64>() / ranks.len().max(1) as f64
}

fn leaf(name: &str) -> FeatureKey {
    FeatureKey::new(Namespace::Category, name)
}

fn device(visit: &Visit) -> Option<FeatureKey> {
    let fact = visit.facts.iter().find(|(kind, _)| kind == "device");
    fact.map(|(kind, value)| value_key(kind, value))
}

/// The same direction, of length 1.
fn unit(mut vector: Vec<f64>) -> Vec<f64> {
    let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    vector
}

/// As the device finds it: the largest cosine above 0, the first of equal ones.
fn nearest(centroids: &[Vec<f64>], start: &[f64]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (at, centroid) in centroids.iter().enumerate() {
        let cosine: f64 = centroid.iter().zip(start).map(|(a, b)| a * b).sum();
        if cosine > best.map_or(0.0, |(most, _)| most) {
            best = Some((cosine, at));
        }
    }
    best.map(|(_, at)| at)
}

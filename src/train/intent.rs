//! A model of readiness to buy: from a table of named columns and what came of each
//! row to the bytes of a section. Must not live here: how trees are grown
//! (`boosting`), or how the bytes are read (`engine::artifact::forest`).

use super::boosting::{Booster, Growth, Node, Rows, Tree, intercept, sigmoid};
use super::writing::varint;
use crate::engine::artifact::forest::{Column, Known, LEAF, LEAF_STEPS, NUMBERS, UNKNOWN, VALUES};
use crate::engine::intern::{FeatureKey, Namespace};
use crate::engine::math;
use std::collections::BTreeMap;

/// Most bounds of a column of numbers, before those that no tree uses go.
const MOST_BOUNDS: usize = 63;
/// Most values of a column of texts; rarer ones are unknown.
const MOST_VALUES: usize = 250;
/// Rows that a value needs to be told from unknown ones.
const LEAST_ROWS: usize = 10;
/// Pseudo-rows by which the rate of a value is drawn to that of all.
const SHRINKAGE: f64 = 20.0;
/// Parts of the rows; each is foreseen by the others.
const FOLDS: usize = 5;
/// Odds, relative to those of all rows, at which somebody is taken for a buyer.
const BUYERS_ODDS: f64 = 4.0;
/// How trees are grown; chosen on training rows alone, by the folds.
pub const GROWTH: Growth = Growth {
    trees: 90,
    leaves: 8,
    rate: 0.08,
    rows: 0.9,
    columns: 0.7,
    shrinkage: 10.0,
    least: 20,
};
const SEED: u64 = 1;

/// The key of a column.
pub fn column_key(name: &str) -> u32 {
    FeatureKey::new(Namespace::Statistic, name).0
}

/// The key of a text in a column.
pub fn value_key(name: &str, value: &str) -> u32 {
    FeatureKey::pair(Namespace::Statistic, name, Some(value)).0
}

/// Contents of a column, a row an index.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// Numbers; not a number where it is not known.
    Numbers(Vec<f32>),
    /// Keys of texts; 0 where it is not known.
    Values(Vec<u32>),
}

/// A column and its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// See [`column_key`].
    pub key: u32,
    /// What it holds.
    pub contents: Contents,
}

impl Named {
    /// What is known of a row.
    pub fn known(&self, row: usize) -> Option<Known> {
        match &self.contents {
            Contents::Numbers(numbers) => {
                numbers.get(row).copied().filter(|number| !number.is_nan()).map(Known::Number)
            }
            Contents::Values(keys) => {
                keys.get(row).copied().filter(|key| *key != 0).map(Known::Value)
            }
        }
    }

    /// Bins, from these rows.
    fn bins(&self, rows: &[usize], labels: &[u8]) -> Column {
        match &self.contents {
            Contents::Numbers(numbers) => {
                let known = rows.iter().filter_map(|row| numbers.get(*row).copied());
                Column::Numbers(bounds(known.filter(|number| !number.is_nan()).collect()))
            }
            Contents::Values(keys) => {
                let label = |row: usize| labels.get(row).copied().unwrap_or_default();
                let known = rows.iter().filter_map(|row| Some((*keys.get(*row)?, label(*row))));
                Column::Values(values(known.filter(|(key, _)| *key != 0)))
            }
        }
    }
}

/// Bounds that cut these numbers into parts of about equal size.
fn bounds(mut numbers: Vec<f32>) -> Vec<f32> {
    numbers.sort_by(f32::total_cmp);
    let mut distinct = numbers.clone();
    distinct.dedup();
    let last = distinct.pop();
    if distinct.len() <= MOST_BOUNDS {
        return distinct;
    }
    let at = |part: usize| numbers.get(part * numbers.len() / (MOST_BOUNDS + 1)).copied();
    let mut bounds: Vec<f32> =
        (1..=MOST_BOUNDS).filter_map(at).filter(|bound| Some(*bound) != last).collect();
    bounds.dedup();
    bounds
}

/// A bin a value, rising by how often the label came true with it.
fn values(rows: impl Iterator<Item = (u32, u8)>) -> Vec<(u32, u8)> {
    let mut counts: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
    let mut all = (0usize, 0.0);
    for (key, label) in rows {
        let entry = counts.entry(key).or_default();
        *entry = (entry.0 + 1, entry.1 + f64::from(label));
        all = (all.0 + 1, all.1 + f64::from(label));
    }
    let mean = all.1 / all.0.max(1) as f64;
    let mut kept: Vec<(u32, usize, f64)> =
        counts.into_iter().map(|(key, (count, hits))| (key, count, hits)).collect();
    kept.retain(|(_, count, _)| *count >= LEAST_ROWS);
    kept.sort_by_key(|(key, count, _)| (usize::MAX - count, *key));
    kept.truncate(MOST_VALUES);
    let rate = |count: usize, hits: f64| (hits + SHRINKAGE * mean) / (count as f64 + SHRINKAGE);
    kept.sort_by(|a, b| rate(a.1, a.2).total_cmp(&rate(b.1, b.2)).then(a.0.cmp(&b.0)));
    kept.into_iter().zip(1u8..).map(|((key, ..), bin)| (key, bin)).collect()
}

/// A table that is binned by some of its rows.
struct Binned {
    columns: Vec<Column>,
    bins: Vec<Vec<u8>>,
}

impl Binned {
    fn new(table: &[Named], labels: &[u8], by: &[usize]) -> Self {
        let columns: Vec<Column> = table.iter().map(|named| named.bins(by, labels)).collect();
        let bins = table.iter().zip(&columns);
        let bins = bins.map(|(named, column)| {
            (0..labels.len()).map(|row| column.bin(named.known(row))).collect()
        });
        Self { bins: bins.collect(), columns }
    }

    /// The bins of these rows.
    fn rows(&self, rows: &[usize]) -> Vec<Vec<u8>> {
        let pick = |column: &Vec<u8>| {
            rows.iter().map(|row| column.get(*row).copied().unwrap_or_default()).collect()
        };
        self.bins.iter().map(pick).collect()
    }
}

/// What a fit on folds found.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreseen {
    /// Trees by which the rows that were held out are foreseen best.
    pub trees: usize,
    /// The sum of leaves of each row, from folds that did not see it.
    pub margins: Vec<f64>,
}

/// Foresees each row from the folds it is not in.
pub fn foresee(table: &[Named], labels: &[u8], growth: Growth) -> Foreseen {
    let mut losses = vec![0.0; growth.trees];
    let mut margins = vec![vec![0.0; labels.len()]; growth.trees];
    for fold in 0..FOLDS {
        let (held_out, rows): (Vec<usize>, Vec<usize>) =
            (0..labels.len()).partition(|row| row % FOLDS == fold);
        let binned = Binned::new(table, labels, &rows);
        let columns = binned.rows(&rows);
        let own: Vec<u8> = rows.iter().filter_map(|row| labels.get(*row).copied()).collect();
        let base = intercept(&own);
        let mut booster = Booster::new(Rows { columns: &columns, labels: &own }, growth, SEED);
        let mut sums = vec![0.0; held_out.len()];
        for (loss, margins) in losses.iter_mut().zip(&mut margins) {
            let tree = booster.grow();
            for (sum, row) in sums.iter_mut().zip(&held_out) {
                let bin = |column: u8| {
                    let bins = binned.bins.get(usize::from(column));
                    bins.and_then(|bins| bins.get(*row)).copied().unwrap_or_default()
                };
                *sum += super::boosting::value(&tree, bin);
                let chance = sigmoid(base + *sum);
                let hit = labels.get(*row) == Some(&1);
                *loss -= math::ln(if hit { chance } else { 1.0 - chance });
                if let Some(margin) = margins.get_mut(*row) {
                    *margin = *sum;
                }
            }
        }
    }
    let mut best = 0;
    for (at, loss) in losses.iter().enumerate() {
        if losses.get(best).is_some_and(|known| loss < known) {
            best = at;
        }
    }
    Foreseen { trees: best + 1, margins: margins.swap_remove(best) }
}

/// Intercept and slope by which margins become log-odds: logistic regression by
/// Newton's method (Platt, 1999).
fn calibrate(margins: &[f64], labels: &[u8]) -> (f64, f64) {
    let (mut a, mut b) = (intercept(labels), 1.0);
    for _ in 0..20 {
        let [mut ga, mut gb, mut haa, mut hab, mut hbb] = [0.0, 0.0, 1e-6, 0.0, 1e-6];
        for (margin, label) in margins.iter().zip(labels) {
            let chance = sigmoid(a + b * margin);
            let (apart, weight) = (f64::from(*label) - chance, chance * (1.0 - chance));
            ga += apart;
            gb += apart * margin;
            haa += weight;
            hab += weight * margin;
            hbb += weight * margin * margin;
        }
        let determinant = haa * hbb - hab * hab;
        if determinant <= 0.0 {
            break;
        }
        a += (hbb * ga - hab * gb) / determinant;
        b += (haa * gb - hab * ga) / determinant;
    }
    (a, b)
}

/// The section; `None` where the labels are all the same, or a column is missing.
pub fn section(table: &[Named], labels: &[u8]) -> Option<Vec<u8>> {
    let hits: usize = labels.iter().map(|label| usize::from(*label)).sum();
    if hits < FOLDS || labels.len() - hits < FOLDS || table.len() >= usize::from(LEAF) {
        return None;
    }
    let Foreseen { trees, margins } = foresee(table, labels, GROWTH);
    let (intercept, slope) = calibrate(&margins, labels);
    let rows: Vec<usize> = (0..labels.len()).collect();
    let binned = Binned::new(table, labels, &rows);
    let mut booster = Booster::new(Rows { columns: &binned.bins, labels }, GROWTH, SEED);
    let trees: Vec<Tree> = (0..trees).map(|_| booster.grow()).collect();
    let mean = hits as f64 / labels.len() as f64;
    let odds = BUYERS_ODDS * mean / (1.0 - mean);
    let stages = [mean, odds / (1.0 + odds)];
    Some(write(table, binned.columns, trees, [intercept, slope], stages))
}

/// The bytes: without columns and bounds that no tree asks for.
fn write(
    table: &[Named],
    columns: Vec<Column>,
    mut trees: Vec<Tree>,
    calibration: [f64; 2],
    stages: [f64; 2],
) -> Vec<u8> {
    let mut used: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
    for node in trees.iter().flatten() {
        if let Node::Split(column, last) = node {
            used.entry(*column).or_default().push(*last);
        }
    }
    for lasts in used.values_mut() {
        lasts.retain(|last| *last != UNKNOWN);
        lasts.sort_unstable();
        lasts.dedup();
    }
    let numbers: BTreeMap<u8, u8> = used.keys().copied().zip(0u8..).collect();
    for node in trees.iter_mut().flatten() {
        if let Node::Split(column, last) = node {
            let lasts = used.get(column).map(Vec::as_slice).unwrap_or_default();
            *last = lasts.partition_point(|known| known < last) as u8 + u8::from(*last != UNKNOWN);
            *column = numbers.get(column).copied().unwrap_or_default();
        }
    }
    let mut bytes = vec![numbers.len() as u8];
    for (column, lasts) in &used {
        let at = usize::from(*column);
        let Some((named, column)) = table.get(at).zip(columns.get(at)) else { continue };
        bytes.extend(named.key.to_le_bytes());
        match column {
            Column::Numbers(bounds) => {
                bytes.extend([NUMBERS, lasts.len() as u8]);
                for last in lasts {
                    let bound = bounds.get(usize::from(*last) - 1).copied().unwrap_or(f32::MAX);
                    bytes.extend(bound.to_le_bytes());
                }
            }
            Column::Values(values) => {
                bytes.extend([VALUES, values.len() as u8]);
                for (key, bin) in values {
                    bytes.extend(key.to_le_bytes());
                    bytes.push(lasts.partition_point(|last| last < bin) as u8 + 1);
                }
            }
        }
    }
    for number in calibration.into_iter().chain(stages) {
        bytes.extend((number as f32).to_le_bytes());
    }
    varint(&mut bytes, trees.len() as u32);
    for node in trees.iter().flatten() {
        match node {
            Node::Split(column, last) => bytes.extend([*column, *last]),
            Node::Leaf(value) => {
                let steps = (value * LEAF_STEPS).round().clamp(-32_768.0, 32_767.0) as i16;
                bytes.push(LEAF);
                bytes.extend(steps.to_le_bytes());
            }
        }
    }
    bytes
}

//! Gradient boosting of small trees on binned columns, for the logarithmic loss:
//! histograms as in LightGBM (Ke et al., NIPS 2017), second-order gains as in XGBoost
//! (Chen and Guestrin, KDD 2016). Must not live here: what a column is, or bytes.

use crate::engine::math;

/// Bins of a column: as many as a byte can name.
const BINS: usize = 256;

/// How trees are grown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Trees.
    pub trees: usize,
    /// Leaves of a tree.
    pub leaves: usize,
    /// What a tree counts.
    pub rate: f64,
    /// Part of the rows that a tree sees, and of the columns.
    pub rows: f64,
    /// See above.
    pub columns: f64,
    /// Pseudo-rows (of hessian) that draw a leaf to 0.
    pub shrinkage: f64,
    /// Least rows of a leaf.
    pub least: usize,
}

/// A node of a tree: the left side of a split follows it, then its right side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// Up to this bin of this column: left.
    Split(u8, u8),
    /// What is added.
    Leaf(f64),
}

/// A tree, nodes in the order in which they are packed.
pub type Tree = Vec<Node>;

/// Rows of bins, and what came of each.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// A column an index, a row an index in it.
    pub columns: &'a [Vec<u8>],
    /// 0 or 1.
    pub labels: &'a [u8],
}

/// What a leaf adds up to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    gradient: f64,
    hessian: f64,
    count: usize,
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.gradient += other.gradient;
        self.hessian += other.hessian;
        self.count += other.count;
    }

    fn minus(&self, other: &Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            count: self.count - other.count,
        }
    }

    fn worth(&self, shrinkage: f64) -> f64 {
        self.gradient * self.gradient / (self.hessian + shrinkage)
    }
}

/// A leaf that may still be split.
#[derive(Clone, Debug)]
struct Open {
    rows: Vec<u32>,
    sums: Sums,
    /// Gain, column, last bin of the left side.
    best: Option<(f64, u8, u8)>,
    /// Where it stands among the nodes under construction.
    at: usize,
}

/// A tree under construction: children by index.
#[derive(Clone, Copy, Debug)]
enum Draft {
    Split(u8, u8, usize, usize),
    Leaf(f64),
}

/// Grows trees.
#[derive(Debug)]
pub struct Booster<'a> {
    data: Rows<'a>,
    growth: Growth,
    /// Log-odds so far, by row.
    pub scores: Vec<f64>,
    gradients: Vec<(f64, f64)>,
    state: u64,
}

impl<'a> Booster<'a> {
    /// Starts with the log-odds of all rows; the same seed grows the same trees.
    pub fn new(data: Rows<'a>, growth: Growth, seed: u64) -> Self {
        let scores = vec![intercept(data.labels); data.labels.len()];
        Self { data, growth, scores, gradients: Vec::new(), state: seed }
    }

    /// Grows the next tree, and adds it to the scores.
    pub fn grow(&mut self) -> Tree {
        let gradient = |(score, label): (&f64, &u8)| {
            let chance = sigmoid(*score);
            (f64::from(*label) - chance, chance * (1.0 - chance))
        };
        self.gradients = self.scores.iter().zip(self.data.labels).map(gradient).collect();
        let (row_part, column_part) = (self.growth.rows, self.growth.columns);
        let rows: Vec<u32> =
            (0..self.scores.len() as u32).filter(|_| self.uniform() < row_part).collect();
        let mut columns: Vec<u8> =
            (0..self.data.columns.len() as u8).filter(|_| self.uniform() < column_part).collect();
        if columns.is_empty() {
            columns.extend(0..self.data.columns.len() as u8);
        }
        let tree = self.tree(rows, &columns);
        for (row, score) in self.scores.iter_mut().enumerate() {
            let bin = |column: u8| {
                let column = self.data.columns.get(usize::from(column));
                column.and_then(|bins| bins.get(row)).copied().unwrap_or_default()
            };
            *score += value(&tree, bin);
        }
        tree
    }

    fn tree(&self, rows: Vec<u32>, columns: &[u8]) -> Tree {
        let mut drafts = vec![Draft::Leaf(0.0)];
        let mut open = vec![self.open(rows, columns, 0)];
        while open.len() < self.growth.leaves {
            let gain = |leaf: &Open| leaf.best.map_or(0.0, |(gain, ..)| gain);
            // The first of the best: `max_by` would take the last.
            let mut best = 0;
            for (at, leaf) in open.iter().enumerate() {
                if open.get(best).is_some_and(|known| gain(leaf) > gain(known)) {
                    best = at;
                }
            }
            let Some((_, column, last)) = open.get(best).and_then(|leaf| leaf.best) else { break };
            let leaf = open.swap_remove(best);
            let goes_left = |row: &u32| self.bin(column, *row) <= last;
            let (left, right): (Vec<u32>, Vec<u32>) =
                leaf.rows.iter().partition(|row| goes_left(row));
            let at = drafts.len();
            drafts.extend([Draft::Leaf(0.0); 2]);
            if let Some(draft) = drafts.get_mut(leaf.at) {
                *draft = Draft::Split(column, last, at, at + 1);
            }
            open.push(self.open(left, columns, at));
            open.push(self.open(right, columns, at + 1));
        }
        for leaf in &open {
            let step = leaf.sums.gradient / (leaf.sums.hessian + self.growth.shrinkage);
            if let Some(draft) = drafts.get_mut(leaf.at) {
                *draft = Draft::Leaf(self.growth.rate * step);
            }
        }
        let mut nodes = Vec::new();
        let mut waiting = vec![0];
        while let Some(draft) = waiting.pop().and_then(|at| drafts.get(at)) {
            match draft {
                Draft::Leaf(value) => nodes.push(Node::Leaf(*value)),
                Draft::Split(column, last, left, right) => {
                    nodes.push(Node::Split(*column, *last));
                    waiting.extend([*right, *left]);
                }
            }
        }
        nodes
    }

    fn open(&self, rows: Vec<u32>, columns: &[u8], at: usize) -> Open {
        let mut sums = Sums::default();
        for row in &rows {
            sums.add(&self.sums(*row));
        }
        let mut best: Option<(f64, u8, u8)> = None;
        for column in columns {
            let found = self.split(*column, &rows, &sums);
            if let Some((gain, last)) = found.filter(|(gain, _)| best.is_none_or(|b| *gain > b.0)) {
                best = Some((gain, *column, last));
            }
        }
        Open { rows, sums, best, at }
    }

    /// The best split of a leaf by one column: gain, and the last bin of the left side.
    fn split(&self, column: u8, rows: &[u32], all: &Sums) -> Option<(f64, u8)> {
        let mut bins = [Sums::default(); BINS];
        for row in rows {
            if let Some(bin) = bins.get_mut(usize::from(self.bin(column, *row))) {
                bin.add(&self.sums(*row));
            }
        }
        let Growth { shrinkage, least, .. } = self.growth;
        let mut best: Option<(f64, u8)> = None;
        let mut left = Sums::default();
        for (bin, last) in bins.iter().zip(0u8..=u8::MAX) {
            left.add(bin);
            let right = all.minus(&left);
            if bin.count == 0 || left.count < least {
                continue;
            }
            if right.count < least {
                break;
            }
            let gain = left.worth(shrinkage) + right.worth(shrinkage) - all.worth(shrinkage);
            if gain > best.map_or(1e-9, |(gain, _)| gain) {
                best = Some((gain, last));
            }
        }
        best
    }

    fn bin(&self, column: u8, row: u32) -> u8 {
        let bins = self.data.columns.get(usize::from(column));
        bins.and_then(|bins| bins.get(row as usize)).copied().unwrap_or_default()
    }

    fn sums(&self, row: u32) -> Sums {
        let (gradient, hessian) = self.gradients.get(row as usize).copied().unwrap_or_default();
        Sums { gradient, hessian, count: 1 }
    }

    fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.state >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// What a tree adds for a row of these bins.
pub fn value(tree: &Tree, bin: impl Fn(u8) -> u8) -> f64 {
    let mut at = 0;
    loop {
        match tree.get(at) {
            None => return 0.0,
            Some(Node::Leaf(value)) => return *value,
            Some(Node::Split(column, last)) if bin(*column) <= *last => at += 1,
            Some(Node::Split(..)) => at = after(tree, at + 1),
        }
    }
}

/// Where the nodes under this one end.
fn after(tree: &Tree, mut at: usize) -> usize {
    let mut open = 1;
    while open > 0 {
        match tree.get(at) {
            None => return at,
            Some(Node::Leaf(_)) => open -= 1,
            Some(Node::Split(..)) => open += 1,
        }
        at += 1;
    }
    at
}

/// Log-odds of all rows.
pub fn intercept(labels: &[u8]) -> f64 {
    let hits: usize = labels.iter().map(|label| usize::from(*label)).sum();
    math::ln((hits as f64 + 0.5) / ((labels.len() - hits) as f64 + 0.5))
}

/// The probability of some log-odds.
pub fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + math::exp(-logit))
}

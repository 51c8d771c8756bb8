//! Forward decay, shrunken log-lift, additive score and promotion quota, written
//! from their formulas and nothing else: plain maps of texts, double precision,
//! every sum taken anew. It shares no code with the engine; where a formula has
//! constants, they are the shipped ones.
//!
//! * evidence: `A_k = Σ w · 2^(−age / H_k)` for half-lives 30 min, 7 d, 90 d
//! * share: `(A + κπ) / (T + κ)`, at least π/1000; `π` the shop's own share
//! * lift: `Σ β_k · ln(share_k / π)`, within ±2
//! * confidence: `n / (n + 8)`, `n` the acts with a half-life of 7 d
//! * score: `−ln(place + 3) + strength/50 · (confidence · Σ lifts + reminder)`

use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::EventKind;
use std::collections::{BTreeMap, BTreeSet};

const HALF_LIVES: [f64; 3] = [1_800.0, 604_800.0, 7_776_000.0];
const BETA: [f64; 3] = [0.5, 0.3, 0.2];
const KAPPA: f64 = 30.0;
const WINDOW: usize = 10;

/// Something the shopper did with an item.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub kind: EventKind,
    pub item: usize,
    pub seconds_ago: f64,
    pub dwell_s: Option<f64>,
}

/// Kind and value of an attribute.
type Feature = (&'static str, String);

/// A shop and what somebody did in it.
pub struct Model<'a> {
    rows: &'a [ItemRow],
    seen: Vec<Seen>,
    /// Weight of every event of `seen`.
    weights: Vec<f64>,
}

impl<'a> Model<'a> {
    pub fn new(rows: &'a [ItemRow], seen: Vec<Seen>) -> Self {
        let weights = (0..seen.len()).map(|at| weight(&seen, at)).collect();
        Self { rows, seen, weights }
    }

    /// Score of an item at a place of the merchant's order.
    pub fn score(&self, item: usize, place: usize, strength: f64) -> f64 {
        let taste: f64 = features(&self.rows[item])
            .iter()
            .map(|(feature, part)| importance(feature.0) * part * self.lift(feature))
            .sum();
        let personal = self.confidence() * taste + self.reminder(item);
        -((place as f64) + 3.0).ln() + strength / 50.0 * personal
    }

    /// Scores by place; `None` for what the shop has no row of.
    pub fn scores(&self, list: &[usize], strength: f64) -> Vec<Option<f64>> {
        let score = |(place, item): (usize, &usize)| {
            (*item < self.rows.len()).then(|| self.score(*item, place, strength))
        };
        list.iter().enumerate().map(score).collect()
    }

    fn lift(&self, feature: &Feature) -> f64 {
        let prior = self.prior(feature);
        let lift: f64 = HALF_LIVES
            .iter()
            .zip(BETA)
            .map(|(half_life, beta)| {
                let evidence = self.evidence(feature.0, *half_life);
                let own = evidence.get(feature).copied().unwrap_or(0.0);
                let all: f64 = evidence.values().map(|value| value.max(0.0)).sum();
                let share = (own + KAPPA * prior) / (all + KAPPA);
                beta * (share.max(prior / 1000.0) / prior).ln()
            })
            .sum();
        lift.clamp(-2.0, 2.0)
    }

    /// Decayed evidence for every value of one kind.
    fn evidence(&self, kind: &str, half_life: f64) -> BTreeMap<Feature, f64> {
        let mut evidence = BTreeMap::new();
        for (seen, weight) in self.seen.iter().zip(&self.weights) {
            for (feature, _) in features(&self.rows[seen.item]) {
                if feature.0 == kind {
                    *evidence.entry(feature).or_default() +=
                        weight * (-seen.seconds_ago / half_life).exp2();
                }
            }
        }
        evidence
    }

    /// The shop's own share of a value among the values of its kind, with one
    /// mention added to each.
    fn prior(&self, feature: &Feature) -> f64 {
        let all: Vec<Feature> = self
            .rows
            .iter()
            .flat_map(features)
            .map(|(feature, _)| feature)
            .filter(|(kind, _)| *kind == feature.0)
            .collect();
        let values: BTreeSet<&Feature> = all.iter().collect();
        let own = all.iter().filter(|other| *other == feature).count();
        (own + 1) as f64 / (all.len() + values.len()) as f64
    }

    fn confidence(&self) -> f64 {
        let acts: f64 = self
            .seen
            .iter()
            .filter(|seen| seen.kind != EventKind::Dwell)
            .map(|seen| (-seen.seconds_ago / HALF_LIVES[1]).exp2())
            .sum();
        acts / (acts + 8.0)
    }

    /// 1 for the item looked at last, 1/e for the one three looks before; less
    /// for one with little evidence, nothing for a disliked one.
    fn reminder(&self, item: usize) -> f64 {
        let mut latest: BTreeMap<usize, f64> = BTreeMap::new();
        for seen in &self.seen {
            if matches!(seen.kind, EventKind::View | EventKind::Dwell | EventKind::Click) {
                let known = latest.entry(seen.item).or_insert(f64::INFINITY);
                *known = known.min(seen.seconds_ago);
            }
        }
        let mut newest_first: Vec<(usize, f64)> = latest.into_iter().collect();
        newest_first.sort_by(|a, b| a.1.total_cmp(&b.1));
        let age = newest_first.iter().take(32).position(|(seen, _)| *seen == item);
        let of_item = self.seen.iter().enumerate().filter(|(_, seen)| seen.item == item);
        let evidence: f64 = of_item
            .map(|(at, seen)| weight(&self.seen, at) * (-seen.seconds_ago / HALF_LIVES[1]).exp2())
            .sum();
        age.map_or(0.0, |age| evidence.clamp(0.0, 1.0) * (-(age as f64) / 3.0).exp())
    }
}

/// What an event says about the attributes of its item. All looks at one item
/// count together as one look of their whole dwell: each adds what is missing.
fn weight(seen: &[Seen], at: usize) -> f64 {
    let is_look = |seen: &Seen| matches!(seen.kind, EventKind::View | EventKind::Dwell);
    match seen[at].kind {
        EventKind::Click => 0.5,
        EventKind::AddToCart => 5.0,
        EventKind::RemoveFromCart => -3.0,
        EventKind::Wishlist => 3.0,
        EventKind::Purchase => 8.0,
        EventKind::Refund => -8.0,
        EventKind::Dismiss => -5.0,
        EventKind::View | EventKind::Dwell => {
            let looks = |until: usize| {
                seen[..until].iter().filter(|other| other.item == seen[at].item && is_look(other))
            };
            deserved(looks(at + 1)) - deserved(looks(at))
        }
        other => panic!("{other:?} is not about an item"),
    }
}

/// Weight of the looks at one item; 1 until a dwell is known.
fn deserved<'a>(looks: impl Iterator<Item = &'a Seen>) -> f64 {
    let looks: Vec<&Seen> = looks.collect();
    let Some(last) = looks.last() else { return 0.0 };
    let dwell: f64 = looks.iter().filter_map(|look| look.dwell_s).sum();
    if last.kind == EventKind::View && last.dwell_s.is_none() && dwell == 0.0 {
        return 1.0;
    }
    let z = ((1.0 + dwell.min(600.0)).ln() - 2.565) / 1.2;
    (2.0 / (1.0 + (-1.1 * z).exp())).clamp(0.1, 1.8)
}

fn importance(kind: &str) -> f64 {
    match kind {
        "category" => 1.0,
        "brand" => 0.6,
        "tag" => 0.5,
        "parent" => 0.4,
        "price" | "colour" | "category and brand" | "category and price" => 0.3,
        other => panic!("{other}"),
    }
}

/// Attributes of a row, and the part of its kind's weight that each has.
fn features(row: &ItemRow) -> Vec<(Feature, f64)> {
    let plain = |text: &str| text.trim().to_lowercase();
    let mut found = Vec::new();
    let path: Vec<String> = row.category.iter().map(|level| plain(level)).collect();
    let leaf = (!path.is_empty()).then(|| path.join(" > "));
    if let Some(leaf) = &leaf {
        found.push((("category", leaf.clone()), 1.0));
        let above = path.len() - 1;
        for levels in 1..=above {
            found.push((("parent", path[..levels].join(" > ")), 1.0 / above as f64));
        }
    }
    let mut with_category = |kind, both, value: String| {
        if let Some(leaf) = &leaf {
            found.push(((both, format!("{leaf} / {value}")), 1.0));
        }
        found.push(((kind, value), 1.0));
    };
    if let Some(brand) = &row.brand {
        with_category("brand", "category and brand", plain(brand));
    }
    if let Some(price) = row.price {
        // Two bands to a doubling.
        let band = (2.0 * price.log2()).floor();
        with_category("price", "category and price", format!("{band}"));
    }
    let colours = row.tags.iter().filter_map(|tag| colour(tag)).chain(row.colour.as_deref());
    let colours: Vec<String> = colours.map(plain).collect();
    let tags: Vec<String> =
        row.tags.iter().filter(|tag| colour(tag).is_none()).map(|tag| plain(tag)).collect();
    for (kind, values) in [("colour", colours), ("tag", tags)] {
        let part = 1.0 / (values.len() as f64).sqrt();
        found.extend(values.into_iter().map(|value| ((kind, value), part)));
    }
    found
}

fn colour(tag: &str) -> Option<&str> {
    tag.strip_prefix("colour:").or(tag.strip_prefix("color:"))
}

/// The order that scores give: the best first, in the places of those that have
/// a score; of the first ten places no more than `quota` go to what stands
/// below the tenth. Equal scores keep the merchant's order.
pub fn places(scores: &[Option<f64>], quota: usize) -> Vec<u32> {
    let mut waiting: Vec<usize> = (0..scores.len()).filter(|at| scores[*at].is_some()).collect();
    waiting.sort_by(|a, b| scores[*b].unwrap().total_cmp(&scores[*a].unwrap()));
    let mut promoted = 0;
    let mut order = Vec::new();
    for (place, score) in scores.iter().enumerate() {
        if score.is_none() {
            order.push(place as u32);
            continue;
        }
        let may = |candidate: usize| place >= WINDOW || candidate < WINDOW || promoted < quota;
        let next = waiting.iter().position(|candidate| may(*candidate)).expect("one of the ten");
        let next = waiting.remove(next);
        promoted += usize::from(place < WINDOW && next >= WINDOW);
        order.push(next as u32);
    }
    order
}

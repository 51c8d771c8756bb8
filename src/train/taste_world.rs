//! A world of tastes: shoppers with a planted taste look at a few items; then the
//! engine orders a list for them. Asks whom that list serves better than the shop's
//! own order, and whom worse. Must not live here: what an order is made of
//! (`engine`).

use super::simulation::{Chance, START, discounted, falling, tell};
use crate::engine::catalog::ItemRow;
use crate::engine::event::EventKind;
use crate::engine::journal::DocumentId;
use crate::engine::time::Millis;
use crate::engine::{Config, Session};

/// Looks after which the shoppers are asked.
pub const EVENTS: [usize; 5] = [1, 3, 10, 30, 100];
const ITEMS: usize = 600;
/// Values of category, brand, colour and price; some are common, most are not.
const VALUES: [usize; 4] = [16, 24, 10, 6];
/// How far a taste for a value reaches, in nats: one in three is not indifferent.
const TASTE: f64 = 1.2;
const PICKY: f64 = 0.35;
/// How much items differ in what everybody thinks of them, and how well the shop's
/// order knows that.
const QUALITY: f64 = 1.0;
const NOISE: f64 = 0.7;
/// A list, and the part of it that is judged.
const LIST: usize = 120;
const JUDGED: usize = 24;
/// What must be lost for a shopper to count as made worse.
const LOSS: f64 = 0.02;
const SHOPPERS: usize = 400;

/// What became of the shoppers after so many looks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Mean NDCG of the shop's order.
    pub base: f64,
    /// Mean NDCG of the engine's.
    pub engine: f64,
    /// Part of the shoppers who lose more than 0.02.
    pub worse: f64,
    /// Part of those who gain more than 0.02.
    pub better: f64,
}

struct Item {
    /// A value of each kind.
    values: [usize; 4],
    quality: f64,
    /// What the shop's order goes by.
    known: f64,
}

/// Runs the world; an outcome for each number of looks.
pub fn run(seed: u32) -> [Outcome; EVENTS.len()] {
    let mut chance = Chance::new(seed);
    let items: Vec<Item> = (0..ITEMS).map(|_| item(&mut chance)).collect();
    let mut session = Session::new(Config::default(), DocumentId(1));
    let handles: Vec<Option<u32>> =
        items.iter().zip(0..).map(|(item, at)| session.add_item(&row(item, at))).collect();
    let mut outcomes = [Outcome::default(); EVENTS.len()];
    for _ in 0..SHOPPERS {
        let likes = likes(&mut chance);
        let worth: Vec<f64> = items.iter().map(|item| worth(item, &likes)).collect();
        let mut list: Vec<usize> = (0..ITEMS).collect();
        chance.shuffle(&mut list);
        list.truncate(LIST);
        let known = |at: &usize| items.get(*at).map_or(0.0, |item| item.known);
        list.sort_by(|a, b| known(b).total_cmp(&known(a)));
        for (outcome, events) in outcomes.iter_mut().zip(EVENTS) {
            // Nothing is stored, so nothing can fail to be removed.
            let _ = session.forget();
            let mut now = START;
            for _ in 0..events {
                now += 50_000.0;
                let subject = handles.get(chance.pick(&worth)).copied().flatten();
                tell(&mut session, EventKind::View, subject, None, now);
            }
            let shown: Vec<u32> =
                list.iter().filter_map(|at| handles.get(*at).copied().flatten()).collect();
            let order = session.order(None, &shown, &[], None, Millis::from_js(now));
            let gains: Vec<f64> =
                list.iter().map(|at| worth.get(*at).copied().unwrap_or_default()).collect();
            let gain = |at: usize| gains.get(at).copied().unwrap_or_default();
            let best = discounted(falling(&gains).into_iter().take(JUDGED).map(gain));
            let base = discounted((0..JUDGED).map(gain)) / best;
            let engine = discounted(order.iter().take(JUDGED).map(|at| gain(*at as usize))) / best;
            outcome.base += base;
            outcome.engine += engine;
            outcome.worse += f64::from(u8::from(engine < base - LOSS));
            outcome.better += f64::from(u8::from(engine > base + LOSS));
        }
    }
    let part = |sum: f64| sum / SHOPPERS as f64;
    outcomes.map(|sums| Outcome {
        base: part(sums.base),
        engine: part(sums.engine),
        worse: part(sums.worse),
        better: part(sums.better),
    })
}

fn item(chance: &mut Chance) -> Item {
    // The nth value is 1/n as common as the first.
    let values = VALUES.map(|count| {
        let weights: Vec<f64> = (1..=count).map(|place| 1.0 / place as f64).collect();
        chance.pick(&weights)
    });
    let quality = QUALITY * chance.normal();
    Item { values, quality, known: quality + NOISE * chance.normal() }
}

fn row(item: &Item, at: usize) -> ItemRow {
    let [category, brand, colour, price] = item.values;
    ItemRow {
        id: format!("item {at}"),
        category: vec!["All".into(), format!("category {category}")],
        brand: Some(format!("brand {brand}")),
        colour: Some(format!("colour {colour}")),
        price: Some(5.0 * (1u32 << price) as f64),
        ..ItemRow::default()
    }
}

/// What a shopper thinks of each value of each kind.
fn likes(chance: &mut Chance) -> [Vec<f64>; 4] {
    VALUES.map(|count| {
        let mut like = || if chance.happens(PICKY) { TASTE * chance.normal() } else { 0.0 };
        (0..count).map(|_| like()).collect()
    })
}

/// How probably the shopper wants an item, relative to others.
fn worth(item: &Item, likes: &[Vec<f64>; 4]) -> f64 {
    let liked = likes.iter().zip(item.values);
    let taste: f64 =
        liked.map(|(likes, value)| likes.get(value).copied().unwrap_or_default()).sum();
    crate::engine::math::exp(item.quality + taste)
}

//! The invented shop's orders and catalogue, and the artifact of them alone. The same
//! seed gives the same.

use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::Artifact;
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::extras::Extras;
use reshelf::train::groups::prototypes;
use reshelf::train::plan::{Plan, Settings, Source};
use reshelf::train::sharding::Shard;
use reshelf::train::stock::{Bought, Need, Returning, Stock};
use reshelf::train::together::Views;
use std::collections::{BTreeMap, BTreeSet};

/// Items of the invented shop, six of each category.
pub const ITEMS: u64 = 60;
pub const AISLE: u64 = 6;

/// Baskets of two to five items, by who bought them.
pub fn baskets(count: u64, people: u64, seed: u64) -> Vec<(u32, BTreeSet<u32>)> {
    let mut random = Random(seed);
    (0..count)
        .map(|_| {
            let start = random.below(ITEMS);
            let items = (0..2 + random.below(4)).map(|_| (start + random.below(9)) % ITEMS);
            let items = items.map(|item| item as u32).collect();
            (random.below(people) as u32, items)
        })
        .collect()
}

/// What the command's SQL makes of baskets, in Rust.
pub fn stock(baskets: &[(u32, BTreeSet<u32>)]) -> Stock {
    let mut pairs: BTreeMap<(u32, u32), (BTreeSet<u32>, u64)> = BTreeMap::new();
    let mut counts = vec![0; ITEMS as usize];
    for (person, items) in baskets {
        for a in items {
            counts[*a as usize] += 1;
            for b in items.iter().filter(|b| *b > a) {
                let (people, weight) = pairs.entry((*a, *b)).or_default();
                people.insert(*person);
                *weight += (1e6 * ((items.len() - 1) as f64).powf(-0.7)).round() as u64;
            }
        }
    }
    let bought = pairs.into_iter().map(|((a, b), (people, weight))| Bought {
        a,
        b,
        buyers: people.len() as u32,
        weight,
    });
    let categories = ITEMS / AISLE;
    Stock {
        categories: (0..categories).map(|n| format!("Home > Aisle {n}")).collect(),
        category: (0..ITEMS).map(|item| (item != 7).then_some((item / AISLE) as u32)).collect(),
        brands: 3,
        brand: (0..ITEMS).map(|item| (item % 4 < 3).then_some((item % 4) as u32)).collect(),
        price: (0..ITEMS).map(|item| (item != 9).then_some(10.0 + item as f64)).collect(),
        titles: (0..ITEMS).map(|item| format!("lantern number{}", item / 2)).collect(),
        lately: counts.iter().map(|count| u64::from(*count) * 500).collect(),
        baskets: counts,
        bought: bought.collect(),
        needs: vec![
            Need { from: 0, to: 1, buyers: 30 },
            Need { from: 0, to: 2, buyers: 9 },
            Need { from: 0, to: 3, buyers: 1 },
        ],
        returning: (0..=categories as u32)
            .map(|n| Returning {
                buyers: 40,
                items: 100,
                again: 10 * (n % 3),
                people: 8 * (n % 3),
                interval: 20.0,
            })
            .collect(),
    }
}

/// The bytes for this stock, with no session at all.
pub fn pack(stock: Stock, settings: Settings) -> Vec<u8> {
    plan(Shop::new(corpus(ITEMS, 0, 1)), stock, settings).0
}

/// The whole file of a shop with this stock, and how it is to be cut.
pub fn plan(shop: Shop, stock: Stock, settings: Settings) -> (Vec<u8>, Vec<Shard>) {
    let Shop { corpus, pairs, counts } = shop;
    let views = Views { pairs: &pairs, counts: &counts, sessions: corpus.sessions.len() };
    let extras = Extras::new(stock, &corpus.ids, settings.k, views);
    let source = Source {
        ids: &corpus.ids,
        sessions: &corpus.sessions,
        pairs: &pairs,
        counts: &counts,
        extras: Some(&extras),
    };
    let groups = prototypes(source.sessions, source.ids.len(), settings.k as usize);
    let plan = Plan::new(&source, &groups, settings);
    (plan.pack(&source, [Mix::default(); 2]).unwrap(), plan.shards().to_vec())
}

pub fn artifact(stock: Stock, k: u32) -> Artifact {
    Artifact::load(pack(stock, roomy(k))).unwrap()
}

/// The artifact's number of each of the shop's.
pub fn numbers(artifact: &Artifact) -> Vec<u32> {
    (0..ITEMS).map(|item| artifact.item(&format!("sku-{item}")).unwrap()).collect()
}

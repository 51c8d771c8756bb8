//! The engine run natively: the yardstick for the same calls in a browser.
//! Prints one JSON object; `npm run bench` reads it. Never a test.
#![allow(clippy::indexing_slicing, missing_docs, reason = "a benchmark may stop at a surprise")]

use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::time::Millis;
use reshelf::engine::{Config, Session};
use std::hint::black_box;
use std::time::Instant;

const ITEMS: usize = 1_000;
const NOW: f64 = 1_767_225_600_000.0;

/// The same shop as `page.js` builds.
fn row(index: usize) -> ItemRow {
    ItemRow {
        id: format!("SKU-{index:05}"),
        category: vec!["Home".into(), format!("Shelf {}", index % 12)],
        brand: Some(format!("Brand {}", index % 40)),
        price: Some(1.0 + (index * 37 % 900) as f64 / 10.0),
        tags: vec![format!("colour:{}", index % 9), format!("material:{}", index % 7)],
        ..ItemRow::default()
    }
}

fn view(item: Option<u32>) -> Event {
    let at = Millis::from_js(NOW);
    Event { kind: EventKind::View, subject: item, at, dwell_ms: Some(20_000.0), placement: None }
}

/// Sorted microseconds of one call, over 200 samples of `calls` calls.
fn sample(calls: usize, mut call: impl FnMut()) -> Vec<f64> {
    let mut samples: Vec<f64> = (0..220)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| call());
            start.elapsed().as_secs_f64() * 1e6 / calls as f64
        })
        .skip(20)
        .collect();
    samples.sort_by(f64::total_cmp);
    samples
}

fn main() {
    let mut shop = Session::new(Config::default(), DocumentId(1));
    let ids: Vec<String> = (0..ITEMS).map(|index| row(index).id).collect();
    for index in 0..ITEMS {
        shop.add_item(&row(index));
    }
    let now = Millis::from_js(NOW);
    for index in 0..40 {
        let item = shop.item(&ids[index * 13 % ITEMS]);
        shop.track(view(item), now);
    }
    let placement = shop.symbol("bench");

    let order = sample(20, || {
        // From the shop's own ids, as a page calls it.
        let items: Vec<u32> = ids.iter().filter_map(|id| shop.item(id)).collect();
        black_box(shop.order(placement, &items, &[], None, now));
    });
    let item = shop.item(&ids[7]);
    let track = sample(1_000, || shop.track(black_box(view(item)), now));
    let figures = |name: &str, samples: &[f64]| {
        let at = |share: f64| samples[(samples.len() as f64 * share) as usize];
        format!("\"{name}\":{{\"p5\":{},\"median\":{},\"p95\":{}}}", at(0.05), at(0.5), at(0.95))
    };
    println!("{{{},{}}}", figures("order", &order), figures("track", &track));
}

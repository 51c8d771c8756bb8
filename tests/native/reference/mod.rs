//! The engine against a second implementation that is slow and obviously right.
//! Both get the same shop, the same events and the same list; their scores must
//! be equal within single precision, and so must their orders wherever scores
//! are further apart than that.

mod model;

use crate::shop::*;
use model::{Model, Seen};
use proptest::prelude::*;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::EventKind;
use std::collections::BTreeSet;

/// What single precision may add up to.
const TOLERANCE: f64 = 1e-4;

/// Minutes after which the engine may forget when it last saw an item: 240 days.
const LONGEST_MEMORY: u32 = 345_600;

/// A shop whose words are plain: what odd ones mean is not this test's matter.
fn shop() -> impl Strategy<Value = Vec<ItemRow>> {
    let one = |of: &[&'static str]| prop::sample::select(of.to_vec()).prop_map(str::to_owned);
    let category = prop_oneof![
        1 => Just(vec![]),
        8 => (one(&["Home", "Garden"]), one(&["Candles", "Mugs", "Bags"]), prop::bool::ANY)
            .prop_map(|(top, leaf, deep)| if deep { vec![top, leaf] } else { vec![leaf] }),
        2 => Just(["Home", "Kitchen", "Mugs"].map(str::to_owned).to_vec()),
    ];
    // Case and outer white space do not make another brand.
    let brand = prop::option::of(one(&["Glow", " glow ", "ACME", "Acme", "Wick"]));
    let tags = prop::collection::btree_set(
        one(&["wax", "wood", "gift", "colour:red", "colour:blue", "color:green"]),
        0..5,
    );
    let price = prop::option::of(0.2..300.0);
    let colour = prop::option::of(one(&["white", "black"]));
    let row = (category, brand, price, colour, tags);
    prop::collection::vec(row, 2..40).prop_map(|rows| {
        let row = |(index, (category, brand, price, colour, tags))| ItemRow {
            id: format!("i{index}"),
            category,
            brand,
            price,
            colour,
            tags: BTreeSet::into_iter(tags).collect(),
            ..ItemRow::default()
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

/// Item events of some months, in any order and at least a minute apart: the
/// engine tells two looks of one minute apart no better than their order.
fn history(items: usize) -> impl Strategy<Value = Vec<Act>> {
    let kinds: Vec<EventKind> = EventKind::ALL
        .into_iter()
        .filter(|kind| *kind != EventKind::Impression)
        .filter(|kind| kind.subject() == reshelf::engine::event::Subject::Item)
        .collect();
    let ago = prop_oneof![2 => 0u32..180, 2 => 0u32..5_000, 1 => 0u32..LONGEST_MEMORY];
    let dwell = prop::option::of(0f32..700_000.0);
    let act = (prop::sample::select(kinds), 0..items, dwell);
    let acts = prop::collection::vec(act, 0..30);
    (acts, prop::collection::btree_set(ago, 30)).prop_flat_map(|(acts, minutes)| {
        let minutes: Vec<u32> = minutes.into_iter().collect();
        Just(minutes).prop_shuffle().prop_map(move |minutes| {
            let act =
                |((kind, item, dwell_ms), ago): (&(EventKind, usize, Option<f32>), &u32)| Act {
                    kind: *kind,
                    item: *item,
                    ago_ms: f64::from(*ago) * MINUTE,
                    dwell_ms: *dwell_ms,
                };
            acts.iter().zip(&minutes).map(act).collect::<Vec<Act>>()
        })
    })
}

/// A shop, a history, and a list with repeats and strangers.
fn scenes() -> impl Strategy<Value = (Vec<ItemRow>, Vec<Act>, Vec<usize>)> {
    shop().prop_flat_map(|rows| {
        let count = rows.len();
        let list = prop::collection::vec(0..count + 2, 0..50);
        (Just(rows), history(count), list)
    })
}

fn model<'a>(rows: &'a [ItemRow], acts: &[Act]) -> Model<'a> {
    let seen = |act: &Act| Seen {
        kind: act.kind,
        item: act.item,
        seconds_ago: act.ago_ms / 1000.0,
        dwell_s: act.dwell_ms.map(|ms| f64::from(ms) / 1000.0),
    };
    Model::new(rows, acts.iter().map(seen).collect())
}

proptest! {
    #![proptest_config(cases(192))]
    #[test]
    fn scores_are_those_of_the_model(
        (rows, acts, _) in scenes(), strength in 1.0..=100.0,
    ) {
        let mut visit = Visit::new(&config(strength, 3.0), 1, &rows).acts(&acts);
        let list: Vec<usize> = (0..rows.len()).collect();
        visit.order(&list, &[]);
        let model = model(&rows, &acts);
        for (item, row) in rows.iter().enumerate() {
            let why = visit.session.explain("list", &row.id).expect("it was ordered");
            let expected = model.score(item, item, strength);
            prop_assert!((why.score - expected).abs() < TOLERANCE, "{why:?} is not {expected}");
        }
    }

    #[test]
    fn orders_are_those_of_the_model(
        (rows, acts, list) in scenes(), strength in 1.0..=100.0, quota in 0usize..=10,
        fixed in prop::collection::vec(prop::bool::weighted(0.15), 0..50),
    ) {
        prop_assume!(has_act(&acts));
        let model = model(&rows, &acts);
        let mut scores = model.scores(&list, strength);
        for (place, pinned) in fixed.iter().enumerate().take(list.len()) {
            if *pinned {
                scores[place] = None;
            }
        }
        let mut known: Vec<f64> = scores.iter().flatten().copied().collect();
        known.sort_by(f64::total_cmp);
        prop_assume!(known.windows(2).all(|pair| pair[1] - pair[0] > 2.0 * TOLERANCE));

        let mut visit = Visit::new(&config(strength, quota as f64), 1, &rows).acts(&acts);
        let order = visit.order(&list, &fixed);
        prop_assert_eq!(order, model::places(&scores, quota));
    }
}

//! What orders and the catalogue teach: the sections come back as they went in, and
//! no pair is published that fewer than k people bought.

use crate::shop::{Shop, corpus, roomy};
use crate::stock::{ITEMS, artifact, baskets, numbers, pack, stock};
use proptest::prelude::*;
use reshelf::engine::artifact::Artifact;
use reshelf::engine::recommend::again::{Purchase, buy_again};
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::recommend::needs::next_need;
use reshelf::engine::recommend::together::{bought_together, complete_cart, likely_together};
use reshelf::engine::recommend::trending::trending;
use reshelf::train::extras::Extras;
use reshelf::train::groups::prototypes;
use reshelf::train::plan::{Plan, Settings, Source};
use reshelf::train::stock::Returning;
use reshelf::train::together::Views;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_pair_of_fewer_than_k_people_is_published(seed in 0..1_000u64, k in 1..7u32, people in 3..40u64) {
        let baskets = baskets(400, people, seed);
        let artifact = artifact(stock(&baskets), k);
        let numbers = numbers(&artifact);
        for (item, number) in numbers.iter().enumerate() {
            for (other, score) in bought_together(&artifact, *number, &[], 60) {
                let other = numbers.iter().position(|known| *known == other).unwrap() as u32;
                let both = |items: &BTreeSet<u32>| items.contains(&(item as u32)) && items.contains(&other);
                let buyers: BTreeSet<u32> =
                    baskets.iter().filter(|(_, items)| both(items)).map(|(person, _)| *person).collect();
                prop_assert!(buyers.len() >= k as usize, "{item} and {other}: {buyers:?}");
                prop_assert!(score > 0.0);
            }
        }
    }

    #[test]
    fn answers_are_distinct_known_and_none_that_was_excluded(
        seed in 0..1_000u64,
        cart in prop::collection::btree_set(0..ITEMS as u32, 1..6),
        excluded in prop::collection::vec(0..ITEMS as u32, 0..10),
        limit in 0..20usize,
    ) {
        let artifact = artifact(stock(&baskets(400, 50, seed)), 2);
        let cart: Vec<u32> = cart.into_iter().collect();
        let purchases: Vec<Purchase> =
            cart.iter().map(|item| Purchase { item: *item, day: f64::from(*item) }).collect();
        let columns = artifact.columns();
        let answers = [
            bought_together(&artifact, cart[0], &excluded, limit),
            likely_together(&artifact, cart[0], &excluded, limit),
            complete_cart(&artifact, &cart, &excluded, limit),
            trending(&artifact, None, &excluded, limit),
            trending(&artifact, columns.category(cart[0]), &excluded, limit),
            next_need(&artifact, &purchases, 70.0, &excluded, limit),
            buy_again(&artifact, &purchases, 70.0, &excluded, limit),
        ];
        for answer in &answers {
            let distinct: BTreeSet<u32> = answer.iter().map(|(item, _)| *item).collect();
            prop_assert!(answer.len() <= limit && distinct.len() == answer.len());
            prop_assert!(answer.iter().all(|(item, _)| u64::from(*item) < ITEMS && !excluded.contains(item)));
            prop_assert!(answer.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
        prop_assert!(!answers[1].iter().any(|(item, _)| *item == cart[0]));
        for (item, _) in &answers[2] {
            prop_assert!(!cart.contains(item));
            let category = columns.category(*item);
            let served = cart.iter().any(|own| category.is_some() && columns.category(*own) == category);
            prop_assert!(!served);
        }
        prop_assert!(answers[5].iter().all(|(item, _)| !cart.contains(item)));
        prop_assert!(answers[6].iter().all(|(item, _)| cart.contains(item)));
    }
}

#[test]
fn rows_are_in_the_order_of_the_score() {
    let stock = stock(&baskets(3_000, 400, 3));
    let artifact = artifact(stock.clone(), 1);
    let numbers = numbers(&artifact);
    let baskets = |item: u32| f64::from(stock.baskets[item as usize]);
    for item in 0..ITEMS as u32 {
        let mut expected: Vec<(f64, u32)> = stock
            .bought
            .iter()
            .filter(|pair| pair.a == item || pair.b == item)
            .map(|pair| {
                let other = pair.a + pair.b - item;
                let all: f64 = stock.baskets.iter().map(|count| f64::from(*count)).sum();
                let lately: f64 = stock.lately.iter().map(|sum| *sum as f64).sum();
                let usual = stock.lately[other as usize] as f64 * all / lately;
                let trend = ((usual + 5.0) / (baskets(other) + 5.0)).powf(0.2);
                (pair.weight as f64 / (baskets(other) + 12.0).powf(0.2) * trend, other)
            })
            .collect();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0));
        let expected: Vec<u32> =
            expected.iter().take(16).map(|(_, other)| numbers[*other as usize]).collect();
        let found = bought_together(&artifact, numbers[item as usize], &[], 16);
        let found: Vec<u32> = found.into_iter().map(|(other, _)| other).collect();
        assert_eq!(found, expected, "{item}");
    }
}

#[test]
fn columns_come_back_as_they_went_in() {
    let stock = stock(&baskets(200, 50, 1));
    let artifact = artifact(stock.clone(), 2);
    let columns = artifact.columns();
    assert_eq!(columns.find("Home > Aisle 4"), Some(4));
    assert_eq!(columns.find("Home"), None);
    for (item, number) in numbers(&artifact).into_iter().enumerate() {
        assert_eq!(columns.category(number), stock.category[item]);
        assert_eq!(columns.brand(number), stock.brand[item]);
        // Six prices rise within an aisle: 0, 8/6, 16/6 …; the aisle of item 7 has
        // five, the items without a category are one of their own.
        let band = match item {
            9 => None,
            7 => Some(0),
            6..12 => columns.band(number),
            _ => Some((item as u32 % 6) * 8 / 6),
        };
        assert_eq!(columns.band(number), band, "{item}");
    }
}

#[test]
fn many_categories_take_two_bytes() {
    let mut stock = stock(&baskets(200, 50, 1));
    stock.categories = (0..300).map(|n| format!("{n}")).collect();
    stock.category = (0..ITEMS).map(|item| Some(299 - item as u32)).collect();
    stock.returning = vec![Returning::default(); 301];
    let artifact = artifact(stock, 2);
    for (item, number) in numbers(&artifact).into_iter().enumerate() {
        assert_eq!(artifact.columns().category(number), Some(299 - item as u32));
    }
}

#[test]
fn needs_and_repeats_need_k_people() {
    let mut stock = stock(&baskets(200, 50, 1));
    // Of 100 people 40 bought of aisle 0, and few of the others: all lead there.
    for (kind, buyers) in stock.returning.iter_mut().zip([40, 30, 9, 1]) {
        kind.buyers = buyers;
    }
    stock.returning.last_mut().unwrap().buyers = 100;
    let next = |k| -> Vec<u32> {
        let artifact = artifact(stock.clone(), k);
        artifact.needs().row(0).unwrap().entries().map(|(category, _)| category).collect()
    };
    assert_eq!((next(1), next(2), next(10)), (vec![1, 2, 3], vec![1, 2], vec![1]));
    assert!(next(31).is_empty());
    let artifact = artifact(stock.clone(), 9);
    let repeats = artifact.repeats();
    // 8 people bought again in every third category, 16 in the next, none in the third.
    assert_eq!(repeats.get(Some(0)), None);
    assert_eq!(repeats.get(Some(1)), None);
    let repeat = repeats.get(Some(2)).unwrap();
    assert!((repeat.probability - 0.2).abs() < 0.01 && (repeat.interval - 20.0).abs() < 0.5);
}

#[test]
fn what_is_bought_next_and_again() {
    let mut stock = stock(&baskets(200, 50, 1));
    // 30 of 40 people went from aisle 0 to 1, where chance would lead 10.
    stock.returning.iter_mut().for_each(|kind| kind.buyers = 40);
    stock.returning[1].buyers = 10;
    stock.returning[2].buyers = 10;
    let artifact = artifact(stock, 2);
    let numbers = numbers(&artifact);
    let bought = |item: usize, day| Purchase { item: numbers[item], day };
    let columns = artifact.columns();
    let next = next_need(&artifact, &[bought(0, 10.0)], 20.0, &[], 3);
    assert_eq!(columns.category(next[0].0), Some(1), "{next:?}");
    assert!(next_need(&artifact, &[bought(30, 10.0)], 20.0, &[], 3).is_empty());
    // Aisle 2 is bought from again by a fifth, after 20 days; aisle 0 never is.
    let purchases = [bought(12, 0.0), bought(13, 79.0), bought(0, 0.0), bought(12, 61.0)];
    let again = buy_again(&artifact, &purchases, 80.0, &[], 9);
    let again: Vec<u32> = again.into_iter().map(|(item, _)| item).collect();
    assert_eq!(again, [numbers[12], numbers[13]]);
}

#[test]
fn a_budget_is_kept_and_the_same_stock_gives_the_same_bytes() {
    let stock = || stock(&baskets(2_000, 300, 4));
    for budget in [1_200, 1_500, 3_000] {
        let bytes = pack(stock(), Settings { budget, ..roomy(2) });
        assert!(bytes.len() <= budget, "{}", bytes.len());
        assert_eq!(bytes, pack(stock(), Settings { budget, ..roomy(2) }));
    }
}

/// Items with fewer than eight neighbours get items alike: of the same two words
/// here, and of the same aisle.
#[test]
fn thin_rows_are_filled_with_items_alike() {
    let artifact = artifact(stock(&[]), 2);
    let numbers = numbers(&artifact);
    for item in [0usize, 20, 58] {
        let row = artifact.neighbours(numbers[item]).unwrap();
        let entries: Vec<(u32, u8)> = row.entries().collect();
        let best = entries.iter().max_by_key(|(_, nibble)| *nibble).unwrap().0;
        assert_eq!(best, numbers[item ^ 1], "{item}");
        assert!((5..=8).contains(&entries.len()), "{entries:?}");
    }
}

#[test]
fn content_neighbours_weigh_at_most_three_of_fifteen() {
    let Shop { corpus, pairs, counts } = Shop::new(corpus(ITEMS, 300, 1));
    let views = Views { pairs: &pairs, counts: &counts, sessions: 300 };
    let extras = Extras::new(stock(&[]), &corpus.ids, 3, views);
    let plain = Source {
        ids: &corpus.ids,
        sessions: &corpus.sessions,
        pairs: &pairs,
        counts: &counts,
        extras: None,
    };
    let filled = Source { extras: Some(&extras), ..plain };
    let load = |source: &Source| {
        let plan = Plan::new(source, &prototypes(source.sessions, source.ids.len(), 3), roomy(3));
        Artifact::load(plan.pack(source, [Mix::default(); 2]).unwrap()).unwrap()
    };
    let (before, after) = (load(&plain), load(&filled));
    let (mut longer, mut mixed) = (0, 0);
    for id in &corpus.ids {
        let row = |artifact: &Artifact| -> BTreeMap<String, u8> {
            let row = artifact.neighbours(artifact.item(id).unwrap()).unwrap();
            let name = |item| corpus.ids.iter().find(|id| artifact.item(id) == Some(item)).unwrap();
            row.entries().map(|(item, nibble)| (name(item).clone(), nibble)).collect()
        };
        let (before, after) = (row(&before), row(&after));
        assert!(before.iter().all(|(id, nibble)| after.get(id) == Some(nibble)));
        longer += usize::from(after.len() > before.len());
        for (other, nibble) in after.iter().filter(|(other, _)| !before.contains_key(*other)) {
            mixed += usize::from(!before.is_empty());
            assert!(before.is_empty() || *nibble <= 3, "{id} and {other}: {nibble}");
        }
        assert!(before.len() >= 8 || after.len() <= 8);
    }
    assert!(longer > 10 && mixed > 10, "{longer} rows, {mixed} entries");
}

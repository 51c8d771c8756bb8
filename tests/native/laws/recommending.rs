//! What is true of every row of recommendations.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::Session;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::diversity::{self, LONGEST_ROW, Wishes};
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::intern::Namespace;
use reshelf::engine::muting::{KINDS, Word};
use reshelf::engine::recommend::kinds::Kind;
use reshelf::engine::recommend::kinds::reason::Reason;
use reshelf::engine::session::recommending::{Recommended, Request};
use std::collections::BTreeSet;
use std::ops::Range;

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

fn facts() -> impl Strategy<Value = Vec<(bool, Option<u8>, bool, Vec<i8>)>> {
    let vector = prop_oneof![Just(Vec::new()), prop::collection::vec(any::<i8>(), 1..4)];
    prop::collection::vec((any::<bool>(), prop::option::of(0u8..3), any::<bool>(), vector), 40)
}

/// The story's rows, some of them sold out, variants, replenishable, with vectors.
fn described(rows: &[ItemRow], facts: &[(bool, Option<u8>, bool, Vec<i8>)]) -> Vec<ItemRow> {
    let row =
        |(row, (sold_out, group, replenishable, vector)): (&ItemRow, &(_, Option<u8>, _, _))| {
            let mut row = row.clone();
            row.in_stock = Some(!sold_out);
            row.group = group.map(|group| format!("g{group}"));
            row.replenishable = *replenishable;
            row.vector = Vec::clone(vector);
            row
        };
    rows.iter().zip(facts.iter().cycle()).map(row).collect()
}

fn ask(session: &mut Session, kind: Kind, item: Option<u32>, limit: usize) -> Vec<Recommended> {
    let request = Request { kind, item, basket: &[], excluded: &[], limit };
    session.recommend(request, millis(NOW))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_row_is_a_choice_of_the_shops_items_best_first(
        story in story(), facts in facts(), kind in kind(), item in any::<Option<u8>>(),
        limit in 0usize..40, basket in prop::collection::vec(any::<u32>(), 0..4),
        excluded in prop::collection::vec(0u32..20, 0..4),
    ) {
        let rows = described(&story.rows, &facts);
        let mut visit = Visit::new(&config(50.0, 3.0), 1, &rows).acts(&story.acts);
        let item = item.map(u32::from);
        let request = Request { kind, item, basket: &basket, excluded: &excluded, limit };
        let row = visit.session.recommend(request, millis(NOW));
        let again = visit.session.recommend(request, millis(NOW));
        prop_assert_eq!(&row, &again, "the same question has the same answer");
        prop_assert!(row.len() <= limit.min(LONGEST_ROW));
        let catalog = visit.session.catalog();
        let ids: BTreeSet<u32> = row.iter().map(|entry| entry.item).collect();
        prop_assert_eq!(ids.len(), row.len(), "no item twice");
        let groups: Vec<u32> = row.iter().filter_map(|entry| catalog.facts(entry.item)?.group).collect();
        prop_assert_eq!(groups.iter().collect::<BTreeSet<_>>().len(), groups.len(), "no variant twice");
        for entry in &row {
            prop_assert!(catalog.traits(entry.item).is_some());
            prop_assert!(!catalog.facts(entry.item).unwrap().sold_out);
            prop_assert!(Some(entry.item) != item);
            prop_assert!(!excluded.contains(&entry.item) && !basket.contains(&entry.item));
            prop_assert!(entry.score > 0.0 && entry.score.is_finite(), "{}", entry.score);
        }
        prop_assert!(row.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn what_is_in_the_basket_or_was_dismissed_is_in_no_row(
        story in story(), kind in kind(), item in 0u32..20, put in any::<bool>(),
    ) {
        let mut visit = Visit::new(&config(50.0, 3.0), 1, &story.rows).acts(&story.acts);
        let did = if put { EventKind::AddToCart } else { EventKind::Dismiss };
        visit.session.track(event(did, item), millis(NOW));
        let row = ask(&mut visit.session, kind, None, LONGEST_ROW);
        prop_assert!(row.iter().all(|entry| entry.item != item));
    }

    #[test]
    fn what_was_just_bought_is_only_offered_to_buy_again(
        story in story(), kind in kind(), item in 0u32..20,
    ) {
        let mut visit = Visit::new(&config(50.0, 3.0), 1, &story.rows);
        visit.session.track(event(EventKind::Purchase, item), millis(NOW));
        let row = ask(&mut visit.session, kind, None, LONGEST_ROW);
        prop_assert!(row.iter().all(|entry| entry.item != item));
    }

    #[test]
    fn a_brand_has_at_most_four_tenths_while_there_are_others(
        story in story(), limit in 1usize..30, scores in prop::collection::vec(0.01f32..1.0, 70),
    ) {
        let visit = Visit::new(&config(50.0, 3.0), 1, &story.rows);
        let mut candidates: Vec<(u32, f32)> = (0..story.rows.len() as u32).zip(scores).collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let catalog = visit.session.catalog();
        let row = diversity::choose(catalog, &candidates, Wishes { limit, mix: &[] });
        prop_assert_eq!(row.len(), limit.min(LONGEST_ROW).min(candidates.len()));
        let brand = |item: u32| catalog.first_of(item, Namespace::Brand);
        let most = (limit.min(LONGEST_ROW) * 2 / 5).max(1);
        let left: Vec<_> = candidates.iter().filter(|entry| !row.contains(entry)).collect();
        for own in row.iter().filter_map(|(item, _)| brand(*item)).collect::<BTreeSet<_>>() {
            let count = row.iter().filter(|(item, _)| brand(*item) == Some(own)).count();
            let others = left.iter().filter(|(item, _)| {
                brand(*item).is_none_or(|other| {
                    row.iter().filter(|(item, _)| brand(*item) == Some(other)).count() < most
                })
            });
            prop_assert!(count <= most || others.count() == 0, "{count} of {limit}");
        }
    }

    #[test]
    fn one_of_eight_is_from_outside_the_three_usual_categories(
        scores in prop::collection::vec(0.2f32..1.0, 60), screens in 1usize..=3,
    ) {
        let shelf = |index: usize| ItemRow {
            id: format!("i{index}"),
            // The good ones are all of the usual categories.
            category: vec![format!("Shelf {}", if index < 45 { index % 3 } else { 3 + index % 5 })],
            ..ItemRow::default()
        };
        let rows: Vec<ItemRow> = (0..60).map(shelf).collect();
        let visit = Visit::new(&config(50.0, 3.0), 1, &rows);
        let catalog = visit.session.catalog();
        let usual: Vec<(u32, f64)> = (0..3)
            .filter_map(|item| catalog.first_of(item, Namespace::Category))
            .zip([0.6, 0.3, 0.1])
            .collect();
        let worth = |(item, score): (u32, f32)| (item, if item < 45 { score } else { score / 100.0 });
        let mut candidates: Vec<(u32, f32)> = (0..60).zip(scores).map(worth).collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let row = diversity::choose(catalog, &candidates, Wishes { limit: 8 * screens, mix: &usual });
        let outside = row.iter().filter(|(item, _)| *item >= 45).count();
        prop_assert!(outside >= screens, "{outside} in {screens} screens");
    }
}

/// The best candidate is always there, and a near copy gives way to another kind.
#[test]
fn a_row_is_not_all_of_a_kind() {
    let row = |id: &str, category: &str, brand: &str| ItemRow {
        id: id.into(),
        category: vec![category.into()],
        brand: Some(brand.into()),
        ..ItemRow::default()
    };
    let rows = [
        row("a", "Mugs", "A"),
        row("b", "Mugs", "A"),
        row("c", "Lamps", "B"),
        row("d", "Mugs", "C"),
    ];
    let visit = Visit::new(&config(50.0, 3.0), 1, &rows);
    let candidates = [(0, 1.0), (1, 0.95), (2, 0.9), (3, 0.3)];
    let wishes = Wishes { limit: 2, mix: &[] };
    let chosen = diversity::choose(visit.session.catalog(), &candidates, wishes);
    assert_eq!(chosen, [(0, 1.0), (2, 0.9)]);
}

/// Twenty items, half of them of one shelf and half of another.
fn two_shelves() -> Visit {
    let shelf = |index: usize| ItemRow {
        id: format!("i{index}"),
        category: vec![if index < 10 { "Mugs" } else { "Candles" }.into()],
        ..ItemRow::default()
    };
    let rows: Vec<ItemRow> = (0..20).map(shelf).collect();
    Visit::new(&config(50.0, 3.0), 1, &rows)
}

fn view(visit: &mut Visit, items: Range<u32>) {
    items.for_each(|item| visit.session.track(event(EventKind::View, item), millis(NOW)));
}

#[test]
fn where_nothing_is_known_of_others_nobody_hears_of_them() {
    let mut visit = two_shelves();
    // The whole shelf of their taste: what is left is the shop's to put first.
    view(&mut visit, 10..20);
    let row = ask(&mut visit.session, Kind::ForYou, None, 8);
    assert_eq!(row.len(), 8);
    assert!(row.iter().all(|entry| entry.reason == Reason::ShopOrder), "{row:?}");
}

#[test]
fn who_wants_the_shops_own_order_gets_the_row_that_anybody_would() {
    let anybodys = ask(&mut two_shelves().session, Kind::ForYou, None, 8);
    let mut visit = two_shelves();
    view(&mut visit, 15..20);
    let own = ask(&mut visit.session, Kind::ForYou, None, 8);
    assert!(matches!(own.first().map(|entry| entry.reason), Some(Reason::Taste(_))), "{own:?}");
    prefer_the_shops_order(&mut visit.session, Word::Mute);
    assert_eq!(ask(&mut visit.session, Kind::ForYou, None, 8), anybodys);
    let seen = ask(&mut visit.session, Kind::RecentlyViewed, None, 8);
    assert_eq!(seen.len(), 5, "a list of their own stays theirs");
    prefer_the_shops_order(&mut visit.session, Word::Unmute);
    assert_eq!(ask(&mut visit.session, Kind::ForYou, None, 8), own);
}

fn prefer_the_shops_order(session: &mut Session, word: Word) {
    let order = KINDS.iter().position(|kind| *kind == Namespace::Muting).unwrap();
    session.amend(order, "", word, millis(NOW));
}

fn event(kind: EventKind, item: u32) -> Event {
    let at = millis(NOW);
    Event { kind, subject: Some(item), at, dwell_ms: None, placement: None }
}

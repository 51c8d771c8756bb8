//! What is true of every explanation.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::event::EventKind;

/// What the engine's single precision may add up to over some twenty parts.
const ROUNDING: f64 = 1e-5;

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn contributions_sum_to_the_score(story in tidy_story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        visit.order(&story.list, &[]);
        for row in &story.rows {
            let why = visit.session.explain("list", &row.id).expect("it was ordered");
            let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
            prop_assert!((sum - why.score).abs() <= 1e-9, "{why:?}");
            prop_assert!(why.contributions.iter().all(|part| part.value.is_finite()), "{why:?}");
            prop_assert!(why.contributions.iter().any(|part| part.code == "position"), "{why:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_order(story in tidy_story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &[]);
        for (rank, place) in order.iter().enumerate() {
            let id = &story.rows[story.list[*place as usize]].id;
            let why = visit.session.explain("list", id).expect("it was ordered");
            prop_assert_eq!((why.rank, why.merchant_rank), (rank, *place as usize));
        }
    }

    /// With no quota in the way, the scores are the whole story: sorted by score,
    /// ties in the merchant's order. So for searches, whose words remember.
    #[test]
    fn scores_reproduce_the_order(
        story in searches(), strength in 0.0..=100.0, words in words(),
    ) {
        prop_assume!(has_act(&story.acts));
        let mut visit = searched(&story, &config(strength, 10.0));
        visit.order(&story.list, &[]);
        let order = visit.search(&story.list, &[], words);
        let score = |place: u32| {
            let id = &story.rows[story.list[place as usize]].id;
            visit.session.explain("list", id).expect("it was ordered").score
        };
        for pair in order.windows(2) {
            let (above, below) = (score(pair[0]), score(pair[1]));
            prop_assert!(above > below - ROUNDING, "{above} stands above {below} in {order:?}");
        }
    }

    /// A rule is named exactly where a score did not decide.
    #[test]
    fn rules_are_named_where_they_decided(
        story in tidy_story(), quota in 0usize..4,
        fixed in prop::collection::vec(prop::bool::weighted(0.2), 0..40),
    ) {
        let config = config(100.0, quota as f64);
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &fixed);
        let native_scores: Vec<f64> = order
            .iter()
            .take(10)
            .filter(|place| **place < 10 && !fixed.get(**place as usize).copied().unwrap_or(false))
            .map(|place| {
                let id = &story.rows[story.list[*place as usize]].id;
                visit.session.explain("list", id).expect("it was ordered").score
            })
            .collect();
        for (rank, place) in order.iter().enumerate() {
            let id = &story.rows[story.list[*place as usize]].id;
            let why = visit.session.explain("list", id).expect("it was ordered");
            let pinned = fixed.get(*place as usize).copied().unwrap_or(false);
            prop_assert_eq!(why.rules.contains(&"pinned"), pinned);
            prop_assert!(!why.rules.contains(&"unknown"));
            let overtaken = rank >= 10
                && *place >= 10
                && native_scores.iter().any(|native| *native < why.score - ROUNDING);
            if overtaken && !pinned {
                prop_assert!(why.rules.contains(&"quota"), "{why:?}");
            }
        }
    }

    #[test]
    fn strangers_are_not_explained(story in story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        visit.order(&story.list, &[]);
        prop_assert!(visit.session.explain("list", "never heard of").is_none());
        prop_assert!(visit.session.explain("elsewhere", "i0").is_none());
    }
}

#[test]
fn an_item_without_a_row_is_explained_as_unknown() {
    let mut visit = Visit::new(&config(50.0, 3.0), 1, &[]);
    let item = visit.item(0).expect("within limits");
    let placement = visit.session.symbol("list");
    visit.session.order(placement, &[item], &[], None, millis(NOW));
    let why = visit.session.explain("list", "stranger 0").expect("it was ordered");
    assert_eq!(why.rules, ["unknown"]);
}

/// A search of two words, of which one says something, says half as much.
#[test]
fn every_word_of_a_search_has_its_part() {
    let rows = ["Mugs", "Candles"].map(|category| reshelf::engine::catalog::ItemRow {
        id: category.into(),
        category: vec![category.into()],
        ..Default::default()
    });
    let mut visit = Visit::new(&config(50.0, 3.0), 1, &rows);
    for _ in 0..6 {
        visit.search(&[0, 1], &[], Some("heart"));
        visit.act(&Act { kind: EventKind::Click, item: 1, ago_ms: 0.0, dwell_ms: None });
    }
    let mut part = |words| {
        visit.search(&[0, 1], &[], Some(words));
        let why = visit.session.explain("list", "Candles").expect("it was ordered");
        let parts = why.contributions.into_iter();
        parts.filter(|part| part.code == "query").map(|part| part.value).sum::<f64>()
    };
    let (alone, with_another) = (part("Heart"), part("zebra heart"));
    assert!(alone > 0.01, "{alone}");
    assert!((alone - 2.0 * with_another).abs() < 1e-6, "{alone} and {with_another}");
    assert_eq!(part("zebra"), 0.0);
}

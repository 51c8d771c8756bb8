//! What is true of every order of sections and banners.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::ArmRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::ranking::Kind;

const KINDS: [Kind; 2] = [Kind::Sections, Kind::Banners];

fn arms() -> impl Strategy<Value = Vec<ArmRow>> {
    let category = prop::sample::select(vec!["Candles", "Home", "Garden", "", "__proto__"]);
    let arm = (0..20u32, prop::collection::vec(category, 0..3), prop::bool::weighted(0.2));
    prop::collection::vec(arm, 0..24).prop_map(|arms| {
        let arm = |(id, category, pinned): (u32, Vec<&str>, bool)| ArmRow {
            id: format!("arm {id}"),
            category: category.into_iter().map(str::to_owned).collect(),
            pinned,
        };
        arms.into_iter().map(arm).collect()
    })
}

/// What the shopper did with arms: kind, arm, and how long ago.
fn deeds() -> impl Strategy<Value = Vec<(EventKind, u32, f64)>> {
    let kinds = vec![
        EventKind::SectionView,
        EventKind::SectionClick,
        EventKind::BannerView,
        EventKind::BannerClick,
    ];
    prop::collection::vec((prop::sample::select(kinds), 0..20u32, 0.0..60.0 * DAY), 0..40)
}

fn visit(
    story: &Story,
    config: &reshelf::engine::Config,
    deeds: &[(EventKind, u32, f64)],
) -> Visit {
    let mut visit = Visit::new(config, 1, &story.rows).acts(&story.acts);
    let placement = visit.session.symbol("home");
    for (kind, arm, ago_ms) in deeds {
        let subject = visit.session.symbol(&format!("arm {arm}"));
        let at = millis(NOW - ago_ms);
        let event = Event { kind: *kind, subject, at, dwell_ms: None, placement };
        visit.session.track(event, millis(NOW));
    }
    visit
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_arm_stands_once_and_pinned_ones_stay(
        story in story(), config in configuration(), arms in arms(), deeds in deeds(),
        shown in prop::option::of(0usize..30), kind in prop::sample::select(KINDS.to_vec()),
    ) {
        let mut visit = visit(&story, &config, &deeds);
        let order = visit.session.order_arms(kind, "home", &arms, shown, millis(NOW));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..arms.len() as u32).collect::<Vec<_>>());
        for (place, arm) in arms.iter().enumerate() {
            prop_assert!(!arm.pinned || order[place] as usize == place, "{order:?}");
        }
    }

    #[test]
    fn strength_zero_or_nothing_learned_is_the_merchants_order(
        story in story(), arms in arms(), deeds in deeds(), strength in 0.0..=100.0,
        shown in prop::option::of(0usize..30), kind in prop::sample::select(KINDS.to_vec()),
    ) {
        let merchants: Vec<u32> = (0..arms.len() as u32).collect();
        let mut still = visit(&story, &config(0.0, 3.0), &deeds);
        prop_assert_eq!(still.session.order_arms(kind, "home", &arms, shown, millis(NOW)), &*merchants);
        let mut blank = Visit::new(&config(strength, 3.0), 1, &story.rows);
        prop_assert_eq!(blank.session.order_arms(kind, "home", &arms, shown, millis(NOW)), &*merchants);
    }

    /// Nobody sees the rest, so it has no reason to move.
    #[test]
    fn of_what_is_not_shown_nothing_overtakes(
        story in story(), arms in arms(), deeds in deeds(), shown in 0usize..6,
    ) {
        let mut visit = visit(&story, &config(100.0, 3.0), &deeds);
        let order =
            visit.session.order_arms(Kind::Banners, "home", &arms, Some(shown), millis(NOW));
        let hidden: Vec<u32> = order
            .iter()
            .enumerate()
            .filter(|(at, place)| *at >= shown && !arms[**place as usize].pinned)
            .map(|(_, place)| *place)
            .collect();
        prop_assert!(hidden.is_sorted(), "{order:?} shows {shown}");
    }

    #[test]
    fn the_reasons_add_up_to_the_order(
        story in story(), config in configuration(), arms in arms(), deeds in deeds(),
        kind in prop::sample::select(KINDS.to_vec()),
    ) {
        let mut visit = visit(&story, &config, &deeds);
        let order = visit.session.order_arms(kind, "home", &arms, None, millis(NOW));
        let mut best = f64::INFINITY;
        for (rank, place) in order.iter().enumerate() {
            let arm = &arms[*place as usize];
            // Of two arms of one name, the first is explained.
            if arms.iter().position(|other| other.id == arm.id) != Some(*place as usize) {
                continue;
            }
            let why = visit.session.explain("home", &arm.id).expect("it was ordered");
            prop_assert_eq!((why.rank, why.merchant_rank), (rank, *place as usize));
            prop_assert!(why.contributions.iter().all(|part| part.value.is_finite()), "{why:?}");
            let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
            prop_assert!((sum - why.score).abs() < 1e-9);
            if !arm.pinned {
                prop_assert!(why.score <= best + 1e-5, "{why:?} after {best}");
                best = why.score;
            }
        }
    }
}

/// Sections and banners of a liked category rise, those of others fall.
#[test]
fn taste_moves_arms() {
    let rows = ["Mugs", "Bags", "Candles"].map(|category| reshelf::engine::catalog::ItemRow {
        id: category.into(),
        category: vec![category.into()],
        ..Default::default()
    });
    let arms = ["Mugs", "Bags", "Candles"].map(|category| ArmRow {
        id: category.into(),
        category: vec![category.into()],
        pinned: false,
    });
    let bought = Act { kind: EventKind::Purchase, item: 2, ago_ms: 0.0, dwell_ms: None };
    let mut visit = Visit::new(&config(50.0, 3.0), 1, &rows).acts(&[bought; 9]);
    for kind in KINDS {
        let order = visit.session.order_arms(kind, "home", &arms, None, millis(NOW));
        assert_eq!(order, [2, 0, 1]);
        let taste = |id| {
            let why = visit.session.explain("home", id).expect("it was ordered");
            why.contributions.iter().find(|part| part.code == "category").map(|part| part.value)
        };
        assert!(taste("Candles") > Some(0.1) && taste("Mugs") < Some(-0.1));
    }
}

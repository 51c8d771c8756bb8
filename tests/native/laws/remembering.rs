//! What is true of everything the engine remembers of a shopper.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::event::EventKind;
use reshelf::engine::report::Profile;
use std::collections::BTreeMap;

/// Acts that file the same whatever came before them. A view and its dwell do
/// not: together they count as one look.
const PLAIN: [EventKind; 7] = [
    EventKind::Click,
    EventKind::AddToCart,
    EventKind::RemoveFromCart,
    EventKind::Wishlist,
    EventKind::Purchase,
    EventKind::Refund,
    EventKind::Dismiss,
];

fn interests(profile: &Profile) -> BTreeMap<(&'static str, String), f64> {
    profile.interests.iter().map(|i| ((i.kind, i.value.clone()), i.score)).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_same_story_gives_the_same_bytes(story in story(), config in configuration()) {
        let tell = || {
            let drawer = Drawer::default();
            let mut visit = Visit::new(&config, 7, &story.rows).acts(&story.acts);
            visit.session.attach(drawer.vault());
            let order = visit.order(&story.list, &[]);
            (drawer.values.take(), visit.told(), order)
        };
        prop_assert_eq!(tell(), tell());
    }

    #[test]
    fn late_events_count_as_if_in_order(story in tidy_story(), seed in any::<u64>()) {
        let acts: Vec<Act> = story
            .acts
            .iter()
            .map(|act| Act { kind: PLAIN[act.item % PLAIN.len()], ..*act })
            .filter(|act| act.ago_ms >= 0.0 && act.ago_ms < NOW)
            .collect();
        let mut late = acts.clone();
        late.sort_by_key(|act| act.ago_ms.to_bits() ^ seed);
        let mut in_order = acts;
        in_order.sort_by(|a, b| b.ago_ms.total_cmp(&a.ago_ms));

        let config = config(100.0, 10.0);
        let learn = |acts: &[Act]| {
            let mut visit = Visit::new(&config, 1, &story.rows).acts(acts);
            visit.order(&story.list, &[]);
            let why = |row: &reshelf::engine::catalog::ItemRow| {
                visit.session.explain("list", &row.id).expect("it was ordered").score
            };
            story.rows.iter().map(why).collect::<Vec<f64>>()
        };
        for (a, b) in learn(&late).into_iter().zip(learn(&in_order)) {
            prop_assert!((a - b).abs() < 1e-4, "{a} or {b}");
        }
    }

    /// Read from its own moment on, one moment's evidence only fades. (Evidence
    /// of several moments may not: forgetting a dislike raises a liking.)
    #[test]
    fn what_was_learned_at_one_moment_only_fades(
        story in story(), minutes in prop::collection::vec(0u32..200_000, 1..8),
    ) {
        let acts: Vec<Act> =
            story.acts.iter().map(|act| Act { ago_ms: 0.0, ..*act }).collect();
        let mut visit = Visit::new(&config(50.0, 3.0), 1, &story.rows).acts(&acts);
        let mut minutes = minutes;
        minutes.sort_unstable();
        let mut before = visit.session.profile(millis(NOW));
        for minute in minutes {
            let after = visit.session.profile(millis(NOW + f64::from(minute) * MINUTE));
            let (was, is) = (interests(&before), interests(&after));
            for (interest, score) in &is {
                // One that was beyond the longest list may come into view.
                if let Some(earlier) = was.get(interest) {
                    prop_assert!(score <= &(earlier + 1e-6), "{interest:?}: {earlier}, then {score}");
                }
            }
            before = after;
        }
    }

    #[test]
    fn the_profile_is_made_of_finite_numbers_in_range(
        story in story(), config in configuration(), later in 0.0..4000.0,
    ) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        for now in [NOW, NOW + later * DAY, NOW - later * DAY] {
            let profile = visit.session.profile(millis(now));
            for interest in &profile.interests {
                prop_assert!((0.0..=1.0).contains(&interest.score), "{interest:?}");
                prop_assert!((0.0..=1.0).contains(&interest.share), "{interest:?}");
            }
            let falls = |pair: &[reshelf::engine::report::Interest]| pair[0].score >= pair[1].score - 1e-6;
            prop_assert!(profile.interests.windows(2).all(falls));
            let unique: std::collections::BTreeSet<_> = profile.recently_viewed.iter().collect();
            prop_assert_eq!(unique.len(), profile.recently_viewed.len());
        }
    }

    #[test]
    fn a_paused_engine_learns_nothing(story in story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows);
        visit.session.set_paused(true);
        let blank = visit.told();
        let mut visit = visit.acts(&story.acts);
        prop_assert_eq!(visit.told(), blank);
    }

    #[test]
    fn a_forgetful_engine_is_a_new_one(story in story(), config in configuration()) {
        let drawer = Drawer::default();
        let mut visit = Visit::new(&config, 1, &story.rows);
        let blank = visit.told();
        visit.session.attach(drawer.vault());
        let mut visit = visit.acts(&story.acts);
        visit.session.save();
        prop_assert_eq!(visit.session.forget(), Ok(()));
        prop_assert_eq!(visit.told(), blank);
        prop_assert!(drawer.values.borrow().is_empty());
        prop_assert!(visit.session.explain("list", "i0").is_none());
    }

    /// An event about an item whose row comes later counts the same.
    #[test]
    fn rows_may_come_after_the_events(story in tidy_story()) {
        let config = config(80.0, 10.0);
        let acts: Vec<Act> =
            story.acts.iter().filter(|act| act.item < story.rows.len()).copied().collect();
        let mut early = Visit::new(&config, 1, &story.rows).acts(&acts);

        let mut late = Visit::new(&config, 1, &[]);
        late.items = story
            .rows
            .iter()
            .map(|row| late.session.item(&row.id).expect("within limits"))
            .collect();
        let mut late = late.acts(&acts);
        for row in &story.rows {
            late.session.add_item(row);
        }
        let scores = |visit: &mut Visit| -> Vec<f64> {
            visit.order(&story.list, &[]);
            let score = |row: &reshelf::engine::catalog::ItemRow| {
                visit.session.explain("list", &row.id).expect("it was ordered").score
            };
            story.rows.iter().map(score).collect()
        };
        for (a, b) in scores(&mut early).into_iter().zip(scores(&mut late)) {
            prop_assert!((a - b).abs() < 1e-4, "{a} or {b}");
        }
    }
}

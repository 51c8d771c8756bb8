//! What is true of every order of a list.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::event::EventKind;

/// Places guarded by the promotion quota.
const WINDOW: usize = 10;

fn identity(len: usize) -> Vec<u32> {
    (0..len as u32).collect()
}

fn is_permutation(order: &[u32]) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted == identity(order.len())
}

/// Entries of the first ten places that the merchant has below the tenth.
fn promoted(order: &[u32]) -> usize {
    order.iter().take(WINDOW).filter(|place| **place as usize >= WINDOW).count()
}

fn pins() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(prop::bool::weighted(0.2), 0..70)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn an_order_shows_everything_once(
        story in story(), config in configuration(), fixed in pins()
    ) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &fixed);
        prop_assert!(is_permutation(&order), "{order:?}");
        prop_assert_eq!(order.len(), story.list.len());
    }

    #[test]
    fn any_number_is_a_handle(
        story in story(), config in configuration(),
        handles in prop::collection::vec(any::<u32>(), 0..40), words in any::<Option<u32>>(),
    ) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.session.order(words, &handles, &[], words, millis(NOW));
        prop_assert!(is_permutation(&order), "{order:?}");
    }

    #[test]
    fn strength_zero_is_the_merchants_order(story in story(), fixed in pins()) {
        let mut visit = Visit::new(&config(0.0, 10.0), 1, &story.rows).acts(&story.acts);
        prop_assert_eq!(visit.order(&story.list, &fixed), identity(story.list.len()));
    }

    #[test]
    fn nothing_learned_is_the_merchants_order(story in story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows);
        prop_assert_eq!(visit.order(&story.list, &[]), identity(story.list.len()));
    }

    #[test]
    fn being_shown_something_teaches_nothing_about_lists(
        story in story(), config in configuration()
    ) {
        let shown = [EventKind::Impression, EventKind::SectionView, EventKind::BannerView];
        let acts: Vec<Act> =
            story.acts.iter().map(|act| Act { kind: shown[act.item % 3], ..*act }).collect();
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&acts);
        prop_assert_eq!(visit.order(&story.list, &[]), identity(story.list.len()));
    }

    #[test]
    fn what_is_pinned_or_unknown_keeps_its_place(
        story in story(), config in configuration(), fixed in pins()
    ) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &fixed);
        for (place, index) in story.list.iter().enumerate() {
            let pinned = fixed.get(place).copied().unwrap_or(false);
            if pinned || *index >= story.rows.len() {
                prop_assert_eq!(order[place] as usize, place);
            }
        }
    }

    #[test]
    fn at_most_the_quota_enters_the_first_ten(
        story in tidy_story(), quota in 0usize..=12, fixed in pins()
    ) {
        let config = config(100.0, quota as f64);
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &fixed);
        prop_assert!(promoted(&order) <= quota, "{} of {order:?}", promoted(&order));
    }

    #[test]
    fn of_two_copies_the_merchants_first_stays_first(
        story in story(), config in configuration()
    ) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let order = visit.order(&story.list, &[]);
        for (at, later) in order.iter().enumerate() {
            for earlier in &order[..at] {
                let same = story.list[*earlier as usize] == story.list[*later as usize];
                prop_assert!(!same || earlier < later, "{order:?} of {:?}", story.list);
            }
        }
    }

    /// What was asked before, for whichever list or search, is no evidence.
    #[test]
    fn other_lists_change_nothing(
        story in searches(), config in configuration(), words in words(), before in words(),
    ) {
        let mut visit = searched(&story, &config);
        let mut asked = searched(&story, &config);
        asked.search(&story.list, &[], before);
        asked.order(&[0, 0], &[true]);
        prop_assert_eq!(
            asked.search(&story.list, &[], words), visit.search(&story.list, &[], words)
        );
    }

    /// Nor does an order miss what happened since the last one.
    #[test]
    fn orders_in_between_change_nothing(story in story(), config in configuration()) {
        let mut asked = Visit::new(&config, 1, &story.rows);
        for act in &story.acts {
            asked.order(&story.list, &[]);
            asked.act(act);
        }
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        prop_assert_eq!(asked.order(&story.list, &[]), visit.order(&story.list, &[]));
    }

    #[test]
    fn asking_twice_gives_the_same_answer(story in story(), config in configuration()) {
        let mut visit = Visit::new(&config, 1, &story.rows).acts(&story.acts);
        let first = visit.order(&story.list, &[]);
        prop_assert_eq!(visit.order(&story.list, &[]), first);
    }
}

/// A list longer than any page's: an algorithm that grows with its square would
/// take hours here.
#[test]
fn a_hundred_thousand_items_are_ordered() {
    const ITEMS: usize = 100_000;
    let row = |index: usize| reshelf::engine::catalog::ItemRow {
        id: format!("i{index}"),
        category: vec!["Home".into(), format!("Shelf {}", index % 50)],
        ..Default::default()
    };
    let rows: Vec<_> = (0..ITEMS).map(row).collect();
    let liked = |nth: usize| Act {
        kind: EventKind::View,
        item: 49 + 50 * nth,
        ago_ms: 0.0,
        dwell_ms: None,
    };
    let acts: Vec<Act> = (0..20).map(liked).collect();
    let mut visit = Visit::new(&config(100.0, 3.0), 1, &rows).acts(&acts);
    let list: Vec<usize> = (0..ITEMS).collect();
    let order = visit.order(&list, &[]);
    assert!(is_permutation(&order));
    assert_eq!(promoted(&order), 3);
    assert!(
        order[..WINDOW].iter().filter(|place| **place % 50 == 49).count() == 3,
        "{:?}",
        &order[..20]
    );
}

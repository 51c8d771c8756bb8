//! A page that has loaded an artifact: what is true of its orders whatever the shop.

use crate::shop::{Shop, corpus, roomy};
use proptest::prelude::*;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::time::Millis;
use reshelf::engine::{Config, Session};

const ITEMS: u32 = 60;
const NOW: f64 = 1_767_268_800_000.0;

fn row(item: u32) -> ItemRow {
    let category = vec![format!("aisle {}", item / 12)];
    ItemRow { id: format!("sku-{item}"), category, ..ItemRow::default() }
}

fn look(session: &mut Session, item: u32, second: u32) {
    let at = Millis::from_js(NOW + 1_000.0 * f64::from(second));
    let subject = session.item(&format!("sku-{item}"));
    let view = Event { kind: EventKind::View, subject, at, dwell_ms: None, placement: None };
    session.track(view, at);
}

fn page(seed: u64, quota: f64, strength: f64) -> Session {
    let bytes = Shop::new(corpus(u64::from(ITEMS), 200, seed)).pack(roomy(1), Mix::default());
    let config = Config { quota, strength, ..Config::default() };
    let mut session = Session::new(config, DocumentId(1));
    session.load_artifact(bytes).unwrap();
    session
}

fn now() -> Millis {
    Millis::from_js(NOW + 60_000.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// With the graph score in it, an explanation still adds up, and still is the
    /// whole story where no quota is in the way.
    #[test]
    fn explanations_add_up_to_the_order(
        seed in 0..200u64, strength in 1.0..=100.0,
        looked in prop::collection::vec(0..ITEMS, 1..8),
        list in Just((0..ITEMS).collect::<Vec<u32>>()).prop_shuffle(),
    ) {
        let mut session = page(seed, 10.0, strength);
        let items: Vec<u32> =
            list.iter().map(|item| session.add_item(&row(*item)).unwrap()).collect();
        looked.iter().zip(0..).for_each(|(item, second)| look(&mut session, *item, second));
        let placement = session.symbol("list");
        let order = session.order(placement, &items, &[], None, now());
        let mut last = f64::INFINITY;
        for place in order {
            let why = session.explain("list", &row(list[place as usize]).id).unwrap();
            let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
            prop_assert!((sum - why.score).abs() < 1e-9);
            prop_assert!(why.score < last + 1e-5, "{why:?}");
            last = why.score;
        }
    }

    /// What was looked at on a page that knew the item counts on one that knows only
    /// others, because an artifact is found by the ledger's keys.
    #[test]
    fn items_of_other_pages_count(seed in 0..50u64, looked in 0..ITEMS) {
        let mut before = page(seed, 10.0, 50.0);
        look(&mut before, looked, 0);
        let journal = before.journals();
        let mut after = page(seed, 10.0, 50.0);
        let others = (0..ITEMS).filter(|item| *item != looked);
        let items: Vec<u32> = others.map(|item| after.add_item(&row(item)).unwrap()).collect();
        let mut both = page(seed, 10.0, 50.0);
        let same: Vec<u32> = (0..ITEMS).map(|item| both.add_item(&row(item)).unwrap()).collect();
        look(&mut both, looked, 0);
        let lines: Vec<&str> = std::iter::once("reshelf.shop.j.0").chain(journal.iter().map(String::as_str)).collect();
        after.take_in(&lines);
        let graph = |session: &mut Session, items: &[u32]| -> Vec<(u32, f64)> {
            let placement = session.symbol("list");
            session.order(placement, items, &[], None, now());
            let value = |item: u32| {
                let why = session.explain("list", &row(item).id)?;
                let part = why.contributions.iter().find(|part| part.code == "graph")?;
                Some((item, part.value))
            };
            (0..ITEMS).filter_map(value).collect()
        };
        let apart = graph(&mut after, &items);
        prop_assert_eq!(&apart, &graph(&mut both, &same));
        // All but items that nobody looked at together with another.
        let alone = Shop::new(corpus(u64::from(ITEMS), 200, seed)).pairs.iter().all(|pair| pair.from != looked);
        prop_assert_eq!(apart.is_empty(), alone);
    }
}

#[test]
fn a_file_that_cannot_be_used_changes_nothing() {
    let mut session = page(1, 10.0, 50.0);
    let items: Vec<u32> = (0..ITEMS).map(|item| session.add_item(&row(item)).unwrap()).collect();
    look(&mut session, 40, 0);
    let order = session.order(None, &items, &[], None, now());
    assert!(session.load_artifact(vec![1, 2, 3]).is_err());
    assert_eq!(session.order(None, &items, &[], None, now()), order);
    let untrained = {
        let mut session = Session::new(Config { quota: 10.0, ..Config::default() }, DocumentId(1));
        let items: Vec<u32> =
            (0..ITEMS).map(|item| session.add_item(&row(item)).unwrap()).collect();
        look(&mut session, 40, 0);
        session.order(None, &items, &[], None, now())
    };
    assert_ne!(order, untrained);
}

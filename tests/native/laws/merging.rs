//! What is true of many documents' journals: their union has no order.

use crate::shop::*;
use proptest::prelude::*;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::codec::{self, Record};
use reshelf::engine::journal::{DocumentId, Journal};
use reshelf::engine::ledger::Ledger;
use std::collections::BTreeMap;

/// A catalogue and what some documents saw of it.
fn library() -> impl Strategy<Value = (Vec<ItemRow>, Vec<Vec<Act>>)> {
    catalogue(12).prop_flat_map(|rows| {
        let count = rows.len();
        (Just(rows), prop::collection::vec(acts(count, 10), 1..6))
    })
}

/// What each document left in storage, one state after the other.
fn copies(rows: &[ItemRow], documents: &[Vec<Act>]) -> Vec<(DocumentId, Journal)> {
    let mut copies = Vec::new();
    for (name, acts) in documents.iter().enumerate() {
        let drawer = Drawer::default();
        let mut visit = Visit::new(&config(50.0, 3.0), name as u64 + 2, rows);
        visit.session.attach(drawer.vault());
        for act in acts {
            visit.act(act);
            visit.session.save();
            for text in drawer.values.borrow().values() {
                if let Ok((_, Record::Journal(id, journal))) = codec::decode(text) {
                    copies.push((id, journal));
                }
            }
        }
    }
    copies
}

/// The union, as the bytes of all its journals.
fn union<'a>(copies: impl IntoIterator<Item = &'a (DocumentId, Journal)>) -> Vec<String> {
    let mut ledger = Ledger::new(DocumentId(1));
    for (id, journal) in copies {
        ledger.merge(*id, journal.clone());
    }
    ledger
        .journals()
        .into_iter()
        .map(|(id, journal)| codec::encode_journal(0, id, journal))
        .collect()
}

/// Loads a drawer into a new document and tells what it then knows.
fn read(drawer: &Drawer, rows: &[ItemRow], list: &[usize]) -> (String, Vec<u32>) {
    let mut visit = Visit::new(&config(100.0, 10.0), 1, rows);
    visit.session.attach(drawer.vault());
    let order = visit.order(list, &[]);
    (visit.told(), order)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn merging_has_no_order_and_no_repetition(
        (rows, documents) in library(), seed in any::<u64>(), cut in any::<prop::sample::Index>(),
    ) {
        let copies = copies(&rows, &documents);
        let once = union(&copies);
        let newest: BTreeMap<_, _> = copies.iter().cloned().collect();
        prop_assert_eq!(&union(&newest.into_iter().collect::<Vec<_>>()), &once, "old copies count");
        let mut mixed = copies.clone();
        // Any order that depends on the seed.
        mixed.sort_by_key(|(id, journal)| {
            (id.0 << 32 | u64::from(journal.sequence)).wrapping_mul(seed | 1).rotate_left(29)
        });
        prop_assert_eq!(&union(&mixed), &once, "it is not commutative");
        prop_assert_eq!(&union(copies.iter().chain(&mixed)), &once, "it is not idempotent");
        // Grouped differently: the union of a part is merged with the rest.
        let (left, right) = mixed.split_at(cut.index(mixed.len() + 1));
        let grouped = union(left).into_iter().chain(union(right)).map(|text| {
            match codec::decode(&text) {
                Ok((_, Record::Journal(id, journal))) => (id, journal),
                other => panic!("{other:?}"),
            }
        });
        prop_assert_eq!(&union(&grouped.collect::<Vec<_>>()), &once, "it is not associative");
    }

    #[test]
    fn the_profile_does_not_depend_on_the_order_of_loading(
        (rows, documents) in library(), listing in any::<u64>(),
    ) {
        let drawer = Drawer::default();
        for (name, acts) in documents.iter().enumerate() {
            let mut visit = Visit::new(&config(50.0, 3.0), name as u64 + 2, &rows).acts(acts);
            visit.session.attach(drawer.vault());
        }
        let list: Vec<usize> = (0..rows.len()).collect();
        prop_assert_eq!(read(&drawer.copy(0), &rows, &list), read(&drawer.copy(listing), &rows, &list));
    }

    /// The tabs of one shopper, taking turns, know together what one tab would.
    #[test]
    fn a_history_may_be_cut_into_documents_anywhere(
        (rows, documents) in library(), listing in any::<u64>(),
    ) {
        let list: Vec<usize> = (0..rows.len()).collect();
        // A look's weight depends on the whole dwell in one document.
        let act = |act: &Act| {
            let kind = reshelf::engine::event::EventKind::AddToCart;
            Act { kind, dwell_ms: None, ..*act }
        };
        let documents: Vec<Vec<Act>> =
            documents.iter().map(|acts| acts.iter().map(act).collect()).collect();
        let drawer = Drawer { listing, ..Drawer::default() };
        for (name, acts) in documents.iter().enumerate() {
            let mut visit = Visit::new(&config(50.0, 3.0), name as u64 + 2, &rows).acts(acts);
            visit.session.attach(drawer.vault());
        }
        let mut many = Visit::new(&config(100.0, 10.0), 1, &rows);
        many.session.attach(drawer.vault());
        let mut one = Visit::new(&config(100.0, 10.0), 1, &rows).acts(&documents.concat());
        let scores = |visit: &mut Visit| -> Vec<f64> {
            visit.order(&list, &[]);
            let score = |row: &ItemRow| visit.session.explain("list", &row.id).expect("ordered").score;
            rows.iter().map(score).collect()
        };
        for (a, b) in scores(&mut many).into_iter().zip(scores(&mut one)) {
            prop_assert!((a - b).abs() < 1e-4, "{a} or {b}");
        }
        let now = millis(NOW);
        prop_assert_eq!(many.session.profile(now).events, one.session.profile(now).events);
    }

    #[test]
    fn what_is_written_is_what_is_read((rows, documents) in library(), epoch in any::<u32>()) {
        for (id, journal) in copies(&rows, &documents) {
            let text = codec::encode_journal(epoch, id, &journal);
            prop_assert_eq!(codec::decode(&text), Ok((epoch, Record::Journal(id, journal))));
        }
    }
}

//! After an erasure: pages that were open then are not believed until it is over.

use super::mirroring::Mirror;
use super::*;
use reshelf::engine::compaction::Crowd;

/// A page that nobody has met: it writes in an epoch of its own.
fn stranger(shelf: &Shelf, page: u64) -> Page {
    let mut ledger = Ledger::new(DocumentId(page << 16));
    let mut vault = Vault::new(Box::new(shelf.clone()), "shop", 99);
    vault.load(&mut ledger);
    Page { ledger, vault }
}

/// A page that erased while page 1 was open.
fn eraser(shelf: &Shelf) -> Page {
    let mut eraser = Page::open(shelf, 2);
    eraser.erase();
    eraser.vault.distrust(vec![DocumentId(1 << 16)]);
    eraser
}

#[test]
fn what_a_late_page_writes_is_removed_in_whatever_epoch() {
    let shelf = Shelf::default();
    let mut late = stranger(&shelf, 1);
    let mut eraser = eraser(&shelf);
    assert_eq!(late.act(1, 10), Saved::Yes);
    assert_eq!(stranger(&shelf, 3).act(2, 10), Saved::Yes);
    assert_eq!(eraser.act(3, 10), Saved::Yes);
    assert_eq!(eraser.compact(&[1, 3]), Saved::Yes);
    assert_eq!((acts(&shelf), Page::open(&shelf, 9).sum(1)), (2, 0.0));
    let told = eraser.vault.take_out();
    let is_removed = |(key, text): &(String, Option<String>)| {
        key == "reshelf.shop.j.0000000000010000" && text.is_none()
    };
    assert!(told.iter().any(is_removed), "{told:?}");
    // By that it learns of it.
    assert_eq!(late.act(1, 10), Saved::Erased);
}

#[test]
fn what_a_late_page_gave_to_the_mirror_does_not_come_back() {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    let mut late = stranger(&shelf, 1);
    late.act(1, 10);
    mirror.take(&mut late);
    shelf.values.borrow_mut().clear();
    let mut eraser = eraser(&shelf);
    mirror.give(&mut eraser);
    assert_eq!(eraser.ledger.acts(), 0);
    mirror.take(&mut eraser);
    assert_eq!(mirror.0.len(), 0);
}

/// Somebody who came later moved it before the sweep.
#[test]
fn what_a_late_page_wrote_is_taken_out_of_a_snapshot() {
    let shelf = Shelf::default();
    let mut late = stranger(&shelf, 1);
    let mut eraser = eraser(&shelf);
    late.act(1, 10);
    let mut other = stranger(&shelf, 3);
    other.act(2, 10);
    other.vault.finish(&mut other.ledger);
    assert_eq!(other.compact(&[]), Saved::Yes);
    assert_eq!(other.vault.crowd(), Crowd::None);
    assert_eq!(eraser.compact(&[3]), Saved::Yes);
    let found = Page::open(&shelf, 9);
    assert_eq!((found.ledger.acts(), found.sum(1), found.sum(2)), (1, 0.0, 1.0));
}

#[test]
fn when_it_is_over_every_page_is_believed() {
    let shelf = Shelf::default();
    let mut eraser = eraser(&shelf);
    eraser.vault.trust();
    // A late page handed the name of the epoch on that was erased.
    assert_eq!(Page::open(&shelf, 1).act(1, 10), Saved::Yes);
    assert_eq!(eraser.act(2, 10), Saved::Yes);
    assert_eq!(eraser.compact(&[]), Saved::Yes);
    assert_eq!(acts(&shelf), 2);
}

/// The next name is none of those that were erased, however often.
#[test]
fn an_epoch_is_never_used_again() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    for round in 1..20 {
        assert_eq!(page.act(1, 10), Saved::Yes);
        assert_eq!(page.compact(&[]), Saved::Yes);
        assert_eq!(acts(&shelf), 1, "round {round}");
        page.erase();
    }
}

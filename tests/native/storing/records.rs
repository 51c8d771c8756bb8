//! Records written, read, shed and erased.

use super::*;
use reshelf::engine::codec::{Meta, Record};
use reshelf::engine::compaction::Crowd;
use reshelf::engine::room::LARGEST_STORE;

#[test]
fn what_was_saved_is_loaded_by_the_next_page() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    visit(&shelf, 2, 11);
    assert_eq!(acts(&shelf), 2);
    assert_eq!(
        shelf.keys(),
        ["reshelf.shop.j.0000000000010000", "reshelf.shop.j.0000000000020000"]
    );
}

#[test]
fn what_did_not_change_is_not_written() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    page.act(1, 10);
    shelf.room.set(Some(0));
    assert_eq!(page.vault.save(&mut page.ledger), Saved::Yes);
    assert_eq!(page.act(1, 10), Saved::Refused);
}

#[test]
fn erasing_leaves_nothing_of_ours_and_all_of_others() {
    let shelf = Shelf::default();
    let foreign = ["cart", "reshelf.shop.b.m", "reshelf.shop.j.xyz", "reshelf.shop.jpg"];
    foreign.iter().for_each(|key| shelf.set(key, "x").unwrap());
    shelf.set("reshelf.shop.j.00000000000000aa", "damaged").unwrap();
    let mut page = Page::open(&shelf, 1);
    page.act(1, 10);
    page.vault.save_meta(Meta { paused: true });
    page.ledger.begin_next();
    page.compact(&[]);
    assert_eq!(page.vault.erase(), Ok(()));
    assert_eq!(shelf.keys(), foreign);
}

#[test]
fn a_late_page_neither_writes_nor_counts_after_an_erasure() {
    let shelf = Shelf::default();
    let (mut late, mut eraser) = (Page::open(&shelf, 1), Page::open(&shelf, 2));
    late.act(1, 10);
    eraser.erase();
    assert_eq!(late.act(1, 10), Saved::Erased);
    assert_eq!(shelf.keys(), [""; 0]);
}

/// It read what was erased, and did not write anything itself.
#[test]
fn a_page_that_only_read_notices_an_erasure_too() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let (mut reader, mut eraser) = (Page::open(&shelf, 2), Page::open(&shelf, 3));
    eraser.erase();
    assert_eq!(reader.act(1, 10), Saved::Erased);
}

/// It wrote between the erasure and the moment it could have known of it.
#[test]
fn what_is_written_too_late_is_swept() {
    let shelf = Shelf::default();
    let (mut late, mut eraser) = (Page::open(&shelf, 1), Page::open(&shelf, 2));
    late.act(1, 10);
    let stale = shelf.values.borrow().clone();
    eraser.erase();
    shelf.values.borrow_mut().extend(stale);
    assert_eq!(eraser.act(2, 10), Saved::Yes);
    eraser.compact(&[1]);
    assert_eq!(acts(&shelf), 1);
    assert_eq!(late.act(1, 10), Saved::Erased);
    assert_eq!(acts(&shelf), 1);
}

/// The same, and somebody who did not know moved it into a snapshot.
#[test]
fn what_is_written_too_late_is_swept_out_of_a_snapshot() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut eraser = Page::open(&shelf, 2);
    let stale = shelf.values.borrow().clone();
    eraser.erase();
    shelf.values.borrow_mut().extend(stale);
    let mut other = Page::open(&shelf, 3);
    other.act(2, 10);
    other.compact(&[]);
    eraser.compact(&[3]);
    assert_eq!(Page::open(&shelf, 9).sum(1), 0.0);
    // The other page had read what was to be forgotten, so it forgets as well.
    assert_eq!(other.act(2, 10), Saved::Erased);
    assert_eq!(shelf.keys(), [""; 0]);
}

#[test]
fn its_own_removal_is_told_apart_from_a_move() {
    let shelf = Shelf::default();
    let (mut moved, mut mover) = (Page::open(&shelf, 1), Page::open(&shelf, 2));
    let key = "reshelf.shop.j.0000000000010000";
    moved.act(1, 10);
    mover.compact(&[]);
    assert!(!moved.vault.was_erased(key, &mut moved.ledger));
    // Written again before the page learns of the removal.
    assert_eq!(moved.act(1, 10), Saved::Yes);
    assert!(!moved.vault.was_erased(key, &mut moved.ledger));
    assert_eq!(acts(&shelf), 2);
    mover.vault.erase().unwrap();
    shelf.set(key, "written too late").unwrap();
    assert!(moved.vault.was_erased(key, &mut moved.ledger));
    assert_eq!(shelf.keys(), [""; 0]);
}

#[test]
fn a_full_store_gives_up_its_own_oldest_journal() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut old = Page::open(&shelf, 2);
    (0..8).for_each(|key| assert_eq!(old.act(key, 9), Saved::Yes));
    shelf.set("cart", "the shop's").unwrap();
    shelf.room.set(Some(shelf.values.borrow().values().map(String::len).sum()));
    visit(&shelf, 3, 11);
    assert_eq!(acts(&shelf), 10);
    let sums = |key| Page::open(&shelf, 4).sum(key);
    assert_eq!([sums(0), sums(7), sums(1)], [0.0, 1.0, 2.0]);
    assert_eq!(shelf.get("cart"), Ok(Some("the shop's".into())));
    shelf.room.set(Some(10));
    assert_eq!(Page::open(&shelf, 4).act(1, 11), Saved::Refused);
}

#[test]
fn the_store_stays_below_its_cap() {
    let shelf = Shelf::default();
    for page in 1..1_000 {
        visit(&shelf, page, page as u32);
        assert!(shelf.size() <= LARGEST_STORE, "{}", shelf.size());
    }
}

/// A shopper's pages of some months; the simulation opens ten thousand.
#[test]
fn many_pages_take_no_more_room_than_a_few() {
    let shelf = Shelf::default();
    for number in 1..=1_000 {
        let mut page = Page::open(&shelf, number);
        for key in 0..4 {
            page.act(number as u32 % 300 * 4 + key, number as u32 / 30);
        }
        if page.vault.crowd() > Crowd::None {
            assert_eq!(page.compact(&[]), Saved::Yes);
        }
        assert!(shelf.size() < 24 * 1024, "{}", shelf.size());
    }
    assert_eq!(acts(&shelf), 4_000);
}

#[test]
fn storage_that_lies_is_not_believed() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    shelf.forgetful.set(true);
    assert_eq!(page.act(1, 10), Saved::Refused);
    assert_eq!(page.act(1, 10), Saved::Refused);
    shelf.forgetful.set(false);
    assert_eq!(page.act(1, 10), Saved::Yes);
    assert_eq!(acts(&shelf), 3);
}

#[test]
fn a_damaged_record_goes_to_quarantine_and_the_rest_is_read() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let key = "reshelf.shop.j.00000000000000aa";
    shelf.set(key, &"not ours 🕯️".repeat(10_000)).unwrap();
    let page = Page::open(&shelf, 2);
    assert_eq!(page.ledger.acts(), 1);
    assert_eq!(page.vault.unreadable(), [key]);
    assert_eq!(shelf.keys(), ["reshelf.shop.j.0000000000010000", "reshelf.shop.q"]);
    assert!(shelf.get("reshelf.shop.q").unwrap().unwrap().len() <= 4 * 1024);
    assert_eq!(Page::open(&shelf, 3).vault.unreadable(), [""; 0]);
}

#[test]
fn beside_a_later_release_only_the_own_journal_is_written() {
    let shelf = Shelf::default();
    for page in 1..8 {
        visit(&shelf, page, 10);
    }
    shelf.set("reshelf.shop.s.00000000000000aa", &of_a_later_release()).unwrap();
    let before = shelf.values.borrow().clone();
    let mut page = Page::open(&shelf, 9);
    assert_eq!(page.act(1, 10), Saved::Yes);
    assert_eq!(page.compact(&[]), Saved::Refused);
    let mut after = shelf.values.borrow().clone();
    assert!(after.remove("reshelf.shop.j.0000000000090000").is_some());
    assert_eq!(after, before);
    page.vault.erase().unwrap();
    assert_eq!(shelf.keys(), [""; 0], "the shopper's word counts");
}

/// The later release was withdrawn, and its record stays for ever.
#[test]
fn beside_a_later_release_the_store_stays_below_its_cap() {
    let shelf = Shelf::default();
    let key = "reshelf.shop.s.00000000000000aa";
    shelf.set(key, &of_a_later_release()).unwrap();
    for page in 1..600 {
        visit(&shelf, page, page as u32);
        assert!(shelf.size() <= LARGEST_STORE, "{}", shelf.size());
    }
    assert_eq!(shelf.get(key), Ok(Some(of_a_later_release())));
}

/// What a store may hold that another release or an attacker wrote.
#[test]
fn a_journal_under_two_keys_counts_once() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let text = shelf.get("reshelf.shop.j.0000000000010000").unwrap().unwrap();
    shelf.set("reshelf.shop.j.0000000000020000", &text).unwrap();
    shelf.set("reshelf.shop.s.0000000000020000", &text).unwrap();
    assert!(matches!(codec::decode(&text), Ok((_, Record::Journal(..)))));
    assert_eq!(acts(&shelf), 1);
}

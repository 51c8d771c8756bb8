//! The cap of a store: how much is shed, of whom, and when pages get by with less.

use super::*;
use reshelf::engine::codec::LONGEST_TEXT;
use reshelf::engine::compaction::Crowd;
use reshelf::engine::journal::{FULL_CELLS, Journal};
use reshelf::engine::room::LARGEST_STORE;
use reshelf::engine::time::Day;

/// What a load leaves: below the cap by one record of the largest size and its key.
const LEFT: usize = LARGEST_STORE - LONGEST_TEXT - 96;

/// Puts the journal of a closed page there: so many cells of a day.
fn put(shelf: &Shelf, page: u64, day: u32, cells: u32) {
    let cells = (0..cells).map(|key| (Day(day), FeatureKey(0x1000_0000 | key), [1.0; 3]));
    let id = DocumentId(page << 16);
    let text = codec::encode_journal(7, id, &Journal::restored(1, 1, cells));
    shelf.set(&format!("reshelf.shop.j.{:016x}", id.0), &text).unwrap();
}

/// Journals of 250 characters and their keys, on days from 100 on, until they
/// take so much.
fn fill(shelf: &Shelf, size: usize) {
    for page in 10.. {
        if shelf.size() > size {
            break;
        }
        put(shelf, page, 90 + page as u32, 7);
    }
}

/// Size of all journals, and the days of those of closed pages.
fn journals(shelf: &Shelf) -> (usize, Vec<u64>) {
    let mut values = shelf.values.borrow().clone();
    values.retain(|key, _| key.contains(".j."));
    let page = |key: &String| u64::from_str_radix(&key[key.len() - 16..], 16).unwrap() >> 16;
    let size = values.iter().map(|(key, text)| key.len() + text.len()).sum();
    (size, values.keys().map(page).filter(|page| *page >= 10).map(|page| page + 90).collect())
}

#[test]
fn a_load_sheds_the_oldest_until_one_more_record_fits() {
    let shelf = Shelf::default();
    fill(&shelf, LEFT + 2_000);
    let (before, days) = journals(&shelf);
    Page::open(&shelf, 1);
    let (after, left) = journals(&shelf);
    assert!(after <= LEFT, "{after} of {before}");
    assert!(after > LEFT - 300, "{after}: no more than needed");
    assert_eq!(left, days[days.len() - left.len()..], "the oldest go");
    assert!(days.len() - left.len() > 5);
    // The word of it may take the room of one more, and then it is over.
    Page::open(&shelf, 1);
    let settled = journals(&shelf);
    assert!(left.len() - settled.1.len() <= 1);
    Page::open(&shelf, 1);
    assert_eq!(journals(&shelf), settled);
}

/// Where room is scarce, a page goes on with one journal, and it is never the one
/// to go, however old what it says.
#[test]
fn a_page_in_a_full_store_keeps_to_one_journal() {
    let shelf = Shelf::default();
    fill(&shelf, LEFT - 300);
    let mut page = Page::open(&shelf, 1);
    let first = page.ledger.id();
    for key in 0..FULL_CELLS as u32 {
        assert_eq!(page.act(key, 3), Saved::Yes);
    }
    assert_eq!(page.ledger.id(), first);
    assert!(shelf.keys().contains(&"reshelf.shop.j.0000000000010000".to_owned()));
    assert!(journals(&shelf).0 <= LEFT, "{}", journals(&shelf).0);
    assert!(journals(&shelf).1.first() > Some(&100), "others went instead");
}

#[test]
fn a_page_in_a_half_empty_store_begins_another_journal() {
    let shelf = Shelf::default();
    fill(&shelf, LARGEST_STORE / 2 - 3_000);
    let mut page = Page::open(&shelf, 1);
    let first = page.ledger.id();
    for key in 0..FULL_CELLS as u32 {
        page.act(key, 3);
    }
    assert_eq!(page.ledger.id(), first.next());
}

#[test]
fn a_third_of_the_cap_is_worth_a_compaction_at_once() {
    let shelf = Shelf::default();
    put(&shelf, 10, 100, 500);
    assert_eq!(Page::open(&shelf, 1).vault.crowd(), Crowd::None);
    put(&shelf, 11, 100, 500);
    assert!(shelf.size() > LARGEST_STORE / 3);
    assert_eq!(Page::open(&shelf, 1).vault.crowd(), Crowd::TooMany);
}

/// Firefox refuses writes for want of room that it has.
#[test]
fn nothing_of_today_and_nothing_of_its_own_is_given_up() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    page.act(1, 9);
    visit(&shelf, 2, 11);
    let before = shelf.values.borrow().clone();
    shelf.room.set(Some(0));
    assert_eq!(page.act(1, 11), Saved::Refused);
    assert_eq!(*shelf.values.borrow(), before);
    // Beside a later release nothing is given up at all.
    shelf.room.set(None);
    visit(&shelf, 3, 10);
    shelf.set("reshelf.shop.s.00000000000000aa", &of_a_later_release()).unwrap();
    let before = shelf.values.borrow().clone();
    shelf.room.set(Some(0));
    assert_eq!(page.act(1, 11), Saved::Refused);
    assert_eq!(*shelf.values.borrow(), before);
}

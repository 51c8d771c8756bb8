//! The cap of a store: how much is shed, of whom, and when pages get by with less.

use super::*;
use reshelf::engine::codec::{LONGEST_TEXT, Record};
use reshelf::engine::compaction::Crowd;
use reshelf::engine::journal::{FULL_CELLS, Journal, SCARCE_CELLS};
use reshelf::engine::room::LARGEST_STORE;
use reshelf::engine::time::Day;

/// What a load leaves: below the cap by one record of the largest size, its key,
/// what cannot be seen yet, and what the page will write.
const LEFT: usize = LARGEST_STORE - LONGEST_TEXT - 96 - 4 * 1024 - 1_200;

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

/// Days of the journals of closed pages that still have all seven cells, and of
/// those that were left one.
fn days(shelf: &Shelf) -> [Vec<u32>; 2] {
    let values = shelf.values.borrow();
    let mut days = [vec![], vec![]];
    for text in values.values() {
        if let Ok((_, Record::Journal(id, journal))) = codec::decode(text)
            && id.0 >> 16 >= 10
        {
            let day = journal.last_day().unwrap().0;
            match journal.len() {
                7 => days[0].push(day),
                1 => days[1].push(day),
                cells => panic!("{cells} cells"),
            }
        }
    }
    days
}

#[test]
fn a_load_gives_up_the_oldest_until_one_more_record_fits() {
    let shelf = Shelf::default();
    fill(&shelf, LEFT + 2_000);
    let [before, _] = days(&shelf);
    Page::open(&shelf, 1);
    assert!(shelf.size() <= LEFT, "{}", shelf.size());
    assert!(shelf.size() > LEFT - 300, "{}: no more than needed", shelf.size());
    let [whole, rest] = days(&shelf);
    assert_eq!([&rest[..], &whole].concat(), before, "the oldest go");
    assert!(rest.len() > 5);
    // Acts were counted all the same, and it is over then.
    assert_eq!(acts(&shelf) as usize, before.len());
    Page::open(&shelf, 1);
    assert_eq!(days(&shelf), [whole, rest]);
}

/// What was given up goes altogether when there is still no room a day later.
#[test]
fn what_is_left_of_a_journal_is_removed_before_a_newer_one_is_touched() {
    let shelf = Shelf::default();
    fill(&shelf, LEFT + 2_000);
    Page::open(&shelf, 1);
    let [whole, rest] = days(&shelf);
    put(&shelf, 9, 5_000, 25);
    Page::open(&shelf, 1);
    let [still_whole, still_rest] = days(&shelf);
    assert_eq!(still_whole, whole);
    assert_eq!(still_rest, rest[rest.len() - still_rest.len()..]);
    assert!(still_rest.len() < rest.len());
    assert!(shelf.size() <= LEFT + 1_200 && shelf.size() > LEFT - 300, "{}", shelf.size());
}

/// Want of room is no erasure: the page whose journal was given up is open still.
#[test]
fn a_page_puts_back_what_another_gave_up() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    for key in 100..109 {
        page.act(key, 99);
    }
    let key = "reshelf.shop.j.0000000000010000";
    let before = shelf.get(key).unwrap();
    fill(&shelf, LEFT + 200);
    let mut other = Page::open(&shelf, 2);
    assert!(shelf.get(key).unwrap().unwrap().len() < before.unwrap().len() / 2);
    assert!(other.vault.take_out().iter().any(|(given, text)| given == key && text.is_some()));
    assert_eq!(page.act(109, 99), Saved::Yes);
    assert_eq!(page.sum(103), 1.0);
    let written = shelf.get(key).unwrap().unwrap();
    let Ok((_, Record::Journal(_, journal))) = codec::decode(&written) else { panic!("{written}") };
    assert_eq!((journal.len(), journal.acts), (10, 10));
}

/// What is stored is worth more than what is still there to be stored: nothing of
/// today is given up for a page that begins, and it waits for a compaction.
#[test]
fn a_page_that_does_not_fit_waits_for_a_compaction() {
    let shelf = Shelf::default();
    for page in 10.. {
        if shelf.size() > LEFT + 1_200 - 50 {
            break;
        }
        put(&shelf, page, 100, 7);
    }
    let before = shelf.values.borrow().clone();
    let mut page = Page::open(&shelf, 1);
    assert_eq!(page.vault.crowd(), Crowd::TooMany);
    assert_eq!(page.act(1, 100), Saved::Refused);
    assert_eq!(page.act(1, 101), Saved::Yes, "a day later there is room");
    *shelf.values.borrow_mut() = before.clone();
    let mut page = Page::open(&shelf, 1);
    assert_eq!(page.act(1, 100), Saved::Refused);
    assert_eq!(*shelf.values.borrow(), before);
    assert_eq!(page.vault.take_out(), []);
    assert_eq!(page.compact(&[]), Saved::Yes);
    assert_eq!(page.act(1, 100), Saved::Yes);
    assert_eq!(acts(&shelf) as usize, before.len() + 2);
}

/// While room is scarce a page keeps to one journal, and lets go of what is weakest
/// there; afterwards it begins another.
#[test]
fn a_page_makes_do_with_less_while_room_is_scarce() {
    let shelf = Shelf::default();
    fill(&shelf, LARGEST_STORE / 2);
    let mut page = Page::open(&shelf, 1);
    let first = page.ledger.id();
    for key in 100..100 + FULL_CELLS as u32 {
        // Again and again, so that this one stays.
        page.act(99, 300);
        assert_eq!(page.act(key, 300), Saved::Yes);
        assert!(page.ledger.own().len() <= SCARCE_CELLS);
    }
    assert_eq!(page.ledger.id(), first);
    assert_eq!(page.ledger.own().acts, 2 * FULL_CELLS as u32);
    assert_eq!(page.sum(99), FULL_CELLS as f32);
    assert_eq!(Page::open(&shelf, 2).sum(99), page.sum(99));
    shelf.values.borrow_mut().retain(|key, _| key.ends_with(".j.0000000000010000"));
    let more = 1_000..1_000 + FULL_CELLS as u32;
    more.for_each(|key| assert_eq!(page.act(key, 300), Saved::Yes));
    assert_eq!(page.ledger.id(), first.next());
}

#[test]
fn a_page_in_a_half_empty_store_begins_another_journal() {
    let shelf = Shelf::default();
    fill(&shelf, LARGEST_STORE / 2 - 3_000);
    let mut page = Page::open(&shelf, 1);
    let first = page.ledger.id();
    for key in 0..FULL_CELLS as u32 {
        assert_eq!(page.ledger.id(), first);
        page.act(key, 3);
    }
    assert_eq!(page.ledger.id(), first.next());
    let journals = page.ledger.journals();
    let (_, finished) = journals.iter().find(|(id, _)| *id == first).unwrap();
    assert_eq!(finished.len(), FULL_CELLS);
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

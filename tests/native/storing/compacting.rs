//! Finished journals moved into snapshots and folded.

use super::*;
use reshelf::engine::codec::{LONGEST_TEXT, MOST_COVERS};
use reshelf::engine::compaction::Crowd;
use reshelf::engine::journal::{FULL_CELLS, Journal, MOST_CELLS};
use reshelf::engine::time::Day;

#[test]
fn a_full_journal_is_followed_by_the_next() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    for key in 0..FULL_CELLS as u32 * 3 {
        assert_eq!(page.act(key, 10), Saved::Yes);
    }
    assert_eq!(shelf.keys().len(), 3);
    assert!(shelf.values.borrow().values().all(|text| text.len() < 3_000));
    assert_eq!(acts(&shelf), FULL_CELLS as u32 * 3);
    assert!(page.vault.crowd() > Crowd::None);
    page.compact(&[]);
    assert_eq!(shelf.keys(), ["reshelf.shop.s.0000000000010000"]);
    assert_eq!(acts(&shelf), FULL_CELLS as u32 * 3);
}

#[test]
fn open_pages_keep_their_journals() {
    let shelf = Shelf::default();
    let mut open = Page::open(&shelf, 1);
    open.act(1, 10);
    visit(&shelf, 2, 10);
    let mut page = Page::open(&shelf, 3);
    page.act(1, 10);
    page.compact(&[1]);
    assert_eq!(
        shelf.keys(),
        [
            "reshelf.shop.j.0000000000010000",
            "reshelf.shop.j.0000000000030000",
            "reshelf.shop.s.0000000000030000"
        ]
    );
    open.act(1, 10);
    assert_eq!(acts(&shelf), 4);
}

/// Somebody was taken for closed who was only asleep.
#[test]
fn a_page_that_was_folded_meanwhile_goes_on_from_there() {
    let shelf = Shelf::default();
    let mut asleep = Page::open(&shelf, 1);
    asleep.act(1, 10);
    // The first compaction moves it, later ones fold it.
    for number in 2..80 {
        visit(&shelf, number, 10);
        let mut page = Page::open(&shelf, 1_000 + number);
        page.act(2, 10);
        page.compact(&[]);
    }
    let before = acts(&shelf);
    asleep.act(1, 10);
    asleep.act(1, 10);
    assert_eq!(acts(&shelf), before + 2);
    assert_eq!(asleep.ledger.acts(), before + 2);
    assert_eq!(Page::open(&shelf, 9_999).sum(1), 78.0 + 3.0);
}

/// And one that hears that its journal was moved, then that the snapshot it was moved
/// to is gone, and writes again only when it is part of a fold.
#[test]
fn a_page_whose_journal_was_moved_begins_the_next() {
    let shelf = Shelf::default();
    let mut quiet = Page::open(&shelf, 1);
    quiet.act(1, 10);
    visit(&shelf, 2, 10);
    Page::open(&shelf, 1_000).compact(&[]);
    assert!(!quiet.vault.was_erased("reshelf.shop.j.0000000000010000", &mut quiet.ledger));
    assert_eq!((quiet.ledger.id(), quiet.ledger.acts()), (DocumentId(0x1_0001), 2));
    for number in 2..80 {
        visit(&shelf, number, 10);
        let mut page = Page::open(&shelf, 1_000 + number);
        page.compact(&[]);
        let gone = format!("reshelf.shop.s.{:012x}0000", 999 + number);
        assert!(!quiet.vault.was_erased(&gone, &mut quiet.ledger));
    }
    let before = acts(&shelf);
    quiet.act(1, 10);
    assert_eq!((acts(&shelf), quiet.ledger.acts()), (before + 1, before + 1));
}

/// Whoever compacted a moment ago and was left may have moved other journals than fit
/// here, and this page would remove the snapshot they are in.
#[test]
fn what_is_moved_at_once_is_all_or_nothing() {
    let shelf = Shelf::default();
    for number in 1..40 {
        let mut page = Page::open(&shelf, number);
        for key in 0..50 {
            page.act(number as u32 * 50 + key, 10);
        }
    }
    let before = shelf.values.borrow().clone();
    let mut page = Page::open(&shelf, 1_000);
    assert_eq!(page.vault.compact(&mut page.ledger, Some(&[]), Pace::AtOnce), Saved::Refused);
    assert_eq!(*shelf.values.borrow(), before);
    assert_eq!(page.vault.crowd(), Crowd::TooMany);
    assert_eq!(page.compact(&[]), Saved::Yes);
    assert!(shelf.keys().len() < before.len());
    assert_eq!(acts(&shelf), 39 * 50);
}

/// Every step of a compaction may be the last one of its page.
#[test]
fn a_compaction_may_be_cut_off_anywhere() {
    let shelf = Shelf::default();
    for page in 1..8 {
        visit(&shelf, page, 10);
    }
    let before = shelf.values.borrow().clone();
    Page::open(&shelf, 20).compact(&[]);
    let after = shelf.values.borrow().clone();
    let removed: Vec<_> = before.keys().filter(|key| !after.contains_key(*key)).collect();
    assert_eq!(removed.len(), 7);
    for cut in 0..=removed.len() {
        let mut state = before.clone();
        state.extend(after.clone());
        removed[..cut].iter().for_each(|key| drop(state.remove(*key)));
        *shelf.values.borrow_mut() = state;
        assert_eq!(acts(&shelf), 7, "after {cut} removals");
        Page::open(&shelf, 21).compact(&[]);
        assert_eq!(acts(&shelf), 7, "after {cut} removals and another compaction");
    }
}

/// Two pages that fold the same at once make the same fold.
#[test]
fn two_compactors_at_once_count_once() {
    let shelf = Shelf::default();
    for number in 1..80 {
        visit(&shelf, number, 10);
        if number % 10 == 0 {
            Page::open(&shelf, 1_000).compact(&[]);
        }
    }
    let before = shelf.values.borrow().clone();
    Page::open(&shelf, 2_001).compact(&[]);
    let first = shelf.values.borrow().clone();
    // The second one has not seen a thing of the first.
    *shelf.values.borrow_mut() = before;
    Page::open(&shelf, 2_002).compact(&[]);
    shelf.values.borrow_mut().extend(first);
    assert_eq!(acts(&shelf), 79);
    Page::open(&shelf, 2_003).compact(&[]);
    assert_eq!(acts(&shelf), 79);
}

#[test]
fn a_snapshot_stays_below_the_cap_of_a_key() {
    let shelf = Shelf::default();
    for number in 1..300 {
        let mut page = Page::open(&shelf, number);
        for key in 0..50 {
            page.act(number as u32 * 50 + key, 10 + number as u32);
        }
        page.ledger.begin_next();
        page.compact(&[]);
        let longest = shelf.values.borrow().values().map(String::len).max();
        assert!(longest <= Some(LONGEST_TEXT), "{longest:?}");
    }
    assert_eq!(acts(&shelf), 299 * 50);
}

/// One journal that no page ended, as large as can be, beside all covers there
/// may be: no two journals to be folded, and yet too much for one key.
#[test]
fn the_largest_journal_is_folded_alone() {
    let shelf = Shelf::default();
    let cells = (0..MOST_CELLS as u32)
        .map(|key| (Day(2_900_000), FeatureKey(0xf000_0000 | key), [key as f32 + 1.0; 3]));
    let journal = Journal::restored(7, 3, cells);
    let id = DocumentId(u64::MAX << 16);
    shelf.set("reshelf.shop.j.ffffffffffff0000", &codec::encode_journal(7, id, &journal)).unwrap();
    let covers = (0..MOST_COVERS as u64).map(|id| (DocumentId(!id << 32), u32::MAX)).collect();
    let snapshot = Snapshot { journals: Vec::new(), covers };
    shelf.set("reshelf.shop.s.00000000000a0000", &codec::encode_snapshot(7, &snapshot)).unwrap();
    let mut page = Page::open(&shelf, 1);
    page.act(1, 10);
    assert_eq!(page.compact(&[]), Saved::Yes);
    assert!(shelf.values.borrow().values().all(|text| text.len() <= LONGEST_TEXT));
    assert_eq!(acts(&shelf), 4);
}

/// Nothing that it knew is known by name any more: what is stored is the truth.
#[test]
fn a_page_that_slept_through_very_many_folds_goes_on_with_what_is_stored() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut sleeper = Page::open(&shelf, 2);
    for number in 3..400 {
        let mut page = Page::open(&shelf, number);
        page.act(number as u32 % 40, 10);
        page.vault.finish(&mut page.ledger);
        page.compact(&[2]);
    }
    assert_eq!(sleeper.act(1, 10), Saved::Yes);
    assert_eq!(sleeper.ledger.acts(), acts(&shelf));
    assert_eq!(acts(&shelf), 399);
    // Had it been erased meanwhile, nothing of before would be left in it either.
    assert_eq!(sleeper.sum(1), Page::open(&shelf, 0xfffe).sum(1));
}

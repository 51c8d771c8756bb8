//! What a compaction puts into a snapshot, and what it leaves for the next one.

use super::*;
use reshelf::engine::codec::{LONGEST_TEXT, MOST_JOURNALS, Record};
use reshelf::engine::compaction::Crowd;
use reshelf::engine::journal::Journal;
use reshelf::engine::room::LARGEST_STORE;
use reshelf::engine::time::Day;

/// Puts journals of closed pages there, with cells of the largest size.
fn put(shelf: &Shelf, pages: std::ops::Range<u64>, cells: u32) {
    for page in pages {
        let cells = (0..cells).map(|key| (Day(2_900_000), FeatureKey(0xf000_0000 | key), [1.0; 3]));
        let id = DocumentId(page << 16);
        let text = codec::encode_journal(7, id, &Journal::restored(1, 1, cells));
        shelf.set(&format!("reshelf.shop.j.{:016x}", id.0), &text).unwrap();
    }
}

/// A page that compacts; its crowd afterwards.
fn compact(shelf: &Shelf, page: u64) -> Crowd {
    let mut page = Page::open(shelf, page);
    assert_eq!(page.compact(&[]), Saved::Yes);
    page.vault.crowd()
}

/// How many journals are in the snapshot and how many are part of a fold in it, its
/// length, and how many journals are beside it.
fn packed(shelf: &Shelf) -> (usize, usize, usize, usize) {
    let values = shelf.values.borrow();
    let texts: Vec<_> = values.iter().filter(|(key, _)| key.contains(".s.")).collect();
    let [(_, text)] = texts[..] else { panic!("one snapshot, not {}", texts.len()) };
    let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) else { panic!("{text}") };
    (snapshot.journals.len(), snapshot.covers.len(), text.len(), values.len() - 1)
}

#[test]
fn journals_that_do_not_fit_are_left_for_the_next_time() {
    let shelf = Shelf::default();
    put(&shelf, 100..120, 60);
    assert_eq!(compact(&shelf, 1), Crowd::Many);
    let (journals, covers, length, beside) = packed(&shelf);
    assert_eq!((journals, covers, beside), (9, 0, 11));
    assert!(length <= LONGEST_TEXT && length > LONGEST_TEXT - 1_800, "{length}");
    // These have been seen, so they are folded now, and others have their room.
    assert_eq!(compact(&shelf, 2), Crowd::None);
    let (journals, covers, length, beside) = packed(&shelf);
    assert_eq!((journals, covers, beside), (9, 9, 3), "{length}");
    compact(&shelf, 3);
    assert_eq!((packed(&shelf).3, acts(&shelf)), (0, 20));
}

#[test]
fn no_snapshot_has_more_journals_than_can_be_read() {
    let shelf = Shelf::default();
    put(&shelf, 100..170, 1);
    assert_eq!(compact(&shelf, 1), Crowd::Many);
    let (journals, covers, _, beside) = packed(&shelf);
    assert_eq!((journals, covers, beside), (MOST_JOURNALS, 0, 6));
    compact(&shelf, 2);
    let (journals, covers, _, beside) = packed(&shelf);
    assert_eq!((journals, covers, beside), (7, MOST_JOURNALS, 0));
    assert_eq!(acts(&shelf), 70);
}

#[test]
fn a_short_snapshot_keeps_its_journals_apart() {
    let shelf = Shelf::default();
    put(&shelf, 100..104, 60);
    compact(&shelf, 1);
    put(&shelf, 110..111, 1);
    compact(&shelf, 2);
    let (journals, covers, length, _) = packed(&shelf);
    assert_eq!((journals, covers), (5, 0), "{length}");
    put(&shelf, 111..112, 60);
    compact(&shelf, 3);
    assert_eq!(packed(&shelf).1, 0);
    // Over 8 KB now.
    put(&shelf, 112..113, 1);
    compact(&shelf, 4);
    let (journals, covers, ..) = packed(&shelf);
    assert_eq!((journals, covers, acts(&shelf)), (2, 6, 7));
}

/// An identical write would still be told to every other tab.
#[test]
fn a_snapshot_that_did_not_change_is_not_written() {
    let shelf = Shelf::default();
    put(&shelf, 100..103, 1);
    compact(&shelf, 1);
    let before = shelf.values.borrow().clone();
    shelf.room.set(Some(0));
    compact(&shelf, 2);
    assert_eq!(*shelf.values.borrow(), before);
    // With one more it is to be written, and nothing is removed for its sake.
    shelf.room.set(None);
    put(&shelf, 110..111, 1);
    let before = shelf.values.borrow().clone();
    shelf.room.set(Some(0));
    let mut page = Page::open(&shelf, 3);
    assert_eq!(page.compact(&[]), Saved::Refused);
    assert_eq!(*shelf.values.borrow(), before);
}

/// The one key that all of this page's snapshots have is overwritten, not removed.
#[test]
fn a_page_compacts_into_its_own_snapshot_again() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    for pages in [100..103, 103..106] {
        put(&shelf, pages, 1);
        assert_eq!(page.compact(&[]), Saved::Yes);
        assert_eq!(shelf.keys(), ["reshelf.shop.s.0000000000010000"]);
    }
    assert_eq!(acts(&shelf), 6);
}

/// A browser that was killed can bring back snapshots that were replaced long ago.
#[test]
fn a_compaction_of_several_snapshots_needs_no_room_for_one_more() {
    let shelf = Shelf::default();
    for (page, journals) in [(1, 100..109), (2, 200..209), (3, 300..309)] {
        let other = Shelf::default();
        put(&other, journals, 60);
        compact(&other, page);
        shelf.values.borrow_mut().append(&mut other.values.borrow_mut());
    }
    put(&shelf, 400..408, 60);
    let before = (acts(&shelf), shelf.size());
    assert!(before.1 > LARGEST_STORE - LONGEST_TEXT / 2, "{before:?}");
    shelf.room.set(Some(LARGEST_STORE));
    compact(&shelf, 4);
    let (_, _, length, beside) = packed(&shelf);
    assert!(length <= LONGEST_TEXT && beside < 8, "{beside}");
    assert_eq!(acts(&shelf), before.0);
}

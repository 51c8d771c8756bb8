//! Limits that stay, pinned so that a change of one is noticed; SECURITY.md says
//! why each is there.

use super::mirroring::Mirror;
use super::*;

/// The browser was killed before `localStorage` reached the disk: what was erased
/// is there again, and no mark of the erasure is.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_a_killed_browser_can_undo_an_erasure() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let committed = shelf.values.borrow().clone();
    Page::open(&shelf, 2).erase();
    assert_eq!(acts(&shelf), 0);
    *shelf.values.borrow_mut() = committed;
    assert_eq!(acts(&shelf), 1);
}

/// Nobody is left to sweep what a page wrote before it could know.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_a_late_write_outlives_an_eraser_that_leaves_at_once() {
    let shelf = Shelf::default();
    let mut late = Page::open(&shelf, 1);
    late.act(1, 10);
    let stale = shelf.values.borrow().clone();
    Page::open(&shelf, 2).erase();
    *shelf.values.borrow_mut() = stale;
    assert_eq!(acts(&shelf), 1);
}

/// Without locks nobody can tell which pages are open.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_nothing_is_compacted_without_locks() {
    let shelf = Shelf::default();
    for page in 1..20 {
        visit(&shelf, page, 10);
    }
    let mut page = Page::open(&shelf, 20);
    assert_eq!(page.vault.compact(&mut page.ledger, None, Pace::Settled), Saved::Yes);
    let journals = shelf.keys().into_iter().filter(|key| key.contains(".j."));
    assert_eq!((journals.count(), acts(&shelf)), (19, 19));
}

/// The mirror alone was cleared while one page is open: it looks like an erasure.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_a_lone_page_takes_a_cleared_mirror_for_an_erasure() {
    let shelf = Shelf::default();
    let mut page = Page::open(&shelf, 1);
    page.act(1, 10);
    assert!(!page.vault.outlives_mirror(&mut page.ledger));
}

/// A checksum is no signature.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_a_forged_record_is_believed() {
    let shelf = Shelf::default();
    let forged = reshelf::engine::journal::Journal::restored(1, 1_000, [].into_iter());
    let text = codec::encode_journal(1, DocumentId(0x66_0000), &forged);
    shelf.set("reshelf.shop.j.0000000000660000", &text).unwrap();
    assert_eq!(acts(&shelf), 1_000);
}

/// Page loads that are folded while `localStorage` has not reached the disk, then the
/// browser is killed: how many events count, and how many there were.
fn count_after_a_kill(loads: u64) -> (u32, u32) {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    let load = |mirror: &mut Mirror, number: u64| {
        let mut page = Page::open(&shelf, number);
        mirror.give(&mut page);
        page.act(number as u32 % 40, 10);
        page.vault.finish(&mut page.ledger);
        page.compact(&[]);
        mirror.take(&mut page);
    };
    (1..400).for_each(|number| load(&mut mirror, number));
    let committed = shelf.values.borrow().clone();
    (400..400 + loads).for_each(|number| load(&mut mirror, number));
    *shelf.values.borrow_mut() = committed;
    let mut page = Page::open(&shelf, 0xffff);
    mirror.give(&mut page);
    (page.ledger.acts(), 399 + loads as u32)
}

/// A snapshot remembers the 192 journals that were folded last. Nobody loads that
/// many pages within the minute that `localStorage` takes to the disk.
#[test]
#[allow(non_snake_case, reason = "the mark by which limits are found")]
fn KNOWN_LIMITATION_a_kill_after_very_many_page_loads_counts_twice() {
    let (found, there_were) = count_after_a_kill(120);
    assert_eq!(found, there_were);
    let (found, there_were) = count_after_a_kill(400);
    assert!(found > there_were, "{found} of {there_were}");
}

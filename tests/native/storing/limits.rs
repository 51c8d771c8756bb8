//! Limits that stay, pinned so that a change of one is noticed; SECURITY.md says
//! why each is there.

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
    assert_eq!(page.vault.compact(&mut page.ledger, None), Saved::Yes);
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

//! The second copy, and what the two make of each other.

use super::*;
use reshelf::engine::compaction::Crowd;

/// The mirror: what the browser's database would hold.
#[derive(Default)]
pub struct Mirror(pub BTreeMap<String, String>);

impl Mirror {
    pub fn take(&mut self, page: &mut Page) {
        for (key, text) in page.vault.take_out() {
            match text {
                Some(text) => drop(self.0.insert(key, text)),
                None => drop(self.0.remove(&key)),
            }
        }
    }

    pub fn give(&self, page: &mut Page) {
        let records: Vec<&str> = self.0.iter().flat_map(|(key, text)| [&**key, &**text]).collect();
        page.vault.take_in(&mut page.ledger, &records);
    }
}

#[test]
fn either_store_rebuilds_the_other() {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    let mut page = Page::open(&shelf, 1);
    page.act(1, 10);
    mirror.take(&mut page);
    assert_eq!(mirror.0, *shelf.values.borrow());
    shelf.values.borrow_mut().clear();
    let mut next = Page::open(&shelf, 2);
    mirror.give(&mut next);
    assert_eq!(next.ledger.acts(), 1);
    next.act(1, 10);
    next.compact(&[]);
    assert_eq!(acts(&shelf), 2);
    mirror.take(&mut next);
    // Now the mirror is lost.
    let mut last = Page::open(&shelf, 3);
    Mirror::default().give(&mut last);
    assert_eq!(last.ledger.acts(), 2);
}

#[test]
fn what_the_mirror_did_not_hear_of_counts_once() {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    for number in 1..80 {
        let mut page = Page::open(&shelf, number);
        page.act(1, 10);
        mirror.take(&mut page);
        // Compactions are never told to the mirror.
        page.ledger.begin_next();
        page.compact(&[]);
    }
    let mut page = Page::open(&shelf, 100);
    mirror.give(&mut page);
    assert_eq!((page.ledger.acts(), page.sum(1)), (79, 79.0));
    // Storage may fall back to an earlier state: only what the mirror itself holds
    // elsewhere is removed from it.
    mirror.take(&mut page);
    assert_eq!(mirror.0.len(), 79);
    page.act(1, 10);
    page.ledger.begin_next();
    page.compact(&[]);
    mirror.take(&mut page);
    let mut next = Page::open(&shelf, 101);
    mirror.give(&mut next);
    mirror.take(&mut next);
    assert!(mirror.0.len() < 10, "{}", mirror.0.len());
    assert_eq!((next.ledger.acts(), next.sum(1)), (80, 80.0));
}

/// The browser was killed before it committed what `localStorage` was told.
#[test]
fn a_store_that_falls_back_in_time_counts_once() {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    let mut earlier = Vec::new();
    for number in 1..60 {
        let mut page = Page::open(&shelf, number);
        mirror.give(&mut page);
        page.act(1, 10);
        mirror.take(&mut page);
        earlier.push(shelf.values.borrow().clone());
        if number % 6 == 0 {
            page.compact(&[]);
            mirror.take(&mut page);
        }
    }
    for (age, state) in earlier.into_iter().rev().take(40).enumerate() {
        *shelf.values.borrow_mut() = state;
        let mut page = Page::open(&shelf, 100);
        mirror.give(&mut page);
        assert_eq!((page.ledger.acts(), page.sum(1)), (59, 59.0), "back by {age}");
        page.compact(&[]);
        assert_eq!(acts(&shelf), 59, "back by {age}");
    }
}

#[test]
fn the_mirror_is_hostile_input_too() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut page = Page::open(&shelf, 2);
    let text = shelf.get("reshelf.shop.j.0000000000010000").unwrap().unwrap();
    let records = [
        ("reshelf.shop.j.00000000000000aa", "damaged".to_owned()),
        ("reshelf.shop.j.00000000000000ab", of_a_later_release()),
        ("reshelf.other.j.0000000000050000", text.clone()),
        ("__proto__", text),
    ];
    let records: Vec<&str> = records.iter().flat_map(|(key, text)| [*key, &**text]).collect();
    page.vault.take_in(&mut page.ledger, &records);
    assert_eq!(page.ledger.acts(), 1);
    let changes = page.vault.take_out();
    assert_eq!(changes, [("reshelf.shop.j.00000000000000aa".to_owned(), None)]);
}

#[test]
fn an_erased_mirror_is_filled_again_only_if_storage_was_not_erased() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut page = Page::open(&shelf, 2);
    page.act(1, 10);
    page.vault.take_out();
    assert!(page.vault.outlives_mirror(&mut page.ledger));
    assert_eq!(page.vault.take_out().len(), 2);
    shelf.remove("reshelf.shop.j.0000000000010000").unwrap();
    // The own journal alone says nothing: it may have been written too late.
    assert!(!page.vault.outlives_mirror(&mut page.ledger));
    page.vault.remove_own(&page.ledger);
    assert_eq!(shelf.keys(), [""; 0]);
}

#[test]
fn what_only_the_mirror_has_is_worth_a_snapshot() {
    let (shelf, mut mirror) = (Shelf::default(), Mirror::default());
    let mut writer = Page::open(&shelf, 1);
    writer.act(1, 10);
    mirror.take(&mut writer);
    let crowd = |shelf: &Shelf| {
        let mut page = Page::open(shelf, 2);
        mirror.give(&mut page);
        (page.vault.crowd(), page.ledger.acts())
    };
    assert_eq!(crowd(&Shelf::default()), (Crowd::Many, 1));
    // Storage has it, or had an older copy of it; or has it in a snapshot.
    assert_eq!(crowd(&shelf), (Crowd::None, 1));
    let older = Shelf { values: Rc::new(shelf.values.borrow().clone().into()), ..Shelf::default() };
    writer.act(1, 10);
    mirror.take(&mut writer);
    let crowd = |shelf: &Shelf| {
        let mut page = Page::open(shelf, 2);
        mirror.give(&mut page);
        (page.vault.crowd(), page.ledger.acts())
    };
    assert_eq!(crowd(&older), (Crowd::None, 2));
    Page::open(&shelf, 3).compact(&[]);
    assert_eq!(shelf.keys(), ["reshelf.shop.s.0000000000030000"]);
    assert_eq!(crowd(&shelf), (Crowd::None, 2));
}

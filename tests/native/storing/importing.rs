//! A profile that is brought back: it counts once, is kept like any other, and a
//! file that is not whole changes nothing.

use super::sessions::{NOW, attached, click, events, own_key, session};
use super::*;
use reshelf::engine::Session;

fn import(page: &mut Session, journals: &[String]) -> Result<(), usize> {
    page.import(&journals.iter().map(String::as_str).collect::<Vec<_>>())
}

fn text(shelf: &Shelf, key: &str) -> String {
    shelf.values.borrow()[key].clone()
}

/// What a shopper took away, of two pages with a click each.
fn exported() -> Vec<String> {
    let shelf = Shelf::default();
    click(&mut attached(1, &shelf), NOW);
    let mut page = attached(2, &shelf);
    click(&mut page, NOW);
    page.journals()
}

#[test]
fn it_counts_once_and_lasts() {
    let (shelf, copy) = (Shelf::default(), exported());
    let mut page = attached(7, &shelf);
    for _ in 0..2 {
        assert_eq!(import(&mut page, &copy), Ok(()));
        assert_eq!(events(&mut page), 2);
    }
    assert_eq!(events(&mut attached(8, &shelf)), 2);
    click(&mut page, NOW);
    let mut next = attached(9, &shelf);
    assert_eq!(import(&mut next, &copy), Ok(()));
    assert_eq!(events(&mut next), 3);
}

#[test]
fn it_comes_back_to_the_page_that_forgot_it() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let copy = page.journals();
    assert_eq!(page.forget(), Ok(()));
    assert_eq!((events(&mut page), shelf.keys()), (0, Vec::new()));
    assert_eq!(import(&mut page, &copy), Ok(()));
    click(&mut page, NOW);
    assert_eq!((events(&mut page), events(&mut attached(2, &shelf))), (2, 2));
    // And is forgotten again.
    assert_eq!(page.forget(), Ok(()));
    assert_eq!((events(&mut page), shelf.keys()), (0, Vec::new()));
}

#[test]
fn without_consent_it_is_in_memory_and_kept_once_there_is_some() {
    let (shelf, copy) = (Shelf::default(), exported());
    let mut page = session(7);
    assert_eq!(import(&mut page, &copy), Ok(()));
    assert_eq!((events(&mut page), shelf.keys()), (2, Vec::new()));
    page.attach(shelf.vault());
    // The facade says so again, now that there is somewhere to keep it.
    assert_eq!(import(&mut page, &copy), Ok(()));
    assert_eq!((events(&mut page), events(&mut attached(8, &shelf))), (2, 2));
}

#[test]
fn of_a_file_that_is_not_whole_nothing_is_taken() {
    let (shelf, mut copy) = (Shelf::default(), exported());
    let mut page = attached(7, &shelf);
    copy.push("damaged".into());
    assert_eq!(import(&mut page, &copy), Err(2));
    assert_eq!((events(&mut page), shelf.keys()), (0, Vec::new()));
    // The record of a pause is no journal either.
    page.set_paused(true);
    let meta = text(&shelf, &shelf.keys()[0]);
    assert_eq!(import(&mut page, &[meta]), Err(0));
}

#[test]
fn a_page_that_is_open_keeps_its_own_record() {
    let shelf = Shelf::default();
    let mut open = attached(1, &shelf);
    click(&mut open, NOW);
    let copy = open.journals();
    click(&mut open, NOW);
    let stored = text(&shelf, &own_key(&open));
    let mut other = session(2);
    assert_eq!(import(&mut other, &copy), Ok(()));
    other.attach(shelf.vault());
    assert_eq!((events(&mut other), text(&shelf, &own_key(&open))), (2, stored));
}

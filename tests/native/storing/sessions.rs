//! What a session makes of its vault: consent, pause, and what it does when
//! somebody else erased the store.

use super::*;
use reshelf::engine::codec::{Meta, Record};
use reshelf::engine::compaction::{Crowd, Pace};
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::{Config, Session};

pub(super) const NOW: f64 = 20_000.0 * 864e5;

/// A session of the page with that number, without consent yet.
pub(super) fn session(page: u64) -> Session {
    Session::new(Config::default(), DocumentId(page << 16))
}

pub(super) fn attached(page: u64, shelf: &Shelf) -> Session {
    let mut session = session(page);
    session.attach(shelf.vault());
    session
}

/// One click, written if there is a vault.
pub(super) fn click(session: &mut Session, at: f64) {
    let (subject, at) = (session.item("candle"), Millis::from_js(at));
    let event = Event { kind: EventKind::Click, subject, at, dwell_ms: None, placement: None };
    session.track(event, at);
    session.save();
}

pub(super) fn events(session: &mut Session) -> u32 {
    session.profile(Millis::from_js(NOW)).events
}

pub(super) fn own_key(session: &Session) -> String {
    format!("reshelf.shop.j.{:016x}", session.document().0)
}

#[test]
fn nothing_is_stored_before_consent_and_everything_after() {
    let shelf = Shelf::default();
    let mut page = session(1);
    click(&mut page, NOW);
    assert!(!page.is_attached() && shelf.keys().is_empty());
    page.attach(shelf.vault());
    assert!(page.is_attached());
    assert_eq!(shelf.keys(), [own_key(&page)]);
    click(&mut page, NOW);
    assert_eq!(acts(&shelf), 2);
    assert_eq!(page.detach(), Ok(()));
    assert!(!page.is_attached() && shelf.keys().is_empty());
    click(&mut page, NOW);
    assert_eq!((events(&mut page), shelf.keys()), (1, Vec::new()));
}

#[test]
fn journals_are_told_as_they_are_stored() {
    let shelf = Shelf::default();
    visit(&shelf, 1, 10);
    let mut page = attached(2, &shelf);
    click(&mut page, NOW);
    let mut told = page.journals();
    assert_eq!(told.len(), 2);
    let names = told.iter().map(|text| match codec::decode(text) {
        Ok((_, Record::Journal(id, journal))) => (id.0, journal.acts),
        other => panic!("{other:?}"),
    });
    assert_eq!(names.collect::<Vec<_>>(), [(0x1_0000, 1), (0x2_0000, 1)]);
    // Given to an engine that takes this one's place, without consent.
    let mut heir = session(3);
    told.push("damaged".into());
    heir.take_in(&told.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((events(&mut heir), heir.journals()), (2, page.journals()));
}

#[test]
fn a_record_that_cannot_be_read_is_named() {
    let shelf = Shelf::default();
    assert_eq!(attached(1, &shelf).unreadable(), [""; 0]);
    let key = "reshelf.shop.j.00000000000000aa";
    shelf.set(key, "damaged").unwrap();
    assert_eq!(attached(1, &shelf).unreadable(), [key]);
    assert_eq!(session(1).unreadable(), [""; 0]);
}

#[test]
fn a_pause_is_stored_and_read_by_the_next_page() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    assert_eq!(shelf.keys(), [""; 0], "nothing to say");
    page.set_paused(true);
    assert_eq!(shelf.keys(), ["reshelf.shop.m"]);
    let mut next = attached(2, &shelf);
    click(&mut next, NOW);
    assert_eq!(events(&mut next), 0);
    next.set_paused(false);
    let mut last = attached(3, &shelf);
    click(&mut last, NOW);
    assert_eq!(events(&mut last), 1);
}

#[test]
fn a_pause_before_consent_counts() {
    let shelf = Shelf::default();
    let mut page = session(1);
    page.set_paused(true);
    page.attach(shelf.vault());
    assert!(page.profile(Millis::from_js(NOW)).paused);
    assert_eq!(codec::decode(&shelf.get("reshelf.shop.m").unwrap().unwrap()).unwrap().1, {
        Record::Meta(Meta { paused: true })
    });
    // Known already: no need to say it again.
    shelf.room.set(Some(0));
    let before = shelf.values.borrow().clone();
    let mut other = session(2);
    other.set_paused(true);
    other.attach(shelf.vault());
    assert_eq!(other.take_out(), []);
    assert_eq!(*shelf.values.borrow(), before);
}

#[test]
fn another_tabs_pause_counts_at_once() {
    let shelf = Shelf::default();
    let (mut here, mut there) = (attached(1, &shelf), attached(2, &shelf));
    there.set_paused(true);
    for key in ["reshelf.other.m", "reshelf.shop.j.0000000000020000"] {
        here.changed_elsewhere(Some(key), false);
        assert!(!here.profile(Millis::from_js(NOW)).paused, "{key}");
    }
    here.changed_elsewhere(Some("reshelf.shop.m"), false);
    assert!(here.profile(Millis::from_js(NOW)).paused);
}

/// How a page learns of something.
type Learn = fn(&mut Session);

/// Erased elsewhere: forgotten here, and no more written until consent comes
/// again. However the page learns of it.
#[test]
fn an_erasure_elsewhere_is_obeyed() {
    let ways: [(&str, Learn); 5] = [
        ("by looking", Session::check),
        ("by writing", |page| click(page, NOW)),
        ("by compacting", |page| page.compact(None, Pace::Settled)),
        ("by being told of all", |page| page.changed_elsewhere(None, true)),
        ("by being told of a key", |page| {
            let key = own_key(page);
            page.changed_elsewhere(Some(&key), true);
        }),
    ];
    for (way, learn) in ways {
        let shelf = Shelf::default();
        let (mut page, mut eraser) = (attached(1, &shelf), attached(2, &shelf));
        click(&mut page, NOW);
        // A page's own key is removed by nobody who does not erase.
        if way != "by being told of a key" {
            learn(&mut page);
        }
        assert!(page.is_attached(), "{way}, with nothing erased");
        assert!(events(&mut page) > 0);
        eraser.forget().unwrap();
        learn(&mut page);
        assert!(!page.is_attached(), "{way}");
        assert_eq!((events(&mut page), page.journals()), (0, Vec::new()), "{way}");
        assert_eq!(shelf.keys(), [""; 0], "{way}");
        page.attach(shelf.vault());
        click(&mut page, NOW);
        assert_eq!(acts(&shelf), 1, "{way}");
    }
}

#[test]
fn another_stores_keys_are_nobodys_business() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    shelf.remove(&own_key(&page)).unwrap();
    page.changed_elsewhere(Some("reshelf.other.j.0000000000010000"), true);
    assert!(page.is_attached());
    page.changed_elsewhere(Some(&own_key(&page)), true);
    assert!(!page.is_attached());
}

#[test]
fn forgetting_leaves_nothing_and_says_what_storage_kept() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let before = page.document();
    assert_eq!(page.forget(), Ok(()));
    assert_eq!((events(&mut page), shelf.keys()), (0, Vec::new()));
    assert_ne!(page.document(), before, "what is written late must not come back as its own");
    assert!(page.is_attached());
    click(&mut page, NOW);
    assert_eq!(acts(&shelf), 1);
    shelf.stuck.set(true);
    assert_eq!(page.forget(), Err(StorageError::Unavailable));
    assert_eq!(events(&mut page), 0);
    assert_eq!(session(2).forget(), Ok(()));
    shelf.stuck.set(true);
    assert_eq!(page.detach(), Err(StorageError::Unavailable));
    assert!(!page.is_attached());
}

#[test]
fn a_page_at_rest_leaves_its_journal_to_others() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let before = page.document();
    page.rest();
    assert_eq!(page.document(), before.next());
    assert_eq!(acts(&shelf), 1);
    let mut other = session(2);
    click(&mut other, NOW);
    other.rest();
    assert_eq!(other.document(), DocumentId(2 << 16), "nothing was written");
}

/// Everything that another page finds in storage and in this page's mirror.
fn acts_of(shelf: &Shelf, mirror: &[(String, Option<String>)]) -> u32 {
    let mut page = attached(0xfff, shelf);
    let records = mirror.iter().filter_map(|(key, text)| Some([key.as_str(), text.as_ref()?]));
    page.take_in(&records.flatten().collect::<Vec<_>>());
    events(&mut page)
}

/// Others may fold what is stored of a page at rest: what it had in memory beyond that
/// would count twice under the same name.
#[test]
fn what_storage_refused_before_a_rest_has_another_name_afterwards() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let mut mirror = page.take_out();
    shelf.room.set(Some(0));
    (0..2).for_each(|_| click(&mut page, NOW));
    assert_eq!(page.take_out(), [], "storage has some of it, so the mirror has no more");
    let before = page.document();
    page.rest();
    assert_eq!(page.document(), before.next().next());
    mirror.extend(page.take_out());
    assert_eq!((acts(&shelf), acts_of(&shelf, &mirror)), (1, 3));
    shelf.room.set(None);
    for other in 2..4 {
        let mut other = attached(other, &shelf);
        click(&mut other, NOW);
        let records = mirror.iter().filter_map(|(key, text)| Some([key.as_str(), text.as_ref()?]));
        other.take_in(&records.flatten().collect::<Vec<_>>());
        other.compact(Some(&[]), Pace::Settled);
    }
    click(&mut page, NOW);
    mirror.extend(page.take_out());
    assert_eq!(acts_of(&shelf, &mirror), 6);
}

#[test]
fn a_journal_that_only_the_mirror_has_ends_with_a_rest_too() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    shelf.room.set(Some(0));
    (0..3).for_each(|_| click(&mut page, NOW));
    let mut mirror = page.take_out();
    assert_eq!((acts(&shelf), acts_of(&shelf, &mirror)), (0, 3));
    let before = page.document();
    page.rest();
    assert_eq!(page.document(), before.next());
    shelf.room.set(None);
    click(&mut page, NOW);
    mirror.extend(page.take_out());
    assert_eq!((acts(&shelf), acts_of(&shelf, &mirror)), (1, 4));
    page.rest();
    assert_eq!(page.document(), before.next().next());
}

#[test]
fn a_crowded_store_is_compacted() {
    let shelf = Shelf::default();
    assert_eq!(session(1).crowd(), Crowd::None);
    for page in 1..20 {
        visit(&shelf, page, 10);
    }
    let mut page = attached(30, &shelf);
    assert!(page.crowd() > Crowd::None);
    page.compact(Some(&[]), Pace::Settled);
    assert_eq!(page.crowd(), Crowd::None);
    assert_eq!(shelf.keys(), ["reshelf.shop.s.00000000001e0000"]);
}

#[test]
fn the_mirror_is_told_and_believed() {
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let changes = page.take_out();
    let text = shelf.get(&own_key(&page)).unwrap();
    assert_eq!(changes, [(own_key(&page), text.clone())]);
    assert_eq!((page.take_out(), session(9).take_out()), (Vec::new(), Vec::new()));
    let elsewhere = Shelf::default();
    let mut next = attached(2, &elsewhere);
    next.take_in(&[&own_key(&page), &text.unwrap()]);
    assert_eq!(events(&mut next), 1);
    // The mirror was erased, and storage with it; then the mirror alone.
    click(&mut next, NOW);
    visit(&elsewhere, 5, 10);
    next.check();
    assert!(!attached(6, &Shelf::default()).outlives_mirror());
    assert!(!session(7).outlives_mirror());
    let mut reader = attached(8, &elsewhere);
    assert!(reader.outlives_mirror() && reader.is_attached());
    let mut lonely = attached(9, &Shelf::default());
    click(&mut lonely, NOW);
    assert!(!lonely.outlives_mirror() && !lonely.is_attached());
    assert_eq!(events(&mut lonely), 0);
}

/// No event is later than 400 days after the newest evidence; evidence that was
/// read counts as well, from storage and from the mirror.
#[test]
fn a_clock_far_ahead_of_what_was_read_is_not_believed() {
    let far = NOW + 5_000.0 * 864e5;
    let last_day = |session: &Session| {
        let days = session.journals().into_iter().filter_map(|text| match codec::decode(&text) {
            Ok((_, Record::Journal(_, journal))) => journal.last_day(),
            _ => None,
        });
        days.max().map(|day| day.0)
    };
    let shelf = Shelf::default();
    let mut page = attached(1, &shelf);
    click(&mut page, NOW);
    let mut stored = attached(2, &shelf);
    click(&mut stored, far);
    assert_eq!(last_day(&stored), Some(20_400));
    let mut mirrored = session(3);
    mirrored.take_in(&page.journals().iter().map(String::as_str).collect::<Vec<_>>());
    click(&mut mirrored, far);
    assert_eq!(last_day(&mirrored), Some(20_400));
    // Whoever forgets knows no day any more.
    mirrored.forget_memory();
    click(&mut mirrored, far);
    assert_eq!(last_day(&mirrored), Some(25_000));
}

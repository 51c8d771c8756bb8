//! The class that JavaScript sees: what it takes, what it answers, and what it
//! leaves in storage.

use crate::page::*;
use crate::shop::*;
use reshelf::bindings::Core;
use reshelf::engine::event::EventKind;
use wasm_bindgen_test::wasm_bindgen_test;

const CATALOGUE: [(&str, &[&str]); 3] =
    [("mug", &["Mugs"]), ("bag", &["Bags"]), ("candle", &["Home", "Candles"])];

fn candle_lover() -> (Core, Vec<u32>) {
    let core = core(100.0);
    let items = register(&core, &CATALOGUE);
    likes(&core, &["Home", "Candles"]);
    (core, items)
}

#[wasm_bindgen_test]
fn an_order_is_a_permutation_of_handles() {
    let (core, items) = candle_lover();
    let search = core.symbol("search");
    assert_eq!(core.order(search, &items, NONE, NOW), [2, 0, 1]);
    assert!(core.order(search, &[], NONE, NOW).is_empty());
    let [mug, _, candle] = items[..] else { panic!("{items:?}") };
    assert_eq!(core.order(NONE, &[NONE, mug, 9_999, candle], NONE, NOW), [0, 3, 2, 1]);
    assert_eq!(core.order(search, &[mug, candle, mug], core.symbol("heart"), NOW), [1, 0, 2]);
}

#[wasm_bindgen_test]
fn an_explanation_is_of_the_latest_order() {
    let (core, items) = candle_lover();
    assert_eq!(explain(&core, "search", "candle"), None);
    core.order(core.symbol("search"), &items, NONE, NOW);
    let (rank, merchants, score) = explain(&core, "search", "candle").expect("it was ordered");
    assert_eq!((rank, merchants), (0.0, 2.0));
    assert!(score.is_finite());
    assert_eq!(explain(&core, "search", "never heard of"), None);
    assert_eq!(explain(&core, "elsewhere", "candle"), None);
}

#[wasm_bindgen_test]
fn texts_have_one_handle_each() {
    let core = core(50.0);
    let items = register(&core, &CATALOGUE);
    assert_eq!(core.item("candle"), items[2]);
    assert_eq!(core.item("__proto__"), core.item("__proto__"));
    assert_ne!(core.item("a"), core.item("A"));
    assert_eq!(core.symbol("search"), core.symbol("search"));
    // Units of UTF-16, as JavaScript counts.
    for (text, fits) in [("x".repeat(256), true), ("x".repeat(257), false)] {
        assert_eq!((core.item(&text) != NONE, core.symbol(&text) != NONE), (fits, fits));
    }
    for (text, fits) in [("🕯".repeat(128), true), ("🕯".repeat(129), false), ("é".repeat(256), true)]
    {
        assert_eq!((core.item(&text) != NONE, core.symbol(&text) != NONE), (fits, fits));
    }
}

#[wasm_bindgen_test]
fn rows_may_be_replaced() {
    let (core, items) = candle_lover();
    assert_eq!(register(&core, &CATALOGUE), items);
    register(&core, &[("mug", &["Home", "Candles"]), ("candle", &["Mugs"])]);
    assert_eq!(core.order(NONE, &items, NONE, NOW), [0, 1, 2]);
}

#[wasm_bindgen_test]
fn odd_numbers_are_not_worth_an_error() {
    let (core, items) = candle_lover();
    let before = profile(&core);
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.5, 1e300, 4_294_967_295.0];
    for number in odd {
        for at in 0..6 {
            let mut event = [9.0, f64::from(NONE), NOW, -1.0, f64::from(NONE), -1.0];
            event[at] = number;
            core.track(&event, NOW);
            core.track(&event, number);
        }
    }
    for numbers in 0..6 {
        core.track(&vec![1.0; numbers], NOW);
    }
    assert_eq!(profile(&core).1, before.1);
    for number in odd {
        let mut order = core.order(NONE, &items, NONE, number);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2]);
        assert!(core.profile(number).is_ok());
        let core = named("web-tests", number, number);
        assert_eq!(core.order(NONE, &items, NONE, NOW), [0, 1, 2]);
    }
}

#[wasm_bindgen_test]
fn the_profile_names_what_was_looked_at() {
    let core = core(50.0);
    register(&core, &CATALOGUE);
    tell(&core, EventKind::View, "mug", 9_000.0);
    tell(&core, EventKind::Purchase, "candle", -1.0);
    assert_eq!(profile(&core), (2.0, vec!["mug".to_owned()]));
    core.set_paused(true);
    tell(&core, EventKind::View, "bag", 9_000.0);
    assert!(is_paused(&core));
    assert_eq!(profile(&core).0, 2.0);
    core.set_paused(false);
    assert!(!is_paused(&core));
}

// ----------------------------------------------------------------- storage

#[wasm_bindgen_test]
fn nothing_is_stored_before_consent() {
    let (core, _) = candle_lover();
    core.persist();
    core.set_paused(true);
    core.forget();
    core.deny();
    assert_eq!(keys(), "");
}

#[wasm_bindgen_test]
fn consent_stores_what_was_learned_for_the_next_page() {
    let (core, items) = candle_lover();
    assert!(core.grant());
    assert_eq!(keys().split(' ').count(), 1, "{}", keys());
    tell(&core, EventKind::View, "mug", 9_000.0);
    core.persist();

    let next = named("web-tests", 100.0, 2.0);
    assert_eq!(register(&next, &CATALOGUE), items);
    assert_eq!(next.order(NONE, &items, NONE, NOW), [0, 1, 2]);
    assert!(next.grant());
    assert_eq!(profile(&next), profile(&core));
    assert_eq!(next.order(NONE, &items, NONE, NOW), core.order(NONE, &items, NONE, NOW));

    next.forget();
    assert_eq!(keys(), "");
    assert_eq!(profile(&next).0, 0.0);
}

#[wasm_bindgen_test]
fn forgetting_leaves_no_key_and_learning_goes_on() {
    let (core, _) = candle_lover();
    core.grant();
    core.set_paused(true);
    core.set_paused(false);
    assert_eq!(keys().split(' ').count(), 2, "{}", keys());
    store("reshelf.web-testsx", "somebody else's");
    core.forget();
    core.persist();
    assert_eq!(keys(), "");
    assert_eq!(stored("reshelf.web-testsx"), "reshelf.web-testsx");
    unstore("reshelf.web-testsx");
    tell(&core, EventKind::View, "mug", 9_000.0);
    core.persist();
    assert_eq!(keys().split(' ').count(), 1, "{}", keys());
    core.deny();
    assert_eq!(keys(), "");
}

#[wasm_bindgen_test]
fn without_consent_nothing_is_touched_again() {
    let (core, items) = candle_lover();
    core.grant();
    core.deny();
    assert_eq!(keys(), "");
    assert_eq!(core.order(NONE, &items, NONE, NOW), [0, 1, 2]);
    tell(&core, EventKind::View, "mug", 9_000.0);
    core.persist();
    core.set_paused(true);
    assert_eq!(keys(), "");
    // Consent given again starts from what was seen since.
    core.grant();
    assert_eq!(profile(&core).0, 1.0);
    core.deny();
}

#[wasm_bindgen_test]
fn a_pause_outlives_the_page() {
    let (core, _) = candle_lover();
    core.grant();
    core.set_paused(true);
    let next = named("web-tests", 50.0, 2.0);
    assert!(!is_paused(&next));
    next.grant();
    assert!(is_paused(&next));
    next.deny();
    assert_eq!(keys(), "");
}

/// "Forget me" in one tab holds in all.
#[wasm_bindgen_test]
fn what_another_tab_forgets_is_forgotten_here() {
    let frame = other_window();
    for clears in [false, true] {
        let (core, items) = candle_lover();
        core.grant();
        assert_eq!(core.order(NONE, &items, NONE, NOW), [2, 0, 1]);
        let kept = keys();
        if clears {
            other_clears(&frame);
            core.changed_elsewhere(None, true);
        } else {
            for key in kept.split(' ') {
                other_removes(&frame, key);
                core.changed_elsewhere(Some(key.to_owned()), true);
            }
        }
        assert!(!core.attached());
        assert_eq!(profile(&core).0, 0.0, "by clearing: {clears}");
        assert_eq!(core.order(NONE, &items, NONE, NOW), [0, 1, 2]);
        core.persist();
        assert_eq!(keys(), "");
        core.deny();
    }
    unmount(&frame);
}

/// A pause in one tab holds in all, and so does its end.
#[wasm_bindgen_test]
fn what_another_tab_pauses_is_paused_here() {
    let frame = other_window();
    let (core, _) = candle_lover();
    core.grant();
    let meta = "reshelf.web-tests.m";
    let paused = [true, false].map(|paused| {
        core.set_paused(paused);
        value(meta)
    });
    other_stores(&frame, meta, &paused[0]);
    core.changed_elsewhere(Some(meta.to_owned()), false);
    assert!(is_paused(&core));
    other_stores(&frame, meta, &paused[1]);
    core.changed_elsewhere(Some(meta.to_owned()), false);
    assert!(!is_paused(&core));
    core.deny();
    unmount(&frame);
}

/// Even before the browser has told of it.
#[wasm_bindgen_test]
fn a_late_write_does_not_bring_back_what_was_erased() {
    let (core, _) = candle_lover();
    core.grant();
    let eraser = named("web-tests", 50.0, 2.0);
    eraser.grant();
    eraser.forget();
    tell(&core, EventKind::View, "mug", 9_000.0);
    core.persist();
    assert_eq!(keys(), "");
    assert_eq!(profile(&core).0, 0.0);
    core.deny();
}

/// What the keeper asks of the engine, in the order in which it does.
#[wasm_bindgen_test]
fn a_keeper_can_move_mirror_and_end_journals() {
    let (core, _) = candle_lover();
    assert!(!core.attached() && core.crowd() == 0);
    assert_eq!(core.take_out(), "");
    core.grant();
    assert!(core.attached());
    assert_eq!(core.page().len(), 16);
    assert_eq!(core.take_out(), format!("{}\n{}\n", keys(), value(&keys())));
    assert_eq!(core.take_out(), "");
    // Each rest ends a journal; the page that goes on folds them.
    for _ in 0..3 {
        tell(&core, EventKind::View, "mug", 9_000.0);
        core.rest();
    }
    assert_eq!(core.crowd(), 1);
    core.compact(Some(core.page()), false);
    assert_eq!(keys(), format!("reshelf.web-tests.s.{}", core.page()));
    let before = profile(&core);
    // What is only in the mirror is taken in, what is damaged there removed.
    let damaged = "reshelf.web-tests.j.00000000000000ff";
    let mirror = format!("{}\n{}\n{damaged}\n?\n", keys(), value(&keys()));
    core.take_out();
    unstore(&keys());
    let next = named("web-tests", 50.0, 2.0);
    next.grant();
    assert_eq!(profile(&next).0, 0.0);
    next.take_in(&mirror);
    assert_eq!(profile(&next).0, before.0);
    assert_eq!(next.take_out(), format!("{damaged}\n\n"));
    core.check();
    assert!(!core.attached(), "its snapshot is gone");
    next.deny();
    assert_eq!(keys(), "");
}

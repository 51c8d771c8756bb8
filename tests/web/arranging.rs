//! Marked containers in a real page: what moves, what stays, and what happens
//! when the page resists.

use crate::page::*;
use crate::shop::*;
use reshelf::engine::event::EventKind;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

const SECTIONS: &str = r#"
  <main data-reshelf="sections" data-reshelf-placement="home">
    <h1>Welcome</h1>
    <section data-reshelf-section="mugs" data-reshelf-category="Mugs"></section>
    <section data-reshelf-section="legal" data-reshelf-pin></section>
    <section data-reshelf-section="bags" data-reshelf-category="Bags"></section>
    <section data-reshelf-section="candles" data-reshelf-category="Candles"></section>
  </main>"#;

const PRODUCTS: &str = r#"
  <ul data-reshelf="products" data-reshelf-placement="search">
    <li data-reshelf-item="mug" data-reshelf-category="Mugs"></li>
    <li>an advertisement</li>
    <li data-reshelf-item="bag" data-reshelf-category="Bags"></li>
    <li data-reshelf-item="candle" data-reshelf-category="Home &gt; Candles"><input></li>
  </ul>"#;

const BANNERS: &str = r#"
  <div data-reshelf="banners" data-reshelf-placement="hero" data-reshelf-show="1">
    <a data-reshelf-banner="mugs" data-reshelf-category="Mugs"></a>
    <a data-reshelf-banner="bags" data-reshelf-category="Bags" hidden></a>
    <a data-reshelf-banner="candles" data-reshelf-category="Candles" hidden></a>
  </div>"#;

/// A shop of mugs, bags and candles, and somebody who likes candles.
fn candle_lover() -> reshelf::bindings::Core {
    let core = core(100.0);
    register(&core, &[("m", &["Mugs"]), ("b", &["Bags"])]);
    likes(&core, &["Candles"]);
    likes(&core, &["Home", "Candles"]);
    core
}

fn container(host: &Node) -> Element {
    find(host, "[data-reshelf]")
}

#[wasm_bindgen_test]
fn sections_move_around_pins_and_what_is_not_marked() {
    let host = mount(SECTIONS);
    let report = arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "- candles legal mugs bags");
    let expected = Arranged {
        placement: "home".into(),
        kind: "sections".into(),
        before: "mugs legal bags candles".into(),
        after: "candles legal mugs bags".into(),
    };
    assert_eq!(report, [expected]);
    unmount(&host);
}

#[wasm_bindgen_test]
fn products_move_among_their_own_places() {
    let host = mount(PRODUCTS);
    let core = candle_lover();
    let report = arrange(&core, &host, false);
    assert_eq!(shown(&container(&host)), "candle - mug bag");
    assert_eq!((&*report[0].before, &*report[0].after), ("mug bag candle", "candle mug bag"));
    let (rank, merchants, _) = explain(&core, "search", "candle").expect("it was ordered");
    assert_eq!((rank, merchants), (0.0, 2.0));
    unmount(&host);
}

#[wasm_bindgen_test]
fn what_is_hidden_is_a_place() {
    let host = mount(BANNERS);
    arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "candles mugs bags");
    assert_eq!(visible(&container(&host)), "candles");
    unmount(&host);
}

#[wasm_bindgen_test]
fn a_registered_row_knows_more_than_the_markup() {
    let host = mount(PRODUCTS);
    let core = candle_lover();
    register(&core, &[("bag", &["Home", "Candles"])]);
    arrange(&core, &host, false);
    assert_eq!(shown(&container(&host)), "bag - candle mug");
    unmount(&host);
}

#[wasm_bindgen_test]
fn nothing_is_touched_where_nothing_is_to_move() {
    let indifferent = core(0.0);
    likes(&indifferent, &["Home", "Candles"]);
    for (core, html) in [
        (indifferent, PRODUCTS),
        (core(100.0), SECTIONS),
        (candle_lover(), r#"<ul data-reshelf="products"><li data-reshelf-item="only"></li></ul>"#),
        (candle_lover(), r#"<ul data-reshelf="sections"></ul>"#),
        (candle_lover(), r#"<ul data-reshelf="elsewhere"><li data-reshelf-item="a"></li></ul>"#),
    ] {
        let host = mount(html);
        let changes = mutations(&host);
        arrange(&core, &host, false);
        arrange(&core, &host, true);
        assert_eq!(mutated(&changes), 0, "{html}");
        unmount(&host);
    }
}

/// Its elements are a framework's to move; as data, in a container of its own, it is ordered.
#[wasm_bindgen_test]
fn what_a_framework_renders_is_left_alone() {
    let host = mount(&PRODUCTS.replace("<ul ", "<ul data-reshelf-rendered "));
    assert_eq!(arrange(&candle_lover(), &host, false), []);
    assert_eq!(shown(&container(&host)), "mug - bag candle");
    arrange(&candle_lover(), &container(&host), false);
    assert_eq!(shown(&container(&host)), "candle - mug bag");
    unmount(&host);
}

#[wasm_bindgen_test]
fn nothing_jumps_within_a_visit() {
    for html in [SECTIONS, PRODUCTS, BANNERS] {
        let host = mount(html);
        let core = candle_lover();
        let first = arrange(&core, &host, false);
        (0..5).for_each(|_| likes(&core, &["Mugs"]));
        let changes = mutations(&host);
        assert_eq!(arrange(&core, &host, false), first);
        assert_eq!(mutated(&changes), 0, "{html}");
        unmount(&host);
    }
}

#[wasm_bindgen_test]
fn a_refresh_orders_the_merchants_order_anew() {
    let host = mount(SECTIONS);
    let core = candle_lover();
    arrange(&core, &host, false);
    (0..9).for_each(|_| likes(&core, &["Bags"]));
    let report = arrange(&core, &host, true);
    assert_eq!(report[0].before, "mugs legal bags candles");
    assert_eq!(report[0].after, "bags legal candles mugs");
    assert_eq!(shown(&container(&host)), "- bags legal candles mugs");
    unmount(&host);
}

#[wasm_bindgen_test]
fn a_forgotten_shopper_sees_the_merchants_order_again() {
    let host = mount(PRODUCTS);
    let core = candle_lover();
    arrange(&core, &host, false);
    core.forget();
    arrange(&core, &host, true);
    assert_eq!(shown(&container(&host)), "mug - bag candle");
    unmount(&host);
}

#[wasm_bindgen_test]
fn new_children_find_their_place_without_moving_old_ones() {
    let host = mount(PRODUCTS);
    let list = container(&host);
    let core = candle_lover();
    arrange(&core, &host, false);
    let added = r#"<li data-reshelf-item="lamp"></li><li data-reshelf-item="heart" data-reshelf-category="Home &gt; Candles"></li>"#;
    add(&list, added, false);
    let report = arrange(&core, &host, false);
    assert_eq!(shown(&list), "candle - mug bag heart lamp");
    assert_eq!(report[0].before, "mug bag candle lamp heart");
    let changes = mutations(&host);
    arrange(&core, &host, false);
    assert_eq!(mutated(&changes), 0);
    unmount(&host);
}

/// A page that puts something new on top moved the rest itself; that is enough.
#[wasm_bindgen_test]
fn a_new_child_on_top_moves_nothing_else() {
    let host = mount(PRODUCTS);
    let list = container(&host);
    let core = candle_lover();
    arrange(&core, &host, false);
    add(&list, r#"<li data-reshelf-item="lamp"></li>"#, true);
    let changes = mutations(&host);
    let report = arrange(&core, &host, false);
    assert_eq!(shown(&list), "lamp candle - mug bag");
    assert_eq!(mutated(&changes), 0);
    assert_eq!(report[0].before, "lamp mug bag candle");
    unmount(&host);
}

/// What the shopper had the page sort, by price say, stays sorted.
#[wasm_bindgen_test]
fn an_order_that_the_page_made_is_the_merchants() {
    let host = mount(PRODUCTS);
    let list = container(&host);
    let core = candle_lover();
    arrange(&core, &host, false);
    assert_eq!(shown(&list), "candle - mug bag");
    place_last(&list, "[data-reshelf-item=mug]");
    assert_eq!(shown(&list), "candle - bag mug");
    let report = arrange(&core, &host, false);
    assert_eq!(report[0].before, "candle bag mug");
    assert_eq!(shown(&list), "candle - bag mug");
    unmount(&host);
}

/// A page that draws the same list anew gets the same order again.
#[wasm_bindgen_test]
fn a_list_drawn_anew_is_arranged_as_before() {
    let host = mount(PRODUCTS);
    let list = container(&host);
    let core = candle_lover();
    let first = arrange(&core, &host, false);
    let drawn = find(&detached(PRODUCTS), "ul").inner_html();
    (0..9).for_each(|_| likes(&core, &["Bags"]));
    list.set_inner_html(&drawn);
    assert_eq!(shown(&list), "mug - bag candle");
    assert_eq!(arrange(&core, &host, false), first);
    assert_eq!(shown(&list), "candle - mug bag");
    unmount(&host);
}

#[wasm_bindgen_test]
fn a_child_that_left_leaves_no_hole() {
    let host = mount(PRODUCTS);
    let core = candle_lover();
    arrange(&core, &host, false);
    unmount(&find(&host, "[data-reshelf-item=mug]"));
    let report = arrange(&core, &host, true);
    assert_eq!(shown(&container(&host)), "candle - bag");
    assert_eq!(report[0].before, "bag candle");
    unmount(&host);
}

#[wasm_bindgen_test]
fn a_page_that_refuses_is_left_as_it_was() {
    for html in [SECTIONS, PRODUCTS, BANNERS] {
        for (nth, times) in [(1, u32::MAX), (1, 1), (2, 1)] {
            let host = mount(html);
            let list = container(&host);
            let (before, seen) = (shown(&list), visible(&list));
            refuse(&list, nth, times);
            let core = candle_lover();
            likes(&core, &["Bags"]);
            let report = arrange(&core, &host, false);
            // Of one move, the second is none.
            if shown(&list) != before {
                assert_eq!(nth, 2, "{html}");
            } else {
                assert_eq!(visible(&list), seen, "{html}");
                assert_eq!(report[0].before, report[0].after, "{html}");
            }
            unmount(&host);
        }
    }
}

#[wasm_bindgen_test]
fn the_focus_stays() {
    let host = mount(PRODUCTS);
    let input = find(&host, "input");
    focus(&input);
    assert!(is_focused(&input));
    arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "candle - mug bag");
    // Older browsers cannot move an element without its losing the focus.
    assert!(is_focused(&input) || !can_move_with_focus());
    unmount(&host);
}

#[wasm_bindgen_test]
fn the_focus_of_what_does_not_move_stays_everywhere() {
    let host = mount(&PRODUCTS.replace("an advertisement", "<button>buy</button>"));
    let button = find(&host, "button");
    focus(&button);
    arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "candle - mug bag");
    assert!(is_focused(&button));
    unmount(&host);
}

#[wasm_bindgen_test]
fn a_page_in_preparation_is_arranged_too() {
    let host = detached(PRODUCTS);
    arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "candle - mug bag");
    // The container itself may be the root.
    let host = detached(SECTIONS);
    arrange(&candle_lover(), &container(&host), false);
    assert_eq!(shown(&container(&host)), "- candles legal mugs bags");
}

#[wasm_bindgen_test]
fn a_shadow_root_is_a_root() {
    let root = shadow(PRODUCTS);
    arrange(&candle_lover(), &root, false);
    assert_eq!(shown(&container(&root)), "candle - mug bag");
    unmount(&host_of(&root));
}

#[wasm_bindgen_test]
fn containers_in_containers_are_arranged_each() {
    let inner = PRODUCTS.replace("search", "inner");
    let html = SECTIONS.replace("\"Mugs\">", &format!("\"Mugs\">{inner}"));
    let host = mount(&html);
    let report = arrange(&candle_lover(), &host, false);
    let placements: Vec<&str> = report.iter().map(|one| one.placement.as_str()).collect();
    assert_eq!(placements, ["home", "inner"]);
    assert_eq!(shown(&find(&host, "ul")), "candle - mug bag");
    assert_eq!(shown(&find(&host, "main")), "- candles legal mugs bags");
    unmount(&host);
}

/// A pinned product is exempt, and a hidden one takes no other's place.
#[wasm_bindgen_test]
fn pinned_products_stay() {
    let host = mount(&PRODUCTS.replace("\"mug\"", "\"mug\" data-reshelf-pin"));
    arrange(&candle_lover(), &host, false);
    assert_eq!(shown(&container(&host)), "mug - candle bag");
    unmount(&host);
}

#[wasm_bindgen_test]
fn two_children_of_one_id_both_stay() {
    let html = PRODUCTS
        .replace("an advertisement", "")
        .replace("<li></li>", r#"<li data-reshelf-item="candle"></li>"#);
    let host = mount(&html);
    let core = candle_lover();
    arrange(&core, &host, false);
    assert_eq!(shown(&container(&host)), "candle candle mug bag");
    let changes = mutations(&host);
    arrange(&core, &host, false);
    assert_eq!(mutated(&changes), 0);
    unmount(&host);
}

#[wasm_bindgen_test]
fn marks_fill_what_a_row_leaves_out() {
    // A row without a category came first, as an adapter's, or comes later.
    for comes_later in [false, true] {
        let host = mount(PRODUCTS);
        let core = candle_lover();
        if comes_later {
            arrange(&core, &detached(PRODUCTS), false);
        }
        register(&core, &[("mug", &[]), ("bag", &[]), ("candle", &[])]);
        arrange(&core, &host, true);
        assert_eq!(shown(&container(&host)), "candle - mug bag", "{comes_later}");
        unmount(&host);
    }
}

#[wasm_bindgen_test]
fn a_products_page_says_what_it_is_about() {
    for watched in [false, true] {
        let page = mount(
            r#"<article data-reshelf="product" data-reshelf-item="wick" data-reshelf-category="Home &gt; Candles"></article>"#,
        );
        let core = core(100.0);
        match watched {
            true => core.unobserve(core.observe(&page, recorder(), None)),
            false => drop(arrange(&core, &page, false)),
        }
        (0..20).for_each(|_| tell(&core, EventKind::Purchase, "wick", -1.0));
        let list = mount(PRODUCTS);
        arrange(&core, &list, false);
        assert_eq!(shown(&container(&list)), "candle - mug bag", "{watched}");
        [page, list].iter().for_each(unmount);
    }
}

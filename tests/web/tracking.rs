//! A watched page: what is told, and what is left behind afterwards.

use crate::page::*;
use crate::shop::core;
use js_sys::Function;
use reshelf::engine::event::EventKind;
use wasm_bindgen_test::wasm_bindgen_test;

const PRODUCT: &str = r#"
  <article data-reshelf="product" data-reshelf-item="candle"><button>buy</button></article>"#;

const SHELVES: &str = r##"
  <main data-reshelf="sections" data-reshelf-placement="home">
    <section data-reshelf-section="first" style="height: 40px"></section>
    <section data-reshelf-section="second" style="height: 40px">
      <ul data-reshelf="products" data-reshelf-placement="shelf">
        <li>an advertisement</li>
        <li data-reshelf-item="mug">mug</li>
        <li data-reshelf-item="bag"><a href="#bag">bag</a></li>
      </ul>
    </section>
    <section data-reshelf-section="hidden" style="display: none">far away</section>
    <section data-reshelf-section="below" style="position: fixed; top: 9999px; height: 40px">far away</section>
  </main>
  <div data-reshelf="banners" data-reshelf-placement="hero">
    <a data-reshelf-banner="spring" style="display: block; height: 40px">spring</a>
  </div>"##;

/// Milliseconds that a test may take beyond the time it lets pass.
const SLACK: f64 = 900.0;

fn of(sink: &Function, kind: EventKind) -> Vec<Told> {
    events(sink).into_iter().filter(|told| told.kind == kind).collect()
}

fn ids(told: &[Told]) -> Vec<&str> {
    let mut ids: Vec<&str> = told.iter().map(|told| told.subject.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[wasm_bindgen_test]
fn clicks_that_nobody_made_are_not_told() {
    let host = mount(SHELVES);
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    for element in ["a[href]", "[data-reshelf-item]", "section", "[data-reshelf-banner]"] {
        click(&find(&host, element));
    }
    assert_eq!(events(&sink), []);
    core.unobserve(token);
    unmount(&host);
}

/// Dwell events in whole seconds, rounded down within the slack.
fn dwelt(sink: &Function) -> Vec<(String, u32)> {
    let seconds = |told: Told| {
        let seconds = (told.dwell_ms / 1000.0).floor();
        assert!(told.dwell_ms - seconds * 1000.0 < SLACK, "{told:?}");
        (told.subject, seconds as u32)
    };
    of(sink, EventKind::Dwell).into_iter().map(seconds).collect()
}

fn seconds(dwelt: &[(&str, u32)]) -> Vec<(String, u32)> {
    dwelt.iter().map(|(id, seconds)| ((*id).to_owned(), *seconds)).collect()
}

#[wasm_bindgen_test]
async fn a_products_page_tells_one_view_and_its_dwell() {
    let (host, time) = (mount(PRODUCT), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    let view = Told {
        kind: EventKind::View,
        subject: "candle".into(),
        dwell_ms: -1.0,
        placement: String::new(),
        position: -1.0,
    };
    assert_eq!(events(&sink), [view]);
    time.pass(4);
    // What changes in the page does not make it another one.
    rename(&find(&host, "button"), "class", "pressed");
    add(&host, "<p>more</p>", false);
    drawn().await;
    time.pass(3);
    core.unobserve(token);
    assert_eq!(dwelt(&sink), seconds(&[("candle", 7)]));
    core.unobserve(token);
    assert_eq!(events(&sink).len(), 2);
    unmount(&host);
}

/// What the shopper read before "forget me" is not filed after it.
#[wasm_bindgen_test]
async fn what_is_being_read_is_forgotten_too() {
    for denies in [false, true] {
        let (host, time) = (mount(PRODUCT), Time::take());
        let (core, sink) = (core(50.0), recorder());
        let token = core.observe(&host, sink.clone(), None);
        time.pass(5);
        if denies {
            core.deny()
        } else {
            core.forget()
        }
        time.pass(3);
        fire("pagehide", true);
        fire("pageshow", true);
        assert_eq!(dwelt(&sink), []);
        // Another product is another story.
        rename(&find(&host, "article"), "data-reshelf-item", "mug");
        drawn().await;
        time.pass(2);
        core.unobserve(token);
        assert_eq!(dwelt(&sink), seconds(&[("mug", 2)]));
        unmount(&host);
    }
}

#[wasm_bindgen_test]
fn without_a_sign_of_life_nobody_reads_for_long() {
    let (host, time) = (mount(PRODUCT), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    time.pass(10);
    fire("keydown", true);
    time.pass(60);
    core.unobserve(token);
    assert_eq!(dwelt(&sink), seconds(&[("candle", 25)]));
    unmount(&host);
}

#[wasm_bindgen_test]
async fn another_product_in_the_same_page_is_another_view() {
    let (host, time) = (mount(PRODUCT), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    time.pass(2);
    rename(&find(&host, "article"), "data-reshelf-item", "mug");
    drawn().await;
    time.pass(3);
    core.unobserve(token);
    assert_eq!(dwelt(&sink), seconds(&[("candle", 2), ("mug", 3)]));
    let kinds: Vec<EventKind> = events(&sink).into_iter().map(|told| told.kind).collect();
    use EventKind::{Dwell, View};
    assert_eq!(kinds, [View, Dwell, View, Dwell]);
    unmount(&host);
}

/// A page that goes to the back-forward cache tells its dwell at once, and goes
/// on counting when it comes back.
#[wasm_bindgen_test]
fn leaving_tells_the_dwell() {
    for (leave, back, on_window) in [("pagehide", "pageshow", true), ("freeze", "resume", false)] {
        let (host, time) = (mount(PRODUCT), Time::take());
        let (core, sink) = (core(50.0), recorder());
        let token = core.observe(&host, sink.clone(), None);
        time.pass(5);
        fire(leave, on_window);
        assert_eq!(dwelt(&sink), seconds(&[("candle", 5)]));
        time.pass(60);
        fire(back, on_window);
        time.pass(3);
        core.unobserve(token);
        assert_eq!(dwelt(&sink), seconds(&[("candle", 5), ("candle", 3)]));
        assert_eq!(of(&sink, EventKind::View).len(), 1);
        unmount(&host);
    }
}

#[wasm_bindgen_test]
async fn what_is_in_view_for_a_second_is_told_once() {
    let (host, time) = (mount(SHELVES), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    drawn().await;
    assert_eq!(events(&sink), [], "too early");
    time.pass(2);
    assert_eq!(ids(&of(&sink, EventKind::SectionView)), ["first", "second"]);
    assert_eq!(ids(&of(&sink, EventKind::BannerView)), ["spring"]);
    assert_eq!(ids(&of(&sink, EventKind::Impression)), ["bag", "mug"]);
    let bag = of(&sink, EventKind::Impression).into_iter().find(|told| told.subject == "bag");
    let bag = bag.expect("it was seen");
    assert_eq!((&*bag.placement, bag.position, bag.dwell_ms), ("shelf", 1.0, -1.0));
    let seen = events(&sink).len();
    time.pass(9);
    assert_eq!(events(&sink).len(), seen, "told twice");
    // What the page adds later is watched too, once it is drawn.
    add(&find(&host, "ul"), r#"<li data-reshelf-item="lamp">lamp</li>"#, false);
    drawn().await;
    time.pass(1);
    drawn().await;
    time.pass(2);
    assert_eq!(ids(&of(&sink, EventKind::Impression)), ["bag", "lamp", "mug"]);
    core.unobserve(token);
    unmount(&host);
}

/// The same with the browser's own clock and timer.
#[wasm_bindgen_test]
async fn a_second_is_a_second() {
    let host = mount(SHELVES);
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    sleep(800.0).await;
    assert_eq!(events(&sink), [], "too early");
    for _ in 0..40 {
        if events(&sink).is_empty() {
            sleep(100.0).await;
        }
    }
    assert_eq!(ids(&of(&sink, EventKind::SectionView)), ["first", "second"]);
    core.unobserve(token);
    unmount(&host);
}

#[wasm_bindgen_test]
async fn a_glance_is_not_a_view() {
    let (host, time) = (mount(SHELVES), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&host, sink.clone(), None);
    drawn().await;
    unmount(&host);
    drawn().await;
    time.pass(9);
    core.unobserve(token);
    assert_eq!(events(&sink), []);
}

#[wasm_bindgen_test]
async fn an_open_shadow_root_is_watched() {
    let (root, time) = (shadow(&format!("{PRODUCT}{SHELVES}")), Time::take());
    let (core, sink) = (core(50.0), recorder());
    let token = core.observe(&root, sink.clone(), None);
    assert_eq!(ids(&of(&sink, EventKind::View)), ["candle"]);
    drawn().await;
    time.pass(2);
    assert_eq!(ids(&of(&sink, EventKind::SectionView)), ["first", "second"]);
    core.unobserve(token);
    assert_eq!(dwelt(&sink), seconds(&[("candle", 2)]));
    unmount(&host_of(&root));
}

#[wasm_bindgen_test]
async fn nothing_is_left_behind() {
    let host = mount(&format!("{PRODUCT}{SHELVES}"));
    let audit = audit();
    let (core, sink) = (core(50.0), recorder());
    let tokens = [core.observe(&host, sink.clone(), None), core.observe(&host, sink.clone(), None)];
    assert!(attached(&audit) > 10, "{}", attached_names(&audit));
    drawn().await;
    core.unobserve(tokens[0]);
    assert!(attached(&audit) > 5, "{}", attached_names(&audit));
    core.unobserve(tokens[1]);
    assert_eq!(attached_names(&audit), "");
    // Freeing the engine stops what still watches.
    core.observe(&host, sink.clone(), None);
    assert!(attached(&audit) > 5);
    drop(core);
    assert_eq!(attached_names(&audit), "");
    let told = events(&sink).len();
    fire("keydown", true);
    fire("pagehide", true);
    add(&host, PRODUCT, true);
    drawn().await;
    assert_eq!(events(&sink).len(), told, "somebody still watches");
    end_audit(&audit);
    unmount(&host);
}

#[wasm_bindgen_test]
async fn a_sink_that_throws_stops_nothing() {
    let (host, time) = (mount(&format!("{PRODUCT}{SHELVES}")), Time::take());
    let (core, sink) = (core(50.0), throwing());
    let token = core.observe(&host, sink.clone(), None);
    drawn().await;
    time.pass(2);
    core.unobserve(token);
    assert_eq!(ids(&of(&sink, EventKind::SectionView)), ["first", "second"]);
    assert_eq!(dwelt(&sink), seconds(&[("candle", 2)]));
    unmount(&host);
}

#[wasm_bindgen_test]
fn tokens_of_nothing_stop_nothing() {
    let core = core(50.0);
    core.unobserve(0);
    core.unobserve(u32::MAX);
}

//! Watches a part of the page and tells what happened, in the words of the HTML
//! contract: clicks, what was seen, and how long a product was read.
//!
//! It knows the page and nothing of the engine: every event goes to one sink,
//! the same way as events the shop reports itself. Must not live here: what an
//! event means.

use super::callback::{Callback, Guard};
use super::dom;
use super::exposure::Exposure;
use super::markup;
use super::reading::Reading;
use super::sink::{Sink, Whereabouts};
use crate::engine::dwell::Signal;
use crate::engine::event::EventKind;
use js_sys::{Array, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, MutationObserver, Node, Window};

/// Everything that runs on a watched page. Dropping it stops it.
pub struct Tracker {
    reading: Rc<RefCell<Reading>>,
    window: Window,
    ticker: i32,
    scan: Rc<Cell<i32>>,
    changes: Option<MutationObserver>,
    _callbacks: [Callback; 3],
}

impl std::fmt::Debug for Tracker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tracker")
    }
}

/// Page lifecycle and signs of life. `unload` is never used: it is not
/// dependable on phones and keeps pages out of the back-forward cache.
const OF_WINDOW: [&str; 10] = [
    "pagehide",
    "pageshow",
    "pointerdown",
    "pointermove",
    "keydown",
    "wheel",
    "scroll",
    "touchstart",
    "click",
    "auxclick",
];
const OF_DOCUMENT: [&str; 4] = ["visibilitychange", "freeze", "resume", "prerenderingchange"];

impl Tracker {
    /// Starts to watch `root`; `None` outside of a page.
    pub fn start(root: &Node, sink: Sink, guard: &Guard) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let reading = Rc::new(RefCell::new(Reading::new(root.clone(), sink.clone())));
        let exposure = Rc::new(RefCell::new(Exposure::new(root.clone(), sink.clone(), guard)));
        reading.borrow_mut().begin(&document);
        exposure.borrow_mut().scan();

        let (reads, clicked) = (reading.clone(), root.clone());
        let happened = Callback::new(
            Box::new(move |event: JsValue| {
                let event: Event = event.unchecked_into();
                match signal(&event.type_()) {
                    Some(signal) => reads.borrow_mut().signal(signal),
                    None => click(&event, &clicked, &sink),
                }
            }),
            guard,
        );
        let happened = happened.listen(&window, &OF_WINDOW).listen(&document, &OF_DOCUMENT);

        // The page changes while it answers its shopper: entries are looked for later.
        let scan = Rc::new(Cell::new(0));
        let (reads, due, timers) = (reading.clone(), scan.clone(), window.clone());
        let beat = Callback::new(
            Box::new(move |_| {
                let mut exposure = exposure.borrow_mut();
                if due.get() != 0 {
                    timers.clear_interval_with_handle(due.take());
                    exposure.scan();
                    reads.borrow_mut().look();
                }
                reads.borrow_mut().signal(Signal::Tick);
                exposure.tick();
            }),
            guard,
        );
        let ticker = every(&window, beat.function(), 1000);

        let (reads, due, timers) = (reading.clone(), scan.clone(), window.clone());
        let beats = beat.function().clone();
        let changed = Callback::new(
            Box::new(move |_| {
                reads.borrow_mut().changed();
                if due.get() == 0 {
                    due.set(every(&timers, &beats, SCAN_AFTER_MS));
                }
            }),
            guard,
        );
        let changes = watch_changes(root, &changed);
        let _callbacks = [happened, beat, changed];
        Some(Self { reading, window, ticker, scan, changes, _callbacks })
    }
}

impl Tracker {
    /// Drops what was not told yet: the shopper had everything forgotten.
    pub fn forget(&self) {
        self.reading.borrow_mut().forget();
    }
}

impl Drop for Tracker {
    fn drop(&mut self) {
        self.reading.borrow_mut().close();
        self.window.clear_interval_with_handle(self.ticker);
        self.window.clear_interval_with_handle(self.scan.take());
        if let Some(changes) = &self.changes {
            changes.disconnect();
        }
    }
}

/// How long after a change of the page its new entries are looked for: after the frame
/// that shows it, and soon enough for a second in view to be told apart from less.
const SCAN_AFTER_MS: i32 = 50;

/// Calls every so often until the handle is cleared; 0 where the browser refuses.
fn every(window: &Window, function: &js_sys::Function, ms: i32) -> i32 {
    window.set_interval_with_callback_and_timeout_and_arguments_0(function, ms).unwrap_or_default()
}

/// Calls when elements come or go, or the product of the page changes.
fn watch_changes(root: &Node, changed: &Callback) -> Option<MutationObserver> {
    let observer = MutationObserver::new(changed.function()).ok()?;
    let options = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&options, &JsValue::from_str(name), value);
    set("childList", &JsValue::TRUE).ok()?;
    set("subtree", &JsValue::TRUE).ok()?;
    set("attributeFilter", &Array::of1(&JsValue::from_str(markup::ITEM))).ok()?;
    observer.observe_with_options(root, options.unchecked_ref()).ok()?;
    Some(observer)
}

/// What a DOM event says about attention; `None` for clicks.
fn signal(name: &str) -> Option<Signal> {
    Some(match name {
        "click" | "auxclick" => return None,
        "visibilitychange" if dom::is_hidden() => Signal::Hidden,
        "visibilitychange" => Signal::Visible,
        "pagehide" => Signal::PageHide,
        "pageshow" => Signal::PageShow,
        "freeze" => Signal::Freeze,
        "resume" => Signal::Resume,
        "prerenderingchange" => Signal::Activate,
        _ => Signal::Input,
    })
}

/// Reads a click: the innermost item, and the section or banner around it. The
/// path is the composed one, so that clicks inside open shadow roots count.
fn click(event: &Event, root: &Node, sink: &Sink) {
    let path: Vec<JsValue> = event.composed_path().iter().collect();
    if !event.is_trusted() || !path.iter().any(|node| node == AsRef::<JsValue>::as_ref(root)) {
        return;
    }
    // Once for all marks: the shopper waits for what is asked of the page.
    let elements: Vec<&Element> = path.iter().filter_map(|node| node.dyn_ref()).collect();
    let marks = [
        (markup::ITEM, EventKind::Click),
        (markup::SECTION, EventKind::SectionClick),
        (markup::BANNER, EventKind::BannerClick),
    ];
    for (attribute, kind) in marks {
        let entry = elements
            .iter()
            .filter_map(|element| Some((element.get_attribute(attribute)?, element)))
            .find(|(_, element)| !markup::is_product_page(element));
        if let Some((id, element)) = entry {
            sink.send(kind, &id, -1.0, &Whereabouts::of(element));
        }
    }
}

//! Watches a part of the page and tells what happened, in the words of the HTML
//! contract: clicks, what was seen, and how long a product was read.
//!
//! It knows the page and nothing of the engine: every event goes to one sink,
//! the same way as events the shop reports itself. Must not live here: what an
//! event means.

use super::exposure::Exposure;
use super::listener::Listener;
use super::markup::{self, Placement};
use super::reading::Reading;
use crate::engine::dwell::Signal;
use crate::engine::event::EventKind;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, MutationObserver, MutationObserverInit, Node,
    VisibilityState, Window,
};

/// Where events go: `(kind, subject, dwell in ms or −1, placement or "", position or −1)`.
#[derive(Clone, Debug)]
pub struct Sink(js_sys::Function);

impl Sink {
    /// A sink around the facade's function.
    pub fn new(function: js_sys::Function) -> Self {
        Self(function)
    }

    /// Hands an event over.
    pub fn send(&self, kind: EventKind, subject: &str, dwell_ms: f64, seen: &Whereabouts) {
        let arguments = js_sys::Array::of5(
            &JsValue::from(kind as u8),
            &JsValue::from_str(subject),
            &JsValue::from_f64(dwell_ms),
            &JsValue::from_str(&seen.placement),
            &JsValue::from_f64(seen.position),
        );
        // The facade's function catches everything; there is no one else to tell.
        let _ = self.0.apply(&JsValue::UNDEFINED, &arguments);
    }
}

/// Where in the page something stands.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// Name of the placement; empty outside of any.
    pub placement: String,
    /// Place among its entries from 0, or −1.
    pub position: f64,
}

impl Whereabouts {
    /// Outside of any placement.
    pub fn nowhere() -> Self {
        Self { placement: String::new(), position: -1.0 }
    }

    /// Of an entry in its container.
    pub fn of(entry: &Element) -> Self {
        let marked = |container: Element| Some((Placement::of(&container)?, container));
        let parent = entry.parent_element();
        let container = parent.and_then(|parent| parent.closest("[data-reshelf]").ok().flatten());
        let Some((placement, container)) = container.and_then(marked) else {
            return Self::nowhere();
        };
        let children = container.children();
        let entries = (0..children.length())
            .filter_map(|index| children.item(index))
            .filter(|child| placement.entry_id(child).is_some());
        let position = entries.enumerate().find(|(_, child)| child.contains(Some(entry)));
        Self { position: position.map_or(-1.0, |(at, _)| at as f64), placement: placement.name }
    }
}

/// What the page is and what runs on it. Dropping it stops everything.
pub struct Tracker {
    reading: Rc<RefCell<Reading>>,
    _listeners: Vec<Listener>,
    _ticker: Option<Ticker>,
    _changes: Option<Changes>,
}

impl std::fmt::Debug for Tracker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tracker")
    }
}

impl Tracker {
    /// Starts to watch `root`; `None` outside of a page.
    pub fn start(root: &Node, sink: Sink) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let reading = Rc::new(RefCell::new(Reading::new(root.clone(), sink.clone())));
        let exposure = Rc::new(RefCell::new(Exposure::new(root.clone(), sink.clone())));
        reading.borrow_mut().begin(&document);
        exposure.borrow_mut().scan();

        let mut listeners = lifecycle(&window, &document, &reading);
        for name in ["click", "auxclick"] {
            let (root, sink) = (root.clone(), sink.clone());
            listeners
                .extend(Listener::new(&window, name, move |event| clicked(&event, &root, &sink)));
        }
        let (beat_reading, beat_exposure) = (reading.clone(), exposure.clone());
        let ticker = Ticker::start(&window, move || {
            beat_reading.borrow_mut().signal(Signal::Tick);
            beat_exposure.borrow_mut().tick();
        });
        let changed_reading = reading.clone();
        let changes = Changes::watch(root, move || {
            changed_reading.borrow_mut().look();
            exposure.borrow_mut().scan();
        });
        Some(Self { reading, _listeners: listeners, _ticker: ticker, _changes: changes })
    }
}

impl Drop for Tracker {
    fn drop(&mut self) {
        self.reading.borrow_mut().close();
    }
}

/// The page's lifecycle as dwell signals. `unload` is never used: it is not
/// dependable on phones and keeps pages out of the back-forward cache.
fn lifecycle(
    window: &Window,
    document: &Document,
    reading: &Rc<RefCell<Reading>>,
) -> Vec<Listener> {
    let window: &EventTarget = window;
    let page: &EventTarget = document;
    let on = |target: &EventTarget, name, signal| {
        let reading = reading.clone();
        Listener::new(target, name, move |_| reading.borrow_mut().signal(signal))
    };
    let (visibility, seen) = (reading.clone(), document.clone());
    let visibility = Listener::new(page, "visibilitychange", move |_| {
        let hidden = seen.visibility_state() == VisibilityState::Hidden;
        visibility.borrow_mut().signal(if hidden { Signal::Hidden } else { Signal::Visible });
    });
    let inputs = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"];
    let inputs = inputs.into_iter().map(|name| on(window, name, Signal::Input));
    [
        visibility,
        on(window, "pagehide", Signal::PageHide),
        on(window, "pageshow", Signal::PageShow),
        on(page, "freeze", Signal::Freeze),
        on(page, "resume", Signal::Resume),
        on(page, "prerenderingchange", Signal::Activate),
    ]
    .into_iter()
    .chain(inputs)
    .flatten()
    .collect()
}

/// Reads a click: the innermost item, and the section or banner around it. The
/// path is the composed one, so that clicks inside open shadow roots count.
fn clicked(event: &Event, root: &Node, sink: &Sink) {
    if !event.is_trusted() {
        return;
    }
    let path: Vec<Node> =
        event.composed_path().iter().filter_map(|target| target.dyn_into().ok()).collect();
    if !path.contains(root) {
        return;
    }
    let elements: Vec<&Element> =
        path.iter().filter_map(|node| node.dyn_ref::<Element>()).collect();
    let report = |attribute: &str, kind: EventKind| {
        let marked = elements
            .iter()
            .find(|element| element.has_attribute(attribute) && !markup::is_product_page(element));
        if let Some(element) = marked {
            let id = element.get_attribute(attribute).unwrap_or_default();
            sink.send(kind, &id, -1.0, &Whereabouts::of(element));
        }
    };
    report(markup::ITEM, EventKind::Click);
    report(markup::SECTION, EventKind::SectionClick);
    report(markup::BANNER, EventKind::BannerClick);
}

/// Calls once a second until dropped.
struct Ticker {
    window: Window,
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Ticker {
    fn start(window: &Window, beat: impl FnMut() + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(beat);
        let callback = closure.as_ref().unchecked_ref();
        let id =
            window.set_interval_with_callback_and_timeout_and_arguments_0(callback, 1000).ok()?;
        Some(Self { window: window.clone(), id, _closure: closure })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.window.clear_interval_with_handle(self.id);
    }
}

/// Calls when elements come or go, or the product of the page changes.
struct Changes {
    observer: MutationObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Changes {
    fn watch(root: &Node, changed: impl FnMut() + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(changed);
        let observer = MutationObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str(markup::ITEM)));
        observer.observe_with_options(root, &options).ok()?;
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

//! What was really seen: entries that stood at least half in view, or filled
//! half of it, for a second while the page was visible (the industry's rule of a
//! viewable impression). Each is told once a visit.

use super::callback::{Callback, Guard};
use super::clock::BrowserClock;
use super::dom::{self, number, property, select};
use super::markup::Placement;
use super::sink::{Sink, Whereabouts};
use crate::engine::event::EventKind;
use crate::engine::ranking::Kind;
use crate::ports::Clock as _;
use js_sys::{Array, Object, Reflect, WeakSet};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, IntersectionObserver, Node};

/// How long something must be in view.
const SEEN_AFTER_MS: f64 = 1_000.0;
/// Shares of an element at which the browser tells; a tall section fills half
/// the view long before half of it is shown.
const THRESHOLDS: [f64; 5] = [0.05, 0.1, 0.2, 0.35, 0.5];
/// Entries, and not the main part of a product's page.
const MARKED: &str = ":is([data-reshelf-item], [data-reshelf-section], [data-reshelf-banner]):not([data-reshelf=product])";

/// Elements in view, and since when (monotonic ms).
type InView = Rc<RefCell<Vec<(Element, f64)>>>;

/// Watches the marked entries under a root.
#[derive(Debug)]
pub struct Exposure {
    root: Node,
    sink: Sink,
    watched: WeakSet,
    in_view: InView,
    observer: Option<IntersectionObserver>,
    _callback: Callback,
}

impl Exposure {
    /// Watches nothing yet; see [`Exposure::scan`].
    pub fn new(root: Node, sink: Sink, guard: &Guard) -> Self {
        let in_view = InView::default();
        let updated = in_view.clone();
        let callback = Callback::new(Box::new(move |entries| update(&updated, &entries)), guard);
        let thresholds: Array = THRESHOLDS.into_iter().map(JsValue::from_f64).collect();
        let options = Object::new();
        let set = Reflect::set(&options, &JsValue::from_str("threshold"), &thresholds);
        let observer = set.and_then(|_| {
            IntersectionObserver::new_with_options(callback.function(), options.unchecked_ref())
        });
        let watched = WeakSet::new();
        Self { root, sink, watched, in_view, observer: observer.ok(), _callback: callback }
    }

    /// Starts to watch entries that are new under the root.
    pub fn scan(&mut self) {
        let Some(observer) = &self.observer else { return };
        for element in select(&self.root, MARKED) {
            if !self.watched.has(&element) {
                self.watched.add(&element);
                observer.observe(&element);
            }
        }
    }

    /// Tells what has been in view long enough. Called about once a second.
    pub fn tick(&mut self) {
        if dom::is_hidden() {
            return;
        }
        let now = BrowserClock.read().monotonic;
        let mut seen = Vec::new();
        self.in_view.borrow_mut().retain(|(element, since)| {
            let is_seen = now - since >= SEEN_AFTER_MS;
            if is_seen {
                seen.push(element.clone());
            }
            !is_seen
        });
        for element in seen {
            if let Some(observer) = &self.observer {
                observer.unobserve(&element);
            }
            self.tell(&element);
        }
    }

    fn tell(&self, element: &Element) {
        let container = element.parent_element().and_then(|parent| Placement::of(&parent));
        let Some(placement) = container else { return };
        let kind = match placement.kind {
            Kind::Products => EventKind::Impression,
            Kind::Sections => EventKind::SectionView,
            Kind::Banners => EventKind::BannerView,
        };
        if let Some(id) = placement.entry_id(element) {
            self.sink.send(kind, &id, -1.0, &Whereabouts::of(element));
        }
    }
}

impl Drop for Exposure {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

fn update(in_view: &InView, entries: &JsValue) {
    let now = BrowserClock.read().monotonic;
    let mut in_view = in_view.borrow_mut();
    for entry in Array::from(entries).iter() {
        let element: Element = property(&entry, "target").unchecked_into();
        let known = in_view.iter().position(|(seen, _)| *seen == element);
        match (known, is_in_view(&entry)) {
            (None, true) => in_view.push((element, now)),
            (Some(at), false) => drop(in_view.swap_remove(at)),
            _ => {}
        }
    }
}

fn is_in_view(entry: &JsValue) -> bool {
    let height = |name: &str| number(&property(entry, name), "height");
    let view = height("rootBounds");
    let fills = view > 0.0 && height("intersectionRect") >= 0.5 * view;
    property(entry, "isIntersecting").is_truthy()
        && (fills || number(entry, "intersectionRatio") >= 0.5)
}

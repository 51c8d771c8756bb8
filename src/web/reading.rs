//! Reading a product's page: one view when it is first seen, and its active
//! dwell whenever an interval closes. Must not live here: the rules of dwell
//! (`engine::dwell`).

use super::clock::BrowserClock;
use super::dom::{self, property, select};
use super::markup;
use super::sink::{Sink, Whereabouts};
use crate::engine::dwell::{Dwell, Signal};
use crate::engine::event::EventKind;
use crate::ports::Clock as _;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Node};

/// Dwell shorter than this is not worth an event.
const SHORTEST_DWELL_MS: f64 = 1.0;

/// The state of one page.
#[derive(Debug)]
pub struct Reading {
    root: Node,
    sink: Sink,
    dwell: Dwell,
    /// The product of the page, and how far it was told.
    product: Option<(String, Told)>,
}

/// How far the product of a page was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// Nobody has seen it yet.
    Nothing,
    /// Its view, and dwell from time to time.
    View,
    /// The shopper had everything forgotten while it was open: nothing more is
    /// told until another product is shown.
    Never,
}

impl Reading {
    /// A page nobody has looked at yet.
    pub fn new(root: Node, sink: Sink) -> Self {
        Self { root, sink, dwell: Dwell::default(), product: None }
    }

    /// Takes in how the page is at the start.
    pub fn begin(&mut self, document: &Document) {
        // Not in every browser, so not in web-sys: a page being prerendered may
        // call itself visible.
        if property(document, "prerendering").is_truthy() {
            self.signal(Signal::Prerender);
        }
        if !dom::is_hidden() {
            self.signal(Signal::Visible);
        }
        self.look();
    }

    /// Takes a lifecycle signal in.
    pub fn signal(&mut self, signal: Signal) {
        self.dwell.signal(signal, BrowserClock.read());
        if matches!(signal, Signal::Hidden | Signal::PageHide | Signal::Freeze) {
            self.tell_dwell();
        }
        self.tell_view();
    }

    /// Looks which product the page shows now; another one closes the first
    /// one's interval and opens its own at the same instant.
    pub fn look(&mut self) {
        let shown = product(&self.root);
        if shown.as_deref() != self.product.as_ref().map(|(id, _)| id.as_str()) {
            self.tell_dwell();
            self.product = shown.map(|id| (id, Told::Nothing));
        }
        self.tell_view();
    }

    /// The page changed. The interval of a product that is being read ends with it; where
    /// there is none, looking for one can wait until the shopper has seen the change,
    /// because it goes through the whole page.
    pub fn changed(&mut self) {
        if self.product.is_some() {
            self.look();
        }
    }

    /// Drops what was not told yet: the shopper had everything forgotten.
    pub fn forget(&mut self) {
        self.dwell.take(BrowserClock.read());
        if let Some((_, told)) = &mut self.product {
            *told = Told::Never;
        }
    }

    /// Tells what is left, at the end of watching.
    pub fn close(&mut self) {
        self.tell_dwell();
        self.product = None;
    }

    fn tell_view(&mut self) {
        if let Some((id, told)) = &mut self.product {
            // A page that was prerendered or opened in the background and never
            // seen leaves no trace.
            if *told == Told::Nothing && self.dwell.is_engaged() {
                *told = Told::View;
                self.sink.send(EventKind::View, id, -1.0, &Whereabouts::nowhere());
            }
        }
    }

    fn tell_dwell(&mut self) {
        let dwell_ms = self.dwell.take(BrowserClock.read());
        if let Some((id, Told::View)) = &self.product
            && dwell_ms >= SHORTEST_DWELL_MS
        {
            self.sink.send(EventKind::Dwell, id, dwell_ms, &Whereabouts::nowhere());
        }
    }
}

/// The product a page is about: marked at, under or around the root.
fn product(root: &Node) -> Option<String> {
    let around = root.dyn_ref::<Element>().and_then(|root| root.closest(PRODUCT).ok().flatten());
    let element = around.or_else(|| select(root, PRODUCT).into_iter().next())?;
    element.get_attribute(markup::ITEM).filter(|id| !id.is_empty())
}

const PRODUCT: &str = "[data-reshelf=product][data-reshelf-item]";

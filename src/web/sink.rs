//! The way out of the tracker: one function of the facade that takes every event,
//! and where in the page it happened. Must not live here: what is watched.

use super::dom;
use super::markup::Placement;
use crate::engine::event::EventKind;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

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
        let container = entry.parent_element();
        let Some(placement) = container.and_then(|container| Placement::of(&container)) else {
            return Self::nowhere();
        };
        // Back from the entry: of a long list the shopper mostly sees the beginning.
        let mut position = -1.0;
        let mut next = Some(entry.clone());
        while let Some(element) = next {
            match placement.entry_id(&element) {
                Some(_) => position += 1.0,
                None if position < 0.0 => break,
                None => {}
            }
            next = dom::property(&element, "previousElementSibling").dyn_into().ok();
        }
        Self { position, placement: placement.name }
    }
}

//! Small readings of the page. By name where a typed binding would cost an
//! import each; whatever is missing or of another type reads as absent.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node};

/// A property, or undefined where reading it throws.
pub fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A numeric property; 0 where there is none.
pub fn number(of: &JsValue, name: &str) -> f64 {
    property(of, name).as_f64().unwrap_or(0.0)
}

/// A method, where the object has it.
pub fn method(of: &JsValue, name: &str) -> Option<Function> {
    property(of, name).dyn_into().ok()
}

/// Elements under a document, element, fragment or shadow root that match.
pub fn select(root: &Node, selector: &str) -> Vec<Element> {
    let found = method(root, "querySelectorAll")
        .and_then(|method| method.call1(root, &JsValue::from_str(selector)).ok());
    found.map(|list| elements(&list)).unwrap_or_default()
}

/// The element children of a container.
pub fn children(container: &Element) -> Vec<Element> {
    elements(&property(container, "children"))
}

/// Whether nobody can see the page.
pub fn is_hidden() -> bool {
    property(&property(&js_sys::global(), "document"), "hidden").is_truthy()
}

fn elements(list: &JsValue) -> Vec<Element> {
    // Both kinds of list hold elements only.
    Array::from(list).iter().map(JsValue::unchecked_into).collect()
}

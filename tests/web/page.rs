//! The page under test: see `page.js`. Nothing is asserted here.

use js_sys::{Array, Function, Promise};
use reshelf::engine::event::EventKind;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Node};

#[wasm_bindgen(module = "/tests/web/page.js")]
extern "C" {
    pub fn mount(html: &str) -> Element;
    pub fn detached(html: &str) -> Element;
    pub fn unmount(host: &Element);
    pub fn shadow(html: &str) -> Node;
    #[wasm_bindgen(js_name = hostOf)]
    pub fn host_of(shadow: &Node) -> Element;
    pub fn find(root: &Node, selector: &str) -> Element;
    pub fn add(container: &Element, html: &str, at_the_top: bool);
    #[wasm_bindgen(js_name = placeLast)]
    pub fn place_last(container: &Element, selector: &str);
    pub fn rename(element: &Element, attribute: &str, value: &str);
    pub fn shown(container: &Element) -> String;
    pub fn visible(container: &Element) -> String;

    pub fn focus(element: &Element);
    #[wasm_bindgen(js_name = isFocused)]
    pub fn is_focused(element: &Element) -> bool;
    #[wasm_bindgen(js_name = canMoveWithFocus)]
    pub fn can_move_with_focus() -> bool;
    pub fn click(element: &Element);
    pub fn fire(name: &str, on_window: bool);
    pub fn recorder() -> Function;
    pub fn throwing() -> Function;
    fn told(sink: &Function) -> Array;

    pub fn refuse(container: &Element, nth: u32, times: u32);
    #[wasm_bindgen(js_name = withoutMoveBefore)]
    pub fn without_move_before(container: &Element);
    pub fn settle(container: &Element, query: Option<&str>, before: &str, after: &str);
    #[wasm_bindgen(js_name = settleOddly)]
    pub fn settle_oddly(container: &Element, value: &JsValue);
    pub fn mutations(root: &Node) -> JsValue;
    pub fn mutated(observer: &JsValue) -> u32;
    pub fn audit() -> JsValue;
    pub fn attached(audit: &JsValue) -> u32;
    #[wasm_bindgen(js_name = attachedNames)]
    pub fn attached_names(audit: &JsValue) -> String;
    #[wasm_bindgen(js_name = endAudit)]
    pub fn end_audit(audit: &JsValue);
    #[wasm_bindgen(js_name = ownTime)]
    fn own_time() -> JsValue;
    fn pass(time: &JsValue, seconds: u32);
    #[wasm_bindgen(js_name = endTime)]
    fn end_time(time: &JsValue);
    #[wasm_bindgen(js_name = drawn)]
    fn drawn_js() -> Promise;
    #[wasm_bindgen(js_name = sleep)]
    fn sleep_js(ms: f64) -> Promise;

    pub fn stored(prefix: &str) -> String;
    pub fn value(key: &str) -> String;
    pub fn store(key: &str, value: &str);
    pub fn unstore(key: &str);
    pub fn fill(key: &str);
    #[wasm_bindgen(js_name = otherWindow)]
    pub fn other_window() -> Element;
    #[wasm_bindgen(js_name = otherRemoves)]
    pub fn other_removes(frame: &Element, key: &str);
    #[wasm_bindgen(js_name = otherStores)]
    pub fn other_stores(frame: &Element, key: &str, value: &str);
    #[wasm_bindgen(js_name = otherClears)]
    pub fn other_clears(frame: &Element);
}

/// Lets the page live for a while.
pub async fn sleep(ms: f64) {
    js_sys::futures::JsFuture::from(sleep_js(ms)).await.expect("a timer");
}

/// Until the browser has drawn the page and told what is in view.
pub async fn drawn() {
    js_sys::futures::JsFuture::from(drawn_js()).await.expect("a frame");
}

/// The page's clocks and timers in the test's hands, until dropped.
pub struct Time(JsValue);

impl Time {
    pub fn take() -> Self {
        Self(own_time())
    }

    /// Lets seconds pass, with a beat of every interval each.
    pub fn pass(&self, seconds: u32) {
        pass(&self.0, seconds);
    }
}

impl Drop for Time {
    fn drop(&mut self) {
        end_time(&self.0);
    }
}

/// One event that a tracker told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub kind: EventKind,
    pub subject: String,
    pub dwell_ms: f64,
    pub placement: String,
    pub position: f64,
}

/// What a recorder was told so far.
pub fn events(sink: &Function) -> Vec<Told> {
    let event = |event: JsValue| {
        let event = Array::from(&event);
        let number = |at: u32| event.get(at).as_f64().expect("a number");
        let text = |at: u32| event.get(at).as_string().expect("a text");
        Told {
            kind: EventKind::ALL[number(0) as usize],
            subject: text(1),
            dwell_ms: number(2),
            placement: text(3),
            position: number(4),
        }
    };
    told(sink).iter().map(event).collect()
}

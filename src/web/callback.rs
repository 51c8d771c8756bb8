//! A function the browser calls, detached when dropped: owned callbacks cannot
//! leak, and one shape for all of them keeps the glue small.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::EventTarget;

/// A callback, and the events it listens to.
pub struct Callback {
    closure: Closure<dyn FnMut(JsValue)>,
    attached: Vec<(EventTarget, &'static str)>,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback")
    }
}

impl Callback {
    /// A callback that nothing calls yet; it gets the caller's first argument.
    pub fn new(called: Box<dyn FnMut(JsValue)>) -> Self {
        Self { closure: Closure::wrap(called), attached: Vec::new() }
    }

    /// The function, for whoever calls it.
    pub fn function(&self) -> &js_sys::Function {
        self.closure.as_ref().unchecked_ref()
    }

    /// Listens in the capture phase, because pages stop propagation. A target
    /// that refuses is left alone.
    pub fn listen(mut self, target: &EventTarget, names: &[&'static str]) -> Self {
        for name in names {
            let added =
                target.add_event_listener_with_callback_and_bool(name, self.function(), true);
            if added.is_ok() {
                self.attached.push((target.clone(), name));
            }
        }
        self
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        for (target, name) in &self.attached {
            // Nothing can be done about a target that refuses.
            let _ =
                target.remove_event_listener_with_callback_and_bool(name, self.function(), true);
        }
    }
}

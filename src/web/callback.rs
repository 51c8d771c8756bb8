//! A function the browser calls, detached when dropped: owned callbacks cannot
//! leak, and one shape for all of them keeps the glue small.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::EventTarget;

/// Wraps the functions that the browser calls, so that whoever made it can catch
/// what they throw, and stop them all when the engine behind them is gone.
pub type Guard = Option<js_sys::Function>;

/// A callback, and the events it listens to.
pub struct Callback {
    _closure: Closure<dyn FnMut(JsValue)>,
    function: js_sys::Function,
    attached: Vec<(EventTarget, &'static str)>,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback")
    }
}

impl Callback {
    /// A callback that nothing calls yet; it gets the caller's first argument.
    pub fn new(called: Box<dyn FnMut(JsValue)>, guard: &Guard) -> Self {
        let closure = Closure::wrap(called);
        let bare: &js_sys::Function = closure.as_ref().unchecked_ref();
        let guarded = guard.as_ref().and_then(|guard| guard.call1(&JsValue::UNDEFINED, bare).ok());
        let function = guarded.map_or_else(|| bare.clone(), JsValue::unchecked_into);
        Self { _closure: closure, function, attached: Vec::new() }
    }

    /// The function, for whoever calls it.
    pub fn function(&self) -> &js_sys::Function {
        &self.function
    }

    /// Listens in the capture phase, because pages stop propagation. A target
    /// that refuses is left alone.
    pub fn listen(mut self, target: &EventTarget, names: &[&'static str]) -> Self {
        for name in names {
            let added =
                target.add_event_listener_with_callback_and_bool(name, &self.function, true);
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
            let _ = target.remove_event_listener_with_callback_and_bool(name, &self.function, true);
        }
    }
}

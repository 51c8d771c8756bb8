//! The browser's two clocks. Must not live here: any decision about time.

use crate::engine::dwell::Reading;
use crate::ports::Clock;

/// `performance.now()` and `Date.now()`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn read(&self) -> Reading {
        let wall = js_sys::Date::now();
        let performance = web_sys::window().and_then(|window| window.performance());
        Reading { monotonic: performance.map_or(wall, |performance| performance.now()), wall }
    }
}

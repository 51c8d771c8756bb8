//! Active dwell on one page: how long somebody really looked.
//!
//! A state machine without a clock. The browser's lifecycle comes in as
//! [`Signal`]s with two readings of time; milliseconds of attention come out.
//! Must not live here: what dwell means for taste (`event`), or any listener.

/// Longest time between two signals that is credited. Sleep, throttled timers
/// and the back-forward cache (where the monotonic clock keeps running) can add
/// at most this much, never the whole gap.
pub const TICK_CAP_MS: f64 = 2_000.0;
/// Without input for this long, nobody is reading.
pub const IDLE_CAP_MS: f64 = 15_000.0;
/// Wall and monotonic clock further apart than this in one step: one jumped.
const CLOCK_TOLERANCE_MS: f64 = 2_000.0;

/// What the browser tells about the page. Every signal is idempotent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// `visibilitychange` to visible.
    Visible,
    /// `visibilitychange` to hidden.
    Hidden,
    /// `pageshow`, also out of the back-forward cache.
    PageShow,
    /// `pagehide`. The page may still call itself visible here.
    PageHide,
    /// `freeze`.
    Freeze,
    /// `resume`.
    Resume,
    /// The page is being prerendered; nobody sees it.
    Prerender,
    /// `prerenderingchange`: it was activated. `visible` may have come before.
    Activate,
    /// Pointer, key, touch or scroll.
    Input,
    /// A second passed, as far as the timer knows.
    Tick,
}

/// Two clocks read at the same instant, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Never runs backwards: `performance.now()`.
    pub monotonic: f64,
    /// Can jump either way: `Date.now()`.
    pub wall: f64,
}

/// The machine. Starts hidden; the first `Visible` opens the first interval.
#[derive(Clone, Debug, Default)]
pub struct Dwell {
    visible: bool,
    prerendering: bool,
    frozen: bool,
    unloaded: bool,
    last_input: f64,
    /// Start of what is not yet credited, while engaged.
    since: Option<Reading>,
    credited_ms: f64,
    clock_jumps: u32,
}

impl Dwell {
    /// Takes a signal at this instant.
    pub fn signal(&mut self, signal: Signal, now: Reading) {
        self.credit(now);
        match signal {
            Signal::Visible => self.visible = true,
            Signal::Hidden => self.visible = false,
            Signal::PageShow => self.unloaded = false,
            Signal::PageHide => self.unloaded = true,
            Signal::Freeze => self.frozen = true,
            Signal::Resume => self.frozen = false,
            Signal::Prerender => self.prerendering = true,
            Signal::Activate => self.prerendering = false,
            Signal::Input | Signal::Tick => {}
        }
        let opens = !matches!(signal, Signal::Input | Signal::Tick);
        if self.is_open() && (signal == Signal::Input || (opens && self.since.is_none())) {
            // Coming back to a page is an act of attention, like a key press.
            self.last_input = finite(now.monotonic);
        }
        self.since = (self.is_open() && !self.is_idle(now.monotonic)).then_some(now);
    }

    /// Whether time is being credited.
    pub fn is_engaged(&self) -> bool {
        self.since.is_some()
    }

    /// How often the two clocks disagreed: a sign that times of this visit are odd.
    pub fn clock_jumps(&self) -> u32 {
        self.clock_jumps
    }

    /// Closes the running interval at `now` and takes what was credited since
    /// the last call, in milliseconds. An engaged page goes on from `now`, so
    /// that the parts of a split visit add up to the whole.
    pub fn take(&mut self, now: Reading) -> f64 {
        self.credit(now);
        if self.since.is_some() {
            self.since = Some(now);
        }
        std::mem::take(&mut self.credited_ms)
    }

    fn is_open(&self) -> bool {
        self.visible && !self.prerendering && !self.frozen && !self.unloaded
    }

    fn is_idle(&self, monotonic: f64) -> bool {
        finite(monotonic) - self.last_input > IDLE_CAP_MS
    }

    fn credit(&mut self, now: Reading) {
        let Some(since) = self.since.take() else { return };
        let monotonic = finite(now.monotonic) - finite(since.monotonic);
        let wall = finite(now.wall) - finite(since.wall);
        if (wall - monotonic).abs() > CLOCK_TOLERANCE_MS {
            self.clock_jumps = self.clock_jumps.saturating_add(1);
        }
        // Attention ends where the idle limit runs out, not at the next tick.
        let attentive = self.last_input + IDLE_CAP_MS - finite(since.monotonic);
        self.credited_ms += monotonic.min(attentive).clamp(0.0, TICK_CAP_MS);
        self.since = Some(now);
    }
}

fn finite(ms: f64) -> f64 {
    if ms.is_finite() { ms } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Signal::*;

    /// Runs `(signal, at second)` rows, with ticks every second in between, and
    /// returns the credited seconds.
    fn run(script: &[(Signal, f64)]) -> f64 {
        let mut dwell = Dwell::default();
        let mut clock = 0.0;
        let at = |seconds: f64| Reading { monotonic: seconds * 1e3, wall: seconds * 1e3 + 1e12 };
        for (signal, second) in script {
            while clock + 1.0 < *second {
                clock += 1.0;
                dwell.signal(Tick, at(clock));
            }
            clock = *second;
            dwell.signal(*signal, at(clock));
        }
        dwell.take(at(clock)) / 1e3
    }

    /// A row: what it is, the script, credited seconds.
    type Case = (&'static str, &'static [(Signal, f64)], f64);

    const CASES: &[Case] = &[
        ("a plain visit", &[(Visible, 0.0), (Hidden, 7.0)], 7.0),
        ("never seen", &[(Tick, 0.0), (PageHide, 9.0)], 0.0),
        ("twice visible is once", &[(Visible, 0.0), (Visible, 2.0), (Hidden, 3.0)], 3.0),
        ("idle after 15 s", &[(Visible, 0.0), (Hidden, 60.0)], 15.0),
        ("input keeps it alive", &[(Visible, 0.0), (Input, 10.0), (Hidden, 24.0)], 24.0),
        ("input after idling reopens", &[(Visible, 0.0), (Input, 40.0), (Hidden, 45.0)], 20.0),
        (
            "the back-forward cache",
            &[
                (Visible, 0.0),
                (PageHide, 1.0),
                (Hidden, 1.0),
                (Freeze, 1.0),
                (Resume, 4.0),
                (Visible, 4.0),
                (PageShow, 4.0),
                (Hidden, 5.0),
            ],
            2.0,
        ),
        (
            "prerendered 2 s, then seen 1 s",
            &[(Prerender, 0.0), (Visible, 0.0), (Activate, 2.0), (Hidden, 3.0)],
            1.0,
        ),
        ("prerendered, never activated", &[(Prerender, 0.0), (Visible, 0.0), (PageHide, 9.0)], 0.0),
        (
            "frozen while visible",
            &[(Visible, 0.0), (Freeze, 2.0), (Resume, 9.0), (Hidden, 10.0)],
            3.0,
        ),
        (
            "unload that was cancelled",
            &[(Visible, 0.0), (Tick, 3.0), (Tick, 4.0), (Hidden, 5.0)],
            5.0,
        ),
    ];

    #[test]
    fn cases() {
        for (what, script, expected) in CASES {
            assert!((run(script) - expected).abs() < 1e-9, "{what}: {}", run(script));
        }
    }

    #[test]
    fn sleep_adds_one_cap_at_most() {
        let mut dwell = Dwell::default();
        dwell.signal(Visible, Reading { monotonic: 0.0, wall: 0.0 });
        let night = Reading { monotonic: 5e3, wall: 8.0 * 3.6e6 };
        dwell.signal(Tick, night);
        assert_eq!(dwell.take(night), TICK_CAP_MS);
        assert_eq!(dwell.clock_jumps(), 1);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let mut dwell = Dwell::default();
        let at = |ms: f64| Reading { monotonic: ms, wall: ms };
        dwell.signal(Visible, at(0.0));
        let parts: f64 = [300.0, 900.0, 1700.0].into_iter().map(|ms| dwell.take(at(ms))).sum();
        assert_eq!(parts, 1700.0);
    }

    #[test]
    fn broken_clocks_credit_nothing() {
        let mut dwell = Dwell::default();
        dwell.signal(Visible, Reading { monotonic: 500.0, wall: 500.0 });
        let taken = dwell.take(Reading { monotonic: f64::NAN, wall: f64::NEG_INFINITY });
        assert_eq!(taken, 0.0);
        assert_eq!(dwell.take(Reading { monotonic: -9.0, wall: 0.0 }), 0.0);
    }

    #[test]
    fn a_page_is_engaged_until_the_idle_limit_has_passed() {
        let mut dwell = Dwell::default();
        let at = |ms: f64| Reading { monotonic: ms, wall: ms };
        let rows = [
            (Tick, 0.0, false),
            (Visible, 1e3, true),
            (Tick, 1e3 + IDLE_CAP_MS, true),
            (Tick, 1e3 + IDLE_CAP_MS + 1.0, false),
            (Input, 50e3, true),
            (Hidden, 51e3, false),
        ];
        for (signal, ms, is_engaged) in rows {
            dwell.signal(signal, at(ms));
            assert_eq!(dwell.is_engaged(), is_engaged, "{signal:?} at {ms}");
        }
    }

    #[test]
    fn clocks_that_disagree_are_counted() {
        let mut dwell = Dwell::default();
        let mut now = Reading { monotonic: 1e3, wall: 1e12 };
        dwell.signal(Visible, now);
        // How much further the wall clock went than the other, and jumps so far.
        for (apart, jumps) in [(0.0, 0), (2e3, 0), (-2e3, 0), (2001.0, 1), (-2001.0, 2), (0.0, 2)] {
            now = Reading { monotonic: now.monotonic + 1.5e3, wall: now.wall + 1.5e3 + apart };
            dwell.signal(Input, now);
            assert_eq!(dwell.clock_jumps(), jumps, "{apart} apart");
        }
    }
}

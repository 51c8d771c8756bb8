//! Wall time as the engine sees it: whole milliseconds, days and minutes, all
//! handed in by the caller. No clock is read here.

/// Milliseconds since 1970-01-01 UTC, never negative, never later than the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Millis(i64);

/// Whole days since 1970-01-01 UTC: the finest time a stored counter is filed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub u32);

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// 9999-12-31, the last day a JavaScript date prints with four digits.
const LAST_DAY: i64 = 2_932_896;

impl Millis {
    /// From a JavaScript number. NaN and anything before 1970 become 0, anything
    /// after the year 9999 its last millisecond.
    pub fn from_js(ms: f64) -> Self {
        // `as` saturates and maps NaN to 0, which is the rule wanted here.
        Self((ms as i64).clamp(0, (LAST_DAY + 1) * DAY_MS - 1))
    }

    /// As a JavaScript number; exact, because it is below 2^53.
    pub fn to_js(self) -> f64 {
        self.0 as f64
    }

    /// The day this moment belongs to.
    pub fn day(self) -> Day {
        Day((self.0 / DAY_MS) as u32)
    }

    /// The start of this moment's minute: decay is read at this grain, so that a
    /// ranking does not change between two calls of the same minute.
    pub fn minute(self) -> Self {
        Self(self.0 - self.0 % MINUTE_MS)
    }

    /// Seconds from the start of `day` to this moment; negative when it is earlier.
    pub fn seconds_since(self, day: Day) -> f64 {
        (self.0 - day.start().0) as f64 / 1000.0
    }
}

impl Day {
    /// The day's first millisecond.
    pub fn start(self) -> Millis {
        Millis(i64::from(self.0).min(LAST_DAY) * DAY_MS)
    }

    /// Whether a date of this day can be written: the decoder's sanity check.
    pub fn is_plausible(self) -> bool {
        i64::from(self.0) <= LAST_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_numbers_become_times_in_range() {
        assert_eq!(Millis::from_js(f64::NAN), Millis(0));
        assert_eq!(Millis::from_js(-5.0), Millis(0));
        assert_eq!(Millis::from_js(f64::INFINITY).day(), Day(LAST_DAY as u32));
        assert_eq!(Millis::from_js(86_400_000.0).day(), Day(1));
        assert_eq!(Millis::from_js(86_465_000.0).minute().seconds_since(Day(1)), 60.0);
    }
}

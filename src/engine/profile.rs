//! What the evidence adds up to: forward-decay counters and how to read them.
//!
//! A counter is a plain sum. Evidence of weight `w` at time `t` adds
//! `w · 2^((t − L) / H)` for a landmark `L` and half-life `H`, and is read at
//! `now` as the sum times `2^(−(now − L) / H)` (forward decay: Cormode et al.,
//! ICDE 2009). Contributions never change afterwards, so counters of different
//! tabs add up in any order and late events count correctly. The landmark of a
//! cell is the start of its day.
//!
//! Must not live here: storage of the cells (`ledger`), or what their sums mean
//! for an order (`affinity`, `sections`).

use super::intern::{FeatureKey, KeyMap, Namespace};
use super::math;
use super::time::{Day, Millis};

/// Counters of one key on one day of one document.
pub type Cell = [f32; LANES];

/// Counters a cell holds; what each means depends on the namespace.
pub const LANES: usize = 3;

/// How contributions of one counter combine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Join {
    /// They add up.
    Sum,
    /// The largest counts: a decayed maximum is the time of the latest one.
    Max,
}

/// One counter's half-life in seconds, and how it combines.
pub type Lane = (f64, Join);

const MINUTE: f64 = 60.0;
/// Seconds of a day.
pub const DAY: f64 = 86_400.0;

/// This mission: 30 minutes. Not tuned, because nothing depends on it much:
/// category prediction is flat between windows of 2 and 16 events.
const FAST: Lane = (30.0 * MINUTE, Join::Sum);
/// This week's project: 7 days.
const MID: Lane = (7.0 * DAY, Join::Sum);
/// Lasting taste: 90 days.
const SLOW: Lane = (90.0 * DAY, Join::Sum);

/// The lanes of a namespace's cells.
///
/// | namespace | lane 0 | lane 1 | lane 2 |
/// |---|---|---|---|
/// | item | when last looked at | evidence, 7 d | evidence, 90 d |
/// | purchase | when last bought | times, 90 d | times, hardly forgotten |
/// | holding | when last put into the basket | when taken out | when dismissed |
/// | muting | when it was to count again | when it was muted | |
/// | section, banner | clicks, 30 d | times seen, 30 d | times seen, 3 d |
/// | others | evidence, 30 min | evidence, 7 d | evidence, 90 d |
pub fn lanes(namespace: usize) -> [Lane; LANES] {
    const ITEM: usize = Namespace::Item as usize;
    const SECTION: usize = Namespace::SectionArm as usize;
    const BANNER: usize = Namespace::BannerArm as usize;
    const PURCHASE: usize = Namespace::Purchase as usize;
    const HOLDING: usize = Namespace::Holding as usize;
    const MUTING: usize = Namespace::Muting as usize;
    match namespace {
        // Six hours keep a look apart from another for 250 days in an f64, and
        // two looks 2 ms apart in the stored f32.
        ITEM => [(DAY / 4.0, Join::Max), MID, SLOW],
        // A day keeps two times apart by some milliseconds, for a thousand days.
        PURCHASE => [(DAY, Join::Max), SLOW, (10_000.0 * DAY, Join::Sum)],
        HOLDING | MUTING => [(DAY, Join::Max); LANES],
        // Arms forget in 30 days, exposures in 3.
        SECTION | BANNER => {
            [(30.0 * DAY, Join::Sum), (30.0 * DAY, Join::Sum), (3.0 * DAY, Join::Sum)]
        }
        _ => [FAST, MID, SLOW],
    }
}

/// How much evidence of one moment weighs against its day's landmark. Computed
/// once a moment: an event is filed under a dozen keys.
#[derive(Clone, Debug, Default)]
pub struct Growth {
    at: Millis,
    /// Factor by half-life.
    factors: Vec<(f64, f32)>,
}

impl Growth {
    /// Adds evidence to a cell of the day of `at`. Saturates: a counter is
    /// always finite.
    pub fn credit(&mut self, cell: &mut Cell, key: FeatureKey, at: Millis, weights: Cell) {
        if self.at != at {
            self.at = at;
            self.factors.clear();
        }
        for ((counter, weight), (half_life, join)) in
            cell.iter_mut().zip(weights).zip(lanes(key.namespace()))
        {
            if weight != 0.0 {
                let contribution = weight * self.factor(half_life);
                *counter = combine(join, *counter, contribution).clamp(f32::MIN, f32::MAX);
            }
        }
    }

    fn factor(&mut self, half_life: f64) -> f32 {
        if let Some((_, factor)) = self.factors.iter().find(|(known, _)| *known == half_life) {
            return *factor;
        }
        let age = self.at.seconds_since(self.at.day());
        let factor = math::exp2(age / half_life) as f32;
        self.factors.push((half_life, factor));
        factor
    }
}

/// Adds counters of the same day to a cell, each by its lane's rule.
pub fn join(cell: &mut Cell, key: FeatureKey, counters: Cell) {
    for ((counter, more), (_, join)) in cell.iter_mut().zip(counters).zip(lanes(key.namespace())) {
        *counter = combine(join, *counter, more).clamp(f32::MIN, f32::MAX);
    }
}

/// What a cell holds beyond an older copy of itself: joined to that copy it
/// gives the cell again.
pub fn beyond(mut cell: Cell, key: FeatureKey, older: Cell) -> Cell {
    for ((counter, before), (_, join)) in cell.iter_mut().zip(older).zip(lanes(key.namespace())) {
        if join == Join::Sum {
            *counter = (*counter - before).clamp(f32::MIN, f32::MAX);
        }
    }
    cell
}

fn combine<N: PartialOrd + std::ops::Add<Output = N>>(join: Join, a: N, b: N) -> N {
    match join {
        Join::Sum => a + b,
        Join::Max if b > a => b,
        Join::Max => a,
    }
}

/// Decayed totals at one moment: the profile as a pure function of all cells.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    by_key: KeyMap<[f64; LANES]>,
    by_namespace: [[f64; LANES]; Namespace::COUNT],
}

impl Totals {
    /// Reads the cells at `now`. The same cells give the same totals to the last
    /// bit only in the same order; the ledger iterates in a canonical one.
    ///
    /// After a clock was set back, what was seen later is read as it will be at
    /// the end of its day: neither inflated nor a reason to find the rest old.
    #[inline(never)]
    pub fn read(cells: impl Iterator<Item = (Day, FeatureKey, Cell)>, now: Millis) -> Self {
        let mut totals = Self::default();
        let mut decay = DecayTable::new(now);
        for (day, key, cell) in cells {
            let lanes = lanes(key.namespace());
            let Some(total) = totals.by_key.entry(key.index()) else { continue };
            for (lane, counter) in cell.into_iter().enumerate() {
                let (Some((half_life, join)), Some(total)) = (lanes.get(lane), total.get_mut(lane))
                else {
                    continue;
                };
                *total = combine(*join, *total, f64::from(counter) * decay.factor(day, *half_life));
            }
        }
        totals.sum_up();
        totals
    }

    /// Reads on as if there had never been any evidence for these keys.
    pub fn silence(&mut self, keys: &[FeatureKey]) {
        for key in keys {
            if let Some(total) = self.by_key.get_mut(key.index()) {
                *total = [0.0; LANES];
            }
        }
        self.sum_up();
    }

    #[inline(never)]
    fn sum_up(&mut self) {
        self.by_namespace = Default::default();
        for (key, total) in self.by_key.iter() {
            let key = FeatureKey(*key as u32);
            // Negative evidence lowers its own value, not the share of others.
            if let Some(sums) = self.by_namespace.get_mut(key.namespace()) {
                for (sum, value) in sums.iter_mut().zip(total) {
                    *sum += value.max(0.0);
                }
            }
        }
    }

    /// The decayed counters of a key; zeros for one never credited.
    pub fn get(&self, key: FeatureKey) -> [f64; LANES] {
        self.by_key.get(key.index()).copied().unwrap_or_default()
    }

    /// Sums over all keys of a namespace.
    pub fn namespace(&self, namespace: Namespace) -> [f64; LANES] {
        self.by_namespace.get(namespace as usize).copied().unwrap_or_default()
    }

    /// All keys of a namespace with their counters.
    pub fn keys(&self, namespace: Namespace) -> Vec<(FeatureKey, [f64; LANES])> {
        let keys = self.by_key.iter().map(|(key, total)| (FeatureKey(*key as u32), *total));
        keys.filter(|(key, _)| key.is(namespace)).collect()
    }
}

/// Factors by day and half-life: cells share few of them.
struct DecayTable {
    now: Millis,
    known: Vec<(Day, f64, f64)>,
}

impl DecayTable {
    fn new(now: Millis) -> Self {
        Self { now, known: Vec::new() }
    }

    fn factor(&mut self, day: Day, half_life: f64) -> f64 {
        let known = self.known.iter().rev().find(|(d, h, _)| *d == day && *h == half_life);
        if let Some((.., factor)) = known {
            return *factor;
        }
        let age = self.now.seconds_since(day);
        let factor = math::exp2(-if age < 0.0 { DAY } else { age } / half_life);
        self.known.push((day, half_life, factor));
        factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: FeatureKey = FeatureKey((Namespace::Category as u32) << 28 | 7);
    const ITEM: FeatureKey = FeatureKey(9);

    fn at(day: u32, seconds: f64) -> Millis {
        Millis::from_js(f64::from(day) * 86_400_000.0 + seconds * 1000.0)
    }

    #[test]
    fn evidence_halves_once_a_half_life() {
        let mut cell = Cell::default();
        Growth::default().credit(&mut cell, KEY, at(100, 3600.0), [1.0; 3]);
        let read = |seconds| {
            Totals::read([(Day(100), KEY, cell)].into_iter(), at(100, 3600.0 + seconds)).get(KEY)
        };
        assert!((read(0.0)[0] - 1.0).abs() < 1e-6);
        assert!((read(1800.0)[0] - 0.5).abs() < 1e-6);
        assert!((read(7.0 * DAY)[1] - 0.5).abs() < 1e-6);
        assert!((read(90.0 * DAY)[2] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn recency_is_the_latest_look() {
        let mut cell = Cell::default();
        for seconds in [50.0, 4000.0, 900.0] {
            Growth::default().credit(&mut cell, ITEM, at(3, seconds), [1.0, 0.0, 0.0]);
        }
        let total = Totals::read([(Day(3), ITEM, cell)].into_iter(), at(3, 4000.0)).get(ITEM);
        assert!((total[0] - 1.0).abs() < 1e-6, "{total:?}");
    }

    #[test]
    fn a_clock_set_back_does_not_inflate() {
        let cells = [(Day(100), KEY, [1.0, 1.0, 1.0])];
        let total = Totals::read(cells.into_iter(), at(3, 0.0)).get(KEY);
        assert_eq!(total, Totals::read(cells.into_iter(), at(101, 0.0)).get(KEY));
    }

    #[test]
    fn counters_stay_finite() {
        let mut cell = Cell::default();
        for _ in 0..3 {
            Growth::default().credit(&mut cell, KEY, at(0, 86_399.0), [f32::MAX; 3]);
            Growth::default().credit(&mut cell, KEY, at(0, 86_399.0), [f32::MIN; 3]);
        }
        assert!(cell.iter().all(|counter| counter.is_finite()));
    }
}

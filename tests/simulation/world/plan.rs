//! What a seed has in store: how pages come and go, and which faults happen
//! when. Must not live here: carrying it out (`browser`).

use super::random::Random;

/// What a run is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// Everything.
    All,
    /// Erasures above all.
    Erase,
    /// One page load after another, for as long as it takes.
    Pages,
}

/// How much happens.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub tabs: usize,
    /// Events of each tab.
    pub events: u32,
}

/// Something that happens to the whole browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    Kill,
    /// The browser is closed, and opened again.
    Close,
    /// The shopper has everything forgotten; true: and withdraws consent.
    Erase(bool),
    /// Storage refuses so many writes in ten thousand.
    Refuse(u64),
    /// The wall clock jumps by so many milliseconds.
    Jump(i64),
    /// Somebody takes the compactor's lock away.
    Steal,
}

/// Chances are in ten thousand.
#[derive(Clone, Debug)]
pub struct Plan {
    pub size: Size,
    pub has_locks: bool,
    /// Longest time until another page sees a change that has arrived.
    pub slowest: u64,
    /// Mean events of a page load.
    pub stay: u64,
    /// Mean time between two tasks of a page.
    pub pause: u64,
    /// Of the ends of a page: crashes, and stays in the back-forward cache.
    pub crashes: u64,
    pub cached: u64,
    /// Of the pauses: with the page hidden, and of these frozen.
    pub hidden: u64,
    pub frozen: u64,
    /// Between two sessions: damage to a record, eviction of a store.
    pub damaged: u64,
    pub evicted: u64,
    /// What happens at which number of events.
    pub marks: Vec<(u32, Mark)>,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

impl Plan {
    pub fn new(scenario: Scenario, size: Size, random: &mut Random) -> Self {
        let total = size.tabs as u32 * size.events;
        let mut plan = Self {
            size,
            has_locks: true,
            slowest: if random.chance(2_500) { 400 } else { 50 },
            stay: random.between(20, 200),
            // One shopper has many tabs, not many hands: 12 to 120 events a second, now and
            // then 300, from the whole of the browser.
            pause: size.tabs as u64
                * if random.chance(800) { random.between(20, 50) } else { random.between(50, 500) },
            crashes: 0,
            cached: 0,
            hidden: random.between(0, 600),
            frozen: 0,
            damaged: 0,
            evicted: 0,
            marks: Vec::new(),
        };
        match scenario {
            Scenario::All => plan.add_faults(total, random),
            Scenario::Erase => plan.add_erasures(total, random),
            Scenario::Pages => (plan.stay, plan.pause) = (3, 400),
        }
        plan.marks.sort_by_key(|(at, _)| *at);
        plan
    }

    fn mark(&mut self, total: u32, random: &mut Random, mark: Mark) -> u32 {
        let at = random.between(u64::from(total) / 50, u64::from(total)) as u32;
        self.marks.push((at, mark));
        at
    }

    fn add_faults(&mut self, total: u32, random: &mut Random) {
        let often =
            |random: &mut Random, most| if random.chance(5_000) { random.below(most) } else { 0 };
        self.has_locks = !random.chance(400);
        self.crashes = often(random, 5_000);
        self.cached = often(random, 4_000);
        self.frozen = often(random, 8_000);
        for _ in 0..often(random, 5) {
            self.mark(total, random, Mark::Kill);
        }
        for _ in 0..random.below(4) {
            self.mark(total, random, Mark::Close);
        }
        self.damaged = often(random, 8_000);
        self.evicted = often(random, 6_000);
        for _ in 0..often(random, 6) {
            self.mark(total, random, Mark::Steal);
        }
        if random.chance(2_500) {
            for _ in 0..random.between(1, 4) {
                let deny = random.chance(3_000);
                self.mark(total, random, Mark::Erase(deny));
            }
        }
        if random.chance(1_500) {
            let refused = random.between(1_000, 10_000);
            let begin = self.mark(total, random, Mark::Refuse(refused));
            let end = begin + random.below(u64::from(total) / 10) as u32;
            self.marks.push((end, Mark::Refuse(0)));
        }
        if random.chance(3_000) {
            let jumps = [DAY, -DAY, 365 * DAY, -365 * DAY, 3_650 * DAY, -3_000, HOUR];
            for _ in 0..random.between(1, 4) {
                let jump = jumps[random.index(jumps.len())];
                self.mark(total, random, Mark::Jump(jump));
            }
        }
    }

    fn add_erasures(&mut self, total: u32, random: &mut Random) {
        self.stay = random.between(10, 80);
        self.crashes = random.below(3_000);
        self.cached = random.below(4_000);
        self.hidden = random.below(2_000);
        self.frozen = random.below(8_000);
        for _ in 0..random.between(1, 6) {
            let deny = random.chance(3_000);
            self.mark(total, random, Mark::Erase(deny));
        }
        for _ in 0..random.below(3) {
            self.mark(total, random, Mark::Steal);
        }
    }

    /// The wall clock never jumps, so that sums can be computed without the engine.
    pub fn keeps_time(&self) -> bool {
        !self.marks.iter().any(|(_, mark)| matches!(mark, Mark::Jump(_)))
    }
}

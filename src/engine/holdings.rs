//! What a shopper has: in the basket, at home, and not wanted. Read from the
//! profile; what of it an event files is in `evidence`. Must not live here: what
//! a row does with it (`recommend::suppression`).

use super::catalog::Catalog;
use super::intern::Namespace;
use super::math;
use super::profile::{LANES, Totals};

/// Days after which a basket is taken for abandoned.
const LONGEST_BASKET: f64 = 30.0;
/// Days for which a dismissed item stays away.
const LONGEST_DISMISSAL: f64 = 90.0;
/// Half-life of the second counter of a purchase, in days.
const HALF_LIFE: f64 = 90.0;

/// A product that was bought, and not sent back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchase {
    /// Its handle.
    pub item: u32,
    /// How often.
    pub times: f64,
    /// Days since the last time.
    pub age: f64,
    /// Mean days between two times; `None` for a single one.
    pub interval: Option<f64>,
}

/// What the profile says of this page's items.
#[derive(Debug, Default)]
pub struct Holdings {
    /// Handles of what is in the basket, the latest first.
    pub basket: Vec<u32>,
    /// Handles of what was dismissed lately.
    pub dismissed: Vec<u32>,
    /// What was bought.
    pub purchases: Vec<Purchase>,
}

impl Holdings {
    /// Reads the profile.
    pub fn read(totals: &Totals, catalog: &Catalog) -> Self {
        let mut holdings = Self::default();
        let mut basket: Vec<(u32, f64)> = Vec::new();
        for (key, [added, removed, dismissed]) in totals.keys(Namespace::Holding) {
            let Some(item) = catalog.by_key(key.within(Namespace::Item)) else { continue };
            if added > removed && days(added) < LONGEST_BASKET {
                basket.insert(basket.partition_point(|(_, other)| *other >= added), (item, added));
            }
            if days(dismissed) < LONGEST_DISMISSAL {
                holdings.dismissed.push(item);
            }
        }
        holdings.basket = basket.into_iter().map(|(item, _)| item).collect();
        for (key, counters) in totals.keys(Namespace::Purchase) {
            let item = catalog.by_key(key.within(Namespace::Item));
            holdings.purchases.extend(item.and_then(|item| purchase(item, counters)));
        }
        holdings
    }

    /// The purchase of an item.
    pub fn purchase(&self, item: u32) -> Option<&Purchase> {
        self.purchases.iter().find(|purchase| purchase.item == item)
    }
}

/// Whether an item was dismissed, and not looked at since.
pub fn was_dismissed(totals: &Totals, catalog: &Catalog, item: u32) -> bool {
    let Some(key) = catalog.key(item) else { return false };
    let ([seen, ..], [.., dismissed]) =
        (totals.get(key), totals.get(key.within(Namespace::Holding)));
    // Looks fade four times a day as fast: see `profile::lanes`.
    dismissed > 0.0 && math::log2(seen) / 4.0 <= math::log2(dismissed)
}

/// Days since a time that was filed with a half-life of a day; endless for never.
fn days(latest: f64) -> f64 {
    if latest > 0.0 { f64::max(-math::log2(latest), 0.0) } else { f64::INFINITY }
}

fn purchase(item: u32, [last, faded, times]: [f64; LANES]) -> Option<Purchase> {
    let age = days(last);
    // The third counter has faded a little, too.
    let times = f64::from((times + 0.25) as u32);
    let once = math::exp2(-age / HALF_LIFE);
    let interval = (times >= 2.0).then(|| interval(faded / once, times));
    (times >= 1.0 && age.is_finite()).then_some(Purchase { item, times, age, interval })
}

/// Days between purchases at equal distances, of which so many, the last one of
/// today, have faded to `faded` in sum: no single time has to be kept.
fn interval(faded: f64, times: f64) -> f64 {
    let sum = |days: f64| {
        let ratio = math::exp2(-days / HALF_LIFE);
        (1.0 - math::exp2(-days * times / HALF_LIFE)) / (1.0 - ratio)
    };
    let (mut shortest, mut longest) = (0.01, 1_000.0);
    // Twenty halvings leave less than an hour.
    for _ in 0..20 {
        let middle = (shortest + longest) / 2.0;
        if sum(middle) > faded { shortest = middle } else { longest = middle }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::intern::FeatureKey;
    use crate::engine::profile::Growth;
    use crate::engine::time::Millis;

    const ITEM: FeatureKey = FeatureKey(77);

    fn at(days: f64) -> Millis {
        Millis::from_js((20_000.0 + days) * 86_400_000.0)
    }

    fn bought(days: &[f64], now: f64) -> Option<Purchase> {
        let key = ITEM.within(Namespace::Purchase);
        let cells = days.iter().map(|day| {
            let mut cell = [0.0; LANES];
            Growth::default().credit(&mut cell, key, at(*day), [1.0; LANES]);
            (at(*day).day(), key, cell)
        });
        purchase(3, Totals::read(cells, at(now)).get(key))
    }

    #[test]
    fn the_interval_is_that_of_equal_distances() {
        for (times, apart) in [(2u32, 7.0), (5, 30.0), (3, 0.5), (8, 90.0)] {
            let days: Vec<f64> = (0..times).map(|time| f64::from(time) * apart).collect();
            let now = days.last().unwrap() + 11.0;
            let purchase = bought(&days, now).unwrap();
            assert_eq!((purchase.item, purchase.times), (3, f64::from(times)));
            assert!((purchase.age - 11.0).abs() < 0.01, "{purchase:?}");
            let interval = purchase.interval.unwrap();
            assert!((interval - apart).abs() < 0.05 + apart / 100.0, "{interval} is not {apart}");
        }
    }

    #[test]
    fn a_single_purchase_has_no_interval() {
        assert_eq!(bought(&[0.0], 3.0).unwrap().interval, None);
        assert_eq!(bought(&[], 3.0), None);
    }
}

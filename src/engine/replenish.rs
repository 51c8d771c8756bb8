//! When a shopper is due to buy something again: the rate of a Poisson process
//! with a Gamma prior, peaked at the shopper's own interval (Bhagat et al., "Buy It
//! Again", KDD 2018), gated by how many buy such a thing again at all. Must not
//! live here: which things those are.

use super::artifact::repeats::Repeat;

/// Purchases that the prior counts for. Chosen with the power of popularity in
/// `recommend::again`.
const PRIOR: f64 = 4.0;
/// Shoppers that the shop's share of repeaters counts for against the shopper's
/// own purchases: who bought twice will sooner buy a third time.
const GATE: f64 = 2.0;
/// Purchases on one day are one; rates are per day.
const DAY: f64 = 1.0;

/// What to expect of who bought on these days (rising), if the shop's customers
/// buy such a thing again as `repeat` says: the rate of purchases a day.
pub fn rate(days: &[f64], today: f64, repeat: Repeat) -> f64 {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return 0.0 };
    let apart = days.iter().zip(days.iter().skip(1)).filter(|(a, b)| *b - *a >= DAY).count() as f64;
    // The mean interval, the shop's counting for one of the shopper's own.
    let mean = (last - first + repeat.interval) / (apart + 1.0);
    let since = (today - last).max(0.0);
    let (shape, prior) = (apart + 1.0 + PRIOR, PRIOR * repeat.interval);
    let rate = if since < 2.0 * mean {
        shape / ((apart + 1.0) * mean + 2.0 * (mean - since).abs() + prior)
    } else {
        shape / (since + prior)
    };
    rate * (GATE * repeat.probability + apart) / (GATE + apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTHLY: Repeat = Repeat { probability: 0.5, interval: 30.0 };

    #[test]
    fn peaks_when_the_interval_is_over() {
        let at = |today| rate(&[0.0, 30.0, 60.0], today, MONTHLY);
        assert!(at(90.0) > at(75.0) && at(75.0) > at(61.0));
        assert!(at(90.0) > at(110.0) && at(110.0) > at(200.0));
    }

    #[test]
    fn own_habits_and_the_shops_count() {
        let rare = Repeat { probability: 0.05, ..MONTHLY };
        assert!(rate(&[0.0], 30.0, MONTHLY) > 5.0 * rate(&[0.0], 30.0, rare));
        // Who bought three times will buy again, whatever others do.
        assert!(rate(&[0.0, 30.0, 60.0], 90.0, rare) > rate(&[60.0], 90.0, rare) * 5.0);
        assert_eq!(rate(&[], 30.0, MONTHLY), 0.0);
    }

    #[test]
    fn a_day_is_one_purchase_and_the_future_is_today() {
        let (once, twice) = (rate(&[5.2], 30.0, MONTHLY), rate(&[5.0, 5.2], 30.0, MONTHLY));
        assert!((once / twice - 1.0).abs() < 0.02, "{once}, {twice}");
        assert_eq!(rate(&[10.0], 5.0, MONTHLY), rate(&[10.0], 10.0, MONTHLY));
    }
}

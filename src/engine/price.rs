//! Prices by how much they differ to a shopper, not by how much they are. Must not
//! live here: what anybody likes of them.

use super::digits;
use super::math;

/// Half an octave of price, named by its bounds: "2.83 to 4.00". Fixed bands
/// need no statistics of the shop, so that every page files a price alike.
pub fn band(price: f64) -> Option<String> {
    if !price.is_finite() || price <= 0.0 {
        return None;
    }
    // The range is that of any currency: a hundredth to a billion.
    let step = (2.0 * math::log2(price)).clamp(-14.0, 60.0) + 14.0;
    // Casting cuts off, which for what is not negative rounds down.
    let step = f64::from(step as u32) - 14.0;
    let bound = |step: f64| digits::hundredths((math::exp2(step / 2.0) * 100.0 + 0.5) as u64);
    Some([&bound(step), " to ", &bound(step + 1.0)].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_prices_have_no_band() {
        for price in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert_eq!(band(price), None);
        }
        assert!(band(f64::MIN_POSITIVE).is_some() && band(f64::MAX).is_some());
    }
}

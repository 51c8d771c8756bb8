//! What acts say of taste, fitted to a shop: how much more often than after a look
//! something of the category is bought within a week. Must not live here: how acts
//! are counted (`cli/sql/event-weights.sql`), or how the bytes are read
//! (`engine::artifact::event_weights`).
//!
//! `w = 1 + ln P(bought | act) − ln P(bought | look)`, so that a look stays 1, the unit
//! of evidence. A rate is shrunken towards what the starting value of the act says.

use crate::engine::artifact::event_weights::{BOUNDS, STEPS};
use crate::engine::event::EventKind;
use crate::engine::math;

/// Acts that are fitted. A click is followed by the view that says what it was worth;
/// who dismisses or sends something back tells so, which is not to be estimated.
const FITTED: [EventKind; 4] =
    [EventKind::AddToCart, EventKind::RemoveFromCart, EventKind::Wishlist, EventKind::Purchase];
/// Acts that the starting value counts for.
const PRIOR: f64 = 20.0;
/// Most of a probability that a starting value may stand for.
const SUREST: f64 = 0.9;

/// Acts of one kind: of one person, in one category, on one day, they are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acts {
    /// Number of the kind of event.
    pub kind: u8,
    /// How many.
    pub all: u32,
    /// How many something of the category was bought after, within a week.
    pub bought: u32,
}

/// Acts and their fitted weights, in product views; none where nothing was bought after
/// looks.
pub fn fit(counts: &[Acts]) -> Vec<(EventKind, f32)> {
    let of = |kind: EventKind| counts.iter().find(|acts| acts.kind == kind as u8);
    let Some(looks) = of(EventKind::View).filter(|looks| looks.bought > 0) else {
        return Vec::new();
    };
    let after_look = f64::from(looks.bought) / f64::from(looks.all.max(1));
    let weight = |kind: EventKind| {
        let acts = of(kind)?;
        let start = f64::from(kind.weight()) - 1.0;
        let expected = (after_look * math::exp(start)).min(SUREST);
        let rate = (f64::from(acts.bought) + PRIOR * expected) / (f64::from(acts.all) + PRIOR);
        let weight = (1.0 + math::ln(rate / after_look)) as f32;
        let [least, most] = BOUNDS;
        // What was taken out of the basket never counts in its favour, and what was put
        // in or bought never against it: who has one may need no second.
        let (least, most) =
            if kind == EventKind::RemoveFromCart { (least, 0.0) } else { (0.0, most) };
        Some((kind, (weight.clamp(least, most) * STEPS).round() / STEPS))
    };
    FITTED.into_iter().filter_map(weight).collect()
}

/// The section of these weights.
pub fn section(weights: &[(EventKind, f32)]) -> Vec<u8> {
    let bytes =
        |(kind, weight): &(EventKind, f32)| [*kind as u8, (weight * STEPS).round() as i8 as u8];
    weights.iter().flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::artifact::event_weights::EventWeights;

    fn acts(kind: EventKind, all: u32, bought: u32) -> Acts {
        Acts { kind: kind as u8, all, bought }
    }

    #[test]
    fn a_weight_is_a_logarithm_of_how_much_more_often_is_bought() {
        let looks = acts(EventKind::View, 1_000_000, 20_000);
        let counts = [looks, acts(EventKind::AddToCart, 1_000_000, 400_000)];
        let weights = fit(&counts);
        // 1 + ln(0.4 / 0.02)
        assert_eq!(weights, [(EventKind::AddToCart, 4.0)]);
        let read = EventWeights::read(&section(&weights)).unwrap();
        assert_eq!(read.of(EventKind::AddToCart), 4.0);
    }

    #[test]
    fn few_acts_say_little() {
        let looks = acts(EventKind::View, 10_000, 100);
        let weight = |all, bought| fit(&[looks, acts(EventKind::Wishlist, all, bought)])[0].1;
        let start = weight(0, 0);
        assert_eq!(start, EventKind::Wishlist.weight());
        assert!(weight(5, 0) < start && weight(5, 0) > weight(1_000, 0));
        assert_eq!(weight(1_000_000, 0), 0.0);
    }

    #[test]
    fn without_purchases_nothing_is_fitted_and_what_was_taken_out_never_counts_for() {
        let none = [acts(EventKind::View, 10, 0), acts(EventKind::AddToCart, 10, 9)];
        assert!(fit(&none).is_empty());
        let out = [acts(EventKind::View, 10_000, 100), acts(EventKind::RemoveFromCart, 900, 800)];
        assert_eq!(fit(&out), [(EventKind::RemoveFromCart, 0.0)]);
    }
}

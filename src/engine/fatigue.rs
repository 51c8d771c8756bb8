//! Tired of it: what was shown again and again on this page, and never looked at,
//! counts less. Must not live here: what is shown (`recommend`).
//!
//! Kept for the life of a document: an exposure is the commonest thing a page
//! tells, and would fill the journal with what says least.

use super::event::EventKind;
use super::intern::KeyMap;
use super::math;

/// Times that something may be shown for nothing.
const FREE: f64 = 3.0;
/// What each time beyond takes, in nats.
const LOSS: f64 = 0.25;

/// How often each item was shown since it was looked at.
#[derive(Debug, Default)]
pub struct Fatigue(KeyMap<f64>);

impl Fatigue {
    /// Notes that something happened to an item.
    pub fn note(&mut self, kind: EventKind, item: u32) {
        if let Some(shown) = self.0.entry(item.into()) {
            *shown = if kind == EventKind::Impression { *shown + 1.0 } else { 0.0 };
        }
    }

    /// What is left of an item's worth, 0 … 1.
    pub fn factor(&self, item: u32) -> f32 {
        let shown = self.0.get(item.into()).copied().unwrap_or_default();
        if shown <= FREE { 1.0 } else { math::exp(-LOSS * (shown - FREE)) as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_for_nothing_fades_until_it_is_looked_at() {
        let mut fatigue = Fatigue::default();
        let mut show = |times| {
            (0..times).for_each(|_| fatigue.note(EventKind::Impression, 7));
            fatigue.factor(7)
        };
        assert_eq!(show(3), 1.0);
        assert!((show(4) - (-1.0f32).exp()).abs() < 1e-6);
        assert_eq!(fatigue.factor(8), 1.0);
        fatigue.note(EventKind::Click, 7);
        assert_eq!(fatigue.factor(7), 1.0);
    }
}

//! What acts say of taste, fitted to a shop: section `evnt`, two bytes an act, its
//! number and its weight in tenths of a product view, signed. What is not in it keeps
//! its starting value. Must not live here: how weights are fitted, or what is filed
//! with them (`evidence`).

use super::reading::Reader;
use crate::engine::event::EventKind;

/// Steps of a weight in a product view.
pub const STEPS: f32 = 10.0;
/// Least and most of a weight, in product views.
pub const BOUNDS: [f32; 2] = [-5.0, 8.0];

/// Weights of all kinds of events, in product views.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventWeights([f32; EventKind::ALL.len()]);

impl Default for EventWeights {
    /// The starting values.
    fn default() -> Self {
        Self(EventKind::ALL.map(EventKind::weight))
    }
}

impl EventWeights {
    /// Reads the section. Acts of a later release are passed over.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut weights = Self::default();
        let mut reader = Reader::new(section);
        while !reader.is_at_end() {
            let (kind, steps) = (reader.byte()?, reader.byte()? as i8);
            let weight = f32::from(steps) / STEPS;
            let [least, most] = BOUNDS;
            if !(least..=most).contains(&weight) {
                return None;
            }
            if let Some(slot) = weights.0.get_mut(usize::from(kind)) {
                *slot = weight;
            }
        }
        Some(weights)
    }

    /// The weight of an event of this kind, in product views.
    pub fn of(&self, kind: EventKind) -> f32 {
        self.0.get(kind as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_fitted_keeps_its_starting_value() {
        let cart = EventKind::AddToCart as u8;
        let weights = EventWeights::read(&[cart, 36, 200, 0]).unwrap();
        assert_eq!(weights.of(EventKind::AddToCart), 3.6);
        assert_eq!(weights.of(EventKind::Purchase), 8.0);
        assert_eq!(EventWeights::read(&[]), Some(EventWeights::default()));
        assert_eq!(EventWeights::read(&[cart, 0xce]).unwrap().of(EventKind::AddToCart), -5.0);
    }

    #[test]
    fn half_an_entry_and_weights_out_of_bounds_are_refused() {
        for section in [&[4][..], &[4, 81], &[4, 0xcd], &[4, 36, 7]] {
            assert_eq!(EventWeights::read(section), None, "{section:?}");
        }
    }
}

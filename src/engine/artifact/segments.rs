//! Segments of shoppers, and how often each clicks a section or banner.
//!
//! Section: the number of categories as a varint and their ledger keys as u32; the
//! number of segments as a byte; a segment's lift of each category as i8 in 64ths;
//! the number of arms as a varint, their keys as rising u32; then, an arm after the
//! other and within it a segment after the other, the click rate as a byte and the
//! pseudo-visits behind it as a byte. Must not live here: what an order makes of it
//! (`sections`).

use super::reading::Reader;
use crate::engine::intern::FeatureKey;
use crate::engine::math;

/// Most segments.
pub const MOST_SEGMENTS: u8 = 16;
/// Steps of a lift.
pub const LIFT_STEPS: f64 = 64.0;
/// Steps of a rate in a nat: 0 is 1, 255 is 0.0003.
pub const RATE_STEPS: f64 = 32.0;
/// Bounds of the pseudo-visits: with fewer a single look would outweigh what a
/// segment has taught, and with more a device would never be heard.
pub const VISITS: [u8; 2] = [6, 20];

/// A section that was checked.
#[derive(Debug)]
pub struct Segments {
    categories: Vec<FeatureKey>,
    segments: u8,
    arms: Vec<FeatureKey>,
    /// Where the lifts begin, and where the rates do.
    starts: [usize; 2],
}

impl Segments {
    /// Reads the section.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let keys = |reader: &mut Reader| -> Option<Vec<FeatureKey>> {
            let count = reader.varint().filter(|count| *count as usize <= section.len() / 4)?;
            (0..count).map(|_| Some(FeatureKey(reader.u32()?))).collect()
        };
        let categories = keys(&mut reader)?;
        let segments = reader.byte().filter(|count| *count <= MOST_SEGMENTS)?;
        let lifts = section.len() - reader.left();
        reader.take(usize::from(segments) * categories.len())?;
        let arms = keys(&mut reader)?;
        let rates = section.len() - reader.left();
        let bodies = reader.take(2 * usize::from(segments) * arms.len())?;
        let bounded = |pair: &[u8; 2]| {
            let [least, most] = VISITS;
            (least..=most).contains(&pair[1])
        };
        let right = reader.is_at_end()
            && bodies.as_chunks::<2>().0.iter().all(bounded)
            && arms.is_sorted_by(|a, b| a < b);
        right.then_some(Self { categories, segments, arms, starts: [lifts, rates] })
    }

    /// The segment whose taste points where the shopper's does; `None` for a shopper
    /// without one, or one that points away from all. `section` is the one read.
    pub fn nearest(&self, section: &[u8], lift: impl Fn(FeatureKey) -> f64) -> Option<u8> {
        let own: Vec<f64> = self.categories.iter().map(|key| lift(*key)).collect();
        let [start, _] = self.starts;
        let mut best: Option<(f64, u8)> = None;
        for segment in 0..self.segments {
            let at = start + usize::from(segment) * own.len();
            let lifts = section.get(at..at + own.len()).unwrap_or_default();
            let (mut product, mut square) = (0.0, 0.0);
            for (own, lift) in own.iter().zip(lifts) {
                let lift = f64::from(*lift as i8) / LIFT_STEPS;
                product += own * lift;
                square += lift * lift;
            }
            // The shopper's own length is the same for all.
            let cosine = if square > 0.0 { product / square.sqrt() } else { 0.0 };
            if cosine > best.map_or(0.0, |(known, _)| known) {
                best = Some((cosine, segment));
            }
        }
        best.map(|(_, segment)| segment)
    }

    /// How often a segment clicks an arm that it sees, and the visits that counts for.
    pub fn prior(&self, section: &[u8], arm: FeatureKey, segment: u8) -> Option<(f64, f64)> {
        let at = self.arms.binary_search(&arm).ok()?;
        let [_, start] = self.starts;
        let at = start + 2 * (at * usize::from(self.segments) + usize::from(segment));
        let mut reader = Reader::new(section.get(at..)?);
        let rate = math::exp(-f64::from(reader.byte()?) / RATE_STEPS);
        Some((rate, f64::from(reader.byte()?)))
    }
}

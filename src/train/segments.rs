//! The bytes of segments. Must not live here: how they are read
//! (`engine::artifact::segments`).

use super::writing::varint;
use crate::engine::artifact::segments::{LIFT_STEPS, RATE_STEPS, VISITS};
use crate::engine::intern::FeatureKey;
use crate::engine::math;

/// The rates of a section or banner.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The ledger's key.
    pub key: FeatureKey,
    /// Of each segment: clicks a look, and the visits that counts for.
    pub rates: Vec<(f64, f64)>,
}

/// The section. `lifts` holds, a segment, the lift of each category.
pub fn section(categories: &[FeatureKey], lifts: &[Vec<f64>], mut arms: Vec<Arm>) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, categories.len() as u32);
    bytes.extend(categories.iter().flat_map(|key| key.0.to_le_bytes()));
    bytes.push(lifts.len() as u8);
    let step = |lift: &f64| (lift * LIFT_STEPS).round().clamp(-128.0, 127.0) as i8 as u8;
    bytes.extend(lifts.iter().flatten().map(step));
    arms.sort_by_key(|arm| arm.key);
    varint(&mut bytes, arms.len() as u32);
    bytes.extend(arms.iter().flat_map(|arm| arm.key.0.to_le_bytes()));
    let [least, most] = VISITS.map(f64::from);
    for (rate, visits) in arms.iter().flat_map(|arm| &arm.rates) {
        let steps = -math::ln(rate.max(f64::MIN_POSITIVE)) * RATE_STEPS;
        bytes.push(steps.round().clamp(0.0, 255.0) as u8);
        bytes.push(visits.round().clamp(least, most) as u8);
    }
    bytes
}

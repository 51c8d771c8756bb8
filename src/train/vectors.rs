//! The file of vectors: floats of a merchant's encoder, as signed bytes of length
//! 127, in the order of an artifact's items. Must not live here: the encoder.

use super::writing::container;
use crate::engine::artifact::Artifact;
use crate::engine::artifact::container::SectionId;

/// The length of a vector in bytes.
const LENGTH: f64 = 127.0;

/// The file for an artifact; `vectors` holds so many floats an id, one after
/// another. An item without a vector, or one with all zeros, gets zeros.
pub fn pack(artifact: &Artifact, ids: &[String], vectors: &[f32], dimensions: u16) -> Vec<u8> {
    let width = usize::from(dimensions);
    let mut bytes = vec![0; artifact.meta().items as usize * width];
    for (id, vector) in ids.iter().zip(vectors.chunks_exact(width.max(1))) {
        let Some(item) = artifact.item(id) else { continue };
        let start = item as usize * width;
        let Some(slots) = bytes.get_mut(start..start + width) else { continue };
        let length = vector.iter().map(|v| f64::from(*v) * f64::from(*v)).sum::<f64>().sqrt();
        if length > 0.0 && length.is_finite() {
            for (slot, value) in slots.iter_mut().zip(vector) {
                *slot = (f64::from(*value) * LENGTH / length).round() as i8 as u8;
            }
        }
    }
    let mut section = Vec::new();
    section.extend(artifact.fingerprint().to_le_bytes());
    section.extend(dimensions.to_le_bytes());
    section.extend(bytes);
    container(&[(SectionId::META, artifact.meta().bytes()), (SectionId::VECTORS, section)])
}

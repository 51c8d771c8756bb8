//! What looks like an item: the nearest vectors, all of them compared. At the
//! sizes a page can load an index would be larger than the time it saves. Must not
//! live here: where vectors come from.

use super::top::Top;
use crate::engine::artifact::vectors::Vectors;

/// Products summed at once: what a vector register holds, where the target has
/// them (SIMD128 on WebAssembly); elsewhere the same loop runs one by one.
const LANES: usize = 16;

/// The vector of an item; `None` where it has none.
pub fn vector(vectors: &Vectors, item: u32) -> Option<&[u8]> {
    let dimensions = vectors.dimensions();
    let start = (item as usize).checked_mul(dimensions)?;
    let vector = vectors.all().get(start..)?.get(..dimensions)?;
    vector.iter().any(|byte| *byte != 0).then_some(vector)
}

/// The items whose vectors point most in the direction of this one, best first,
/// with the cosine, up to the rounding of the vectors to bytes.
pub fn looks_like(
    vectors: &Vectors,
    wanted: &[u8],
    excluded: &[u32],
    limit: usize,
) -> Vec<(u32, f32)> {
    let dimensions = vectors.dimensions();
    let mut top = Top::new(limit);
    if wanted.len() != dimensions {
        return Vec::new();
    }
    for (vector, item) in vectors.all().chunks_exact(dimensions).zip(0u32..) {
        let product = dot(vector, wanted);
        if product > 0 && !excluded.contains(&item) {
            top.offer(product as f32 / (127.0 * 127.0), item);
        }
    }
    top.into_entries()
}

/// The inner product of two vectors of signed bytes.
fn dot(a: &[u8], b: &[u8]) -> i32 {
    let product = |a: &u8, b: &u8| i32::from(*a as i8) * i32::from(*b as i8);
    let (a, rest_a) = a.as_chunks::<LANES>();
    let (b, rest_b) = b.as_chunks::<LANES>();
    let mut sum: i32 = rest_a.iter().zip(rest_b).map(|(a, b)| product(a, b)).sum();
    for (a, b) in a.iter().zip(b) {
        sum += a.iter().zip(b).map(|(a, b)| product(a, b)).sum::<i32>();
    }
    sum
}

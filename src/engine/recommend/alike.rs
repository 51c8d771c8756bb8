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
    let (a, rest_a) = a.as_chunks::<LANES>();
    let (b, rest_b) = b.as_chunks::<LANES>();
    product(rest_a, rest_b) + lanes(a, b)
}

fn product(a: &[u8], b: &[u8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a as i8) * i32::from(*b as i8)).sum()
}

#[cfg(not(target_feature = "simd128"))]
fn lanes(a: &[[u8; LANES]], b: &[[u8; LANES]]) -> i32 {
    a.iter().zip(b).map(|(a, b)| product(a, b)).sum()
}

/// In the instructions themselves: what is built for size is not vectorised.
#[cfg(target_feature = "simd128")]
fn lanes(a: &[[u8; LANES]], b: &[[u8; LANES]]) -> i32 {
    use core::arch::wasm32::*;
    let load = |bytes: &[u8; LANES]| {
        let bits = u128::from_le_bytes(*bytes);
        u64x2(bits as u64, (bits >> 64) as u64)
    };
    let mut sums = i32x4_splat(0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (load(a), load(b));
        let low = i32x4_dot_i16x8(i16x8_extend_low_i8x16(a), i16x8_extend_low_i8x16(b));
        let high = i32x4_dot_i16x8(i16x8_extend_high_i8x16(a), i16x8_extend_high_i8x16(b));
        sums = i32x4_add(sums, i32x4_add(low, high));
    }
    i32x4_extract_lane::<0>(sums)
        + i32x4_extract_lane::<1>(sums)
        + i32x4_extract_lane::<2>(sums)
        + i32x4_extract_lane::<3>(sums)
}

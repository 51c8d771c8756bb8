//! Logarithms and exponentials, the same to the last bit on every target: the
//! platforms' own differ. All from two functions of `libm`, because its others
//! bring tables of several kilobytes.

use std::f64::consts::LN_2;

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// 2 to the power of `x`.
pub fn exp2(x: f64) -> f64 {
    exp(x * LN_2)
}

/// The larger of two numbers. WebAssembly has no instruction for `f32::max`, which
/// would be a call for each.
#[inline(always)]
pub fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// Logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    ln(x) / LN_2
}

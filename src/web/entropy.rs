//! Random bits from the browser's cryptographic source, for naming journals.

use crate::ports::Entropy;

/// `crypto.getRandomValues`, through the `getrandom` crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserEntropy;

impl Entropy for BrowserEntropy {
    fn random(&self) -> Option<u64> {
        getrandom::u64().ok()
    }
}

//! What the engine needs from outside, as traits: the browser implements them
//! in `web`, tests and simulations natively. Nothing here knows JavaScript.

use crate::engine::dwell::Reading;

/// Both clocks of the machine.
pub trait Clock {
    /// Reads both at the same instant.
    fn read(&self) -> Reading;
}

/// A source of unpredictable bits.
pub trait Entropy {
    /// 64 random bits, or `None` where the platform refuses.
    fn random(&self) -> Option<u64>;
}

/// Why storage did not do what was asked. The page is never told more: a shop's
/// other scripts throw everything imaginable here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// It threw, is blocked, or does not exist.
    Unavailable,
    /// It threw while writing: most often there is no room left.
    Refused,
}

/// A string store of one origin, like `localStorage`.
///
/// Existence is permission: an implementation is made only after the shopper's
/// consent, and dropped with it.
pub trait StorageArea {
    /// The value of a key, if there is one.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when storage throws.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Whether a key has a value.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when storage throws.
    fn has(&self, key: &str) -> Result<bool, StorageError> {
        self.get(key).map(|value| value.is_some())
    }

    /// UTF-16 units of a key's value; 0 where there is none.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when storage throws.
    fn length(&self, key: &str) -> Result<usize, StorageError> {
        self.get(key).map(|value| value.map_or(0, |text| text.encode_utf16().count()))
    }

    /// Sets a value. After an error the old value is still there.
    ///
    /// # Errors
    /// [`StorageError::Refused`] when it does not fit or storage throws.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;

    /// Removes a key; a missing one is fine.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when storage throws.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// All keys that start with `prefix`, in any order.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when storage throws.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError>;
}

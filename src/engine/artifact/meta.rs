//! What the trainer wrote about itself: the privacy threshold, and the amounts
//! it learned from. Must not live here: anything that a score depends on, except
//! the number of items and the salt of their hashes.

use super::reading::Reader;

/// More items than any page could afford; a larger count is damage.
pub const MOST_ITEMS: u32 = 1 << 22;

/// Facts about an artifact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Distinct people, or sessions where people are not told apart, behind every
    /// pair and every prototype.
    pub k: u16,
    /// Starts the hashes of item ids, so that no two items share one.
    pub salt: u16,
    /// Number of items.
    pub items: u32,
    /// Sessions the trainer read.
    pub sessions: u32,
    /// Clicks the trainer read.
    pub clicks: u32,
}

impl Meta {
    /// Reads the section.
    pub fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let meta = Self {
            k: reader.u16()?,
            salt: reader.u16()?,
            items: reader.u32()?,
            sessions: reader.u32()?,
            clicks: reader.u32()?,
        };
        let right = meta.k > 0 && meta.items <= MOST_ITEMS && reader.is_at_end();
        right.then_some(meta)
    }

    /// The bytes of the section.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(self.k.to_le_bytes());
        bytes.extend(self.salt.to_le_bytes());
        for number in [self.items, self.sessions, self.clicks] {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }
}

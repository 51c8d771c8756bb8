//! Any bytes, and any text, as a stored record: refused, or exactly what would be
//! written for what was read.

use super::envelope::{encode, read};
use reshelf::engine::codec;

pub fn run(bytes: &[u8]) {
    read(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok((epoch, record)) = codec::decode(text) {
        assert_eq!(encode(epoch, &record), text);
    }
}

//! The envelope of a record around any payload: without it a fuzzer never gets
//! past the checksum. And the way back, from what was read to its text.

use base64ct::{Base64Unpadded, Encoding as _};
use reshelf::engine::codec::{self, Record};

/// What stands before the payload, but for magic and length: kind, version,
/// epoch and sequence.
pub const HEAD: usize = 10;

/// A record with this head and payload, its length and checksum right.
pub fn seal(head: &[u8; HEAD], payload: &[u8]) -> Vec<u8> {
    let mut bytes = b"RSH".to_vec();
    bytes.extend(head);
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(payload);
    bytes.extend(crc32(&bytes).to_le_bytes());
    bytes
}

/// The checksum of zip and PNG, one bit at a time.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes
        .iter()
        .fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

pub fn to_text(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}

pub fn to_bytes(text: &str) -> Vec<u8> {
    Base64Unpadded::decode_vec(text).expect("base64")
}

/// What a writer makes of a record.
pub fn encode(epoch: u32, record: &Record) -> String {
    match record {
        Record::Journal(id, journal) => codec::encode_journal(epoch, *id, journal),
        Record::Meta(meta) => codec::encode_meta(epoch, *meta),
        Record::Snapshot(snapshot) => codec::encode_snapshot(epoch, snapshot),
    }
}

/// Reads bytes; what is accepted must be, to the byte, what is written for it.
#[allow(dead_code, reason = "tests/damage judges otherwise")]
pub fn read(bytes: &[u8]) -> Option<(u32, Record)> {
    let (epoch, record) = codec::decode_bytes(bytes).ok()?;
    let text = encode(epoch, &record);
    assert_eq!(to_bytes(&text), bytes, "accepted and written differently: {record:?}");
    if text.len() <= codec::LONGEST_TEXT {
        assert_eq!(codec::decode(&text), Ok((epoch, record.clone())));
    }
    Some((epoch, record))
}

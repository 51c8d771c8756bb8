//! Bytes of a stored record, and back. A record may come from an older or newer
//! release, from a half-finished write or from an attacker: decoding is total,
//! bounded, and refuses what it would not have written itself.
//!
//! Record: magic `RSH`, kind, version, epoch and sequence (u32 LE), length of
//! the payload (u32 LE), payload (postcard), CRC-32 of all before. As text:
//! base64 without padding, because `localStorage` holds text.
//!
//! Must not live here: which key a record is stored under (`vault`).

use super::intern::FeatureKey;
use super::ledger::{DocumentId, Journal, MOST_CELLS};
use super::profile::{Cell, LANES};
use super::time::Day;
use base64ct::{Base64Unpadded, Encoding as _};
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use serde::{Deserialize, Serialize};

/// Newest record version that is written and read.
pub const VERSION: u8 = 1;
/// Longest stored text, in characters: the cap of one key.
pub const LONGEST_TEXT: usize = 16 * 1024;

const MAGIC: [u8; 3] = *b"RSH";
const HEADER: usize = 17;
const CHECKSUM: usize = 4;
/// The CRC-32 of zip and PNG, bit by bit: a journal has some hundred bytes, and
/// the smallest table would be a thousand that no compression can shrink.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// One document's journal.
    Journal = b'j',
    /// What holds for the whole store.
    Meta = b'm',
}

/// Why a record was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not one of ours, damaged, cut, or with content no writer makes.
    Corrupt,
    /// Ours, of a later release: leave it as it is.
    Newer,
}

/// What holds for the whole store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Whether the shopper paused learning.
    pub paused: bool,
}

#[derive(Serialize, Deserialize)]
struct JournalPayload {
    document: u64,
    acts: u32,
    /// `(day, key, counters)`, rising by day and key.
    cells: Vec<(u32, u32, Cell)>,
}

/// A decoded record.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A journal and the document that wrote it.
    Journal(DocumentId, Journal),
    /// The store's own record.
    Meta(Meta),
}

/// A journal as text.
pub fn encode_journal(epoch: u32, id: DocumentId, journal: &Journal) -> String {
    let cells = journal.cells().into_iter().map(|(day, key, cell)| (day.0, key.0, cell)).collect();
    let payload = JournalPayload { document: id.0, acts: journal.acts, cells };
    seal(Kind::Journal, epoch, journal.sequence, &payload)
}

/// The store's own record as text.
pub fn encode_meta(epoch: u32, meta: Meta) -> String {
    seal(Kind::Meta, epoch, 0, &meta)
}

/// Reads any record: its epoch and content.
///
/// # Errors
/// [`DecodeError`] for everything this release would not have written.
pub fn decode(text: &str) -> Result<(u32, Record), DecodeError> {
    if text.len() > LONGEST_TEXT {
        return Err(DecodeError::Corrupt);
    }
    let bytes = Base64Unpadded::decode_vec(text).map_err(|_| DecodeError::Corrupt)?;
    decode_bytes(&bytes)
}

/// Reads a record's bytes; see [`decode`].
///
/// # Errors
/// [`DecodeError`] for everything this release would not have written.
pub fn decode_bytes(bytes: &[u8]) -> Result<(u32, Record), DecodeError> {
    let header = bytes.first_chunk::<HEADER>().ok_or(DecodeError::Corrupt)?;
    let [m0, m1, m2, kind, version, e0, e1, e2, e3, s0, s1, s2, s3, l0, l1, l2, l3] = *header;
    let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(DecodeError::Corrupt)?;
    if [m0, m1, m2] != MAGIC || CRC.checksum(body) != u32::from_le_bytes(*checksum) {
        return Err(DecodeError::Corrupt);
    }
    // After the checksum: a damaged version byte is damage, not a later release.
    if version > VERSION {
        return Err(DecodeError::Newer);
    }
    let payload = body.get(HEADER..).ok_or(DecodeError::Corrupt)?;
    let length = u32::from_le_bytes([l0, l1, l2, l3]);
    if version == 0 || usize::try_from(length).ok() != Some(payload.len()) {
        return Err(DecodeError::Corrupt);
    }
    let epoch = u32::from_le_bytes([e0, e1, e2, e3]);
    let sequence = u32::from_le_bytes([s0, s1, s2, s3]);
    let record = match kind {
        k if k == Kind::Journal as u8 => journal(sequence, open(payload)?)?,
        k if k == Kind::Meta as u8 && sequence == 0 => Record::Meta(open(payload)?),
        _ => return Err(DecodeError::Corrupt),
    };
    Ok((epoch, record))
}

fn journal(sequence: u32, payload: JournalPayload) -> Result<Record, DecodeError> {
    let place = |(day, key, _): &(u32, u32, Cell)| (*day, *key);
    let rising = payload.cells.is_sorted_by(|a, b| place(a) < place(b));
    let sane = payload.cells.iter().all(|(day, _, cell)| {
        Day(*day).is_plausible() && cell.iter().all(|counter| counter.is_finite())
    });
    if !rising || !sane || payload.cells.len() > MOST_CELLS {
        return Err(DecodeError::Corrupt);
    }
    let cells = payload.cells.into_iter().map(|(day, key, cell)| (Day(day), FeatureKey(key), cell));
    let journal = Journal::restored(sequence, payload.acts, cells);
    Ok(Record::Journal(DocumentId(payload.document), journal))
}

fn open<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> Result<T, DecodeError> {
    match postcard::take_from_bytes(payload) {
        Ok((value, [])) => Ok(value),
        _ => Err(DecodeError::Corrupt),
    }
}

fn seal(kind: Kind, epoch: u32, sequence: u32, payload: &impl Serialize) -> String {
    // Writing these plain structures to a growing buffer has no way to fail.
    let payload = postcard::to_allocvec(payload).unwrap_or_default();
    let mut bytes = Vec::with_capacity(HEADER + payload.len() + CHECKSUM);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&[kind as u8, VERSION]);
    bytes.extend_from_slice(&epoch.to_le_bytes());
    bytes.extend_from_slice(&sequence.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&payload);
    let checksum = CRC.checksum(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    Base64Unpadded::encode_string(&bytes)
}

const _: () = {
    // 4 bytes of day, 5 of key and 4 a lane for each cell, as base64: below the cap.
    assert!((MOST_CELLS * (4 + 5 + 4 * LANES) + 64) * 4 / 3 < LONGEST_TEXT);
};

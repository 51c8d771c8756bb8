//! Bytes of a stored record, and back. A record may come from an older or newer
//! release, from a half-finished write or from an attacker: decoding is total,
//! bounded, and refuses what it would not have written itself.
//!
//! Record: magic `RSH`, kind, version, epoch and sequence (u32 LE), length of
//! the payload (u32 LE), payload (postcard), CRC-32 of all before. As text:
//! base64 without padding, because `localStorage` holds text.
//!
//! | version | kinds | since |
//! |---|---|---|
//! | 1 | journal, meta | 0.1 |
//! | 2 | snapshot | 0.2 |
//!
//! Journals and meta records are still written as version 1, so that an older
//! release in another tab goes on reading them.
//!
//! Must not live here: which key a record is stored under (`vault`).

use super::checksum::checksum;
use super::intern::FeatureKey;
use super::journal::{DocumentId, Journal, MOST_CELLS};
use super::ledger::Cover;
use super::profile::{Cell, LANES};
use super::sorting::sorted;
use super::time::Day;
use base64ct::{Base64Unpadded, Encoding as _};
use serde::{Deserialize, Serialize};

/// Newest record version that is read.
pub const VERSION: u8 = 2;
/// Longest stored text, in characters: the cap of one key.
pub const LONGEST_TEXT: usize = 16 * 1024;
/// Most journals a snapshot holds unfolded.
pub const MOST_JOURNALS: usize = 64;
/// Most covers a snapshot keeps; those known longest go first. A journal comes
/// back only where a killed browser had not yet committed its removal, which
/// takes it a minute at most.
pub const MOST_COVERS: usize = 192;

const MAGIC: [u8; 3] = *b"RSH";
const HEADER: usize = 17;
const CHECKSUM: usize = 4;

/// Kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// One document's journal.
    Journal = b'j',
    /// What holds for the whole store.
    Meta = b'm',
    /// Journals of many documents, and what was folded.
    Snapshot = b's',
}

impl Kind {
    /// The version that introduced it, and that it is written as.
    fn version(self) -> u8 {
        if self == Self::Snapshot { 2 } else { 1 }
    }
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

/// Finished journals under one key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// Rising by name; a fold is one of them.
    pub journals: Vec<(DocumentId, Journal)>,
    /// What its folds are made of, those known longest first; each name once.
    pub covers: Vec<Cover>,
}

#[derive(Serialize, Deserialize)]
struct JournalPayload {
    document: u64,
    acts: u32,
    /// `(day, key, counters)`, rising by day and key.
    cells: Vec<(u32, u32, Cell)>,
}

#[derive(Serialize, Deserialize)]
struct SnapshotPayload {
    /// `(epoch, sequence, first day or 0, journal)`.
    journals: Vec<(u32, u32, u32, JournalPayload)>,
    covers: Vec<(u64, u32)>,
}

/// A decoded record.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A journal and the document that wrote it.
    Journal(DocumentId, Journal),
    /// The store's own record.
    Meta(Meta),
    /// Journals of many documents.
    Snapshot(Snapshot),
}

/// A journal as text.
pub fn encode_journal(epoch: u32, id: DocumentId, journal: &Journal) -> String {
    seal(Kind::Journal, epoch, journal.sequence, &payload_of(id, journal))
}

/// The store's own record as text.
pub fn encode_meta(epoch: u32, meta: Meta) -> String {
    seal(Kind::Meta, epoch, 0, &meta)
}

/// A snapshot as text. May be longer than [`LONGEST_TEXT`]; then it cannot be
/// stored.
pub fn encode_snapshot(epoch: u32, snapshot: &Snapshot) -> String {
    let journals = snapshot.journals.iter().map(|(id, journal)| {
        let since = journal.since.unwrap_or_default().0;
        (journal.epoch, journal.sequence, since, payload_of(*id, journal))
    });
    let covers = snapshot.covers.iter().map(|(id, sequence)| (id.0, *sequence));
    let payload = SnapshotPayload { journals: journals.collect(), covers: covers.collect() };
    seal(Kind::Snapshot, epoch, 0, &payload)
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
    let (body, sum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(DecodeError::Corrupt)?;
    if [m0, m1, m2] != MAGIC || checksum(body) != u32::from_le_bytes(*sum) {
        return Err(DecodeError::Corrupt);
    }
    // After the checksum: a damaged version byte is damage, not a later release.
    if version > VERSION {
        return Err(DecodeError::Newer);
    }
    let payload = body.get(HEADER..).ok_or(DecodeError::Corrupt)?;
    let length = u32::from_le_bytes([l0, l1, l2, l3]);
    if usize::try_from(length).ok() != Some(payload.len()) {
        return Err(DecodeError::Corrupt);
    }
    let epoch = u32::from_le_bytes([e0, e1, e2, e3]);
    let sequence = u32::from_le_bytes([s0, s1, s2, s3]);
    let is = |kind: Kind, code: u8| kind as u8 == code && version == kind.version();
    let record = if is(Kind::Journal, kind) {
        let (id, journal) = journal(epoch, sequence, open(payload)?)?;
        Record::Journal(id, journal)
    } else if is(Kind::Meta, kind) && sequence == 0 {
        Record::Meta(open(payload)?)
    } else if is(Kind::Snapshot, kind) && sequence == 0 {
        Record::Snapshot(snapshot(open(payload)?)?)
    } else {
        return Err(DecodeError::Corrupt);
    };
    Ok((epoch, record))
}

fn snapshot(payload: SnapshotPayload) -> Result<Snapshot, DecodeError> {
    let SnapshotPayload { journals, covers } = payload;
    if journals.len() > MOST_JOURNALS || covers.len() > MOST_COVERS {
        return Err(DecodeError::Corrupt);
    }
    let names: Vec<u64> = covers.iter().map(|(id, _)| *id).collect();
    let rising = journals.is_sorted_by(|(.., a), (.., b)| a.document < b.document)
        && sorted(&names).is_sorted_by(|a, b| a < b);
    if !rising {
        return Err(DecodeError::Corrupt);
    }
    let restore = |(epoch, sequence, since, payload)| {
        let (id, mut journal) = journal(epoch, sequence, payload)?;
        journal.since = (since > 0).then_some(Day(since));
        if !Day(since).is_plausible() { Err(DecodeError::Corrupt) } else { Ok((id, journal)) }
    };
    let journals = journals.into_iter().map(restore).collect::<Result<_, _>>()?;
    let covers = covers.into_iter().map(|(id, sequence)| (DocumentId(id), sequence)).collect();
    Ok(Snapshot { journals, covers })
}

fn journal(
    epoch: u32,
    sequence: u32,
    payload: JournalPayload,
) -> Result<(DocumentId, Journal), DecodeError> {
    let place = |(day, key, _): &(u32, u32, Cell)| (*day, *key);
    let rising = payload.cells.is_sorted_by(|a, b| place(a) < place(b));
    let sane = payload.cells.iter().all(|(day, _, cell)| {
        Day(*day).is_plausible() && cell.iter().all(|counter| counter.is_finite())
    });
    if !rising || !sane || payload.cells.len() > MOST_CELLS {
        return Err(DecodeError::Corrupt);
    }
    let cells = payload.cells.into_iter().map(|(day, key, cell)| (Day(day), FeatureKey(key), cell));
    let mut journal = Journal::restored(sequence, payload.acts, cells);
    journal.epoch = epoch;
    Ok((DocumentId(payload.document), journal))
}

fn payload_of(id: DocumentId, journal: &Journal) -> JournalPayload {
    let cells = journal.cells().into_iter().map(|(day, key, cell)| (day.0, key.0, cell)).collect();
    JournalPayload { document: id.0, acts: journal.acts, cells }
}

/// Reads a payload that is, to the byte, what would be written for its value:
/// postcard alone also reads numbers with needless bytes.
fn open<'a, T: Serialize + Deserialize<'a>>(payload: &'a [u8]) -> Result<T, DecodeError> {
    let value = postcard::from_bytes(payload).map_err(|_| DecodeError::Corrupt)?;
    if write(&value) == payload { Ok(value) } else { Err(DecodeError::Corrupt) }
}

fn write(payload: &impl Serialize) -> Vec<u8> {
    // Writing these plain structures to a growing buffer has no way to fail.
    postcard::to_allocvec(payload).unwrap_or_default()
}

fn seal(kind: Kind, epoch: u32, sequence: u32, payload: &impl Serialize) -> String {
    let payload = write(payload);
    let mut bytes = Vec::with_capacity(HEADER + payload.len() + CHECKSUM);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&[kind as u8, kind.version()]);
    bytes.extend_from_slice(&epoch.to_le_bytes());
    bytes.extend_from_slice(&sequence.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&payload);
    let sum = checksum(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    Base64Unpadded::encode_string(&bytes)
}

const _: () = {
    // 4 bytes of day, 5 of key and 4 a lane for each cell, as base64: below the cap.
    assert!((MOST_CELLS * (4 + 5 + 4 * LANES) + 64) * 4 / 3 < LONGEST_TEXT);
};

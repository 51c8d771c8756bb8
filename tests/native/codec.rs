//! Stored bytes: the golden records, and everything that may befall a record
//! between two visits. The envelope is written here a second time (checksum,
//! base64, variable-length integers), so that the format is pinned by two hands.
//!
//! After a wanted change of the format, `RESHELF_BLESS=1 cargo test --test
//! native codec` writes the golden files anew; the difference belongs in the
//! commit, and the version must have grown.

use crate::envelope::{Cells, from_base64, journal_payload, resealed, seal, varint};
use crate::shop::cases;
use proptest::prelude::*;
use reshelf::engine::codec::{
    DecodeError, LONGEST_TEXT, MOST_COVERS, MOST_JOURNALS, Meta, Record, Snapshot, VERSION, decode,
    decode_bytes, encode_journal, encode_meta, encode_snapshot,
};
use reshelf::engine::intern::FeatureKey;
use reshelf::engine::journal::{DocumentId, Journal, MOST_CELLS};
use reshelf::engine::time::Day;
use std::path::PathBuf;

type Decoded = Result<(u32, Record), DecodeError>;

const EPOCH: u32 = 3;
const DOCUMENT: DocumentId = DocumentId(0x0123_4567_89ab_cdef);
const CORRUPT: Decoded = Err(DecodeError::Corrupt);

// ---------------------------------------------------------------- golden

/// A journal with small and large numbers of everything it may hold.
fn golden_cells() -> Cells {
    vec![
        (0, 0x0000_0001, [0.0, -0.0, 1.0]),
        (20_454, 0x0486_7bf1, [1.0, 2.5, -3.0]),
        (20_454, 0x1658_f34b, [f32::MAX, f32::MIN, f32::MIN_POSITIVE]),
        (20_454, 0xffff_ffff, [1e-45, 0.1, 1.8]),
        (2_932_896, 0x1000_0000, [-5.0, 8.0, 0.5]),
    ]
}

fn golden_journal() -> (DocumentId, Journal) {
    let cells = golden_cells().into_iter();
    let cells = cells.map(|(day, key, cell)| (Day(day), FeatureKey(key), cell));
    (DOCUMENT, Journal::restored(300, 70_000, cells))
}

/// A snapshot with a fold, a journal of its own, and what the fold is made of.
fn golden_snapshot() -> Snapshot {
    let cells = golden_cells().into_iter().skip(1).take(3);
    let cells = cells.map(|(day, key, cell)| (Day(day), FeatureKey(key), cell));
    let mut fold = Journal::restored(1, 900, cells);
    fold.since = Some(Day(20_000));
    let (_, journal) = golden_journal();
    Snapshot {
        journals: vec![(DocumentId(0x0123_0000), fold), (DOCUMENT, journal)],
        covers: vec![(DocumentId(u64::MAX), 7), (DocumentId(5), u32::MAX)],
    }
}

/// The same, byte by byte.
fn snapshot_payload() -> Vec<u8> {
    let mut bytes = vec![2];
    let journals = [
        (1, 20_000, journal_payload(0x0123_0000, 900, &golden_cells()[1..4].to_vec())),
        (300, 0, journal_payload(DOCUMENT.0, 70_000, &golden_cells())),
    ];
    for (sequence, since, journal) in journals {
        [0, sequence, since].into_iter().for_each(|number| varint(&mut bytes, number));
        bytes.extend(journal);
    }
    [2, u64::MAX, 7, 5, u64::from(u32::MAX)].into_iter().for_each(|n| varint(&mut bytes, n));
    bytes
}

/// Name of the file, what encoding gives today, and what decoding must give.
fn golden() -> [(&'static str, String, (u32, Record)); 3] {
    let (id, journal) = golden_journal();
    let meta = Meta { paused: true };
    let snapshot = golden_snapshot();
    [
        ("journal.txt", encode_journal(EPOCH, id, &journal), (EPOCH, Record::Journal(id, journal))),
        ("meta.txt", encode_meta(EPOCH, meta), (EPOCH, Record::Meta(meta))),
        ("snapshot.txt", encode_snapshot(EPOCH, &snapshot), (EPOCH, Record::Snapshot(snapshot))),
    ]
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// A golden record as text, without the file's last line break.
fn stored(name: &str) -> String {
    std::fs::read_to_string(path(name)).expect("a golden file").trim_end().to_owned()
}

#[test]
fn golden_records_are_written_and_read_to_the_byte() {
    for (name, text, record) in golden() {
        if std::env::var_os("RESHELF_BLESS").is_some() {
            std::fs::write(path(name), format!("{text}\n")).expect("a writable folder");
        }
        assert_eq!(text, stored(name), "{name} is written differently");
        assert_eq!(decode(&stored(name)), Ok(record.clone()), "{name} is read differently");
        assert_eq!(decode_bytes(&from_base64(&text)), Ok(record), "{name}");
    }
}

/// The format as its documentation describes it, byte by byte.
#[test]
fn golden_records_follow_the_documented_format() {
    let journal = journal_payload(DOCUMENT.0, 70_000, &golden_cells());
    let snapshot = snapshot_payload();
    let texts = [
        seal(b'j', 1, EPOCH, 300, &journal),
        seal(b'm', 1, EPOCH, 0, &[1]),
        seal(b's', 2, EPOCH, 0, &snapshot),
    ];
    for ((name, ..), bytes) in golden().into_iter().zip(texts) {
        assert_eq!(from_base64(&stored(name)), bytes, "{name}");
    }
}

// ---------------------------------------------------------------- damage

#[test]
fn every_cut_is_refused() {
    for (name, text, _) in golden() {
        let bytes = from_base64(&text);
        for length in 0..bytes.len() {
            assert_eq!(decode_bytes(&bytes[..length]), CORRUPT, "{name} cut to {length}");
            assert_eq!(decode_bytes(&bytes[bytes.len() - length..]), CORRUPT, "{name}'s end");
        }
        for length in 0..text.len() {
            assert_eq!(decode(&text[..length]), CORRUPT, "{name} cut to {length} characters");
        }
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    for (name, text, record) in golden() {
        let bytes = from_base64(&text);
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decode_bytes(&bytes), CORRUPT, "{name} with bit {bit} flipped");
        }
        for bit in 0..text.len() * 8 {
            let mut text = text.clone().into_bytes();
            text[bit / 8] ^= 1 << (bit % 8);
            // A byte over 127 is no text, and storage holds text.
            let Ok(text) = String::from_utf8(text) else { continue };
            let read = decode(&text);
            // Spare bits of the last character may be ignored or refused.
            assert!(read == CORRUPT || read == Ok(record.clone()), "{name}: {read:?}");
        }
    }
}

#[test]
fn what_is_glued_to_a_record_is_refused() {
    for (name, text, _) in golden() {
        for text in [
            format!("{text}A"),
            format!("{text}AAAA"),
            format!("{text}="),
            format!(" {text}"),
            format!("{text}\n"),
            text.repeat(2),
        ] {
            assert_eq!(decode(&text), CORRUPT, "{name}");
        }
        let mut bytes = from_base64(&text);
        bytes.push(0);
        assert_eq!(decode_bytes(&bytes), CORRUPT, "{name}");
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn noise_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), text in ".{0,200}") {
        prop_assert_eq!(decode_bytes(&bytes), CORRUPT);
        prop_assert_eq!(decode(&text), CORRUPT);
    }

    /// An attacker can compute a checksum too. Whatever is accepted is a record
    /// that a writer may write: it survives being written and read again.
    #[test]
    fn sealed_noise_is_refused_or_a_record(
        payload in prop::collection::vec(prop_oneof![0u8..4, any::<u8>()], 0..80),
        kind in prop::sample::select(vec![b'j', b'm', b's', 0]), version in 1..=VERSION,
        sequence in 0u32..3,
    ) {
        let bytes = seal(kind, version, EPOCH, sequence, &payload);
        if let Ok((epoch, record)) = decode_bytes(&bytes) {
            let text = match &record {
                Record::Journal(id, journal) => encode_journal(epoch, *id, journal),
                Record::Meta(meta) => encode_meta(epoch, *meta),
                Record::Snapshot(snapshot) => encode_snapshot(epoch, snapshot),
            };
            prop_assert_eq!(decode(&text), Ok((epoch, record)));
        }
    }
}

// ----------------------------------------------------- what no writer makes

fn sealed_journal(cells: &Cells) -> Vec<u8> {
    seal(b'j', 1, EPOCH, 1, &journal_payload(1, 1, cells))
}

#[test]
fn the_helpers_make_what_is_accepted() {
    let cells = vec![(7, 1, [1.0; 3]), (7, 2, [2.0; 3]), (8, 1, [1.0; 3])];
    assert!(matches!(decode_bytes(&sealed_journal(&cells)), Ok((EPOCH, Record::Journal(..)))));
    let meta = seal(b'm', 1, EPOCH, 0, &[0]);
    assert_eq!(decode_bytes(&meta), Ok((EPOCH, Record::Meta(Meta { paused: false }))));
}

#[test]
fn a_later_version_is_left_alone() {
    for version in [VERSION + 1, 200, u8::MAX] {
        for payload in [&[][..], &[1], &[0xff; 40]] {
            for kind in [b'j', b'm', b'z'] {
                let bytes = seal(kind, version, EPOCH, 9, payload);
                assert_eq!(decode_bytes(&bytes), Err(DecodeError::Newer));
                let mut damaged = bytes;
                damaged[5] ^= 1;
                assert_eq!(decode_bytes(&damaged), CORRUPT);
            }
        }
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    for odd in [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::from_bits(0x7f80_0001)]
    {
        for lane in 0..3 {
            let mut cell = [1.0; 3];
            cell[lane] = odd;
            assert_eq!(decode_bytes(&sealed_journal(&vec![(7, 1, cell)])), CORRUPT);
        }
    }
}

#[test]
fn cells_out_of_order_or_range_are_refused() {
    let cell = [1.0; 3];
    let refused: [(&str, Cells); 4] = [
        ("days fall", vec![(8, 1, cell), (7, 2, cell)]),
        ("keys fall", vec![(7, 2, cell), (7, 1, cell)]),
        ("a cell twice", vec![(7, 1, cell), (7, 1, cell)]),
        ("a day after the year 9999", vec![(2_932_897, 1, cell)]),
    ];
    for (what, cells) in &refused {
        assert_eq!(decode_bytes(&sealed_journal(cells)), CORRUPT, "{what}");
    }
}

#[test]
fn a_journal_has_no_more_cells_than_a_writer_keeps() {
    let full = |count: usize| (0..count as u32).map(|key| (7, key, [1.0; 3])).collect();
    assert!(decode_bytes(&sealed_journal(&full(MOST_CELLS))).is_ok());
    assert_eq!(decode_bytes(&sealed_journal(&full(MOST_CELLS + 1))), CORRUPT);
}

/// What one document may write at most fits under one key and is read again.
#[test]
fn the_largest_journal_fits_under_its_key() {
    let cells = (0..MOST_CELLS as u32)
        .map(|cell| (Day(2_932_896), FeatureKey(u32::MAX - MOST_CELLS as u32 + cell), [1.0; 3]));
    let journal = Journal::restored(u32::MAX, u32::MAX, cells);
    let text = encode_journal(u32::MAX, DocumentId(u64::MAX), &journal);
    assert!(text.len() <= LONGEST_TEXT, "{}", text.len());
    let record = Record::Journal(DocumentId(u64::MAX), journal);
    assert_eq!(decode(&text), Ok((u32::MAX, record)));
}

#[test]
fn a_wrong_envelope_is_refused() {
    let meta = seal(b'm', 1, EPOCH, 0, &[0]);
    for (what, at) in
        [("magic", 0), ("magic", 1), ("magic", 2), ("kind", 3), ("length", 13), ("length", 16)]
    {
        let mut bytes = meta.clone();
        bytes[at] ^= 0x41;
        assert_eq!(decode_bytes(&resealed(bytes)), CORRUPT, "{what}");
    }
    for (what, bytes) in [
        ("version 0", seal(b'm', 0, EPOCH, 0, &[0])),
        ("a meta record of version 2", seal(b'm', 2, EPOCH, 0, &[0])),
        ("a snapshot of version 1", seal(b's', 1, EPOCH, 0, &[0, 0])),
        ("a snapshot in sequence", seal(b's', 2, EPOCH, 1, &[0, 0])),
        ("a number with a needless byte", seal(b's', 2, EPOCH, 0, &[0x80, 0, 0])),
        ("a meta record in sequence", seal(b'm', 1, EPOCH, 1, &[0])),
        ("neither true nor false", seal(b'm', 1, EPOCH, 0, &[2])),
        ("no payload", seal(b'm', 1, EPOCH, 0, &[])),
        ("too much payload", seal(b'm', 1, EPOCH, 0, &[0, 0])),
    ] {
        assert_eq!(decode_bytes(&bytes), CORRUPT, "{what}");
    }
}

#[test]
fn a_snapshot_out_of_order_or_range_is_refused() {
    let sealed = |snapshot: &Snapshot| decode(&encode_snapshot(EPOCH, snapshot));
    let good = golden_snapshot();
    assert!(sealed(&good).is_ok());
    let mut falling = good.clone();
    falling.journals.reverse();
    let mut twice = good.clone();
    twice.journals[1].0 = twice.journals[0].0;
    let mut covered_twice = good.clone();
    covered_twice.covers.push((DocumentId(5), 1));
    let mut late = good.clone();
    late.journals[0].1.since = Some(Day(2_932_897));
    let mut crowd = Snapshot::default();
    let small = || Journal::restored(1, 1, [].into_iter());
    crowd.journals = (0..=MOST_JOURNALS as u64).map(|id| (DocumentId(id), small())).collect();
    let covers = (0..=MOST_COVERS as u64).map(|id| (DocumentId(id), 1)).collect();
    let mut covers = Snapshot { covers, ..Snapshot::default() };
    let refused = [
        ("journals fall", falling),
        ("a journal twice", twice),
        ("a cover twice", covered_twice),
        ("a first day after the year 9999", late),
        ("too many journals", crowd.clone()),
        ("too many covers", covers.clone()),
    ];
    for (what, snapshot) in &refused {
        assert_eq!(sealed(snapshot), CORRUPT, "{what}");
    }
    crowd.journals.pop();
    covers.covers.pop();
    assert!(sealed(&crowd).is_ok() && sealed(&covers).is_ok());
}

/// A snapshot whose text has that many characters, filled up with covers.
fn snapshot_of(characters: usize) -> String {
    let cells = (0..502u32).map(|key| (Day(2_932_896), FeatureKey(!key), [1.0; 3]));
    let journals = vec![(DOCUMENT, Journal::restored(1, 1, cells))];
    let covers = (0..150).map(|id| (DocumentId(u64::MAX - id), 1)).collect();
    let mut snapshot = Snapshot { journals, covers };
    // Small names and sequence numbers of 1 to 5 bytes: one byte more at a time.
    for id in 0..100 {
        for sequence in [0, 1 << 7, 1 << 14, 1 << 21, 1 << 28] {
            let mut longer = snapshot.clone();
            longer.covers.push((DocumentId(id), sequence));
            let text = encode_snapshot(EPOCH, &longer);
            if text.len() >= characters {
                return text;
            }
        }
        snapshot.covers.push((DocumentId(id), 1));
    }
    panic!("it does not grow")
}

#[test]
fn a_text_is_as_long_as_a_key_may_hold_and_no_longer() {
    let longest = snapshot_of(LONGEST_TEXT);
    assert_eq!(longest.len(), LONGEST_TEXT);
    assert!(decode(&longest).is_ok());
    let longer = snapshot_of(LONGEST_TEXT + 1);
    assert!(decode_bytes(&from_base64(&longer)).is_ok());
    assert_eq!(decode(&longer), CORRUPT);
}

/// A few bytes that promise gigabytes: refused before anything is reserved.
#[test]
fn length_bombs_are_refused() {
    for promised in [1 << 20, 1 << 31, u64::from(u32::MAX), u64::MAX >> 1, u64::MAX] {
        let mut payload = Vec::new();
        [1, 1, promised].into_iter().for_each(|number| varint(&mut payload, number));
        assert_eq!(decode_bytes(&seal(b'j', 1, EPOCH, 1, &payload)), CORRUPT);
        payload.extend_from_slice(&[1; 64]);
        assert_eq!(decode_bytes(&seal(b'j', 1, EPOCH, 1, &payload)), CORRUPT);
    }
    let endless = [0xff; 64];
    assert_eq!(decode_bytes(&seal(b'j', 1, EPOCH, 1, &endless)), CORRUPT);
    assert_eq!(decode(&"A".repeat(LONGEST_TEXT + 1)), CORRUPT);
    assert_eq!(decode(&"A".repeat(1 << 24)), CORRUPT);
}

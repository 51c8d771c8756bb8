//! Values the structured targets are made of: usual ones most of the time, since
//! only they get far, and odd ones among them.

use super::envelope::{HEAD, seal, to_bytes, to_text};
use arbitrary::{Arbitrary, Result, Unstructured};
use reshelf::engine::codec::{self, Snapshot};
use reshelf::engine::intern::FeatureKey;
use reshelf::engine::journal::{DocumentId, Journal, MOST_CELLS};
use reshelf::engine::time::Day;

/// 2026-01-01, noon UTC.
pub const NOW: f64 = 1_767_268_800_000.0;

/// A number as a page may hand it over: any at all, or between −1 and 100.
#[derive(Clone, Copy, Debug)]
pub struct Number(pub f64);

impl<'a> Arbitrary<'a> for Number {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self(match u.int_in_range(0..=15u8)? {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => f64::NEG_INFINITY,
            3 => 0.0,
            4 => u.arbitrary()?,
            _ => f64::from(u.arbitrary::<u16>()?) / 649.0 - 1.0,
        }))
    }
}

/// A moment: within some years around [`NOW`], or any number.
#[derive(Clone, Copy, Debug)]
pub struct Moment(pub f64);

impl<'a> Arbitrary<'a> for Moment {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self(match u.int_in_range(0..=7u8)? {
            0 => u.arbitrary::<Number>()?.0,
            1 => f64::from(u.arbitrary::<i16>()?) * 864e5 / 16.0 + NOW,
            _ => f64::from(u.arbitrary::<u16>()?) * 1e3 + NOW,
        }))
    }
}

/// A word of a shop, kind or not.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a>(pub &'a str);

impl<'a> Arbitrary<'a> for Word<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        const USUAL: [&str; 10] =
            ["red", "wax", "Home", "Candles", "Glow", "gift", "colour:red", "__proto__", "", " > "];
        Ok(Self(match USUAL.get(usize::from(u.int_in_range(0..=11u8)?)) {
            Some(word) => word,
            None => u.arbitrary()?,
        }))
    }
}

/// The name of a journal: of three pages most of the time, so that names meet.
#[derive(Clone, Copy, Debug)]
pub struct Name(pub u64);

impl<'a> Arbitrary<'a> for Name {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self(match u.arbitrary::<u8>()? {
            0 => u64::MAX,
            1 => u.arbitrary()?,
            few => u64::from(few % 3) << 16 | u64::from(few >> 4),
        }))
    }
}

/// A journal that a writer may have written, small or as large as can be.
#[derive(Arbitrary, Clone, Debug)]
pub struct Pages {
    name: Name,
    epoch: u8,
    sequence: u32,
    acts: u32,
    cells: Vec<(u16, u8, [f32; 3])>,
    /// Now and then also as many cells of the largest size as there may be.
    wide: u8,
    since: u16,
}

impl Pages {
    fn journal(&self) -> (DocumentId, Journal) {
        let key = |key: u8| FeatureKey(u32::from(key) << 28 | 0x0fff_ff00 | u32::from(key >> 3));
        let finite = |cell: [f32; 3]| cell.map(|n| if n.is_finite() { n } else { f32::MAX });
        let cells = self.cells.iter().map(|(day, k, cell)| (Day((*day).into()), key(*k), *cell));
        let cells = cells.map(|(day, key, cell)| (day, key, finite(cell)));
        let most = if self.wide < 8 { MOST_CELLS as u32 } else { 0 };
        let wide = (0..most).map(|cell| (Day(2_900_000), FeatureKey(u32::MAX - cell), [1.0; 3]));
        let cells: Vec<_> = wide.chain(cells).take(MOST_CELLS).collect();
        let mut journal = Journal::restored(self.sequence, self.acts, cells.into_iter());
        journal.epoch = u32::from(self.epoch % 4);
        journal.since = (self.since > 0).then_some(Day(self.since.into()));
        (DocumentId(self.name.0), journal)
    }
}

/// A stored text: noise, a sealed payload, a damaged golden record, or one that a
/// writer may have written.
#[derive(Arbitrary, Clone, Debug)]
pub enum Value<'a> {
    Noise(&'a str),
    Long(u8),
    Sealed { head: [u8; HEAD], payload: &'a [u8] },
    Golden { which: u8, at: u16, change: u8, is_resealed: bool },
    Journal(Pages),
    Snapshot { journals: Vec<Pages>, covers: Vec<(Name, u32)>, many_covers: u8 },
    Meta(bool),
}

impl Value<'_> {
    pub fn text(&self) -> String {
        match self {
            Self::Noise(text) => (*text).to_owned(),
            Self::Long(kb) => "A".repeat(usize::from(*kb) * 128),
            Self::Sealed { head, payload } => to_text(&seal(head, payload)),
            Self::Golden { which, at, change, is_resealed } => {
                let mut bytes = golden(*which);
                let at = usize::from(*at) % bytes.len();
                bytes[at] ^= change;
                match is_resealed {
                    true => to_text(&resealed(&bytes)),
                    false => to_text(&bytes),
                }
            }
            Self::Journal(pages) => {
                let (id, journal) = pages.journal();
                codec::encode_journal(journal.epoch, id, &journal)
            }
            Self::Snapshot { journals, covers, many_covers } => {
                let mut journals: Vec<_> = journals.iter().map(Pages::journal).collect();
                journals.sort_by_key(|(id, _)| *id);
                journals.dedup_by_key(|(id, _)| *id);
                let mut covers: Vec<_> =
                    covers.iter().map(|(name, at)| (DocumentId(name.0), *at)).collect();
                let many = (0..u64::from(*many_covers)).map(|id| (DocumentId(id << 56), u32::MAX));
                covers.extend(many);
                codec::encode_snapshot(0, &Snapshot { journals, covers })
            }
            Self::Meta(paused) => codec::encode_meta(1, codec::Meta { paused: *paused }),
        }
    }
}

/// The bytes of a golden record.
pub fn golden(which: u8) -> Vec<u8> {
    const TEXTS: [&str; 3] = [
        include_str!("../../golden/journal.txt"),
        include_str!("../../golden/meta.txt"),
        include_str!("../../golden/snapshot.txt"),
    ];
    to_bytes(TEXTS[usize::from(which) % TEXTS.len()].trim_end())
}

/// The same head and payload under a length and a checksum that fit.
pub fn resealed(bytes: &[u8]) -> Vec<u8> {
    let (head, rest) = bytes[3..].split_first_chunk().expect("longer than a head");
    seal(head, &rest[4..rest.len() - 4])
}

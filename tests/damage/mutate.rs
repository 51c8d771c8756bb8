//! Damage to a record, by a number: flips, cuts, splices, repeats, and edits of
//! the fields that say how long something is.

use super::envelope::{HEAD, seal, to_bytes, to_text};

/// Where the length of the payload stands, and where the payload begins.
const LENGTH: usize = 3 + HEAD;
const PAYLOAD: usize = LENGTH + 4;
const CHECKSUM: usize = 4;

/// A damaged record.
#[derive(Debug)]
pub enum Mutant {
    /// As it is.
    Bytes(Vec<u8>),
    /// Under a checksum that fits.
    Sealed(Vec<u8>),
    /// Damaged as the text in storage.
    Text(String),
}

/// The golden records.
pub fn originals() -> Vec<Vec<u8>> {
    let texts = [
        include_str!("../golden/journal.txt"),
        include_str!("../golden/meta.txt"),
        include_str!("../golden/snapshot.txt"),
    ];
    texts.iter().map(|text| to_bytes(text.trim_end())).collect()
}

/// Random numbers that follow from a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Below `end`, which may be 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A range within a length, short most of the time.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 8 };
        start..(start + self.below(most + 1)).min(length)
    }
}

impl Mutant {
    /// These bytes under a checksum that fits; too short ones as they are.
    pub fn sealed(mut bytes: Vec<u8>) -> Self {
        if bytes.len() < PAYLOAD + CHECKSUM {
            return Self::Bytes(bytes);
        }
        let body = bytes.len() - CHECKSUM;
        let checksum = super::envelope::crc32(&bytes[..body]);
        bytes[body..].copy_from_slice(&checksum.to_le_bytes());
        Self::Sealed(bytes)
    }

    /// The mutant of that number.
    pub fn of(seed: u64, number: u64, originals: &[Vec<u8>]) -> Self {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number);
        random.next();
        let mut bytes = originals[random.below(originals.len())].clone();
        let way = random.below(8);
        if way == 0 {
            return Self::Text(damaged_text(&mut random, &bytes));
        }
        for _ in 0..=random.below(3) {
            damage(&mut random, &mut bytes, originals);
        }
        match way {
            1..4 => Self::Bytes(bytes),
            4..6 => Self::sealed(bytes),
            // The length fits as well: only the payload decides.
            _ => match bytes.get(3..).and_then(<[u8]>::split_first_chunk::<HEAD>) {
                Some((head, rest)) if rest.len() >= 4 + CHECKSUM => {
                    Self::Sealed(seal(head, &rest[4..rest.len() - CHECKSUM]))
                }
                _ => Self::Bytes(bytes),
            },
        }
    }
}

fn damage(random: &mut Random, bytes: &mut Vec<u8>, originals: &[Vec<u8>]) {
    const ODD: [u8; 8] = [0, 1, 2, 0x7f, 0x80, 0x81, 0xfe, 0xff];
    let length = bytes.len();
    match random.below(10) {
        // Flipped bits.
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(random.below(length)) {
                *byte ^= 1 << random.below(8);
            }
        }
        // A byte replaced, more often than not by one that ends or goes on a number.
        2 => {
            let new = if random.below(4) == 0 { random.next() as u8 } else { random.choose(&ODD) };
            if let Some(byte) = bytes.get_mut(random.below(length)) {
                *byte = new;
            }
        }
        // Cut at either end.
        3 => bytes.truncate(random.below(length)),
        4 => drop(bytes.drain(..random.below(length))),
        // A part removed, or there twice.
        5 => drop(bytes.drain(random.range(length))),
        6 => {
            let range = random.range(length);
            let (part, at) = (bytes[range].to_vec(), random.below(length + 1));
            drop(bytes.splice(at..at, part));
        }
        // A part of another record, or noise, in place of one.
        7 => {
            let other = &originals[random.below(originals.len())];
            let part = other[random.range(other.len())].to_vec();
            drop(bytes.splice(random.range(length), part));
        }
        8 => {
            let noise: Vec<u8> = (0..random.below(9)).map(|_| random.next() as u8).collect();
            drop(bytes.splice(random.range(length), noise));
        }
        // A length that lies: of the payload, or of a list in it.
        _ if random.below(2) == 0 => {
            let near = (length as u32).wrapping_add(random.below(64) as u32).wrapping_sub(64);
            let lie = random.choose(&[0, 1, near, near, 1 << 20, u32::MAX, random.0 as u32]);
            if let Some(field) = bytes.get_mut(LENGTH..PAYLOAD) {
                field.copy_from_slice(&lie.to_le_bytes());
            }
        }
        _ => {
            let lies: [&[u8]; 5] =
                [&[0x80, 0], &[0xff; 5], &[0xff, 0xff, 0xff, 0xff, 0x0f], &[0xff; 10], &[0x80; 3]];
            let at = PAYLOAD.min(length) + random.below(length.saturating_sub(PAYLOAD));
            drop(bytes.splice(at..(at + 1).min(length), random.choose(&lies).iter().copied()));
        }
    }
}

/// Characters of the text exchanged, dropped or added: some of them are no base64.
fn damaged_text(random: &mut Random, bytes: &[u8]) -> String {
    let mut text: Vec<char> = to_text(bytes).chars().collect();
    for _ in 0..=random.below(3) {
        let any =
            random.choose(&['A', 'B', 'Q', 'g', 'w', '/', '+', '-', '_', '=', ' ', '\0', '🕯']);
        let at = random.below(text.len());
        match random.below(5) {
            0 => text.truncate(at),
            1 => drop(text.drain(..at)),
            2 => text.insert(at, any),
            3 if !text.is_empty() => drop(text.remove(at)),
            _ if !text.is_empty() => text[at] = any,
            _ => {}
        }
    }
    text.into_iter().collect()
}

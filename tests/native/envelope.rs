//! The stored format a second time, as its documentation describes it: what the
//! codec writes and reads is compared with this.

/// Day, key and counters of each cell.
pub type Cells = Vec<(u32, u32, [f32; 3])>;

pub fn seal(kind: u8, version: u8, epoch: u32, sequence: u32, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![b'R', b'S', b'H', kind, version];
    for number in [epoch, sequence, payload.len() as u32] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(payload);
    bytes.extend([0; 4]);
    resealed(bytes)
}

/// The same bytes under a checksum that fits.
pub fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let body = bytes.len() - 4;
    let checksum = crc32(&bytes[..body]);
    bytes.truncate(body);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

pub fn journal_payload(document: u64, acts: u32, cells: &Cells) -> Vec<u8> {
    let mut bytes = Vec::new();
    [document, u64::from(acts), cells.len() as u64].into_iter().for_each(|n| varint(&mut bytes, n));
    for (day, key, cell) in cells {
        [*day, *key].into_iter().for_each(|number| varint(&mut bytes, u64::from(number)));
        cell.iter().for_each(|counter| bytes.extend(counter.to_le_bytes()));
    }
    bytes
}

/// Seven bits a byte, the smallest first; the top bit says that more follow.
pub fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The checksum of zip and PNG, one bit at a time.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes
        .iter()
        .fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

/// Base64 without padding, read as leniently as can be.
pub fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0u32, 0, Vec::new());
    for character in text.chars() {
        bits = bits << 6 | ALPHABET.find(character).expect("base64") as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

//! Writing what `engine::artifact` reads: varints, and the container with its
//! table and checksums. Must not live here: what is in a section (`pack`).

use crate::engine::artifact::container::{
    Container, ENTRY, HEADER, MAGIC, SEAL, SectionId, VERSION,
};
use crate::engine::checksum::checksum;

/// The report card: a text for people and programs, which the engine passes over.
pub const CARD: SectionId = SectionId(*b"card");

/// Appends seven bits a byte, the lowest first.
pub fn varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Appends the way from one item to another.
pub fn step(bytes: &mut Vec<u8>, from: u32, to: u32) {
    let step = to.wrapping_sub(from) as i32;
    varint(bytes, (step << 1 ^ step >> 31) as u32);
}

/// The file with one more section at its end; `None` if it is no artifact.
pub fn with_section(file: Vec<u8>, id: SectionId, body: Vec<u8>) -> Option<Vec<u8>> {
    let read = Container::load(file).ok()?;
    let known = |(id, _)| Some((id, read.section(id)?.to_vec()));
    let mut sections: Vec<(SectionId, Vec<u8>)> =
        read.sections().map(known).collect::<Option<_>>()?;
    sections.push((id, body));
    Some(container(&sections))
}

/// The file of these sections.
pub fn container(sections: &[(SectionId, Vec<u8>)]) -> Vec<u8> {
    let start = HEADER + sections.len() * ENTRY + SEAL;
    let length = start + sections.iter().map(|(_, body)| body.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((sections.len() as u16).to_le_bytes());
    bytes.extend((length as u32).to_le_bytes());
    let mut offset = start;
    for (id, body) in sections {
        bytes.extend(id.0);
        for number in [offset as u32, body.len() as u32, checksum(body)] {
            bytes.extend(number.to_le_bytes());
        }
        offset += body.len();
    }
    bytes.extend(checksum(&bytes).to_le_bytes());
    for (_, body) in sections {
        bytes.extend(body);
    }
    bytes
}

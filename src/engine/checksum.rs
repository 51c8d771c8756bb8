//! The CRC-32 of zip and PNG.
//!
//! By a table that is computed when it is first asked for: those of the usual
//! crates are a kilobyte and more of the engine's file that no compression can
//! shrink, and without a table a flush takes twice as long. Must not live here:
//! what is checked (`codec`).

use std::sync::OnceLock;

/// The polynomial of ISO 3309, mirrored.
const POLYNOMIAL: u32 = 0xedb8_8320;

static TABLE: OnceLock<[u32; 256]> = OnceLock::new();

/// The checksum of these bytes.
pub fn checksum(bytes: &[u8]) -> u32 {
    let table = TABLE.get_or_init(table);
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        let at = (sum ^ u32::from(*byte)) & 0xff;
        sum >> 8 ^ table.get(at as usize).copied().unwrap_or_default()
    })
}

fn table() -> [u32; 256] {
    let mut table = [0; 256];
    for (entry, byte) in table.iter_mut().zip(0u32..) {
        let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 };
        *entry = (0..8).fold(byte, step);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crc::{CRC_32_ISO_HDLC, Crc};

    #[test]
    fn it_is_the_checksum_of_zip() {
        let oracle = Crc::<u32>::new(&CRC_32_ISO_HDLC);
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        let bytes: Vec<u8> = (0..2_000u32).map(|at| ((at * at) >> 3) as u8).collect();
        for length in [0, 1, 2, 255, 256, 2_000] {
            let bytes = &bytes[..length];
            assert_eq!(checksum(bytes), oracle.checksum(bytes), "{length} bytes");
        }
    }
}

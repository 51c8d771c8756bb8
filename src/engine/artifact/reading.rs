//! Reading little-endian numbers and varints from a slice, without a panic.

/// The numbers of four bytes each that a section consists of.
#[inline(never)]
pub fn numbers(section: &[u8]) -> Option<Vec<u32>> {
    let mut reader = Reader::new(section);
    let numbers = std::iter::from_fn(|| reader.u32()).collect();
    reader.is_at_end().then_some(numbers)
}

/// Whether each is larger than the one before.
#[inline(never)]
pub fn is_rising(numbers: &[u32]) -> bool {
    numbers.iter().zip(numbers.iter().skip(1)).all(|(a, b)| a < b)
}

/// What of a slice has not been read yet.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the first of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// One byte.
    #[inline(always)]
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    /// Two bytes.
    pub fn u16(&mut self) -> Option<u16> {
        self.chunk().map(u16::from_le_bytes)
    }

    /// Four bytes.
    pub fn u32(&mut self) -> Option<u32> {
        self.chunk().map(u32::from_le_bytes)
    }

    /// A float that is a number.
    pub fn f32(&mut self) -> Option<f32> {
        self.chunk().map(f32::from_le_bytes).filter(|value| value.is_finite())
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    #[inline(never)]
    pub fn varint(&mut self) -> Option<u32> {
        self.inlined_varint()
    }

    /// The same for who reads many, and waits for them.
    #[inline(always)]
    pub fn inlined_varint(&mut self) -> Option<u32> {
        let first = self.byte()?;
        if first < 0x80 { Some(u32::from(first)) } else { self.longer(first) }
    }

    /// A varint of more than the one byte that was read.
    #[inline(never)]
    #[cfg_attr(speed, optimize(speed))]
    fn longer(&mut self, first: u8) -> Option<u32> {
        let mut value = u32::from(first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            // Four bits are left for the fifth byte.
            if shift == 28 && byte > 0x0f {
                return None;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Passes over varints, whatever they are.
    #[inline(always)]
    pub fn skip(&mut self, varints: usize) -> Option<()> {
        for _ in 0..varints {
            while self.byte()? >= 0x80 {}
        }
        Some(())
    }

    /// A signed varint: 0, −1, 1, −2 … as 0, 1, 2, 3 …
    #[inline]
    pub fn signed(&mut self) -> Option<i32> {
        let code = self.varint()?;
        Some((code >> 1) as i32 ^ -((code & 1) as i32))
    }

    /// Bytes that have not been read.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether everything has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (chunk, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*chunk)
    }
}

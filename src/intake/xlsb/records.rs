//! The records of a part, and the fields of a record.

/// The records of a part, as far as they are whole.
pub(super) fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, after) = kind(rest)?;
        let (length, after) = length(after)?;
        let (data, after) = after.split_at_checked(length)?;
        rest = after;
        Some((kind, data))
    })
}

/// One or two bytes; the first one's high bit tells of the second.
fn kind(bytes: &[u8]) -> Option<(u32, &[u8])> {
    match bytes {
        [first @ 0x80..=0xff, second, rest @ ..] => Some((
            u32::from(*first & 0x7f) | u32::from(*second & 0x7f) << 7,
            rest,
        )),
        [first @ 0..=0x7f, rest @ ..] => Some((u32::from(*first), rest)),
        _ => None,
    }
}

/// Up to four bytes of seven bits, the lowest first.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 || index == 3 {
            return Some((length, &bytes[index + 1..]));
        }
    }
    None
}

/// The fields of a record, one after the other.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) const fn of(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*first)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub(super) fn word(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn double(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    pub(super) fn skip(&mut self, bytes: usize) -> Option<()> {
        self.rest = self.rest.get(bytes..)?;
        Some(())
    }

    /// A text of two-byte units after their number.
    pub(super) fn text(&mut self) -> Option<String> {
        let units = usize::try_from(self.long()?).ok()?;
        let (text, rest) = self.rest.split_at_checked(units.checked_mul(2)?)?;
        self.rest = rest;
        let units: Vec<u16> = text
            .chunks_exact(2)
            .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
            .collect();
        Some(String::from_utf16_lossy(&units))
    }
}

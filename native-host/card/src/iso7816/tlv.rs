//! BER-TLV data objects as cards use them (ISO 7816-4, section 5.2.2).
//!
//! Files on cards are padded with 00 or FF and may be truncated anywhere; DER crates reject such a file as a
//! whole. This parser returns all objects before the first damaged one.

/// One data object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tlv<'a> {
    /// The tag, one or two bytes.
    pub tag: u16,
    /// The value.
    pub value: &'a [u8],
}

/// Iterates over consecutive objects. Skips padding and stops at the first truncated object.
pub(crate) fn objects(bytes: &[u8]) -> impl Iterator<Item = Tlv<'_>> {
    let mut rest = bytes;
    core::iter::from_fn(move || {
        while let [0x00 | 0xFF, tail @ ..] = rest {
            rest = tail;
        }
        let (object, tail) = split(rest)?;
        rest = tail;
        Some(object)
    })
}

/// Returns whether `bytes` consist of complete objects and padding only.
pub(crate) fn is_complete(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        while let [0x00 | 0xFF, tail @ ..] = rest {
            rest = tail;
        }
        match split(rest) {
            _ if rest.is_empty() => return true,
            Some((_, tail)) => rest = tail,
            None => return false,
        }
    }
}

/// Returns the value of the first object with this tag.
pub(crate) fn find(bytes: &[u8], tag: u16) -> Option<&[u8]> {
    objects(bytes).find(|object| object.tag == tag).map(|object| object.value)
}

/// Reads a DER INTEGER as an unsigned number; `None` if it needs more than four bytes.
pub(crate) fn unsigned(value: &[u8]) -> Option<u32> {
    let digits = value.iter().skip_while(|&&byte| byte == 0).count();
    (!value.is_empty() && digits <= 4)
        .then(|| value.iter().fold(0, |number, &byte| (number << 8) + u32::from(byte)))
}

/// Returns the encoding of the first object, tag and length included; `None` if it is truncated.
pub(crate) fn first_encoded(bytes: &[u8]) -> Option<&[u8]> {
    let (_, rest) = split(bytes)?;
    Some(&bytes[..bytes.len() - rest.len()])
}

fn split(bytes: &[u8]) -> Option<(Tlv<'_>, &[u8])> {
    let (tag, length, rest) = header(bytes)?;
    let (value, rest) = rest.split_at_checked(length)?;
    Some((Tlv { tag, value }, rest))
}

/// Returns the tag and value length of the first object, and the bytes that follow them.
pub(crate) fn header(bytes: &[u8]) -> Option<(u16, usize, &[u8])> {
    let (&first, mut rest) = bytes.split_first()?;
    let mut tag = u16::from(first);
    if first & 0x1F == 0x1F {
        let (&second, tail) = rest.split_first()?;
        if second & 0x80 != 0 {
            return None; // three or more bytes: no file on a card has such tags
        }
        (tag, rest) = ((tag << 8) + u16::from(second), tail);
    }
    let (&length, mut rest) = rest.split_first()?;
    let length = match length {
        0x00..=0x7F => usize::from(length),
        0x81 | 0x82 => {
            let (number, tail) = rest.split_at_checked(usize::from(length & 0x7F))?;
            rest = tail;
            number.iter().fold(0, |sum, &byte| (sum << 8) + usize::from(byte))
        }
        _ => return None, // indefinite, or longer than any file on a card
    };
    Some((tag, length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;
    use alloc::vec::Vec;

    #[test]
    fn finds_objects_between_padding() {
        let bytes = unhex("0000 0401AA FFFF 5F2002BBCC 3000");
        let found: Vec<_> = objects(&bytes).map(|object| (object.tag, object.value)).collect();
        assert_eq!(found, [(0x04, &[0xAA][..]), (0x5F20, &[0xBB, 0xCC][..]), (0x30, &[][..])]);
    }

    #[test]
    fn reads_long_lengths() {
        let mut bytes = unhex("30820102");
        bytes.extend([7; 0x102]);
        assert_eq!(find(&bytes, 0x30).map(<[u8]>::len), Some(0x102));
    }

    #[test]
    fn ignores_truncated_objects() {
        for bytes in ["04", "0402AA", "0481", "048201", "5F", "0480", "0484FFFFFFFF", "5F8101"] {
            assert_eq!(objects(&unhex(bytes)).count(), 0, "{bytes}");
        }
    }

    #[test]
    fn a_truncated_file_is_incomplete() {
        for (bytes, complete) in
            [("", true), ("0401AA0000", true), ("FFFF", true), ("0401AA 0402AA", false), ("30", false)]
        {
            assert_eq!(is_complete(&unhex(bytes)), complete, "{bytes}");
        }
    }

    #[test]
    fn rejects_integers_of_more_than_four_bytes() {
        assert_eq!(unsigned(&[0x00, 0x81]), Some(0x81));
        assert_eq!(unsigned(&[]), None);
        assert_eq!(unsigned(&[1, 0, 0, 0, 0]), None);
    }
}

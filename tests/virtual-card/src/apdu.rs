//! Parses command APDUs: cases 1 to 4, short and extended (ISO 7816-4, section 5.1).

/// A parsed command APDU. It does not implement `Debug`, because its data may be a code.
#[derive(Clone, Copy)]
pub struct Command<'a> {
    /// CLA.
    pub class: u8,
    /// INS.
    pub instruction: u8,
    /// P1.
    pub p1: u8,
    /// P2.
    pub p2: u8,
    /// The command data; empty without Lc.
    pub data: &'a [u8],
    /// The length of response data that the sender expects.
    pub expected: Expected,
}

/// The Le field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// No Le: no response data is expected.
    Nothing,
    /// Le = 00 or 0000: all available data, up to 256 or 65,536 bytes.
    UpTo(usize),
    /// Any other Le.
    Exactly(usize),
}

impl<'a> Command<'a> {
    /// Parses a command; returns `None` if header, Lc and length are inconsistent.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[class, instruction, p1, p2], body) = bytes.split_first_chunk::<4>()?;
        let (data, expected) = parse_body(body)?;
        Some(Self { class, instruction, p1, p2, data, expected })
    }
}

fn parse_body(body: &[u8]) -> Option<(&[u8], Expected)> {
    match *body {
        [] => Some((&[], Expected::Nothing)),
        [le] => Some((&[], short(le))),
        [0, high, low] => Some((&[], extended(high, low))),
        [0, high, low, ref rest @ ..] => {
            let (data, le) = split(rest, u16::from_be_bytes([high, low]))?;
            match *le {
                [] => Some((data, Expected::Nothing)),
                [high, low] => Some((data, extended(high, low))),
                _ => None,
            }
        }
        [lc, ref rest @ ..] => {
            let (data, le) = split(rest, u16::from(lc))?;
            match *le {
                [] => Some((data, Expected::Nothing)),
                [le] => Some((data, short(le))),
                _ => None,
            }
        }
    }
}

/// Splits command data and Le. An Lc of zero is invalid: commands without data have no Lc.
fn split(rest: &[u8], lc: u16) -> Option<(&[u8], &[u8])> {
    if lc == 0 { None } else { rest.split_at_checked(usize::from(lc)) }
}

fn short(le: u8) -> Expected {
    if le == 0 { Expected::UpTo(0x100) } else { Expected::Exactly(usize::from(le)) }
}

fn extended(high: u8, low: u8) -> Expected {
    match u16::from_be_bytes([high, low]) {
        0 => Expected::UpTo(0x1_0000),
        le => Expected::Exactly(usize::from(le)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8]) -> Option<(&[u8], Expected)> {
        Command::parse(bytes).map(|command| (command.data, command.expected))
    }

    #[test]
    fn parses_the_header() {
        let command = Command::parse(&[0x00, 0xA4, 0x04, 0x0C]).unwrap();
        assert_eq!((command.class, command.instruction, command.p1, command.p2), (0x00, 0xA4, 0x04, 0x0C));
    }

    #[test]
    fn parses_each_short_case() {
        assert_eq!(body(&[0, 1, 2, 3]), Some((&[][..], Expected::Nothing)));
        assert_eq!(body(&[0, 1, 2, 3, 0]), Some((&[][..], Expected::UpTo(256))));
        assert_eq!(body(&[0, 1, 2, 3, 9]), Some((&[][..], Expected::Exactly(9))));
        assert_eq!(body(&[0, 1, 2, 3, 2, 7, 8]), Some((&[7, 8][..], Expected::Nothing)));
        assert_eq!(body(&[0, 1, 2, 3, 2, 7, 8, 0]), Some((&[7, 8][..], Expected::UpTo(256))));
        assert_eq!(body(&[0, 1, 2, 3, 2, 7, 8, 9]), Some((&[7, 8][..], Expected::Exactly(9))));
    }

    #[test]
    fn parses_each_extended_case() {
        assert_eq!(body(&[0, 1, 2, 3, 0, 0, 0]), Some((&[][..], Expected::UpTo(65_536))));
        assert_eq!(body(&[0, 1, 2, 3, 0, 1, 0]), Some((&[][..], Expected::Exactly(256))));
        assert_eq!(body(&[0, 1, 2, 3, 0, 0, 2, 7, 8]), Some((&[7, 8][..], Expected::Nothing)));
        assert_eq!(body(&[0, 1, 2, 3, 0, 0, 2, 7, 8, 0, 0]), Some((&[7, 8][..], Expected::UpTo(65_536))));
        assert_eq!(body(&[0, 1, 2, 3, 0, 0, 2, 7, 8, 0, 9]), Some((&[7, 8][..], Expected::Exactly(9))));
    }

    #[test]
    fn rejects_inconsistent_lengths() {
        for bytes in [
            &[][..],
            &[0, 1, 2],
            &[0, 1, 2, 3, 2, 7],                // shorter than Lc
            &[0, 1, 2, 3, 2, 7, 8, 9, 9],       // longer than Lc and Le
            &[0, 1, 2, 3, 0, 1],                // half an extended length
            &[0, 1, 2, 3, 0, 0, 0, 7],          // data after an Lc of zero
            &[0, 1, 2, 3, 0, 0, 2, 7],          // shorter than an extended Lc
            &[0, 1, 2, 3, 0, 0, 2, 7, 8, 0],    // half an extended Le
            &[0, 1, 2, 3, 0, 0, 1, 7, 0, 0, 0], // too much after an extended Lc
        ] {
            assert!(Command::parse(bytes).is_none(), "{bytes:02X?}");
        }
    }
}

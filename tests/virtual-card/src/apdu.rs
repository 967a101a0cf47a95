//! Command APDUs (ISO 7816-4, section 5.1), short and extended.

/// A command as received.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command<'a> {
    pub class: u8,
    pub instruction: u8,
    pub p1: u8,
    pub p2: u8,
    pub data: &'a [u8],
    /// Expected length; 0 stands for the most that the form can say.
    pub expected: Option<usize>,
}

impl<'a> Command<'a> {
    /// None where the lengths do not add up.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (header, body) = bytes.split_first_chunk::<4>()?;
        let [class, instruction, p1, p2] = *header;
        let (data, expected) = match body {
            [] => (&[][..], None),
            [le] => (&[][..], Some(short(*le))),
            [0, high, low] => (&[][..], Some(extended(*high, *low))),
            [0, high, low, rest @ ..] => {
                let (data, tail) = rest.split_at_checked(usize::from(u16::from_be_bytes([*high, *low])))?;
                match tail {
                    [] => (data, None),
                    [high, low] => (data, Some(extended(*high, *low))),
                    _ => return None,
                }
            }
            [length, rest @ ..] => {
                let (data, tail) = rest.split_at_checked(usize::from(*length))?;
                match tail {
                    [] => (data, None),
                    [le] => (data, Some(short(*le))),
                    _ => return None,
                }
            }
        };
        Some(Self { class, instruction, p1, p2, data, expected })
    }
}

fn short(le: u8) -> usize {
    if le == 0 { 256 } else { le.into() }
}

fn extended(high: u8, low: u8) -> usize {
    match u16::from_be_bytes([high, low]) {
        0 => 65_536,
        length => length.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8]) -> Option<(&[u8], Option<usize>)> {
        Command::parse(bytes).map(|command| (command.data, command.expected))
    }

    #[test]
    fn the_four_cases_are_told_apart() {
        assert_eq!(body(&[0, 0x20, 0, 0x81]), Some((&[][..], None)));
        assert_eq!(body(&[0, 0xB0, 0, 0, 0]), Some((&[][..], Some(256))));
        assert_eq!(body(&[0, 0xA4, 0, 0, 2, 0x3F, 0]), Some((&[0x3F, 0][..], None)));
        assert_eq!(body(&[0, 0xA4, 0, 0, 2, 0x3F, 0, 0]), Some((&[0x3F, 0][..], Some(256))));
    }

    #[test]
    fn extended_lengths_are_read() {
        assert_eq!(body(&[0, 0xB0, 0, 0, 0, 1, 2]), Some((&[][..], Some(0x102))));
        assert_eq!(body(&[0, 0xA4, 0, 0, 0, 0, 1, 7]), Some((&[7][..], None)));
        assert_eq!(body(&[0, 0xA4, 0, 0, 0, 0, 1, 7, 0, 0]), Some((&[7][..], Some(65_536))));
    }

    #[test]
    fn lengths_that_do_not_add_up_are_no_command() {
        for bytes in [&[][..], &[0, 0x20, 0], &[0, 0xA4, 0, 0, 3, 1], &[0, 0xA4, 0, 0, 1, 1, 0, 0]] {
            assert_eq!(Command::parse(bytes), None);
        }
    }
}

//! The status words that the card uses (ISO 7816-4, section 5.6).

/// SW1-SW2, the last two bytes of every response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusWord(pub u16);

impl StatusWord {
    /// Success.
    pub const OK: Self = Self(0x9000);
    /// The lengths of the APDU are inconsistent, or the command lacks data or Le.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// The file is not readable, or the PUK was not verified.
    pub const SECURITY_STATUS_NOT_SATISFIED: Self = Self(0x6982);
    /// No tries are left.
    pub const BLOCKED: Self = Self(0x6983);
    /// "Reference data not usable": AKİS 1.x is expected to return it instead of [`Self::BLOCKED`].
    pub const NOT_USABLE: Self = Self(0x6984);
    /// There is no response data to fetch.
    pub const CONDITIONS_NOT_SATISFIED: Self = Self(0x6985);
    /// No file is selected.
    pub const NO_CURRENT_FILE: Self = Self(0x6986);
    /// A code has the wrong number of digits, or other characters.
    pub const WRONG_DATA: Self = Self(0x6A80);
    /// No such file or application.
    pub const FILE_NOT_FOUND: Self = Self(0x6A82);
    /// The command does not support these P1 and P2.
    pub const WRONG_PARAMETERS: Self = Self(0x6A86);
    /// The current directory has no code with this reference.
    pub const REFERENCE_NOT_FOUND: Self = Self(0x6A88);
    /// The offset is after the end of the file.
    pub const WRONG_OFFSET: Self = Self(0x6B00);
    /// The command does not exist.
    pub const UNKNOWN_INSTRUCTION: Self = Self(0x6D00);
    /// A class other than 00.
    pub const UNKNOWN_CLASS: Self = Self(0x6E00);

    /// 63Cx: the code is wrong, `left` tries are left.
    #[must_use]
    pub const fn wrong_code(left: u8) -> Self {
        Self(u16::from_be_bytes([0x63, 0xC0 | (left & 0x0F)]))
    }

    /// 61xx: this many bytes are available through GET RESPONSE; 00 means 256 or more.
    #[must_use]
    pub fn more_data(available: usize) -> Self {
        Self(u16::from_be_bytes([0x61, u8::try_from(available).unwrap_or(0)]))
    }

    /// 6Cxx: repeat with Le = xx.
    #[must_use]
    pub const fn repeat_with(length: u8) -> Self {
        Self(u16::from_be_bytes([0x6C, length]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_counts_in_the_low_byte() {
        assert_eq!(StatusWord::wrong_code(2), StatusWord(0x63C2));
        assert_eq!(StatusWord::more_data(31), StatusWord(0x611F));
        assert_eq!(StatusWord::repeat_with(31), StatusWord(0x6C1F));
    }

    #[test]
    fn encodes_256_or_more_bytes_as_00() {
        assert_eq!(StatusWord::more_data(255), StatusWord(0x61FF));
        assert_eq!(StatusWord::more_data(256), StatusWord(0x6100));
        assert_eq!(StatusWord::more_data(1000), StatusWord(0x6100));
    }
}

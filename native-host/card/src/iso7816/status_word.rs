//! Status words (ISO 7816-4, section 5.6).

/// SW1-SW2, the last two bytes of every response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    /// 9000
    Ok,
    /// 61xx: xx more bytes are available through GET RESPONSE.
    MoreData(u8),
    /// 6282: the file ended before the expected length.
    EndOfFile,
    /// 63Cx: wrong code, x tries left.
    WrongCode(u8),
    /// 6300: wrong code; the card does not report the tries left.
    WrongCodeNoCounter,
    /// 6700
    WrongLength,
    /// 6982
    SecurityStatusNotSatisfied,
    /// 6983: the code is blocked.
    CodeBlocked,
    /// 6984: "reference data not usable" in ISO 7816-4; AKİS 1.x returns it for a blocked code (LIKELY).
    CodeNotUsable,
    /// 6985
    ConditionsNotSatisfied,
    /// 6A80
    WrongData,
    /// 6A81
    FunctionNotSupported,
    /// 6A82
    FileNotFound,
    /// 6A86
    WrongParameters,
    /// 6A88
    ReferenceNotFound,
    /// 6B00: wrong parameters; in READ BINARY an offset outside the file.
    WrongOffset,
    /// 6Cxx: repeat with Le = xx.
    RepeatWithLength(u8),
    /// 6D00
    UnknownInstruction,
    /// 6E00
    UnknownClass,
    /// Any other status word.
    Other(u16),
}

impl StatusWord {
    /// Returns whether the code is blocked.
    #[must_use]
    pub fn is_blocked(self) -> bool {
        matches!(self, Self::CodeBlocked | Self::CodeNotUsable | Self::WrongCode(0))
    }

    /// Returns whether the card lacks the command, its parameters or the code reference. Such a command used
    /// no try, so another standard form of it may be sent.
    #[must_use]
    pub fn is_unsupported(self) -> bool {
        matches!(
            self,
            Self::UnknownInstruction
                | Self::WrongParameters
                | Self::FunctionNotSupported
                | Self::WrongOffset
                | Self::ReferenceNotFound
        )
    }
}

impl From<u16> for StatusWord {
    fn from(word: u16) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "only the low byte is needed")]
        let low = word as u8;
        match word {
            0x9000 => Self::Ok,
            0x6100..=0x61FF => Self::MoreData(low),
            0x6282 => Self::EndOfFile,
            0x63C0..=0x63CF => Self::WrongCode(low & 0x0F),
            0x6300 => Self::WrongCodeNoCounter,
            0x6700 => Self::WrongLength,
            0x6982 => Self::SecurityStatusNotSatisfied,
            0x6983 => Self::CodeBlocked,
            0x6984 => Self::CodeNotUsable,
            0x6985 => Self::ConditionsNotSatisfied,
            0x6A80 => Self::WrongData,
            0x6A81 => Self::FunctionNotSupported,
            0x6A82 => Self::FileNotFound,
            0x6A86 => Self::WrongParameters,
            0x6A88 => Self::ReferenceNotFound,
            0x6B00 => Self::WrongOffset,
            0x6C00..=0x6CFF => Self::RepeatWithLength(low),
            0x6D00 => Self::UnknownInstruction,
            0x6E00 => Self::UnknownClass,
            other => Self::Other(other),
        }
    }
}

impl From<StatusWord> for u16 {
    fn from(status: StatusWord) -> Self {
        match status {
            StatusWord::Ok => 0x9000,
            StatusWord::MoreData(low) => Self::from_be_bytes([0x61, low]),
            StatusWord::EndOfFile => 0x6282,
            StatusWord::WrongCode(left) => 0x63C0 + Self::from(left & 0x0F),
            StatusWord::WrongCodeNoCounter => 0x6300,
            StatusWord::WrongLength => 0x6700,
            StatusWord::SecurityStatusNotSatisfied => 0x6982,
            StatusWord::CodeBlocked => 0x6983,
            StatusWord::CodeNotUsable => 0x6984,
            StatusWord::ConditionsNotSatisfied => 0x6985,
            StatusWord::WrongData => 0x6A80,
            StatusWord::FunctionNotSupported => 0x6A81,
            StatusWord::FileNotFound => 0x6A82,
            StatusWord::WrongParameters => 0x6A86,
            StatusWord::ReferenceNotFound => 0x6A88,
            StatusWord::WrongOffset => 0x6B00,
            StatusWord::RepeatWithLength(low) => Self::from_be_bytes([0x6C, low]),
            StatusWord::UnknownInstruction => 0x6D00,
            StatusWord::UnknownClass => 0x6E00,
            StatusWord::Other(word) => word,
        }
    }
}

impl core::fmt::Display for StatusWord {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{:04X}", u16::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn converts_every_word_and_back() {
        for word in 0..=u16::MAX {
            assert_eq!(u16::from(StatusWord::from(word)), word);
        }
    }

    #[test]
    fn blocked_means_6983_6984_or_no_tries_left() {
        let blocked: Vec<u16> = (0..=u16::MAX).filter(|&word| StatusWord::from(word).is_blocked()).collect();
        assert_eq!(blocked, [0x63C0, 0x6983, 0x6984]);
    }

    #[test]
    fn only_status_words_that_use_no_try_count_as_unsupported() {
        let unsupported: Vec<u16> =
            (0..=u16::MAX).filter(|&word| StatusWord::from(word).is_unsupported()).collect();
        assert_eq!(unsupported, [0x6A81, 0x6A86, 0x6A88, 0x6B00, 0x6D00]);
    }
}

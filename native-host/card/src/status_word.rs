//! Status words of ISO 7816-4, section 5.6.

/// The two bytes at the end of every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    /// 9000
    Ok,
    /// 61xx: xx more bytes wait for GET RESPONSE.
    MoreData(u8),
    /// 6282: the file ended before the expected length.
    EndOfFile,
    /// 63Cx: wrong code, x tries left.
    WrongCode(u8),
    /// 6300: wrong code, tries left not told.
    WrongCodeUncounted,
    /// 6700
    WrongLength,
    /// 6982
    SecurityStatusNotSatisfied,
    /// 6983: the code is blocked.
    CodeBlocked,
    /// 6984: AKİS 1.x says this of a blocked code (LIKELY); ISO calls it "reference data not usable".
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
    /// 6B00: wrong parameters, in READ BINARY an offset outside the file.
    WrongOffset,
    /// 6Cxx: repeat with Le = xx.
    RepeatWithLength(u8),
    /// 6D00
    UnknownInstruction,
    /// 6E00
    UnknownClass,
    /// Anything else.
    Other(u16),
}

impl StatusWord {
    /// Whether the card said that the code is blocked.
    #[must_use]
    pub fn is_blocked(self) -> bool {
        matches!(self, Self::CodeBlocked | Self::CodeNotUsable | Self::WrongCode(0))
    }

    /// Whether the card said that it does not have this command in this form, or this reference.
    /// Such an answer spends no try, so another standard form may be used.
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
        #[expect(clippy::cast_possible_truncation, reason = "the low byte is what is wanted")]
        let low = word as u8;
        match word {
            0x9000 => Self::Ok,
            0x6100..=0x61FF => Self::MoreData(low),
            0x6282 => Self::EndOfFile,
            0x63C0..=0x63CF => Self::WrongCode(low & 0x0F),
            0x6300 => Self::WrongCodeUncounted,
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
            StatusWord::MoreData(low) => 0x6100 | Self::from(low),
            StatusWord::EndOfFile => 0x6282,
            StatusWord::WrongCode(left) => 0x63C0 | Self::from(left & 0x0F),
            StatusWord::WrongCodeUncounted => 0x6300,
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
            StatusWord::RepeatWithLength(low) => 0x6C00 | Self::from(low),
            StatusWord::UnknownInstruction => 0x6D00,
            StatusWord::UnknownClass => 0x6E00,
            StatusWord::Other(word) => word,
        }
    }
}

impl std::fmt::Display for StatusWord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04X}", u16::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives_the_way_there_and_back() {
        for word in 0..=u16::MAX {
            assert_eq!(u16::from(StatusWord::from(word)), word);
        }
    }

    #[test]
    fn blocked_is_6983_and_6984_and_no_try_left() {
        let blocked: Vec<u16> = (0..=u16::MAX).filter(|&word| StatusWord::from(word).is_blocked()).collect();
        assert_eq!(blocked, [0x63C0, 0x6983, 0x6984]);
    }

    #[test]
    fn only_answers_that_spend_no_try_allow_another_form() {
        let allowed: Vec<u16> =
            (0..=u16::MAX).filter(|&word| StatusWord::from(word).is_unsupported()).collect();
        assert_eq!(allowed, [0x6A81, 0x6A86, 0x6A88, 0x6B00, 0x6D00]);
    }
}

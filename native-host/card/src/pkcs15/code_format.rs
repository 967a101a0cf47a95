//! The format of PINs and PUKs that a card accepts: length, characters and padding
//! (PasswordAttributes, ISO 7816-15, section 8.9).

use crate::Secret;
use crate::pin_pad::{PadEncoding, PadFormat};

/// The length and characters that a card requires of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFormat {
    /// The minimum number of characters.
    pub min: usize,
    /// The maximum number of characters.
    pub max: usize,
    /// How the characters are encoded (pwdType).
    pub(super) encoding: Encoding,
    /// The maximum number of bytes of an encoded code (storedLength), if the card limits it.
    pub(super) stored: Option<usize>,
    /// The pad character (padChar), for cards that expect codes padded to the stored length.
    pub(super) padding: Option<u8>,
}

/// The encoding of a code (pwdType).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Binary-coded decimal: two digits per byte.
    Bcd,
    /// ASCII digits.
    Digits,
    /// Any UTF-8 text.
    Utf8,
}

/// How an entry violates a [`CodeFormat`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFormatError {
    /// The code has fewer characters than the card accepts.
    #[error("the code is too short")]
    TooShort,
    /// The code has more characters than the card accepts.
    #[error("the code is too long")]
    TooLong,
    /// The code contains characters other than the digits 0–9.
    #[error("the code contains characters other than digits")]
    NotDigits,
}

impl CodeFormat {
    /// The format that is assumed if the PIN objects cannot be read: 4 to 16 digits, without padding. OpenSC
    /// accepts no more than 16 either.
    pub(crate) const ASSUMED: Self =
        Self { min: 4, max: 16, encoding: Encoding::Digits, stored: None, padding: None };

    /// Returns the format of codes with `min` to `max` digits, for routes that tell no more.
    #[must_use]
    pub fn digits(min: usize, max: usize) -> Self {
        Self { min, max, ..Self::ASSUMED }
    }

    /// Checks whether the card would accept a code of this format.
    ///
    /// # Errors
    /// The first rule that the code violates.
    pub fn check(&self, code: &Secret) -> Result<(), CodeFormatError> {
        let bytes = code.bytes();
        if self.encoding != Encoding::Utf8 && !bytes.iter().all(u8::is_ascii_digit) {
            return Err(CodeFormatError::NotDigits);
        }
        // Characters are counted, not bytes: continuation bytes of UTF-8 do not count.
        match bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() {
            length if length < self.min => Err(CodeFormatError::TooShort),
            length if length > self.max => Err(CodeFormatError::TooLong),
            _ if self.stored.is_some_and(|stored| self.encode(code).bytes().len() > stored) => {
                Err(CodeFormatError::TooLong)
            }
            _ => Ok(()),
        }
    }

    /// Returns how a reader can encode codes typed on its keys, which have digits only; `None` if it cannot.
    pub(crate) fn on_pad(&self) -> Option<PadFormat> {
        /// The size of a block is stored in four bits of `bmPINBlockString`.
        const MAX_BLOCK: usize = 15;
        let (encoding, digits_per_byte) = match self.encoding {
            Encoding::Digits | Encoding::Utf8 => (PadEncoding::Ascii, 1),
            Encoding::Bcd => (PadEncoding::Bcd, 2),
        };
        let block = match (self.padding, self.stored) {
            (Some(pad), Some(length)) if length <= MAX_BLOCK => Some((u8::try_from(length).ok()?, pad)),
            (Some(_), Some(_)) => return None,
            // Readers differ in how they fill half a byte.
            _ if encoding == PadEncoding::Bcd => return None,
            _ => None,
        };
        let max = self.stored.map_or(self.max, |stored| self.max.min(stored * digits_per_byte));
        let (min, max) = (u8::try_from(self.min).ok()?, u8::try_from(max).ok()?);
        (min <= max).then_some(PadFormat { min, max, encoding, block })
    }

    /// Returns whether all codes have the same length once they are encoded.
    pub(crate) fn has_one_length(&self) -> bool {
        self.padding.is_some() && self.stored.is_some() || self.min == self.max
    }

    /// Encodes a code that passed [`Self::check`] for the card.
    pub(crate) fn encode(&self, code: &Secret) -> Secret {
        let last_nibble = self.padding.unwrap_or(0x0F);
        let mut encoded: Secret = match self.encoding {
            Encoding::Digits | Encoding::Utf8 => code.bytes().iter().copied().collect(),
            Encoding::Bcd => code
                .bytes()
                .chunks(2)
                .map(|pair| (pair[0] << 4) + (pair.get(1).unwrap_or(&last_nibble) & 0x0F))
                .collect(),
        };
        if let (Some(padding), Some(length)) = (self.padding, self.stored) {
            while encoded.bytes().len() < length && encoded.push(padding) {}
        }
        encoded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Secret {
        text.bytes().collect()
    }

    fn digits() -> CodeFormat {
        CodeFormat { min: 4, max: 16, encoding: Encoding::Digits, stored: Some(8), padding: None }
    }

    #[test]
    fn text_codes_are_counted_in_characters() {
        let format = CodeFormat { min: 4, max: 4, encoding: Encoding::Utf8, stored: None, padding: None };
        assert_eq!(format.check(&code("şifr")), Ok(()));
        assert_eq!(format.check(&code("şif")), Err(CodeFormatError::TooShort));
        assert_eq!(format.check(&code("şifre")), Err(CodeFormatError::TooLong));
    }

    #[test]
    fn checks_length_and_digits() {
        assert_eq!(digits().check(&code("1234")), Ok(()));
        assert_eq!(digits().check(&code("123")), Err(CodeFormatError::TooShort));
        assert_eq!(digits().check(&code("12345678901234567")), Err(CodeFormatError::TooLong));
        assert_eq!(digits().check(&code("12a4")), Err(CodeFormatError::NotDigits));
        assert_eq!(digits().check(&code("")), Err(CodeFormatError::TooShort));
        assert_eq!(digits().check(&code("١٢٣٤")), Err(CodeFormatError::NotDigits));
    }

    #[test]
    fn a_code_that_exceeds_the_stored_length_is_too_long() {
        let text = |stored| CodeFormat { encoding: Encoding::Utf8, stored: Some(stored), ..digits() };
        assert_eq!(text(8).check(&code("şşşşşşşş")), Err(CodeFormatError::TooLong));
        assert_eq!(text(16).check(&code("şşşşşşşş")), Ok(()));
    }

    #[test]
    fn a_reader_can_build_what_its_structures_describe() {
        let ascii = PadFormat { min: 4, max: 8, encoding: PadEncoding::Ascii, block: None };
        let bcd = CodeFormat { encoding: Encoding::Bcd, ..digits() };
        let padded = |stored, format: &CodeFormat| CodeFormat {
            padding: Some(0xFF),
            stored: Some(stored),
            ..format.clone()
        };
        for (format, expected) in [
            (digits(), Some(ascii)),
            (CodeFormat { stored: None, ..digits() }, Some(PadFormat { max: 16, ..ascii })),
            (CodeFormat { encoding: Encoding::Utf8, ..digits() }, Some(ascii)),
            (padded(8, &digits()), Some(PadFormat { block: Some((8, 0xFF)), ..ascii })),
            (padded(16, &digits()), None),
            (bcd.clone(), None),
            (
                padded(8, &bcd),
                Some(PadFormat { max: 16, encoding: PadEncoding::Bcd, block: Some((8, 0xFF)), ..ascii }),
            ),
            (CodeFormat { min: 9, ..digits() }, None),
            (CodeFormat { max: 300, stored: None, ..digits() }, None),
        ] {
            assert_eq!(format.on_pad(), expected, "{format:?}");
        }
    }

    #[test]
    fn padded_codes_and_those_of_one_length_have_one_length() {
        let padded = CodeFormat { padding: Some(0xFF), stored: Some(8), ..digits() };
        let of_six = CodeFormat { min: 6, max: 6, ..digits() };
        assert!(padded.has_one_length() && of_six.has_one_length());
        for format in [digits(), CodeFormat { stored: Some(8), ..digits() }] {
            assert!(!format.has_one_length(), "{format:?}");
        }
    }

    #[test]
    fn encodes_and_pads_codes() {
        let plain = digits();
        assert_eq!(plain.encode(&code("12345")).bytes(), b"12345");
        let padded = CodeFormat { padding: Some(0xFF), stored: Some(8), ..digits() };
        assert_eq!(padded.encode(&code("12345")).bytes(), b"12345\xFF\xFF\xFF");
        let bcd = CodeFormat { encoding: Encoding::Bcd, ..digits() };
        assert_eq!(bcd.encode(&code("12345")).bytes(), [0x12, 0x34, 0x5F]);
        let zeros = CodeFormat { padding: Some(0x00), stored: Some(4), ..bcd };
        assert_eq!(zeros.encode(&code("12345")).bytes(), [0x12, 0x34, 0x50, 0x00]);
    }
}

//! Turkish IBANs.

use crate::serde_text;
use iban::IbanLike;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::error::Error;
use std::fmt;

/// A Turkish IBAN of the right length and with valid check digits (ISO 13616, ISO 7064). It is serialized as
/// text in groups of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Iban(iban::Iban);

/// Why a text is not a Turkish IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanError {
    /// It contains something other than letters and digits.
    Characters,
    /// It does not begin with TR and two digits.
    Country,
    /// It does not have 26 characters, but this many.
    Length(usize),
    /// The check digits do not match.
    Checksum,
}

impl IbanError {
    /// Returns a stable code, which the profile parser translates.
    fn code(self) -> &'static str {
        match self {
            Self::Characters => "iban-characters",
            Self::Country => "iban-country",
            Self::Length(_) => "iban-length",
            Self::Checksum => "iban-checksum",
        }
    }
}

impl fmt::Display for IbanError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters => out.write_str("not only letters and digits"),
            Self::Country => out.write_str("does not begin with TR"),
            Self::Length(length) => write!(out, "{length} characters instead of {LENGTH}"),
            Self::Checksum => out.write_str("wrong check digits"),
        }
    }
}

impl Error for IbanError {}

/// The length of a Turkish IBAN (SWIFT IBAN registry).
const LENGTH: usize = 26;

impl Iban {
    /// Parses an IBAN, with or without spaces.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let compact: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        if !compact.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            return Err(IbanError::Characters);
        }
        let compact = compact.to_ascii_uppercase();
        let digits = compact.strip_prefix("TR").ok_or(IbanError::Country)?;
        if compact.len() != LENGTH {
            return Err(IbanError::Length(compact.len()));
        }
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(IbanError::Characters);
        }
        compact.parse().map(Self).map_err(|_| IbanError::Checksum)
    }

    /// Returns the code of the bank that holds the account: five digits.
    #[must_use]
    pub fn bank_code(&self) -> &str {
        &self.0.electronic_str()[4..9]
    }

    /// Returns the IBAN without spaces, the form that banks accept when it is pasted.
    #[must_use]
    pub fn compact(&self) -> &str {
        self.0.electronic_str()
    }
}

/// Writes groups of four characters.
impl fmt::Display for Iban {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Serialize for Iban {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_text::write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Iban {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_text::read(deserializer, |text| Self::parse(text).map_err(IbanError::code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_accounts_of_known_guides() {
        for (text, bank) in [
            ("TR41 0001 2009 5940 0005 0000 47", "00012"),
            ("TR780001001231380704445001", "00010"),
            ("tr86 0001 2009 2290 0044 0000 09", "00012"),
            ("TR65 0001 2009 3310 0006 1000 37", "00012"),
        ] {
            assert_eq!(Iban::parse(text).unwrap().bank_code(), bank, "{text}");
        }
        assert_eq!(
            Iban::parse("TR780001001231380704445001").unwrap().to_string(),
            "TR78 0001 0012 3138 0704 4450 01"
        );
    }

    #[test]
    fn reports_the_first_error() {
        for (text, fault) in [
            ("TR41 0001 2009 5940 0005 0000 48", IbanError::Checksum),
            ("TR41 0001 2009 5940 0050 0000 47", IbanError::Checksum),
            ("TR41 0001 2009 5940 0005 0000 4", IbanError::Length(25)),
            ("TR41 0001 2009 5940 0005 0000 477", IbanError::Length(27)),
            ("41 0001 2009 5940 0005 0000 47", IbanError::Country),
            ("DE89 3704 0044 0532 0130 00", IbanError::Country),
            ("TR41-0001-2009-5940-0005-0000-47", IbanError::Characters),
            ("TR4I 0001 2009 5940 0005 0000 47", IbanError::Characters),
            ("", IbanError::Country),
        ] {
            assert_eq!(Iban::parse(text), Err(fault), "{text}");
        }
    }
}

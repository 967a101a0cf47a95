//! A Turkish IBAN.

use crate::serde_text;
use iban::IbanLike;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An IBAN that is one: the right length and check digits (ISO 13616, ISO 7064). As data it is text in
/// groups of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Iban(iban::Iban);

/// Why a text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanError {
    /// It has something other than letters and digits.
    Characters,
    /// It does not begin with TR and two digits.
    Country,
    /// It has not 26 characters, but so many.
    Length(usize),
    /// A digit or two are wrong.
    Checksum,
}

/// How long a Turkish IBAN is (SWIFT IBAN registry).
const LENGTH: usize = 26;

impl Iban {
    /// Reads one, with or without spaces.
    ///
    /// # Errors
    /// Says what is wrong first.
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

    /// The bank's code, five digits: which bank holds the account.
    #[must_use]
    pub fn bank_code(&self) -> &str {
        &self.0.electronic_str()[4..9]
    }

    /// Without spaces, as banks take it when it is pasted.
    #[must_use]
    pub fn compact(&self) -> &str {
        self.0.electronic_str()
    }
}

/// In groups of four.
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
        serde_text::read(deserializer, |text| {
            Self::parse(text).map_err(|fault| match fault {
                IbanError::Characters => "iban-characters",
                IbanError::Country => "iban-country",
                IbanError::Length(_) => "iban-length",
                IbanError::Checksum => "iban-checksum",
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_of_the_guides_is_read() {
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
    fn what_is_wrong_is_told_apart() {
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

//! Amounts of money.

use crate::serde_text;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The maximum number of digits before the decimal comma; larger numbers are not prices.
const MAX_DIGITS: usize = 9;

/// An amount in lira: not negative, in whole kuruş. It is serialized as text in Turkish notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct Amount(Decimal);

impl Amount {
    /// Parses a number as Turkish pages write it: `1.080,00`, `1080,00`, `147,5`, `780`; also `116.82`, where
    /// the point can only be the decimal sign. None for an ambiguous number such as `1,080`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once(',') {
            Some((whole, fraction)) => (whole, fraction),
            None => text.split_once('.').filter(|(_, rest)| rest.len() < 3).unwrap_or((text, "0")),
        };
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(fraction) || fraction.len() > 2 {
            return None;
        }
        let mut groups = whole.split('.');
        let first = groups.next()?;
        let rest: Vec<&str> = groups.collect();
        let grouped = rest.is_empty() || first.len() <= 3;
        let digits = [first].into_iter().chain(rest.iter().copied()).collect::<String>();
        if !is_number(first)
            || !grouped
            || !rest.iter().all(|group| group.len() == 3 && is_number(group))
            || digits.len() > MAX_DIGITS
            || (digits.len() > 1 && digits.starts_with('0'))
        {
            return None;
        }
        format!("{digits}.{fraction}").parse().ok().map(Self)
    }

    /// Returns the sum; none where there are no amounts, or on overflow.
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut amounts = amounts.into_iter().map(|amount| amount.0);
        let first = amounts.next()?;
        amounts.try_fold(first, Decimal::checked_add).map(Self)
    }

    /// Returns whether the amount is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the number without currency, `1.080,00`, as banks expect it.
    #[must_use]
    pub fn number(self) -> String {
        let plain = format!("{:.2}", self.0);
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
        let mut grouped = String::new();
        for (index, digit) in whole.char_indices() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        format!("{grouped},{fraction}")
    }
}

/// Writes `1.080,00 TL`.
impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} TL", self.number())
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_text::write(&self.number(), serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_text::read(deserializer, |text| Self::parse(text).ok_or("amount"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        Amount::parse(text).map(Amount::number)
    }

    #[test]
    fn parses_every_notation() {
        for (text, read) in [
            ("390,00", "390,00"),
            ("147,5", "147,50"),
            ("780", "780,00"),
            ("1080,00", "1.080,00"),
            ("1.080,00", "1.080,00"),
            ("1.080", "1.080,00"),
            ("1.234.567,89", "1.234.567,89"),
            ("116.82", "116,82"),
            ("0,50", "0,50"),
        ] {
            assert_eq!(number(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn rejects_ambiguous_and_invalid_numbers() {
        for text in [
            "",
            ",",
            ".",
            ",5",
            "5,",
            "1,080",
            "1,080.00",
            "1.080.00",
            "1080.000",
            "10.80,00",
            "12.03.2024",
            "080,00",
            "00",
            "-5",
            "+5",
            "5 000",
            "1..000",
            "1.000.00,5",
            "٣",
            "1234567890",
            "1e3",
            "5,123",
            "0.5.5",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn sums_are_exact() {
        let of = |texts: &[&str]| Amount::sum(texts.iter().filter_map(|text| Amount::parse(text)));
        assert_eq!(of(&["116,82", "41,30"]).map(|sum| sum.to_string()).as_deref(), Some("158,12 TL"));
        assert_eq!(of(&["0,10"; 3]).map(Amount::number).as_deref(), Some("0,30"));
        assert_eq!(of(&[]), None);
    }
}

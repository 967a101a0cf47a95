//! Recognizes new codes that are easily guessed. The card accepts them; the user is warned and may keep them.

use crate::{Cardholder, Secret};
use alloc::format;
use alloc::string::String;

/// Why a code is easily guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeWeakness {
    /// Consecutive digits, such as 123456, 987654 or 890123.
    Sequence,
    /// A repeated digit, such as 111111.
    OneDigit,
    /// A part of the cardholder's T.C. kimlik no.
    IdentityNumber,
    /// The cardholder's date of birth, or a part of it.
    BirthDate,
}

impl CodeWeakness {
    /// Returns why a code is easily guessed, the most obvious reason first; `None` for other codes. Codes
    /// that contain anything but digits are not checked.
    #[must_use]
    pub fn of(code: &Secret, cardholder: &Cardholder) -> Option<Self> {
        let digits = code.bytes();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let steps = || digits.windows(2).map(|pair| (10 + pair[1] - pair[0]) % 10);
        let all_steps = |step| digits.len() > 1 && steps().all(|other| other == step);
        if all_steps(0) {
            return Some(Self::OneDigit);
        }
        if all_steps(1) || all_steps(9) {
            return Some(Self::Sequence);
        }
        let is_part_of = |text: &str| text.as_bytes().windows(digits.len()).any(|part| part == digits);
        if cardholder.identity_number.as_deref().is_some_and(is_part_of) {
            return Some(Self::IdentityNumber);
        }
        cardholder
            .birth_date
            .is_some_and(|date| written_dates(date).iter().any(|date| is_part_of(date)))
            .then_some(Self::BirthDate)
    }
}

/// Returns the ways in which a date is written in digits. Partial dates, such as day and month, are contained
/// in them.
fn written_dates((year, month, day): (u16, u8, u8)) -> [String; 4] {
    let short = year % 100;
    [
        format!("{day:02}{month:02}{year:04}"),
        format!("{year:04}{month:02}{day:02}"),
        format!("{day:02}{month:02}{short:02}"),
        format!("{short:02}{month:02}{day:02}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Option<CodeWeakness> {
        let cardholder =
            Cardholder { identity_number: Some("10000000146".into()), birth_date: Some((1980, 5, 23)) };
        CodeWeakness::of(&code.bytes().collect(), &cardholder)
    }

    #[test]
    fn recognizes_each_weakness() {
        for (codes, weakness) in [
            (&["1234", "123456", "890123", "654321", "210987"][..], CodeWeakness::Sequence),
            (&["0000", "777777"], CodeWeakness::OneDigit),
            (&["00000146", "000146", "100000"], CodeWeakness::IdentityNumber),
            (&["230580", "800523", "23051980", "19800523", "2305"], CodeWeakness::BirthDate),
        ] {
            for code in codes {
                assert_eq!(found(code), Some(weakness), "{code}");
            }
        }
    }

    #[test]
    fn accepts_other_codes() {
        for code in ["", "7", "739164", "123457", "112233", "052380", "1000000014655", "şifre1"] {
            assert_eq!(found(code), None, "{code}");
        }
    }

    #[test]
    fn ignores_unknown_cardholder_details() {
        assert_eq!(CodeWeakness::of(&"230580".bytes().collect(), &Cardholder::default()), None);
    }
}

//! "T.C. Kimlik No": eleven digits, of which the last two are computed from the others.

use super::{Finding, Typing};
use crate::Severity;

/// Why a text is no T.C. kimlik no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityNumberError {
    /// It has something other than digits.
    Letters,
    /// It has not eleven digits, but so many.
    Length(usize),
    /// It begins with 0.
    Zero,
    /// A digit or two are wrong.
    Checksum,
}

impl IdentityNumberError {
    /// The locale key of what to say, and its arguments.
    #[must_use]
    pub fn message(self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::Letters => ("identity_letters", vec![]),
            Self::Length(length) => ("identity_length", vec![("length", length.to_string())]),
            Self::Zero => ("identity_zero", vec![]),
            Self::Checksum => ("identity_checksum", vec![]),
        }
    }
}

/// How many digits a T.C. kimlik no has.
pub const LENGTH: usize = 11;

/// Checks a number; spaces in it do not matter. Numbers of foreigners, which begin with 99, are made alike.
///
/// # Errors
/// Says what is wrong first.
pub fn validate_identity_number(text: &str) -> Result<(), IdentityNumberError> {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    let digits: Option<Vec<u32>> = letters.map(|letter| letter.to_digit(10)).collect();
    let digits = digits.ok_or(IdentityNumberError::Letters)?;
    if digits.first() == Some(&0) {
        return Err(IdentityNumberError::Zero);
    }
    if digits.len() != LENGTH {
        return Err(IdentityNumberError::Length(digits.len()));
    }
    let every_other = |first: usize| digits[first..9].iter().step_by(2).sum::<u32>();
    // Ten times the even places is added so that nothing is below zero.
    let tenth = (7 * every_other(0) + 9 * every_other(1)) % 10;
    let last = digits[..10].iter().sum::<u32>() % 10;
    if (digits[9], digits[10]) == (tenth, last) { Ok(()) } else { Err(IdentityNumberError::Checksum) }
}

pub(super) fn check(text: &str, typing: Typing) -> Option<Finding> {
    let fault = validate_identity_number(text).err()?;
    let unfinished = matches!(fault, IdentityNumberError::Length(length) if length < LENGTH);
    if unfinished && typing == Typing::Going {
        return None;
    }
    let (message, args) = fault.message();
    Some(Finding { args, ..Finding::new(message, Severity::Error) })
}

/// Where a passport's number may stand, too. Of all that is written there only eleven digits can be no
/// passport's: those have nine characters at most (ICAO 9303, part 4).
pub(super) fn or_passport(text: &str) -> Option<Finding> {
    let wrong = validate_identity_number(text) == Err(IdentityNumberError::Checksum);
    wrong.then(|| Finding::new("identity_or_passport", Severity::Advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Valid by their check digits, and plainly nobody's.
    const VALID: [&str; 4] = ["10000000146", "12345678950", "11111111110", "99999999990"];

    fn said(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn valid_numbers_get_silence() {
        for number in VALID {
            assert_eq!(validate_identity_number(number), Ok(()), "{number}");
        }
        assert_eq!(said("100 000 001 46", Typing::Done), None);
    }

    #[test]
    fn every_wrong_digit_is_found() {
        for number in VALID {
            for (at, digit) in number.char_indices() {
                for other in ('0'..='9').filter(|&other| other != digit) {
                    let wrong = format!("{}{other}{}", &number[..at], &number[at + 1..]);
                    assert!(validate_identity_number(&wrong).is_err(), "{wrong}");
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        for (text, message) in [
            ("10000000147", "identity_checksum"),
            ("1000000014", "identity_length"),
            ("100000001466", "identity_length"),
            ("01000000146", "identity_zero"),
            ("1000000014O", "identity_letters"),
            ("1000000014-6", "identity_letters"),
        ] {
            assert_eq!(said(text, Typing::Done), Some(message), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_still_being_typed_may_be_short() {
        assert_eq!(said("1000000014", Typing::Going), None);
        assert_eq!(said("100000001466", Typing::Going), Some("identity_length"));
        assert_eq!(said("10000000147", Typing::Going), Some("identity_checksum"));
        assert_eq!(said("100a", Typing::Going), Some("identity_letters"));
    }

    #[test]
    fn beside_a_passport_only_a_wrong_number_of_eleven_digits_is_spoken_of() {
        for passport in ["U12345678", "123456789", "C01X00T47", "1000000014", "01000000146", ""] {
            assert_eq!(or_passport(passport), None, "{passport}");
        }
        assert_eq!(or_passport("10000000146"), None);
        assert_eq!(or_passport("10000000147").map(|finding| finding.severity), Some(Severity::Advice));
    }
}

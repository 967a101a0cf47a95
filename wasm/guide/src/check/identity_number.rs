//! "T.C. Kimlik No": eleven digits, of which the last two are computed from the others.

use super::finding::Finding;
use super::form::{Form, Typing};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::{Field, Severity};
use eimza_turkish::unaccented_words;
use std::error::Error;
use std::fmt;

const IDENTITY: FieldPurpose = FieldPurpose::of_number(
    "identity",
    &[
        "T.C. Kimlik No",
        "TC Kimlik No",
        "T.C. Kimlik Numarası",
        "TC Kimlik Numarası",
        "T.C. Kimlik Numaranız",
        "TC Kimlik Numaranız",
        "Kimlik No",
        "Kimlik Numarası",
        "T.C. No",
        "TC No",
        "TCKN",
        "TCKN No",
        "T.C. Kimlik",
        "Kimlik Numaranız",
        "T.C. Numarası",
        "T.C. Numaranız",
        "T.C. Vatandaşlık No",
        "T.C. Vatandaşlık Numarası",
        "Türkiye Cumhuriyeti Kimlik No",
        "Türkiye Cumhuriyeti Kimlik Numarası",
    ],
)
.without_invisible(Severity::Error);
/// A field that takes a passport number, too. Only page files know such fields by name.
const IDENTITY_OR_PASSPORT: FieldPurpose =
    FieldPurpose::new("identity-or-passport", &[]).without_invisible(Severity::Error);

pub(super) struct IdentityNumberCheck;

impl FormCheck for IdentityNumberCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[IDENTITY, IDENTITY_OR_PASSPORT]
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        form.check_texts(&IDENTITY, findings, |typed| {
            if accepts_passport(typed.field) {
                check_identity_or_passport(typed.text)
            } else {
                check(typed.text, typed.typing)
            }
        });
        form.check_texts(&IDENTITY_OR_PASSPORT, findings, |typed| check_identity_or_passport(typed.text));
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new("identity_checksum", &[("Kimlik No", "10000000147")]),
            Sample::new("identity_length", &[("Kimlik No", "1")]),
            Sample::new("identity_letters", &[("Kimlik No", "a")]),
            Sample::new("identity_zero", &[("Kimlik No", "0")]),
            Sample::new("identity_or_passport", &[("Kimlik No (Pasaport)", "10000000147")]),
        ]
    }
}

/// Why a text is no T.C. kimlik no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityNumberError {
    /// It contains something other than digits.
    Letters,
    /// It does not have eleven digits, but this many.
    Length(usize),
    /// It begins with 0.
    Zero,
    /// The check digits do not match.
    Checksum,
}

impl IdentityNumberError {
    /// Returns the message key of the message, and its arguments.
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

impl fmt::Display for IdentityNumberError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letters => out.write_str("not only digits"),
            Self::Length(length) => write!(out, "{length} digits instead of {LENGTH}"),
            Self::Zero => out.write_str("begins with 0"),
            Self::Checksum => out.write_str("wrong check digits"),
        }
    }
}

impl Error for IdentityNumberError {}

/// The number of digits of a T.C. kimlik no.
pub const LENGTH: usize = 11;

/// Checks a T.C. kimlik no; white space in it is ignored. Numbers of foreigners, which begin with 99, have
/// the same check digits.
///
/// # Errors
/// The first error in the text.
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
    // The official formula subtracts the even positions; adding nine times their sum is the same modulo 10.
    let tenth = (7 * every_other(0) + 9 * every_other(1)) % 10;
    let last = digits[..10].iter().sum::<u32>() % 10;
    if (digits[9], digits[10]) == (tenth, last) { Ok(()) } else { Err(IdentityNumberError::Checksum) }
}

fn accepts_passport(field: &Field) -> bool {
    [&field.label, &field.placeholder]
        .iter()
        .any(|text| unaccented_words(text).iter().any(|word| word.starts_with("pasaport")))
}

fn check(text: &str, typing: Typing) -> Option<Finding> {
    let error = validate_identity_number(text).err()?;
    let is_incomplete = matches!(error, IdentityNumberError::Length(length) if length < LENGTH);
    if is_incomplete && typing == Typing::InProgress {
        return None;
    }
    let (message, args) = error.message();
    Some(Finding { args, ..Finding::new(message, Severity::Error) })
}

/// Reports only eleven digits with wrong check digits. A passport number has at most nine characters (ICAO
/// 9303, part 4), so nothing shorter can be called wrong.
fn check_identity_or_passport(text: &str) -> Option<Finding> {
    let is_wrong = validate_identity_number(text) == Err(IdentityNumberError::Checksum);
    is_wrong.then(|| Finding::new("identity_or_passport", Severity::Advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Valid check digits; obviously not real numbers.
    const VALID: [&str; 4] = ["10000000146", "12345678950", "11111111110", "99999999990"];

    fn message_key(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn accepts_valid_numbers() {
        for number in VALID {
            assert_eq!(validate_identity_number(number), Ok(()), "{number}");
        }
        assert_eq!(message_key("100 000 001 46", Typing::Finished), None);
    }

    #[test]
    fn finds_every_wrong_digit() {
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
    fn distinguishes_errors() {
        for (text, message) in [
            ("10000000147", "identity_checksum"),
            ("1000000014", "identity_length"),
            ("100000001466", "identity_length"),
            ("01000000146", "identity_zero"),
            ("1000000014O", "identity_letters"),
            ("1000000014-6", "identity_letters"),
        ] {
            assert_eq!(message_key(text, Typing::Finished), Some(message), "{text}");
        }
    }

    #[test]
    fn accepts_incomplete_numbers_while_typing() {
        assert_eq!(message_key("1000000014", Typing::InProgress), None);
        assert_eq!(message_key("100000001466", Typing::InProgress), Some("identity_length"));
        assert_eq!(message_key("10000000147", Typing::InProgress), Some("identity_checksum"));
        assert_eq!(message_key("100a", Typing::InProgress), Some("identity_letters"));
    }

    #[test]
    fn with_passports_reports_only_wrong_numbers_of_eleven_digits() {
        for passport in ["U12345678", "123456789", "C01X00T47", "1000000014", "01000000146", ""] {
            assert_eq!(check_identity_or_passport(passport), None, "{passport}");
        }
        assert_eq!(check_identity_or_passport("10000000146"), None);
        assert_eq!(
            check_identity_or_passport("10000000147").map(|finding| finding.severity),
            Some(Severity::Advice)
        );
    }
}

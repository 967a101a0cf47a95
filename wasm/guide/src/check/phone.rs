//! Telephone numbers of Turkey: ten digits after the 0, those of mobile telephones begin with 5.

use super::{Finding, Typing};
use crate::Severity;

const LENGTH: usize = 10;

/// What a text is as a number.
#[derive(Debug, PartialEq, Eq)]
enum Number {
    /// The digits after 0 or +90.
    Turkish(String),
    /// Of another country: nothing is known of those.
    Foreign,
    /// It has letters.
    Letters,
}

/// "GSM": codes come to it by SMS.
pub(super) fn mobile(text: &str, typing: Typing) -> Option<Finding> {
    let typing = unless_masked(text, typing);
    let digits = match read(text) {
        Number::Turkish(digits) => digits,
        Number::Foreign => return None,
        Number::Letters => return Some(Finding::new("phone_letters", Severity::Error)),
    };
    match digits.chars().next() {
        None => None,
        Some('5') if digits.len() == LENGTH => None,
        Some('5') if digits.len() < LENGTH && typing == Typing::Going => None,
        Some('5') => Some(Finding::new("phone_length", Severity::Error).with("length", &digits.len())),
        Some(_) => Some(Finding::new("phone_mobile", Severity::Error)),
    }
}

/// "Telefon", of whatever kind.
pub(super) fn any(text: &str, typing: Typing) -> Option<Finding> {
    let typing = unless_masked(text, typing);
    match read(text) {
        Number::Turkish(digits) if is_whole(&digits) || digits.is_empty() => None,
        Number::Turkish(digits) if digits.len() < LENGTH && typing == Typing::Going => None,
        Number::Turkish(digits) => {
            Some(Finding::new("phone_length", Severity::Advice).with("length", &digits.len()))
        }
        Number::Foreign => None,
        // "dahili 152" and the like.
        Number::Letters => None,
    }
}

/// A mask whose places are still open is still being filled in: "(5__) ___ __ __".
fn unless_masked(text: &str, typing: Typing) -> Typing {
    if text.contains('_') { Typing::Going } else { typing }
}

/// Ten digits, or one of the short ones that are called without an area code: 444 5 576.
fn is_whole(digits: &str) -> bool {
    digits.len() == LENGTH || digits.len() == 7 && digits.starts_with("444")
}

/// Marks between the digits, and the places that a mask leaves open, do not matter.
fn read(text: &str) -> Number {
    let written: String =
        text.chars().filter(|letter| !letter.is_whitespace() && !"()-–./_".contains(*letter)).collect();
    let (international, digits) = match written.strip_prefix('+').or_else(|| written.strip_prefix("00")) {
        Some(digits) => (true, digits),
        None => (false, written.as_str()),
    };
    if !digits.chars().all(|letter| letter.is_ascii_digit()) {
        return Number::Letters;
    }
    if international {
        return match digits.strip_prefix("90") {
            Some(national) => Number::Turkish(national.to_owned()),
            // "+9" may become +90.
            None if "90".starts_with(digits) => Number::Turkish(String::new()),
            None => Number::Foreign,
        };
    }
    let with_country = digits.strip_prefix("90").filter(|national| national.len() >= LENGTH);
    let national = with_country.or_else(|| digits.strip_prefix('0')).unwrap_or(digits);
    Number::Turkish(national.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(check: fn(&str, Typing) -> Option<Finding>, text: &str, typing: Typing) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn every_way_to_write_a_mobile_number_gets_silence() {
        for text in [
            "5321234567",
            "05321234567",
            "0532 123 45 67",
            "0(532) 123-45-67",
            "+90 532 123 45 67",
            "905321234567",
            "00905321234567",
            "(5__) ___ __ __",
            "0",
            "+",
            "+9",
            "+49 151 12345678",
            "0044 7700 900123",
        ] {
            assert_eq!(
                said(mobile, text, Typing::Done).filter(|_| text != "(5__) ___ __ __"),
                None,
                "{text}"
            );
        }
        assert_eq!(said(mobile, "(___) ___ __ __", Typing::Done), None, "a mask that nobody filled in");
    }

    #[test]
    fn what_is_no_mobile_number_is_told_apart() {
        for (text, message) in [
            ("0324 337 34 99", "phone_mobile"),
            ("4445576", "phone_mobile"),
            ("0532 123 45 6", "phone_length"),
            ("0532 123 45 678", "phone_length"),
            ("O532 123 45 67", "phone_letters"),
        ] {
            assert_eq!(said(mobile, text, Typing::Done), Some(message), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_still_being_typed_may_be_short() {
        assert_eq!(said(mobile, "0532 123", Typing::Going), None);
        assert_eq!(said(mobile, "0324 3", Typing::Going), Some("phone_mobile"));
        assert_eq!(said(any, "0324 3", Typing::Going), None);
    }

    #[test]
    fn other_telephones_may_be_anything_that_is_whole() {
        for text in
            ["0324 337 34 99", "0324 337 34 99 dahili 152", "444 5 576", "05321234567", "+49 30 1234567"]
        {
            assert_eq!(said(any, text, Typing::Done), None, "{text}");
        }
        assert_eq!(any("337 34 99", Typing::Done).map(|finding| finding.severity), Some(Severity::Advice));
        assert_eq!(said(any, "0324 337 34 999", Typing::Done), Some("phone_length"));
    }
}

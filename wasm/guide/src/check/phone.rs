//! Telephone numbers of Turkey: ten digits after the 0; mobile numbers begin with 5.

use super::finding::Finding;
use super::form::{Form, Typing};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::Severity;

const MOBILE: FieldPurpose = FieldPurpose::of_number(
    "mobile-phone",
    &[
        "GSM",
        "GSM No",
        "GSM Numarası",
        "GSM Numaranız",
        "Cep Telefonu",
        "Cep Telefonunuz",
        "Cep Telefonu No",
        "Cep Telefonu Numarası",
        "Cep Tel",
        "Cep No",
        "Mobil Telefon",
        "Mobil Telefonunuz",
        "Mobil Telefon No",
        "Mobil Telefon Numarası",
        "Cep Telefonu Numaranız",
        "Cep Telefon No",
        "Cep Telefon Numarası",
        "Cep Tel No",
        "Cep Numarası",
        "Cep Numaranız",
        "GSM Telefonu",
        "GSM Telefon No",
        "GSM'niz",
    ],
)
.without_invisible(Severity::Advice);
const PHONE: FieldPurpose = FieldPurpose::of_number(
    "phone",
    &[
        "Telefon",
        "Telefon No",
        "Telefon Numarası",
        "Telefonunuz",
        "Tel",
        "Sabit Telefon",
        "İş Telefonu",
        "Ev Telefonu",
        "Telefon Numaranız",
        "Tel No",
        "Sabit Telefonunuz",
        "İş Telefonunuz",
        "Ev Telefonunuz",
    ],
)
.without_invisible(Severity::Advice);

const LENGTH: usize = 10;

pub(super) struct PhoneCheck;

impl FormCheck for PhoneCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[MOBILE, PHONE]
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        form.check_texts(&MOBILE, findings, |typed| check_mobile(typed.text, typed.typing));
        form.check_texts(&PHONE, findings, |typed| check_any(typed.text, typed.typing));
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new("phone_letters", &[("GSM", "05a")]),
            Sample::new("phone_length", &[("GSM", "05")]),
            Sample::new("phone_mobile", &[("GSM", "03")]),
            Sample::new("phone_length", &[("Telefon", "03")]),
        ]
    }
}

/// A text read as a telephone number.
#[derive(Debug, PartialEq, Eq)]
enum Number {
    /// The digits after 0 or +90.
    Turkish(String),
    /// A number of another country, whose format is not known here.
    Foreign,
    /// It contains letters.
    Letters,
}

/// Checks a mobile number: codes are sent to it by SMS.
fn check_mobile(text: &str, typing: Typing) -> Option<Finding> {
    let digits = match read(text) {
        Number::Turkish(digits) => digits,
        Number::Foreign => return None,
        Number::Letters => return Some(Finding::new("phone_letters", Severity::Error)),
    };
    match digits.chars().next() {
        None => None,
        Some('5') if digits.len() == LENGTH => None,
        Some('5') if digits.len() < LENGTH && typing == Typing::InProgress => None,
        // The beginning of a number with the country code but without a plus sign.
        Some('9')
            if typing == Typing::InProgress && ("905".starts_with(&digits) || digits.starts_with("905")) =>
        {
            None
        }
        Some('5') => Some(Finding::new("phone_length", Severity::Error).with("length", &digits.len())),
        Some(_) => Some(Finding::new("phone_mobile", Severity::Error)),
    }
}

/// Checks a telephone number of any kind.
fn check_any(text: &str, typing: Typing) -> Option<Finding> {
    match read(without_extension(text)) {
        Number::Turkish(digits) if is_complete(&digits) || digits.is_empty() => None,
        Number::Turkish(digits) if digits.len() < LENGTH && typing == Typing::InProgress => None,
        Number::Turkish(digits) => {
            Some(Finding::new("phone_length", Severity::Advice).with("length", &digits.len()))
        }
        Number::Foreign => None,
        // "dahili 152" and the like.
        Number::Letters => None,
    }
}

/// Returns whether a number has ten digits or is a short number without area code: 444 5 576, 112.
fn is_complete(digits: &str) -> bool {
    digits.len() == LENGTH || digits.len() == 7 && digits.starts_with("444") || matches!(digits.len(), 3 | 4)
}

/// Removes an extension that is separated from ten digits: "0324 337 34 99 / 152".
fn without_extension(text: &str) -> &str {
    for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_ascii_digit()) {
        let is_complete = matches!(read(&text[..at]), Number::Turkish(digits) if digits.len() == LENGTH);
        if is_complete && !letter.is_ascii_digit() {
            return &text[..at];
        }
    }
    text
}

/// Reads a number. Separators are ignored, and so are the characters that input masks show for missing digits
/// ("0(5XX) XXX XX XX", "###").
fn read(text: &str) -> Number {
    let is_ignored = |letter: char| {
        letter.is_whitespace() || "()-./#xX−".contains(letter) || ('\u{2010}'..='\u{2015}').contains(&letter)
    };
    let written: String = text.chars().filter(|&letter| !is_ignored(letter)).collect();
    let (is_international, digits) = match written.strip_prefix('+').or_else(|| written.strip_prefix("00")) {
        Some(digits) => (true, digits),
        None => (false, written.as_str()),
    };
    if !digits.chars().all(|letter| letter.is_ascii_digit()) {
        return Number::Letters;
    }
    let with_country = digits.strip_prefix("90").filter(|rest| is_international || rest.len() >= LENGTH);
    match with_country {
        // "+90 (0) 532 …".
        Some(national) => Number::Turkish(national.strip_prefix('0').unwrap_or(national).to_owned()),
        None if !is_international => Number::Turkish(digits.strip_prefix('0').unwrap_or(digits).to_owned()),
        // "+9" may become +90.
        None if "90".starts_with(digits) => Number::Turkish(String::new()),
        None => Number::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message_key(
        check: fn(&str, Typing) -> Option<Finding>,
        text: &str,
        typing: Typing,
    ) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn accepts_every_notation_of_mobile_numbers() {
        for text in [
            "5321234567",
            "05321234567",
            "0532 123 45 67",
            "0(532) 123-45-67",
            "+90 532 123 45 67",
            "905321234567",
            "00905321234567",
            "+90 (0) 532 123 45 67",
            "+90 0532 123 45 67",
            "0532\u{2011}123\u{2011}45\u{2011}67",
            "(###) ### ## ##",
            "0",
            "+",
            "+9",
            "+49 151 12345678",
            "0044 7700 900123",
        ] {
            assert_eq!(message_key(check_mobile, text, Typing::Finished), None, "{text}");
        }
    }

    #[test]
    fn distinguishes_wrong_mobile_numbers() {
        for (text, message) in [
            ("0324 337 34 99", "phone_mobile"),
            ("4445576", "phone_mobile"),
            ("0532 123 45 6", "phone_length"),
            ("0532 123 45 678", "phone_length"),
            ("O532 123 45 67", "phone_letters"),
        ] {
            assert_eq!(message_key(check_mobile, text, Typing::Finished), Some(message), "{text}");
        }
    }

    #[test]
    fn accepts_incomplete_numbers_while_typing() {
        let whole = ["05321234567", "905321234567", "+905321234567", "+90 (0) 532 123 45 67"];
        for text in whole.iter().flat_map(|number| (1..=number.len()).map(|end| &number[..end])) {
            assert_eq!(message_key(check_mobile, text, Typing::InProgress), None, "{text}");
        }
        assert_eq!(message_key(check_mobile, "0324 3", Typing::InProgress), Some("phone_mobile"));
        assert_eq!(message_key(check_any, "0324 3", Typing::InProgress), None);
    }

    #[test]
    fn accepts_every_complete_number_of_other_telephones() {
        for text in [
            "0324 337 34 99",
            "0324 337 34 99 dahili 152",
            "0324 337 34 99 / 152",
            "0324 337 34 99-152",
            "0324 337 34 99 (152)",
            "+90 (0324) 337 34 99",
            "444 5 576",
            "112",
            "05321234567",
            "+49 30 1234567",
        ] {
            assert_eq!(message_key(check_any, text, Typing::Finished), None, "{text}");
        }
        assert_eq!(
            check_any("337 34 99", Typing::Finished).map(|finding| finding.severity),
            Some(Severity::Advice)
        );
        assert_eq!(message_key(check_any, "0324 337 34 999", Typing::Finished), Some("phone_length"));
    }
}

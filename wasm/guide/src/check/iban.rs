//! "IBAN", and the bank that another field names.

use super::finding::Finding;
use super::form::{Form, Typing};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::Severity;
use eimza_payment::{Bank, Iban, IbanError, bank_in_text};

const IBAN: FieldPurpose = FieldPurpose::of_number(
    "iban",
    &["IBAN", "IBAN No", "IBAN Numarası", "IBAN Numaranız", "Hesap IBAN", "Hesap IBAN No"],
)
.without_invisible(Severity::Error);
const BANK: FieldPurpose = FieldPurpose::new("bank", &["Banka", "Banka Adı", "Bankanız", "Bankanın Adı"]);

const LENGTH: usize = 26;

pub(super) struct IbanCheck;

impl FormCheck for IbanCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[IBAN, BANK]
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        let bank = form.first(&BANK).map(|bank| bank.field.value.as_str());
        form.check_texts(&IBAN, findings, |typed| check(typed.text, bank, typed.typing));
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new(
                "iban_checksum",
                &[("IBAN", "TR41 0001 2009 5940 0005 0000 48"), ("Banka", "Ziraat")],
            ),
            Sample::new("iban_length", &[("IBAN", "TR4"), ("Banka", "Ziraat")]),
            Sample::new("iban_characters", &[("IBAN", "TR-"), ("Banka", "Ziraat")]),
            Sample::new("iban_country", &[("IBAN", "41"), ("Banka", "Ziraat")]),
            Sample::new("iban_bank", &[("IBAN", "TR41 0001 2009 5940 0005 0000 47"), ("Banka", "Ziraat")]),
        ]
    }
}

fn check(text: &str, bank: Option<&str>, typing: Typing) -> Option<Finding> {
    let iban = match Iban::parse(text) {
        Ok(iban) => iban,
        Err(error) => return format_finding(text, error, typing),
    };
    let named = bank_in_text(bank?)?;
    (iban.bank_code() != named.code).then(|| {
        // The code may be that of a bank that is not listed.
        let holder = Bank::of(&iban).map_or("?", |bank| bank.name.as_str());
        Finding::new("iban_bank", Severity::Advice)
            .with("code", &iban.bank_code())
            .with("holds", &holder)
            .with("named", &named.name)
            .with("own", &named.code)
    })
}

fn format_finding(text: &str, error: IbanError, typing: Typing) -> Option<Finding> {
    match error {
        IbanError::Length(length) if length < LENGTH && typing == Typing::InProgress => None,
        IbanError::Length(length) => {
            Some(Finding::new("iban_length", Severity::Error).with("length", &length))
        }
        IbanError::Characters => Some(Finding::new("iban_characters", Severity::Error)),
        IbanError::Checksum => Some(Finding::new("iban_checksum", Severity::Error)),
        IbanError::Country => {
            let written: String = text.split_whitespace().collect();
            let is_incomplete =
                typing == Typing::InProgress && "TR".starts_with(&written.to_ascii_uppercase());
            // IBANs of other countries are not checked.
            let is_foreign = written.starts_with(|letter: char| letter.is_ascii_alphabetic());
            (!is_incomplete && !is_foreign).then(|| Finding::new("iban_country", Severity::Error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERSIN: &str = "TR41 0001 2009 5940 0005 0000 47";

    fn message_key(text: &str, bank: Option<&str>) -> Option<&'static str> {
        check(text, bank, Typing::Finished).map(|finding| finding.message)
    }

    #[test]
    fn accepts_accounts_at_the_named_bank() {
        for bank in [
            None,
            Some(""),
            Some("Halkbank"),
            Some("T. HALK BANKASI A.Ş."),
            Some("Köy Bankası"),
            Some("Seçiniz"),
        ] {
            assert_eq!(message_key(MERSIN, bank), None, "{bank:?}");
        }
        assert_eq!(message_key("DE89 3704 0044 0532 0130 00", None), None, "an account abroad");
    }

    #[test]
    fn finds_accounts_at_another_bank() {
        let finding = check("TR65 0001 2009 3310 0006 1000 37", Some("Ziraat"), Typing::Finished).unwrap();
        assert_eq!(finding.message, "iban_bank");
        let args: Vec<_> = finding.args.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(args, ["00012", "Halkbank", "Ziraat Bankası", "00010"]);
        assert_eq!(
            message_key("TR63 0014 3000 0000 0000 0000 01", Some("Ziraat")),
            Some("iban_bank"),
            "a bank that is not listed"
        );
    }

    #[test]
    fn distinguishes_wrong_ibans() {
        for (text, message) in [
            ("TR41 0001 2009 5940 0005 0000 48", "iban_checksum"),
            ("TR41 0001 2009 5940 0005 0000", "iban_length"),
            ("41 0001 2009 5940 0005 0000 47", "iban_country"),
            ("TR41-0001-2009-5940-0005-0000-47", "iban_characters"),
        ] {
            assert_eq!(message_key(text, None), Some(message), "{text}");
        }
    }

    #[test]
    fn accepts_incomplete_ibans_while_typing() {
        for text in ["T", "tr", "TR4", "TR41 0001 2009"] {
            assert_eq!(check(text, None, Typing::InProgress), None, "{text}");
        }
        assert!(check("TR41 0001 2009 5940 0005 0000 48", None, Typing::InProgress).is_some());
    }
}

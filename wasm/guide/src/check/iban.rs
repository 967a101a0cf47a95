//! "IBAN", and the bank that is named beside it.

use super::{Finding, Typing};
use crate::Severity;
use eimza_payment::{Bank, Iban, IbanError, bank_in_text};

const LENGTH: usize = 26;

pub(super) fn check(text: &str, bank: Option<&str>, typing: Typing) -> Option<Finding> {
    let iban = match Iban::parse(text) {
        Ok(iban) => iban,
        Err(fault) => return fault_finding(text, fault, typing),
    };
    let named = bank_in_text(bank?)?;
    (iban.bank_code() != named.code).then(|| {
        // A bank that the list does not know has a code of its own all the same.
        let holds = Bank::of(&iban).map_or("?", |bank| bank.name.as_str());
        Finding::new("iban_bank", Severity::Advice)
            .with("code", &iban.bank_code())
            .with("holds", &holds)
            .with("named", &named.name)
            .with("own", &named.code)
    })
}

fn fault_finding(text: &str, fault: IbanError, typing: Typing) -> Option<Finding> {
    match fault {
        IbanError::Length(length) if length < LENGTH && typing == Typing::Going => None,
        IbanError::Length(length) => {
            Some(Finding::new("iban_length", Severity::Error).with("length", &length))
        }
        IbanError::Characters => Some(Finding::new("iban_characters", Severity::Error)),
        IbanError::Checksum => Some(Finding::new("iban_checksum", Severity::Error)),
        IbanError::Country => {
            let written: String = text.split_whitespace().collect();
            let unfinished = typing == Typing::Going && "TR".starts_with(&written.to_ascii_uppercase());
            // An account abroad has other letters, and is a matter of its own.
            let is_foreign = written.starts_with(|letter: char| letter.is_ascii_alphabetic());
            (!unfinished && !is_foreign).then(|| Finding::new("iban_country", Severity::Error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERSIN: &str = "TR41 0001 2009 5940 0005 0000 47";

    fn said(text: &str, bank: Option<&str>) -> Option<&'static str> {
        check(text, bank, Typing::Done).map(|finding| finding.message)
    }

    #[test]
    fn an_account_at_the_bank_that_is_named_gets_silence() {
        for bank in [
            None,
            Some(""),
            Some("Halkbank"),
            Some("T. HALK BANKASI A.Ş."),
            Some("Köy Bankası"),
            Some("Seçiniz"),
        ] {
            assert_eq!(said(MERSIN, bank), None, "{bank:?}");
        }
        assert_eq!(said("DE89 3704 0044 0532 0130 00", None), None, "an account abroad");
    }

    #[test]
    fn another_bank_than_the_one_named_is_found() {
        let finding = check("TR65 0001 2009 3310 0006 1000 37", Some("Ziraat"), Typing::Done).unwrap();
        assert_eq!(finding.message, "iban_bank");
        let args: Vec<_> = finding.args.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(args, ["00012", "Halkbank", "Ziraat Bankası", "00010"]);
        assert_eq!(
            said("TR63 0014 3000 0000 0000 0000 01", Some("Ziraat")),
            Some("iban_bank"),
            "a bank that is not listed"
        );
    }

    #[test]
    fn what_is_no_iban_is_told_apart() {
        for (text, message) in [
            ("TR41 0001 2009 5940 0005 0000 48", "iban_checksum"),
            ("TR41 0001 2009 5940 0005 0000", "iban_length"),
            ("41 0001 2009 5940 0005 0000 47", "iban_country"),
            ("TR41-0001-2009-5940-0005-0000-47", "iban_characters"),
        ] {
            assert_eq!(said(text, None), Some(message), "{text}");
        }
    }

    #[test]
    fn an_iban_that_is_still_being_typed_may_be_short() {
        for text in ["T", "tr", "TR4", "TR41 0001 2009"] {
            assert_eq!(check(text, None, Typing::Going), None, "{text}");
        }
        assert!(check("TR41 0001 2009 5940 0005 0000 48", None, Typing::Going).is_some());
    }
}

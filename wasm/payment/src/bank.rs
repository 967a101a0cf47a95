//! Banks and their codes: `data/banks.json`.

use crate::Iban;
use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::sync::OnceLock;

/// A bank.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// Five digits: the fifth to ninth characters of its IBANs.
    pub code: String,
    /// Its common name.
    pub name: String,
    /// Other spellings and names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Bank {
    /// Returns the bank that holds an account; none where it is not listed.
    #[must_use]
    pub fn of(iban: &Iban) -> Option<&'static Self> {
        banks().iter().find(|bank| bank.code == iban.bank_code())
    }
}

/// Returns the known banks.
pub fn banks() -> &'static [Bank] {
    static BANKS: OnceLock<Vec<Bank>> = OnceLock::new();
    // A test reads the list, so that an invalid one never ships.
    BANKS.get_or_init(|| serde_json::from_str(include_str!("../data/banks.json")).unwrap_or_default())
}

/// Returns the bank that a text names, in any spelling; none where it names no listed bank, or several.
#[must_use]
pub fn bank_in_text(text: &str) -> Option<&'static Bank> {
    let mut named = banks_in_text(text).into_iter();
    let bank = named.next()?;
    named.all(|other| other == bank).then_some(bank)
}

/// Returns all banks that a text names.
#[must_use]
pub fn banks_in_text(text: &str) -> Vec<&'static Bank> {
    let words = unaccented_words(text);
    let mut named: Vec<(std::ops::Range<usize>, &'static Bank)> = Vec::new();
    for bank in banks() {
        for name in std::iter::once(&bank.name).chain(&bank.aliases) {
            let name = unaccented_words(name);
            let positions = words.windows(name.len()).enumerate().filter(|(_, part)| *part == name);
            named.extend(positions.map(|(start, part)| (start..start + part.len(), bank)));
        }
    }
    // "Ziraat Katılım" is not "Ziraat": a name within a longer one does not count.
    let within = |one: &std::ops::Range<usize>, other: &std::ops::Range<usize>| {
        other.start <= one.start && one.end <= other.end && other.len() > one.len()
    };
    let longest = named.iter().filter(|(range, _)| !named.iter().any(|(other, _)| within(range, other)));
    longest.map(|(_, bank)| *bank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique() {
        assert!(banks().len() > 20);
        for bank in banks() {
            assert!(
                bank.code.len() == 5 && bank.code.bytes().all(|digit| digit.is_ascii_digit()),
                "{}",
                bank.code
            );
            assert_eq!(banks().iter().filter(|other| other.code == bank.code).count(), 1, "{}", bank.code);
            for name in std::iter::once(&bank.name).chain(&bank.aliases) {
                assert_eq!(bank_in_text(name), Some(bank), "{name}");
            }
        }
    }

    #[test]
    fn finds_banks_by_common_names() {
        for (text, code) in [
            ("Halkbank", "00012"),
            ("HALK BANKASI", "00012"),
            ("T. Halk Bankası A.Ş. Mersin Şubesi", "00012"),
            ("Ziraat", "00010"),
            ("T.C. Ziraat Bankası", "00010"),
            ("Ziraat Katılım Bankası", "00209"),
            ("VAKIFBANK", "00015"),
            ("Vakıf Katılım", "00210"),
            ("Türkiye İş Bankası", "00064"),
            ("İŞBANK", "00064"),
        ] {
            assert_eq!(bank_in_text(text).map(|bank| bank.code.as_str()), Some(code), "{text}");
        }
        for (text, code) in [
            ("HALK BANKASI", "00012"),
            ("Halkbankası", "00012"),
            ("T. Halk Bankasi AS", "00012"),
            ("VAKIFBANK", "00015"),
            ("Is Bankasi", "00064"),
            ("GARANTI BANKASI", "00062"),
            ("YAPI KREDI", "00067"),
            ("Kuveyt Turk", "00205"),
        ] {
            assert_eq!(
                bank_in_text(text).map(|bank| bank.code.as_str()),
                Some(code),
                "on any keyboard: {text}"
            );
        }
        for text in ["", "Banka", "Köy Bankası", "TEB Ziraat Mah. Şubesi", "Akbank Garanti Mahallesi Şubesi"]
        {
            assert_eq!(bank_in_text(text), None, "{text}");
        }
    }
}

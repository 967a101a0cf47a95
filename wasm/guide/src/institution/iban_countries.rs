//! The lengths of IBANs by country (SWIFT, IBAN Registry), and their check digits (ISO 13616).

/// The countries besides Turkey, each with the length of its IBANs.
#[rustfmt::skip]
const COUNTRIES: [(&str, usize); 87] = [
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22),
    ("BI", 27), ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27),
    ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FK", 18), ("FO", 18), ("FR", 27),
    ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HR", 21), ("HU", 28), ("IE", 22),
    ("IL", 23), ("IQ", 23), ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28), ("LC", 32),
    ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21), ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22), ("MK", 19),
    ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28), ("NL", 18), ("NO", 15), ("OM", 23), ("PK", 24),
    ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("RU", 33), ("SA", 24), ("SC", 31),
    ("SD", 18), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("SO", 23), ("ST", 25), ("SV", 28), ("TL", 23),
    ("TN", 24), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
];

/// Returns the length of the IBANs of a country other than Turkey.
pub(super) fn length_of(first: char, second: char) -> Option<usize> {
    let code: String = [first, second].map(|letter| letter.to_ascii_uppercase()).iter().collect();
    COUNTRIES.iter().find(|(country, _)| *country == code).map(|&(_, length)| length)
}

/// Returns whether the check digits match.
pub(super) fn has_valid_check_digits(iban: &[char]) -> bool {
    if iban.len() < 5 {
        return false;
    }
    let remainder = iban[4..].iter().chain(&iban[..4]).try_fold(0, |remainder, letter| {
        let value = letter.to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_the_examples_of_the_registry_match() {
        for iban in [
            "GB29NWBK60161331926819",
            "DE89370400440532013000",
            "NL91ABNA0417164300",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
        ] {
            let letters: Vec<char> = iban.chars().collect();
            assert_eq!(length_of(letters[0], letters[1]), Some(letters.len()), "{iban}");
            assert!(has_valid_check_digits(&letters), "{iban}");
        }
        assert!(!has_valid_check_digits(&"DE89370400440532013001".chars().collect::<Vec<_>>()));
        assert!(!has_valid_check_digits(&[]));
        assert_eq!(length_of('T', 'R'), None);
    }
}

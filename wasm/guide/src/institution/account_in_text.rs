//! Finding account numbers in the texts of a profile: the only one is `account.iban`.

use eimza_payment::Iban;

/// The digits of a Turkish IBAN.
const DIGITS: usize = 24;
/// Fewer digits after "TR" are no account, whatever is between them.
const MIN_DIGITS: usize = 14;

/// Returns whether a text has an IBAN, however it is grouped, or letters stand for digits in it, or its country is
/// missing. An IBAN with a mistake counts too.
pub(super) fn has_account(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).any(|start| {
        let starts_word = start == 0 || !letters[start - 1].is_alphanumeric();
        starts_word && (is_iban(&letters[start..]) || is_bare_iban(&letters[start..]))
    })
}

/// Two letters of a country, then digits.
fn is_iban(letters: &[char]) -> bool {
    let mut compact = letters.iter().filter(|letter| letter.is_alphanumeric());
    let (Some(&first), Some(&second)) = (compact.next(), compact.next()) else { return false };
    if !first.is_ascii_alphabetic() || !second.is_ascii_alphabetic() {
        return false;
    }
    let digits = compact.map_while(|&letter| digit(letter)).count();
    if first.eq_ignore_ascii_case(&'t') && second.eq_ignore_ascii_case(&'r') {
        return digits >= MIN_DIGITS;
    }
    // Other countries: as they are written, with the check digits at the letters.
    let is_joined = letters.len() > 3
        && letters[1] == second
        && letters[2].is_ascii_digit()
        && letters[3].is_ascii_digit();
    is_joined && digits >= MIN_DIGITS
}

/// The digits of a Turkish IBAN without "TR".
fn is_bare_iban(letters: &[char]) -> bool {
    if !letters.first().is_some_and(char::is_ascii_digit) {
        return false;
    }
    let compact = letters.iter().filter(|letter| letter.is_alphanumeric());
    let digits: String = compact.map_while(|&letter| digit(letter)).take(DIGITS).collect();
    digits.len() == DIGITS && Iban::parse(&format!("TR{digits}")).is_ok()
}

/// Returns the digit that a character is or stands for.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        'O' | 'o' | 'Ö' | 'ö' => Some('0'),
        'I' | 'İ' | 'ı' | 'i' | 'l' | 'L' => Some('1'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        'Z' | 'z' => Some('2'),
        _ => letter.to_digit(10).and_then(|value| char::from_digit(value, 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_accounts_in_every_grouping() {
        for text in [
            "TR780001001231380704445001",
            "IBAN: TR78 0001 0012 3138 0704 4450 01",
            "TR78-0001-0012-3138-0704-4450-01",
            "T R 7 8 0 0 0 1 0 0 1 2 3 1 3 8 0 7 0 4 4 4 5 0 0 1",
            "tr78.0001/0012|3138_0704 4450 01",
            "Yeni hesap TR78 OOO1 OO12 3138 O7O4 445O O1",
            "TR7B 0001 0012 3l38 0704 4450 01",
            "78 0001 0012 3138 0704 4450 01",
            "(TR) 78 0001 0012 3138 0704 4450 01",
            "TR78 0001 0012 3138 0704 4450 02",
            "TR78 0001 0012 3138",
            "DE89 3704 0044 0532 0130 00",
        ] {
            assert!(has_account(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_accounts() {
        for text in [
            "0324 337 34 99, dahili 152",
            "0324 337 34 99 / 0324 337 34 98 / 0324 337 34 97",
            "12.03.2024 tarihli ve 2024/1234567890 sayılı yazı",
            "TR 33 Mersin 0324 337",
            "{ad} {soyad} {tc} 3 Yıllık NES bedeli",
            "MEHMET 0324 337 34 99 0324 337",
            "10000000146",
            "",
        ] {
            assert!(!has_account(text), "{text}");
        }
    }
}

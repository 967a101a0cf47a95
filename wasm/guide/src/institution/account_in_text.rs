//! Finding account numbers in the texts of a profile: the only one is `account.iban`.

use super::iban_countries::{has_valid_check_digits, length_of};
use super::number_tokens::{Token, count_digits, digit, digits_of, tokens};
use eimza_payment::Iban;

/// The digits of a Turkish IBAN.
const DIGITS: usize = 24;
/// Fewer digits after "TR" are no account, whatever is between them.
const MIN_DIGITS: usize = 14;
/// Fewer digits beside the word for an account are no account number.
const MIN_ACCOUNT_DIGITS: usize = 7;
/// How many words may be between the word for an account and its number.
const MAX_WORDS_BETWEEN: usize = 3;

/// Returns whether a text has an IBAN, however it is grouped, inside a word, with words in between, or with letters for
/// digits; or, without its country, a valid Turkish one; or a number beside the word for an account. An IBAN with a
/// mistake counts too.
pub(super) fn has_account(text: &str) -> bool {
    let tokens = tokens(text);
    has_country_and_digits(&tokens) || has_valid_iban(&tokens) || has_account_number(&tokens)
}

/// Returns whether texts have an account that is spread over them, in any order of two of them or in their own.
pub(super) fn has_spread_account(texts: &[&str]) -> bool {
    /// More texts than this are only read in their own order and backwards.
    const MAX_ROTATED: usize = 8;
    let backwards: Vec<&str> = texts.iter().rev().copied().collect();
    let rotations = 1..if texts.len() <= MAX_ROTATED { texts.len() } else { 1 };
    let mut rotated = rotations.map(|first| [&texts[first..], &texts[..first]].concat().join("; "));
    has_account(&texts.join("; "))
        || has_account(&backwards.join("; "))
        || rotated.any(|text| has_account(&text))
}

/// The letters of a country, then two digits, then as many as an IBAN has at least.
fn has_country_and_digits(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| {
        let letters = &tokens[at].letters;
        // "T R 41", "T.R.41"
        if is_letter(letters, 't')
            && let Some(next) = tokens.get(at + 1).filter(|next| next.letters[0].eq_ignore_ascii_case(&'r'))
            && digits_after(&next.letters[1..], &tokens[at + 2..], true) >= MIN_DIGITS
        {
            return true;
        }
        letters.windows(2).enumerate().any(|(start, country)| {
            let (attached, rest) = (&letters[start + 2..], &tokens[at + 1..]);
            if is_letter(&country[..1], 't') && is_letter(&country[1..], 'r') {
                return digits_after(attached, rest, start == 0) >= MIN_DIGITS;
            }
            // Abroad the check digits must be at the letters, which are capitals: "de", "no" and "se" are Turkish words.
            let is_country = country.iter().all(char::is_ascii_uppercase)
                && country != ['N', 'O']
                && attached.iter().take(2).filter(|letter| letter.is_ascii_digit()).count() == 2;
            let length = length_of(country[0], country[1]).filter(|_| is_country);
            // Four letters of an IBAN may be those of its bank.
            length.is_some_and(|length| digits_after(attached, rest, false) >= MIN_DIGITS.min(length - 6))
        })
    })
}

fn is_letter(letters: &[char], letter: char) -> bool {
    matches!(letters, [only] if only.eq_ignore_ascii_case(&letter))
}

/// Counts the digits after the letters of a country; none unless they start with digits.
fn digits_after(attached: &[char], rest: &[Token], starts_word: bool) -> usize {
    let start: Vec<char> = attached.iter().copied().take(2).collect();
    let has_digit = start.iter().any(char::is_ascii_digit);
    let starts = match *start {
        [] => rest.first().is_some_and(|next| next.is_number),
        [first] => first.is_ascii_digit() && rest.first().is_some_and(|next| next.is_number),
        _ => start.iter().all(|&letter| digit(letter).is_some()) && (has_digit || starts_word),
    };
    if !starts {
        return 0;
    }
    let digits = digits_of(attached).len();
    digits + count_digits(rest, DIGITS)
}

/// An IBAN with matching check digits, whose country may be missing if it is Turkey. Words in between are skipped.
fn has_valid_iban(tokens: &[Token]) -> bool {
    let digits: Vec<char> = tokens.iter().flat_map(|token| token.digits.chars()).collect();
    let mut passed = 0;
    let mut starts = tokens.iter().enumerate().map(|(at, token)| {
        let start = passed;
        passed += token.digits.len();
        (at, start, passed)
    });
    starts.any(|(at, start, after)| {
        let is_bare = start < after && is_turkish_iban(&digits[start..]);
        is_bare || is_foreign_iban(&tokens[at..], &digits[start..])
    })
}

/// The digits of a Turkish IBAN: the codes of banks start with 00, and a 0 follows them (TR standard of the IBAN registry).
fn is_turkish_iban(digits: &[char]) -> bool {
    let Some(digits) = digits.get(..DIGITS) else { return false };
    let is_possible = digits[2..4] == ['0', '0'] && digits[7] == '0';
    is_possible && Iban::parse(&format!("TR{}", digits.iter().collect::<String>())).is_ok()
}

/// The IBAN of another country, in the first word or after it; `digits` are those from there on.
fn is_foreign_iban(tokens: &[Token], digits: &[char]) -> bool {
    let letters = &tokens[0].letters;
    (0..letters.len().saturating_sub(1)).any(|start| {
        let Some(length) = length_of(letters[start], letters[start + 1]) else { return false };
        let is_joined = letters.get(start + 2).is_some_and(char::is_ascii_digit);
        // Two telephone numbers after "de" are none.
        let is_valid = |iban: &[char]| {
            iban.len() == length
                && iban[2..4].iter().all(char::is_ascii_digit)
                && (is_joined || iban[2] != '0')
                && iban.iter().filter(|letter| letter.is_ascii_digit()).count() >= MIN_DIGITS.min(length - 6)
                && has_valid_check_digits(iban)
        };
        let written: Vec<char> = letters[start..]
            .iter()
            .chain(tokens[1..].iter().flat_map(|token| &token.letters))
            .copied()
            .take(length)
            .collect();
        let before = digits_of(&letters[..start]).len();
        let without_words: Vec<char> = letters[start..start + 2]
            .iter()
            .chain(digits.iter().skip(before))
            .copied()
            .take(length)
            .collect();
        is_valid(&written) || is_valid(&without_words)
    })
}

/// A number beside the word for an account.
fn has_account_number(tokens: &[Token]) -> bool {
    let words: Vec<String> = tokens.iter().map(Token::word).collect();
    let is_account = |word: &String| {
        ["hesap", "hesab", "iban", "account"].iter().any(|stem| word.starts_with(stem)) || word == "hsp"
    };
    let is_money = |at: usize| words.get(at).is_some_and(|word| word == "tl" || word.starts_with("lira"));
    (0..tokens.len()).filter(|&at| tokens[at].is_number).any(|start| {
        if start > 0 && tokens[start - 1].is_number {
            return false;
        }
        let length = tokens[start..].iter().take_while(|token| token.is_number).count();
        let end = start + length;
        let count = count_digits(&tokens[start..(end + 1).min(tokens.len())], DIGITS);
        if count < MIN_ACCOUNT_DIGITS || (count == MIN_ACCOUNT_DIGITS && is_money(end)) {
            return false;
        }
        let is_years =
            tokens[start..end].iter().all(|token| token.digits.len() == 4 && token.digits.starts_with("20"));
        let names_number = |word: &String| ["no", "numara", "iban"].iter().any(|stem| word.starts_with(stem));
        let before = &words[start.saturating_sub(MAX_WORDS_BETWEEN + 1)..start];
        let after = &words[end..(end + MAX_WORDS_BETWEEN).min(words.len())];
        let follows = before.iter().any(is_account);
        let precedes = after.first().is_some_and(is_account)
            || (after.first().is_some_and(names_number) && after.iter().any(is_account));
        (follows || precedes) && !is_years
    })
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
    fn finds_accounts_inside_words_and_across_words() {
        for text in [
            "IBANTR41 0001 2009 5940 0005 0000 47",
            "IBANTR410001200959400005000047",
            "1TR41 0001 2009 5940 0005 0000 47",
            "xTR 41 0001 2009 5940 0005 0000 47",
            "TR41 0001 2009 ve 5940 0005 0000 47",
            "TR41 0001 2009 - devamı: 5940 0005 0000 47",
            "TR41 0001 (önce) 2009 5940, sonra 0005 0000 ve 47",
            "41 0001 2009 ve 5940 0005 0000 47",
            "TR hesabı: 41 0001 2009 sonra 5940 0005 0000 47",
        ] {
            assert!(has_account(text), "{text}");
        }
    }

    #[test]
    fn finds_accounts_of_other_countries() {
        for text in [
            "GB82 WEST 1234 5698 7654 32",
            "gb82west12345698765432",
            "NL91 ABNA 0417 1643 00",
            "NL91ABNA0417164300",
            "NL 91 ABNA 0417 1643 00",
            "nl91 abna 0417 1643 00",
            "IBANDE89 3704 0044 0532 0130 00",
            "DE89 3704 0044 ve 0532 0130 00",
            "DE 89 3704 0044 ve 0532 0130 00",
            "NO93 8601 1117 947",
            "BE68 5390 0754 7034",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        ] {
            assert!(has_account(text), "{text}");
        }
    }

    #[test]
    fn finds_numbers_beside_the_word_for_an_account() {
        for text in [
            "Hesap no: 2009-59400005",
            "HESAP NUMARASI 59400005",
            "Hesabın yeni numarası 2009/59400005",
            "2009-59400005 numaralı hesaba yatırın",
            "59400005 hesabına",
            "IBAN 41 0001 2009",
        ] {
            assert!(has_account(text), "{text}");
        }
    }

    #[test]
    fn finds_accounts_that_are_spread_over_texts() {
        for texts in [
            ["TR41 0001 2009", "5940 0005 0000 47"],
            ["5940 0005 0000 47", "TR41 0001 2009"],
            ["Hesap no", "2009-59400005"],
            ["41 0001 2009 5940", "0005 0000 47"],
        ] {
            assert!(has_spread_account(&texts), "{texts:?}");
        }
        assert!(has_spread_account(&["5940 0005 0000 47", "Ad", "TR41 0001 2009"]));
        assert!(!has_spread_account(&["Hesap İşleri Birimi", "0324 337 34 99, dahili 152"]));
        assert!(!has_spread_account(&["TR-33010 Mersin", "337 34 99", "12.03.2024 tarihli yazı"]));
        assert!(!has_spread_account(&[]));
    }

    #[test]
    fn other_numbers_are_no_accounts() {
        for text in [
            "0324 337 34 99, dahili 152",
            "0324 337 34 99 / 0324 337 34 98 / 0324 337 34 97",
            "birim@saglik.gov.tr, 0324 337 34 99, 0324 337 34 98",
            "Birimde 0324 337 34 99 / 0324 337 34 98",
            "Oda no12, 0324 337 34 99, 12.03.2024",
            "12.03.2024 tarihli ve 2024/1234567890 sayılı yazı",
            "E-12345678-929-123456789 sayılı yazı",
            "Hesap bilgileri 12.03.2024 tarihli ve 2024/1234567890 sayılı yazıdadır",
            "Döner sermaye hesabına 1.780,00 TL yatırın",
            "Hesap için 0324 337 34 99",
            "Hesap 337 34 99",
            "2024-2025 hesap dönemi",
            "657 sayılı Kanun, 5070 sayılı Kanun",
            "TR 33 Mersin 0324 337",
            "TR-33010 Mersin, Tel: 0324 337 34 99, dahili 152",
            "ACR38 ve ACR39U-I1 kart okuyucu, 0324 337 34 99",
            "KONTROL 0324 337 34 99 0324 337 34 98",
            "{ad} {soyad} {tc} 3 Yıllık NES bedeli",
            "MEHMET 0324 337 34 99 0324 337",
            "33110",
            "10000000146",
            "",
        ] {
            assert!(!has_account(text), "{text}");
        }
    }
}

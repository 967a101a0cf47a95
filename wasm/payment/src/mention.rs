//! Amounts within a text.

use crate::Amount;
use eimza_turkish::fold;

/// An amount that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// How much.
    pub amount: Amount,
    /// What the text says of the tax.
    pub tax: Tax,
}

/// What a text says of the tax (KDV) on an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// Nothing, or that it is in it: what is to be paid.
    Included,
    /// It comes on top: "325 TL + KDV". By how much is never computed.
    Excluded,
}

/// All amounts of a text, in order: numbers with the currency beside. Whatever could be another number (a
/// part of a longer one, one end of a range, a negative one, lira with kuruş apart) is none.
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|letter: char| letter.is_ascii_digit()).map(|at| rest + at) {
        let of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
        let end = start + text[start..].find(|letter| !of_number(letter)).unwrap_or(text.len() - start);
        let number = text[start..end].trim_end_matches(['.', ',']);
        found.extend(mention(&text[..start], number, &text[start + number.len()..]));
        rest = end;
    }
    found
}

fn mention(before: &str, number: &str, after: &str) -> Option<Mention> {
    let (before, marked) = match currency_at_end(before) {
        Some(before) => (before, true),
        None => (before, false),
    };
    let after = if marked { after } else { currency_at_start(after)? };
    if belongs_to_more(before, number) || continues(after) {
        return None;
    }
    let tax = if is_excluded(before, after) { Tax::Excluded } else { Tax::Included };
    Some(Mention { amount: Amount::parse(number)?, tax })
}

/// The signs and words for lira, folded.
const CURRENCIES: [&str; 5] = ["₺", "tl", "try", "türk lirası", "lira"];

/// What comes after the currency, where the text begins with it: "TL’dir" too, but not "tlf".
fn currency_at_start(after: &str) -> Option<&str> {
    let after = after.trim_start();
    CURRENCIES.iter().find_map(|currency| {
        let count = currency.chars().count();
        let end = after.char_indices().nth(count).map_or(after.len(), |(at, _)| at);
        // A sign folds to nothing: it is compared as it is.
        let (word, rest) = after.split_at(end);
        let same = word == *currency || fold(word) == *currency;
        let ends = *currency == "₺" || !rest.starts_with(char::is_alphanumeric);
        (same && ends).then_some(rest)
    })
}

/// What comes before the currency, where the text ends with it.
fn currency_at_end(before: &str) -> Option<&str> {
    let before = before.trim_end();
    ["₺", "TL", "TRY"].iter().find_map(|currency| {
        let rest = before.strip_suffix(currency)?;
        // "390 TL 400": that currency is the other number's.
        let of_another = rest.trim_end().ends_with(|letter: char| letter.is_ascii_digit());
        (!rest.ends_with(char::is_alphanumeric) && !of_another).then_some(rest)
    })
}

/// Whether the number may be the end of something longer: "-390", "300-400", "1 390,00", "A390".
fn belongs_to_more(before: &str, number: &str) -> bool {
    if before.ends_with(|letter: char| letter.is_alphanumeric() || "-−+/*×.,:'’%".contains(letter)) {
        return true;
    }
    let before = before.trim_end();
    let is_digit = |letter: char| letter.is_ascii_digit();
    let group = number.split([',', '.']).next().is_some_and(|whole| whole.len() == 3);
    let ranged = before.trim_end_matches(['-', '–', '—', '−', '/', ' ']);
    (group && before.ends_with(is_digit)) || (ranged.len() < before.len() && ranged.ends_with(is_digit))
}

/// Whether kuruş stand apart: "780 TL 50 kuruş".
fn continues(after: &str) -> bool {
    let number = after.trim_start();
    let word = number.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start();
    word.len() < number.len() && ["kuruş", "kr"].iter().any(|unit| fold(word).starts_with(unit))
}

fn is_excluded(before: &str, after: &str) -> bool {
    let without =
        |text: &str| fold(text.split([')', ';']).next().unwrap_or_default()).starts_with("kdv hariç");
    let after = after.trim_start();
    let then = after.trim_start_matches(['(', ' ', ',']);
    after.starts_with('+') || without(then) || fold(before).ends_with("kdv hariç")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let written = |mention: Mention| {
            let sign = if mention.tax == Tax::Excluded { "+" } else { "" };
            mention.amount.number() + sign
        };
        mentions(text).into_iter().map(written).collect()
    }

    #[test]
    fn every_form_that_guides_and_lists_use_is_read() {
        for (text, expected) in [
            ("390,00 TL (325 TL + KDV)", vec!["390,00", "325,00+"]),
            ("147,5 TL", vec!["147,50"]),
            ("780 TL", vec!["780,00"]),
            ("Toplam 1080,00  TL’dir.", vec!["1.080,00"]),
            ("1080,00 TL'dir", vec!["1.080,00"]),
            ("1.080,00 TL", vec!["1.080,00"]),
            ("1.080,00TL", vec!["1.080,00"]),
            ("₺1.080,00", vec!["1.080,00"]),
            ("1.080,00 ₺", vec!["1.080,00"]),
            ("1.080,00 Türk Lirası", vec!["1.080,00"]),
            ("TL 780", vec!["780,00"]),
            ("3 yıllık NES — 600,00 TL (500 TL+KDV)", vec!["600,00", "500,00+"]),
            ("500 TL + %20 KDV", vec!["500,00+"]),
            ("500 TL (KDV hariç)", vec!["500,00+"]),
            ("KDV hariç 500 TL", vec!["500,00+"]),
            ("600 TL (KDV dahil)", vec!["600,00"]),
            ("Fiyat: 600,00 TL.", vec!["600,00"]),
            ("112,10 TL, 41,30 TL", vec!["112,10", "41,30"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn near_misses_are_no_amounts() {
        for text in [
            "12.03.2024",
            "444 5 576",
            "0324 337 34 99",
            "TR41 0001 2009 5940 0005 0000 47",
            "%20 KDV",
            "3 yıllık",
            "600,00",
            "600 TLF",
            "600 USD",
            "600 tlx",
            "1,080 TL",
            "1.080.00 TL",
            "1 390,00 TL",
            "-390,00 TL",
            "300-400 TL",
            "300 – 400 TL",
            "780 TL 50 kuruş",
            "A390 TL",
            "390 bin TL",
            "TL",
            "",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_currency_belongs_to_the_number_beside_it() {
        assert_eq!(read("390 TL 400"), ["390,00"]);
        assert_eq!(read("2 adet 390 TL"), ["390,00"]);
    }
}

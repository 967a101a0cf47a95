//! Amounts of money in a text.

use crate::Amount;
use eimza_turkish::{normalize_label, unaccented_words};

/// An amount in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountMention {
    /// The amount.
    pub amount: Amount,
    /// Whether the amount includes tax.
    pub tax: Tax,
}

/// Whether an amount includes tax (KDV), as stated by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// The amount to pay: the text does not mention tax, or states that it is included.
    Included,
    /// Tax is added ("325 TL + KDV"), or the amount is the tax itself. The sum is never computed.
    Excluded,
}

/// Returns all amounts of a text in order: numbers next to a currency. Anything that may be another number is
/// left out: a part of a longer number, an end of a range, a limit, a negative number, lira with separate
/// kuruş.
#[must_use]
pub fn amount_mentions(text: &str) -> Vec<AmountMention> {
    let numbers = numbers(text);
    let found = numbers.iter().enumerate().filter_map(|(index, &(start, end))| {
        let before = &text[index.checked_sub(1).map_or(0, |last| numbers[last].1)..start];
        let after = &text[end..numbers.get(index + 1).map_or(text.len(), |next| next.0)];
        mention(&text[..start], &text[start..end], &text[end..], before, after)
    });
    found.collect()
}

/// Returns the byte ranges of numbers: digits with points and commas between them.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|letter: char| letter.is_ascii_digit()).map(|at| rest + at) {
        let of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
        let length = text[start..].find(|letter| !of_number(letter)).unwrap_or(text.len() - start);
        found.push((start, start + text[start..start + length].trim_end_matches(['.', ',']).len()));
        rest = start + length;
    }
    found
}

/// Reads a number as an amount. `head` and `tail` are the whole text around it, `before` and `after` the text
/// up to the neighbouring numbers.
fn mention(head: &str, number: &str, tail: &str, before: &str, after: &str) -> Option<AmountMention> {
    let (head, tail) = match head.trim_end().strip_suffix('₺') {
        Some(head) if !continues_after_sign(tail) => (head, tail),
        Some(_) => return None,
        None => (head, currency_at_start(tail)?),
    };
    if is_part_of_longer(head, number) || is_range_or_limit(head) || continues(tail) {
        return None;
    }
    let amount = Amount::parse(number)?;
    Some(AmountMention {
        amount,
        tax: if is_excluded(before, after) { Tax::Excluded } else { Tax::Included },
    })
}

/// The signs and words for lira, normalized.
const CURRENCIES: [&str; 5] = ["₺", "tl", "try", "türk lirası", "lira"];
/// Suffixes of the currency that do not change the amount; "TL’den" and "TL’ye" belong to a range.
const ENDINGS: [&str; 8] = ["dir", "dır", "si", "sı", "nin", "nın", "lik", "lık"];

/// Returns the rest of a text that begins with a currency: "TL’dir" too, but not "tlf".
fn currency_at_start(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let rest = CURRENCIES.iter().find_map(|currency| {
        let end = after.char_indices().nth(currency.chars().count()).map_or(after.len(), |(at, _)| at);
        // Normalizing removes the sign, so it is compared unchanged.
        let (word, rest) = after.split_at(end);
        let same = word == *currency || normalize_label(word) == *currency;
        let ends = *currency == "₺" || !rest.starts_with(char::is_alphanumeric);
        (same && ends).then_some(rest)
    })?;
    let Some(ending) = rest.strip_prefix(['’', '\'']) else { return Some(rest) };
    let length = ending.find(|letter: char| !letter.is_alphabetic()).unwrap_or(ending.len());
    ENDINGS.contains(&normalize_label(&ending[..length]).as_str()).then_some(&ending[length..])
}

/// Returns whether a number after a currency sign continues: "₺1 390,00", "₺1,5 bin", "₺390-400".
fn continues_after_sign(tail: &str) -> bool {
    let next = tail.trim_start_matches(|letter: char| letter.is_whitespace() || "-–—−/₺".contains(letter));
    let touches = tail.starts_with(|letter: char| !letter.is_whitespace() && !"),.;:!?’'".contains(letter));
    let more =
        ["bin", "milyon", "milyar"].contains(&unaccented_words(next).first().map_or("", String::as_str));
    touches || more || next.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Returns whether a number may be the end of a longer expression: "-390", "300-400", "1 390,00", "1.080,
/// 50", "A390".
fn is_part_of_longer(head: &str, number: &str) -> bool {
    let apart = |letter: char| letter.is_whitespace() || "([:;=“\"—".contains(letter);
    if head.chars().next_back().is_some_and(|last| !apart(last)) {
        return true;
    }
    let head = head.trim_end();
    let is_digit = |letter: char| letter.is_ascii_digit();
    let group = number.split([',', '.']).next().is_some_and(|whole| whole.len() == 3);
    // "2 x 390".
    let times = head.strip_suffix(['x', 'X', '×', '*']).unwrap_or(head);
    let parted = times.trim_end_matches(['-', '–', '—', '−', '/', '.', ',', ' ']);
    (group && head.ends_with(is_digit)) || (parted.len() < head.len() && parted.ends_with(is_digit))
}

/// Returns whether the words before a number make it an end of a range, or a limit: "780 ila 1080 TL",
/// "780’den 1080 TL", "en çok 5.000 TL".
fn is_range_or_limit(head: &str) -> bool {
    let words = unaccented_words(head.rsplit(['.', ';']).next().unwrap_or_default());
    let last = |back: usize| words.len().checked_sub(back).map_or("", |at| words[at].as_str());
    let is_number = |word: &str| {
        word.ends_with(|letter: char| letter.is_ascii_digit()) || ["tl", "try", "lira"].contains(&word)
    };
    let joined =
        ["ila", "ile", "veya", "da"].contains(&last(1)) && (is_number(last(2)) || is_number(last(3)));
    let from = ["den", "dan", "ten", "tan"].contains(&last(1)) && is_number(last(2));
    let limit = last(2) == "en" && ["cok", "az", "fazla"].contains(&last(1));
    joined || from || limit || ["azami", "asgari", "yaklasik", "ortalama"].contains(&last(1))
}

/// Words after an amount that mark a lower bound, a limit, a discount or a negation; without diacritics.
const QUALIFIERS: [&str; 12] = [
    "arasi",
    "arasinda",
    "kadar",
    "civari",
    "civarinda",
    "uzeri",
    "baslayan",
    "itibaren",
    "indirim",
    "indirimli",
    "degil",
    "degildir",
];

/// Returns whether the amount continues after the currency: separate kuruş, another end of a range, or a
/// qualifier.
fn continues(tail: &str) -> bool {
    let tail = tail.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
    let words = unaccented_words(tail);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let is_number = |at: usize| word(at).starts_with(|letter: char| letter.is_ascii_digit());
    let kurus = |at: usize| is_number(at) && ["kurus", "kr", "krs"].contains(&word(at + 1));
    let joined =
        (["ile", "ila", "veya"].contains(&word(0)) && is_number(1)) || (word(0) == "ya" && is_number(2));
    let dashed = tail.starts_with(['-', '–', '—', '−', '/']) && is_number(0);
    let open = QUALIFIERS.contains(&word(0)) && !tail.starts_with('(');
    kurus(0) || (word(0) == "ve" && kurus(1)) || joined || dashed || open
}

/// Returns whether the text up to the neighbouring amounts says that tax is not included, or that the amount
/// is the tax.
fn is_excluded(before: &str, after: &str) -> bool {
    // A closed parenthesis before belongs to the amount before it, an open one after to the next amount.
    let own_before = before.rsplit(')').next().unwrap_or_default();
    let own_after = match after.rfind('(') {
        Some(open) if !after[open..].contains(')') => &after[..open],
        _ => after,
    };
    let of_tax = |text: &str| {
        let words = unaccented_words(text);
        let has =
            |starts: &[&str]| words.iter().any(|word| starts.iter().any(|start| word.starts_with(start)));
        names_tax(&words).then(|| has(&["dahil"]) && !has(&["haric", "degil", "siz"]))
    };
    let added = own_after.contains('+') || own_before.trim_end().ends_with('+');
    match (of_tax(own_after), of_tax(own_before)) {
        (Some(included), _) | (None, Some(included)) => !included,
        (None, None) => added,
    }
}

/// Returns whether words mention tax: "KDV", "K.D.V.", "vergi".
pub(crate) fn names_tax(words: &[String]) -> bool {
    words.iter().any(|word| word.starts_with("kdv") || word.starts_with("vergi"))
        || words.windows(3).any(|letters| letters == ["k", "d", "v"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let written = |mention: AmountMention| {
            let sign = if mention.tax == Tax::Excluded { "+" } else { "" };
            mention.amount.number() + sign
        };
        amount_mentions(text).into_iter().map(written).collect()
    }

    #[test]
    fn reads_the_notations_of_guides_and_lists() {
        for (text, expected) in [
            ("390,00 TL (325 TL + KDV)", vec!["390,00", "325,00+"]),
            ("147,5 TL", vec!["147,50"]),
            ("780 TL", vec!["780,00"]),
            ("Toplam 1080,00  TL’dir.", vec!["1.080,00"]),
            ("1080,00 TL'dir", vec!["1.080,00"]),
            ("1.080,00 TL", vec!["1.080,00"]),
            ("1.080,00TL", vec!["1.080,00"]),
            ("₺1.080,00", vec!["1.080,00"]),
            ("₺ 780 ödenir", vec!["780,00"]),
            ("1.080,00 ₺", vec!["1.080,00"]),
            ("1.080,00 Türk Lirası", vec!["1.080,00"]),
            ("3 yıllık NES — 600,00 TL (500 TL+KDV)", vec!["600,00", "500,00+"]),
            ("600 TL (KDV dahil)", vec!["600,00"]),
            ("KDV dahil 600 TL (KDV hariç 500 TL)", vec!["600,00", "500,00+"]),
            ("Fiyat: 600,00 TL.", vec!["600,00"]),
            ("112,10 TL, 41,30 TL", vec!["112,10", "41,30"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn recognises_every_wording_for_excluded_tax() {
        for text in [
            "500 TL + %20 KDV",
            "500 TL (KDV hariç)",
            "KDV hariç 500 TL",
            "500 TL'dir (KDV hariç)",
            "500 TL’dir, KDV hariçtir",
            "500 TL'dir + KDV",
            "500 TL (KDV dahil değildir)",
            "KDV Hariç Fiyat: 500 TL",
            "KDV hariç fiyatı 500 TL'dir",
            "KDV'siz 500 TL",
            "500 TL (+KDV)",
            "500 TL (artı KDV)",
            "500 TL artı KDV",
            "500 TL ve KDV",
            "500 TL (vergi hariç)",
            "500 TL (KDV HARIÇ)",
            "500 TL (KDV haric)",
            "KDV: 500 TL",
            "500 TL KDV",
            "500 TL. Fiyatlara KDV dahil değildir.",
            "500 TL + K.D.V.",
            "500 TL (K.D.V. hariç)",
        ] {
            assert_eq!(read(text), ["500,00+"], "{text}");
        }
        assert_eq!(read("250 TL + 50 TL KDV"), ["250,00+", "50,00+"], "the second is the tax itself");
    }

    #[test]
    fn ignores_numbers_that_are_not_amounts() {
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
            "780 TL, 50 kuruş",
            "780 TL ve 50 kuruş",
            "A390 TL",
            "390 bin TL",
            "TL",
            "",
            "₺1 390,00",
            "₺1\u{a0}390,00",
            "₺1,5 bin",
            "₺780 bin",
            "₺390-400",
            "₺ 390 – 400",
            "1.080, 50 TL",
            "1·390,00 TL",
            "1\u{200b}390,00 TL",
            "1_390 TL",
            "780 ila 1080 TL",
            "780 ile 1.080 TL arasında",
            "780'den 1080 TL'ye",
            "300 TL’den başlayan fiyatlarla",
            "300 TL'ye kadar",
            "en çok 5.000 TL",
            "Azami 5.000 TL",
            "600 TL – 700 TL arası",
            "600 TL veya 700 TL",
            "600 TL ya da 700 TL",
            "780 TL ile 1.080 TL arasındadır",
            "2 x 390,00 TL",
            "780 TL 50 krş",
            "780 TL 50 KRŞ.",
            "780 TL değildir",
            "50 TL indirim",
            "Fiyat TL 3 yıllık NES",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_currency_belongs_to_the_adjacent_number() {
        assert_eq!(read("390 TL 400"), ["390,00"]);
        assert_eq!(read("2 adet 390 TL"), ["390,00"]);
        assert_eq!(read("₺390 (₺325 + KDV)"), ["390,00", "325,00+"]);
    }
}

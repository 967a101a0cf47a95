//! Comparing spellings of a word.

use eimza_turkish::{is_combining_mark, lower_char, strip_diacritic};

/// U+0307, which lowercasing "İ" by the rules of another language produces.
pub const DOT_ABOVE: char = '\u{307}';

/// Returns whether a character can be part of a word. A word with a mark that no Turkish letter has is another
/// word. So are the numero sign and the degree sign, which are written for "no" ("№ 5", "N° 5").
pub fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter) || matches!(letter, '№' | '°')
}

/// Returns the skeleton that all spellings of a word share: lower-case letters without diacritics, one kind
/// of i, no U+0307.
pub fn skeleton(letters: impl IntoIterator<Item = char>) -> String {
    let letters = letters.into_iter();
    let mut result = String::with_capacity(letters.size_hint().0); // one byte per letter, unless foreign
    for letter in letters {
        if letter.is_ascii() {
            result.push(letter.to_ascii_lowercase()); // I and i have the same skeleton
        } else {
            result.extend(lower_char(letter).filter(|&letter| letter != DOT_ABOVE).map(strip_diacritic));
        }
    }
    result
}

/// Returns whether `written` is a letter of a word, or that letter without its diacritic.
pub fn is_same_letter(written: char, expected: char) -> bool {
    written == expected
        || written == strip_diacritic(expected)
        || (strip_diacritic(written) == 'i' && strip_diacritic(expected) == 'i')
}

/// Returns whether `written` can be a spelling of `form`, which is in Turkish lower case. Diacritics may be
/// missing in the written word ("IŞH" and "ish" for "işh"), but not added ("ŞK" is not "sk").
pub fn spells(written: impl IntoIterator<Item = char>, form: &str) -> bool {
    let mut form_letters = form.chars();
    let written = written.into_iter().flat_map(lower_char).filter(|&letter| letter != DOT_ABOVE);
    for letter in written {
        let Some(expected) = form_letters.next() else { return false };
        if !is_same_letter(letter, expected) {
            return false;
        }
    }
    form_letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_have_one_skeleton() {
        for spelling in ["İŞH", "IŞH", "işh", "ışh", "ISH", "ish", "i\u{307}şh"] {
            assert_eq!(skeleton(spelling.chars()), "ish", "{spelling}");
        }
    }

    #[test]
    fn accepts_missing_diacritics() {
        for spelling in ["ÇRŞ", "crs", "CRŞ", "çrş"] {
            assert!(spells(spelling.chars(), "çrş"), "{spelling}");
        }
        assert!(spells("SIT".chars(), "sit"));
    }

    #[test]
    fn rejects_added_diacritics() {
        assert!(!spells("ŞK".chars(), "sk"));
        assert!(!spells("öp".chars(), "op"));
    }

    #[test]
    fn rejects_longer_and_shorter_words() {
        assert!(!spells("mahmut".chars(), "mah"));
        assert!(!spells("ma".chars(), "mah"));
    }
}

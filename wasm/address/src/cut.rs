//! How Turkish words are cut short: a beginning of the word that ends in a consonant, with any of its vowels
//! after the first letter left out, and one of two equal consonants: "hast", "hst" and "hstn" for "hastane",
//! "cad" and "cd" for "cadde".

use crate::skeleton::is_same_letter;
use crate::skeleton::spells;
use eimza_turkish::{lower_char, strip_diacritic};

/// Whole words that look like another word cut short, and names: a dot behind them ends a sentence or is a slip
/// of the finger. Sorted by their skeletons.
const WHOLE_WORDS: [&str; 46] = [
    "alp", "apart", "aras", "asker", "baş", "bir", "bor", "büyük", "çif", "çimen", "dem", "demir", "dur",
    "elek", "emek", "esir", "fidan", "gaz", "genç", "güven", "hal", "han", "has", "kar", "kaymak", "kaz",
    "kırat", "kış", "konut", "kor", "kut", "mahal", "millet", "muhtar", "mus", "noter", "pan", "sanat",
    "şef", "ter", "ulaş", "yay", "yer", "yüksek", "yurt", "yüz",
];

/// Returns whether a word is no cut, but a word of its own.
pub fn is_whole_word(written: impl IntoIterator<Item = char>, skeleton: &str) -> bool {
    let at = WHOLE_WORDS.binary_search_by(|word| word.chars().map(strip_diacritic).cmp(skeleton.chars()));
    at.is_ok_and(|at| spells(written, WHOLE_WORDS[at]))
}

/// Returns whether a lower-case letter is a vowel.
pub fn is_vowel(letter: char) -> bool {
    matches!(strip_diacritic(letter), 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Returns whether `written` is `word` cut short. `word` is in Turkish lower case; in the written cut,
/// diacritics may be missing. A cut has at least two letters.
pub fn is_cut(written: impl IntoIterator<Item = char>, word: &str) -> bool {
    let mut written = written.into_iter().flat_map(lower_char);
    let mut rest = word.chars();
    let (Some(first), Some(mut last)) = (written.next(), rest.next()) else { return false };
    if !is_same_letter(first, last) {
        return false;
    }
    let mut last_written = None;
    // A whole word is a cut where a vowel is left out: "mrkz".
    let mut skipped = false;
    for letter in written {
        loop {
            let Some(expected) = rest.next() else { return false };
            let doubled = expected == last;
            last = expected;
            if is_same_letter(letter, expected) {
                break;
            }
            if !is_vowel(expected) && !doubled {
                return false;
            }
            skipped = true;
        }
        last_written = Some(letter);
    }
    let complete = rest.next().is_none() && !skipped;
    last_written.is_some_and(|letter| !is_vowel(letter)) && !complete
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(written: &str, word: &str) -> bool {
        is_cut(written.chars(), word)
    }

    #[test]
    fn a_cut_is_a_beginning_without_some_vowels() {
        for (word, cuts) in [
            ("hastane", &["has", "hast", "hst", "hastan", "HAST"] as &[_]),
            ("cadde", &["cad", "cd", "cadd", "cdd"]),
            ("merkez", &["mer", "merk", "mrk", "mrkz", "merkz", "mrkez"]),
            ("mağaza", &["mağ", "mağz", "mğz", "mgz", "MGZ"]),
            ("bölge", &["böl", "bölg", "blg", "bol"]),
            ("üzeri", &["üz", "üzr", "uz"]),
        ] {
            for cut in cuts {
                assert!(is(cut, word), "{cut} {word}");
            }
        }
    }

    #[test]
    fn whole_words_are_found_by_their_skeleton() {
        for word in WHOLE_WORDS {
            assert!(is_whole_word(word.chars(), &crate::skeleton::skeleton(word.chars())), "{word}");
        }
        assert!(!is_whole_word("araş".chars(), "aras"), "no missing diacritic");
        assert!(!is_whole_word("hast".chars(), "hast"));
    }

    #[test]
    fn leaves_out_no_consonant_and_ends_in_one() {
        for (cut, word) in [
            ("h", "hastane"),
            ("ha", "hastane"),
            ("hasn", "hastane"),
            ("asn", "hastane"),
            ("hastanem", "hastane"),
            ("sokak", "sokak"),
            ("şk", "sokak"),
            ("", "sokak"),
            ("ok", ""),
        ] {
            assert!(!is(cut, word), "{cut} {word}");
        }
    }
}

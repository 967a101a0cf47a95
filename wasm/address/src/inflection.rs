//! Suffixes of Turkish nouns, as far as they are written behind an abbreviation: "Cad.si", "Sok.ğı", "Sk.ta".
//!
//! Vowel harmony and the changes of consonants: Türk Dil Kurumu, Yazım Kılavuzu, 2012.

use crate::cut::is_vowel;
use eimza_turkish::{lower, strip_diacritic};

/// The high and the low vowel of suffixes, by the last vowel of a word.
fn harmony(word: &str) -> (char, char) {
    let last = lower(word).chars().rev().find(|letter| is_vowel(*letter));
    match last {
        Some('e' | 'i') => ('i', 'e'),
        Some('o' | 'u' | 'û') => ('u', 'a'),
        Some('ö' | 'ü') => ('ü', 'e'),
        _ => ('ı', 'a'),
    }
}

fn ends_in_vowel(word: &str) -> bool {
    word.chars().next_back().is_some_and(is_vowel)
}

/// Appends a suffix. In suffixes, `I` stands for the high vowel, `A` for the low one, and `D` for d, or t after
/// a voiceless consonant.
fn with(word: &str, suffix: &str) -> String {
    let mut result = word.to_owned();
    for letter in suffix.chars() {
        let (high, low) = harmony(&result);
        let voiceless = result.chars().next_back().is_some_and(|last| "fstkçşhp".contains(last));
        result.push(match letter {
            'I' => high,
            'A' => low,
            'D' if voiceless => 't',
            'D' => 'd',
            other => other,
        });
    }
    result
}

/// Returns the stem to which a suffix with an initial vowel is added: k becomes ğ in words of several
/// syllables.
fn stem(word: &str) -> String {
    let syllables = lower(word).chars().filter(|letter| is_vowel(*letter)).count();
    match word.strip_suffix('k') {
        Some(head) if syllables > 1 && ends_in_vowel(head) => format!("{head}ğ"),
        _ => word.to_owned(),
    }
}

/// Returns the form that a noun has after a name: "Cadde" gives "Caddesi", "Sokak" gives "Sokağı".
pub fn possessive(word: &str) -> String {
    if ends_in_vowel(word) { with(word, "sI") } else { with(&stem(word), "I") }
}

/// Whether a suffix is added to the possessive form, to the bare one, or to its [`stem`].
#[derive(Clone, Copy)]
enum Base {
    Possessive,
    Bare,
    Stem,
}

/// The suffixes, with the minimum number of their letters that must be written. The possessive suffix alone comes
/// first.
const SUFFIXES: [(Base, &str, usize); 15] = [
    (Base::Possessive, "", 1),
    (Base::Possessive, "ndA", 3),
    (Base::Possessive, "ndAn", 4),
    (Base::Possessive, "ndAki", 5),
    (Base::Possessive, "nA", 2),
    (Base::Bare, "DA", 2),
    (Base::Bare, "DAn", 3),
    (Base::Bare, "DAki", 4),
    (Base::Bare, "lAr", 3),
    (Base::Bare, "lArI", 4),
    (Base::Possessive, "nIn", 3),
    (Base::Bare, "nIn", 3),
    (Base::Bare, "yA", 2),
    (Base::Stem, "In", 2),
    (Base::Stem, "A", 2),
];

/// Returns the form of a noun that ends in what is written behind its abbreviation: "si" of "Cadde" gives
/// "Caddesi", "ta" of "Sokak" gives "Sokakta". Other vowels of the same kind are accepted ("Cad.sı").
pub fn inflected(bare: &str, possessive: &str, written: &str) -> Option<String> {
    let length = written.chars().count();
    let ending = archetype(written);
    let mut near = None;
    for (base, suffix, least) in SUFFIXES {
        let after_vowel = matches!(suffix, "nIn" | "yA");
        let form = match base {
            Base::Possessive => with(possessive, suffix),
            Base::Bare if after_vowel && !ends_in_vowel(bare) => continue,
            Base::Bare => with(bare, suffix),
            Base::Stem if ends_in_vowel(bare) => continue,
            Base::Stem => with(&stem(bare), suffix),
        };
        if length < least || !archetype(&form).ends_with(&ending) {
            continue;
        }
        // The right vowels count more than the order.
        if form.ends_with(written) {
            return Some(form);
        }
        near = near.or(Some(form));
    }
    near
}

/// Returns a text with one letter for all those that harmony exchanges.
fn archetype(text: &str) -> String {
    text.chars()
        .map(|letter| match strip_diacritic(letter) {
            'e' => 'a',
            'u' => 'i',
            't' => 'd',
            'k' => 'g',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives_follow_harmony_and_soften_k() {
        for (word, expected) in [
            ("Cadde", "Caddesi"),
            ("Sokak", "Sokağı"),
            ("Okul", "Okulu"),
            ("Köprü", "Köprüsü"),
            ("Müdürlük", "Müdürlüğü"),
            ("Ocak", "Ocağı"),
            ("Park", "Parkı"),
            ("Kök", "Kökü"),
            ("Lojmanlar", "Lojmanları"),
        ] {
            assert_eq!(possessive(word), expected);
        }
    }

    #[test]
    fn completes_words_by_their_written_ending() {
        for (bare, written, expected) in [
            ("Cadde", "si", "Caddesi"),
            ("Cadde", "sı", "Caddesi"),
            ("Cadde", "de", "Caddede"),
            ("Cadde", "nde", "Caddesinde"),
            ("Cadde", "sinde", "Caddesinde"),
            ("Cadde", "ye", "Caddeye"),
            ("Sokak", "ğı", "Sokağı"),
            ("Sokak", "gi", "Sokağı"),
            ("Sokak", "ta", "Sokakta"),
            ("Sokak", "da", "Sokakta"),
            ("Sokak", "ğa", "Sokağa"),
            ("Apartman", "nın", "Apartmanının"),
            ("Apartman", "ın", "Apartmanın"),
            ("Mahalle", "nin", "Mahallesinin"),
            ("Müdürlük", "lüğü", "Müdürlüğü"),
            ("Site", "leri", "Siteleri"),
            ("Bulvar", "ı", "Bulvarı"),
        ] {
            assert_eq!(inflected(bare, &possessive(bare), written).as_deref(), Some(expected), "{written}");
        }
        for (bare, written) in [
            ("Cadde", "no"),
            ("Cadde", "kat"),
            ("Mahalle", "gül"),
            ("Sokak", "a"),
            ("Sokak", "ya"),
            ("Cadde", "in"),
        ] {
            assert_eq!(inflected(bare, &possessive(bare), written), None, "{written}");
        }
    }
}

//! Turkish text: case conversion and comparison.
//!
//! The conversions of the standard library are not locale-aware: they map I to i and i to I, where Turkish
//! maps I to ı and i to İ.

mod composition;
mod invisible;
mod normalized_text;

pub use composition::is_combining_mark;
pub use invisible::is_invisible;
pub use normalized_text::{NormalizedText, is_normalized};

/// Normalizes a label for comparison: Turkish lower case, single spaces, without punctuation at either end,
/// which layouts add (colon, asterisk, dots).
#[must_use]
pub fn normalize_label(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            // İ may be decomposed into I and U+0307.
            let dotted = letters.next_if_eq(&'\u{307}').is_some();
            match letter {
                'I' if !dotted => folded.push('ı'),
                'I' | 'İ' => folded.push('i'),
                other => folded.extend(other.to_lowercase()),
            }
        }
    }
    folded.trim_matches(|end: char| !end.is_alphanumeric()).to_owned()
}

/// Converts to lower case by Turkish rules: I→ı, İ→i.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut result, letter| {
        result.extend(lower_char(letter));
        result
    })
}

/// Converts one character to lower case by Turkish rules.
pub fn lower_char(letter: char) -> impl Iterator<Item = char> {
    let turkish = match letter {
        'I' => 'ı',
        'İ' => 'i',
        other => other,
    };
    turkish.to_lowercase()
}

/// Converts to upper case by Turkish rules: i→İ, ı→I.
#[must_use]
pub fn upper(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut result, letter| {
        match letter {
            'i' => result.push('İ'),
            other => result.extend(other.to_uppercase()),
        }
        result
    })
}

/// Converts to title case by Turkish rules, as names are written.
#[must_use]
pub fn title_case(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut begins = true;
    for letter in text.chars() {
        if begins {
            result.push_str(&upper(letter.encode_utf8(&mut [0; 4])));
        } else {
            result.extend(lower_char(letter));
        }
        begins = !letter.is_alphanumeric();
    }
    result
}

/// Removes the diacritic of a lower-case Turkish letter, and the missing dot of ı: the letter of a keyboard
/// without Turkish letters.
#[must_use]
pub fn strip_diacritic(letter: char) -> char {
    match letter {
        'ç' => 'c',
        'ğ' => 'g',
        'ı' | 'î' => 'i',
        'ö' => 'o',
        'ş' => 's',
        'ü' | 'û' => 'u',
        'â' => 'a',
        other => other,
    }
}

/// Returns the words of a text in lower case without diacritics, punctuation and invisible characters: the
/// same for "GÖNDER", "Gönder" and "gonder".
#[must_use]
pub fn unaccented_words(text: &str) -> Vec<String> {
    let letters = text.chars().filter(|&letter| !is_combining_mark(letter) && !is_invisible(letter));
    let plain: String = letters
        .flat_map(lower_char)
        .filter(|&letter| !is_combining_mark(letter))
        .map(strip_diacritic)
        .collect();
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the words of a text in lower case, with their diacritics.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    normalize_label(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns whether `text` contains `phrase` as whole words; both are normalized by [`normalize_label`].
#[must_use]
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(start, _)| {
            !is_letter(text[..start].chars().next_back())
                && !is_letter(text[start + phrase.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalizes_turkish_case() {
        assert_eq!(normalize_label("KİLİT ÇÖZME\u{a0} EKRANI "), normalize_label("Kilit Çözme Ekranı"));
        assert_eq!(normalize_label("I\u{307}şlem"), normalize_label("İŞLEM"));
        assert_ne!(normalize_label("SIKI"), normalize_label("siki"));
    }

    #[test]
    fn ignores_punctuation_around_labels() {
        assert_eq!(normalize_label("* Adres :"), "adres");
    }

    #[test]
    fn converts_dotted_and_dotless_i() {
        assert_eq!(upper("Işıl İrem çığ"), "IŞIL İREM ÇIĞ");
        assert_eq!(lower("IŞIL İREM"), "ışıl irem");
        assert_eq!(title_case("IŞIL irem-nur"), "Işıl İrem-Nur");
    }

    #[test]
    fn plain_words_are_the_same_on_every_keyboard() {
        for text in ["GÖNDER", "gonder", "Go\u{308}nder", "Gön\u{200b}der"] {
            assert_eq!(unaccented_words(text), ["gonder"], "{text}");
        }
        assert_eq!(unaccented_words("E-MAIL"), unaccented_words("e-mail"));
        assert_eq!(unaccented_words("T.C.Kimlik No (*)"), ["t", "c", "kimlik", "no"]);
        assert_eq!(unaccented_words("İ\u{307}"), unaccented_words("i"));
    }

    #[test]
    fn splits_words_at_punctuation() {
        assert_eq!(words(" AD-SOYAD/ E-İMZA = 3  yıllık."), ["ad", "soyad", "e", "imza", "3", "yıllık"]);
        assert!(words("—").is_empty());
    }

    #[test]
    fn matches_phrases_as_whole_words() {
        assert!(contains_phrase("borç sorgulama ve ödeme ekranı", "ödeme ekranı"));
        assert!(!contains_phrase("kart okuyucusuz", "kart okuyucu"));
        assert!(!contains_phrase("eposta adresi", "adres"));
        assert!(!contains_phrase("", ""));
    }
}

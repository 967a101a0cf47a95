//! Characters in the texts of a profile that may look like others (Unicode TR39). The table of confusables is too large
//! to ship, and Turkish texts need few characters: a closed list of those, which a test compares with the table.

/// The letters outside ASCII of the Turkish alphabet, and those with a circumflex (TDK's spelling guide).
const LETTERS: &str = "çÇğĞıİöÖşŞüÜâÂîÎûÛ";
/// The marks of these letters, for files in which they are characters of their own: circumflex, breve, dot above,
/// diaeresis, cedilla.
const MARKS: [char; 5] = ['\u{302}', '\u{306}', '\u{307}', '\u{308}', '\u{327}'];
/// Punctuation and signs.
const SIGNS: &str = "“”„‘’«»–—…·•₺€§";

/// Returns the first character of a text that a Turkish text does not need, and that may be taken for another one.
pub(super) fn look_alike(text: &str) -> Option<char> {
    text.chars().find(|&letter| !is_needed(letter))
}

fn is_needed(letter: char) -> bool {
    letter.is_ascii() || LETTERS.contains(letter) || MARKS.contains(&letter) || SIGNS.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_security::skeleton;

    #[test]
    fn no_character_that_is_confusable_with_a_letter_or_digit_is_accepted() {
        let mut confusable = 0;
        for letter in ('\u{80}'..=char::MAX).filter(|&letter| !LETTERS.contains(letter)) {
            let looks: String = skeleton(letter.encode_utf8(&mut [0; 4])).collect();
            if looks.chars().any(|look| look.is_ascii_alphanumeric() || LETTERS.contains(look)) {
                confusable += 1;
                assert_eq!(look_alike(&letter.to_string()), Some(letter), "{letter} looks like {looks}");
            }
        }
        assert!(confusable > 1000, "{confusable}");
    }

    #[test]
    fn finds_letters_that_look_like_others() {
        for text in [
            "Hаlkbank", // Cyrillic а
            "ΤR41",     // Greek capital tau
            "𝐓𝐑41",
            "ＴＲ41",
            "TR٤١",
            "TR４１",
            "Ⅰban",
            "ɑkbank",
            "Halkbаnk",
            "ẉww",
            "ba\u{323}nka",
            "Օrnek",
            "ꓔR",
            "ĺban",
            "①",
        ] {
            assert!(look_alike(text).is_some(), "{text}");
        }
    }

    #[test]
    fn accepts_turkish_texts_with_their_punctuation() {
        for text in [
            "Örnek İl Sağlık Müdürlüğü",
            "T. Halk Bankası A.Ş.",
            "Kâğıt, lâzım; imlâ",
            "… SERMAYE İŞLETMESİ",
            "“dekont” – ‘aslı’",
            "Mu\u{308}du\u{308}rlu\u{308}g\u{306}u\u{308} (NFD)",
            "I\u{307}l",
            "Ücret: 780,00 TL ₺ % 20 §, 5 €",
        ] {
            assert_eq!(look_alike(text), None, "{text}");
        }
    }
}

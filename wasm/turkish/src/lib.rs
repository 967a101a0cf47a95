//! Turkish letters: comparing texts and writing them in another case, as a Turkish reader does.
//!
//! Rust's own conversions know no Turkish: there I becomes i, and i becomes I.

/// Lower case by Turkish rules, white space folded, punctuation that layouts add at either end
/// (colon, star, dots) left out.
#[must_use]
pub fn normalize_label(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            // An İ may be written in two parts, the dot on its own.
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

/// Lower case by Turkish rules: I→ı, İ→i.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut result, letter| {
        result.extend(lower_char(letter));
        result
    })
}

/// The small letters of one letter by Turkish rules.
pub fn lower_char(letter: char) -> impl Iterator<Item = char> {
    let turkish = match letter {
        'I' => 'ı',
        'İ' => 'i',
        other => other,
    };
    turkish.to_lowercase()
}

/// Upper case by Turkish rules: i→İ, ı→I.
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

/// Every word with a capital first and small letters after it, as names are written.
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

/// A small letter without its mark: what somebody types who has no Turkish keyboard.
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

/// The words of a text in small letters without marks: "GÖNDER", "Gönder" and "gonder" are the same. What stands between
/// them, and what cannot be seen, is left out.
#[must_use]
pub fn unaccented_words(text: &str) -> Vec<String> {
    let is_mark = |letter: char| ('\u{300}'..='\u{36f}').contains(&letter);
    let seen = text.chars().filter(|&letter| !is_mark(letter) && !is_invisible(letter));
    let plain: String =
        seen.flat_map(lower_char).filter(|&letter| !is_mark(letter)).map(strip_diacritic).collect();
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a character shows nothing of itself: it joins, parts, or turns the text around it (Unicode's
/// `Default_Ignorable_Code_Point`), or is a blank that does not count as white space.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The words of a text, folded, without what stands between them.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    normalize_label(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether `phrase` stands in `text` as whole words; both folded.
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
    fn turkish_capitals_meet_their_small_letters() {
        assert_eq!(normalize_label("KİLİT ÇÖZME\u{a0} EKRANI "), normalize_label("Kilit Çözme Ekranı"));
        assert_eq!(normalize_label("I\u{307}şlem"), normalize_label("İŞLEM"));
        assert_ne!(normalize_label("SIKI"), normalize_label("siki"));
    }

    #[test]
    fn layouts_may_decorate_a_label() {
        assert_eq!(normalize_label("* Adres :"), "adres");
    }

    #[test]
    fn capitals_and_small_letters_keep_their_dots() {
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
    fn words_are_what_stands_between_marks() {
        assert_eq!(words(" AD-SOYAD/ E-İMZA = 3  yıllık."), ["ad", "soyad", "e", "imza", "3", "yıllık"]);
        assert!(words("—").is_empty());
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(contains_phrase("borç sorgulama ve ödeme ekranı", "ödeme ekranı"));
        assert!(!contains_phrase("kart okuyucusuz", "kart okuyucu"));
        assert!(!contains_phrase("eposta adresi", "adres"));
        assert!(!contains_phrase("", ""));
    }
}

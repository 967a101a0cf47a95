//! Comparing texts as a Turkish reader does.

/// Lower case by Turkish rules, white space folded, punctuation that layouts add at either end
/// (colon, star, dots) left out.
pub(crate) fn fold(text: &str) -> String {
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

/// Whether `phrase` stands in `text` as whole words; both folded.
pub(crate) fn contains(text: &str, phrase: &str) -> bool {
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
        assert_eq!(fold("KİLİT ÇÖZME\u{a0} EKRANI "), fold("Kilit Çözme Ekranı"));
        assert_eq!(fold("I\u{307}şlem"), fold("İŞLEM"));
        assert_ne!(fold("SIKI"), fold("siki"));
    }

    #[test]
    fn layouts_may_decorate_a_label() {
        assert_eq!(fold("* Adres :"), "adres");
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(contains("borç sorgulama ve ödeme ekranı", "ödeme ekranı"));
        assert!(!contains("kart okuyucusuz", "kart okuyucu"));
        assert!(!contains("eposta adresi", "adres"));
        assert!(!contains("", ""));
    }
}

//! What a window shows, before anybody knows where.

/// A window's parts, from top to bottom.
pub(super) struct Form<'a> {
    /// In its title bar.
    pub title: &'a str,
    /// What is asked and why, in lines.
    pub text: &'a str,
    /// What was wrong with the last entry.
    pub error: Option<&'a str>,
    /// The labels of its fields for codes.
    pub fields: &'a [&'a str],
    /// On the button that goes on.
    pub ok: &'a str,
    /// On the button that gives up.
    pub cancel: &'a str,
}

/// The texts with a letter marked by `&`, each another one: Alt and that letter lead to the field or press the button.
/// A text without a letter that is free stays unmarked.
pub(super) fn with_accelerators(texts: &[&str]) -> Vec<String> {
    let mut taken = Vec::new();
    let mark = |text: &&str| {
        let free = text.char_indices().find(|(_, letter)| {
            letter.is_ascii_alphabetic() && !taken.contains(&letter.to_ascii_lowercase())
        });
        // A lone & would mark what follows it.
        let plain = |text: &str| text.replace('&', "&&");
        match free {
            Some((at, letter)) => {
                taken.push(letter.to_ascii_lowercase());
                format!("{}&{}", plain(&text[..at]), plain(&text[at..]))
            }
            None => plain(text),
        }
    };
    texts.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_a_letter_of_its_own() {
        let marked = with_accelerators(&["PUK", "Yeni PIN", "Yeni PIN (tekrar)", "Tamam", "Vazgeç"]);
        assert_eq!(marked, ["&PUK", "&Yeni PIN", "Y&eni PIN (tekrar)", "&Tamam", "&Vazgeç"]);
    }

    /// Every keyboard has the letters of ASCII; not every one has ş, and ı and İ are two letters.
    #[test]
    fn only_letters_of_every_keyboard_are_marked() {
        assert_eq!(with_accelerators(&["İı", "şA", "a"]), ["İı", "ş&A", "a"]);
    }

    #[test]
    fn an_ampersand_in_a_text_stays_one() {
        assert_eq!(with_accelerators(&["& b"]), ["&& &b"]);
    }
}

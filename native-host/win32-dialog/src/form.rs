//! The content of a dialog, and the accelerators of its labels and buttons.

/// The parts of a dialog, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// In the title bar.
    pub title: String,
    /// The question and its reason, with line breaks.
    pub text: String,
    /// The problem with the last entry.
    pub error: Option<String>,
    /// The labels of the fields for codes.
    pub fields: Vec<String>,
    /// The button that confirms; there is none if it is empty.
    pub ok: String,
    /// The button that cancels.
    pub cancel: String,
}

/// Marks a different letter of each text with `&`: Alt and that letter focus the field or press the button. A
/// text without a free letter stays unmarked.
#[cfg(any(windows, test))]
pub(crate) fn with_accelerators<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = Vec::new();
    let mark = |text: &str| {
        let free = text.char_indices().find(|(_, letter)| {
            letter.is_ascii_alphabetic() && !taken.contains(&letter.to_ascii_lowercase())
        });
        // A single & would mark the character after it.
        let escape = |text: &str| text.replace('&', "&&");
        match free {
            Some((at, letter)) => {
                taken.push(letter.to_ascii_lowercase());
                format!("{}&{}", escape(&text[..at]), escape(&text[at..]))
            }
            None => escape(text),
        }
    };
    texts.into_iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_gets_a_different_accelerator() {
        let marked = with_accelerators(["PUK", "Yeni PIN", "Yeni PIN (tekrar)", "Tamam", "Vazgeç"]);
        assert_eq!(marked, ["&PUK", "&Yeni PIN", "Y&eni PIN (tekrar)", "&Tamam", "&Vazgeç"]);
    }

    /// Every keyboard has the ASCII letters; not every one has ş, and ı and İ are two letters.
    #[test]
    fn only_ascii_letters_are_accelerators() {
        assert_eq!(with_accelerators(["İı", "şA", "a"]), ["İı", "ş&A", "a"]);
    }

    #[test]
    fn ampersands_in_texts_are_escaped() {
        assert_eq!(with_accelerators(["& b"]), ["&& &b"]);
    }
}

//! Labels of fields, compared as people read them. The words are data: `data/label-words.json`.

use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Words in labels and lists that are not part of a name.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelWords {
    /// Phrases after a label that mark its field as mandatory.
    required: Vec<String>,
    /// Words of an entry that only asks to choose, or says that nothing is chosen.
    choose: Vec<String>,
}

/// The same words without case and diacritics.
struct WordLists {
    required: Vec<Vec<String>>,
    choose: Vec<String>,
}

fn word_lists() -> &'static WordLists {
    static WORDS: OnceLock<WordLists> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words: LabelWords = eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/label-words")));
        WordLists {
            required: words.required.iter().map(|phrase| unaccented_words(phrase)).collect(),
            choose: words.choose.iter().flat_map(|word| unaccented_words(word)).collect(),
        }
    })
}

/// Returns a label without case, diacritics, punctuation and invisible characters, to compare labels that
/// were written on different keyboards.
pub(crate) fn label_key(label: &str) -> String {
    unaccented_words(label).join(" ")
}

/// Returns a label as [`label_key`] writes it, with and without the explanation in parentheses, and without
/// what marks its field as mandatory.
pub(crate) fn label_keys(label: &str) -> [String; 2] {
    let outside = without_parentheses(without_required_mark(label));
    [label_key(without_required_mark(label)), label_key(without_required_mark(&outside))]
}

/// Returns a label without the phrase at its end that marks its field as mandatory: "Adres (zorunlu)",
/// "Adres: Bu alan zorunludur". A label that is nothing else stays as it is.
pub(crate) fn without_required_mark(label: &str) -> &str {
    let is_start = |&(at, letter): &(usize, char)| {
        letter.is_alphanumeric() && !label[..at].ends_with(char::is_alphanumeric)
    };
    let mut starts: Vec<usize> = label.char_indices().filter(is_start).map(|(at, _)| at).collect();
    // The longest phrases come first.
    let longest = word_lists().required.iter().map(Vec::len).max().unwrap_or_default();
    starts.drain(..starts.len().saturating_sub(longest));
    let is_mark = |&at: &usize| word_lists().required.contains(&unaccented_words(&label[at..]));
    match starts.into_iter().find(is_mark).map(|at| &label[..at]) {
        Some(rest) if rest.contains(char::is_alphanumeric) => rest,
        _ => label,
    }
}

/// Returns whether an entry of a list only asks to choose, or says that nothing is chosen.
pub(crate) fn asks_to_choose(entry: &str) -> bool {
    let words = unaccented_words(entry);
    words.is_empty() || words.iter().any(|word| word_lists().choose.contains(word))
}

fn without_parentheses(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', ')']) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_usize;
    let outside = text.chars().filter(|&letter| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_what_marks_a_field_as_mandatory() {
        for label in [
            "Adres",
            "Adres *",
            "Adres (*):",
            "Adres (zorunlu)",
            "Adres Zorunlu alan",
            "Adres: Bu alan zorunludur.",
            "Adres* required",
            "ADRES ZORUNLU (açık yazınız)",
            "Adres (Zorunlu) *",
        ] {
            assert!(label_keys(label).contains(&"adres".to_owned()), "{label}");
        }
    }

    #[test]
    fn keeps_names_that_only_resemble_a_mark() {
        for label in ["Zorunlu", "Adres zorunlu değil", "Zorunlu Hizmet", "Adres Gereklimi"] {
            assert_eq!(without_required_mark(label), label);
        }
        assert_eq!(without_required_mark(""), "");
    }

    #[test]
    fn recognises_entries_that_ask_to_choose() {
        for entry in [
            "Seçiniz…",
            "Lütfen seçin",
            "Bir neden seçin",
            "Seçim yapılmadı",
            "Select…",
            "--",
            "",
            "SEC\u{327}INIZ",
        ] {
            assert!(asks_to_choose(entry), "{entry}");
        }
        for entry in ["Seçmeli", "Yenileme", "3 Yıl"] {
            assert!(!asks_to_choose(entry), "{entry}");
        }
    }
}

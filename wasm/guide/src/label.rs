//! Labels of fields, compared as people read them. The words are data: `data/label-words.json`.

use eimza_turkish::unaccented_words;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A list of words or phrases in labels. A test compares the lists with the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WordList {
    /// Phrases after a label that mark its field as mandatory.
    Mandatory,
    /// Words of an entry that only asks to choose, or says that nothing is chosen.
    NoChoice,
    /// Words for an address.
    Address,
    /// Words that may follow one.
    AddressAfter,
    /// Words that make it another kind of address.
    AddressOther,
    /// Words before a part of an address that say whose part it is.
    AddressOf,
    /// Labels of the part with the purpose of this id.
    Part(&'static str),
}

impl WordList {
    fn id(self) -> &'static str {
        match self {
            Self::Mandatory => "mandatory",
            Self::NoChoice => "no-choice",
            Self::Address => "address",
            Self::AddressAfter => "address-after",
            Self::AddressOther => "address-other",
            Self::AddressOf => "address-of",
            Self::Part(purpose) => purpose,
        }
    }

    /// Returns the words, as [`label_key`] writes them.
    fn words(self) -> &'static [String] {
        static WORDS: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
        let words = WORDS.get_or_init(|| {
            let mut words: BTreeMap<String, Vec<String>> =
                eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/label-words")));
            for phrase in words.values_mut().flatten() {
                *phrase = label_key(phrase);
            }
            words
        });
        words.get(self.id()).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a text, as [`label_key`] writes it, is in the list.
    pub(crate) fn has(self, key: &str) -> bool {
        self.words().iter().any(|word| word == key)
    }
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
    // No phrase has more words. The longest come first.
    let starts: Vec<usize> =
        label.char_indices().rev().filter(is_start).map(|(at, _)| at).take(MAX_MARK_WORDS).collect();
    let is_mark = |&at: &usize| WordList::Mandatory.has(&label_key(&label[at..]));
    match starts.into_iter().rev().find(is_mark).map(|at| &label[..at]) {
        Some(rest) if rest.contains(char::is_alphanumeric) => rest,
        _ => label,
    }
}

/// The maximum number of words in a phrase that marks a field as mandatory.
const MAX_MARK_WORDS: usize = 4;

/// Returns whether an entry of a list only asks to choose, or says that nothing is chosen.
pub(crate) fn asks_to_choose(entry: &str) -> bool {
    let words = unaccented_words(entry);
    words.is_empty() || words.iter().any(|word| WordList::NoChoice.has(word))
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
    fn every_list_is_read() {
        let file: BTreeMap<String, Vec<String>> =
            eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/label-words")));
        let lists = [
            WordList::Mandatory,
            WordList::NoChoice,
            WordList::Address,
            WordList::AddressAfter,
            WordList::AddressOther,
            WordList::AddressOf,
        ];
        let parts = crate::check::ADDRESS_PARTS.map(WordList::Part);
        let mut ids: Vec<_> = lists.iter().chain(&parts).map(|list| list.id()).collect();
        ids.sort_unstable();
        assert!(file.keys().eq(ids));
        assert!(file.values().all(|words| !words.is_empty()));
        let lengths = WordList::Mandatory.words().iter().map(|phrase| phrase.split(' ').count());
        assert_eq!(lengths.max(), Some(MAX_MARK_WORDS));
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

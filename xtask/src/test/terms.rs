//! Source rules for the texts: the words in `terms.json` do not occur in `extension/_locales`, and Kamu SM's number
//! is never broken across lines.

use eimza_turkish::lower;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

/// Words that no text of a language may contain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    lang: String,
    /// The words in their order; one with `*` at its end stands for every word that begins so.
    words: Vec<String>,
    reason: String,
    /// Words that are not meant, though they begin like one of the term.
    #[serde(default)]
    forms_not: Vec<String>,
    /// The keys of the texts that are meant; all if empty.
    #[serde(default)]
    keys: Vec<String>,
    /// The keys of texts that may contain it, because they quote others.
    #[serde(default)]
    keys_not: Vec<String>,
    /// Texts in which it is found.
    found: Vec<String>,
    /// Texts in which it is not.
    silent: Vec<String>,
}

impl Term {
    /// Returns whether a text contains the term: in upper or lower case, with suffixes where it allows them, and
    /// within a sentence.
    fn is_in(&self, text: &str) -> bool {
        let lower = if self.lang == "tr" { lower(text) } else { text.to_lowercase() };
        lower.split(['.', ':', ';', '!', '?', ',', '(', ')', '“', '”', '$', '\n']).any(|part| {
            let words: Vec<_> = part
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            words.windows(self.words.len()).any(|window| {
                let is_meant = |word: &&str| !self.forms_not.iter().any(|form| matches(form, word));
                window.iter().zip(&self.words).all(|(word, pattern)| matches(pattern, word))
                    && window.iter().all(is_meant)
            })
        })
    }

    fn concerns(&self, key: &str) -> bool {
        (self.keys.is_empty() || self.keys.iter().any(|known| matches(known, key)))
            && !self.keys_not.iter().any(|known| matches(known, key))
    }
}

fn matches(pattern: &str, word: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == word, |stem| word.starts_with(stem))
}

fn read(path: &str) -> String {
    fs::read_to_string(crate::workspace::root().join(path)).unwrap()
}

fn terms() -> Vec<Term> {
    serde_json::from_str(&read("xtask/src/test/terms.json")).unwrap()
}

/// Returns the texts of a language by key, and the documents in it by path.
fn texts_and_documents(lang: &str) -> BTreeMap<String, String> {
    let documents: &[&str] = if lang == "tr" { &["README.tr.md", "docs/admin.tr.md"] } else { &[] };
    let paragraphs = |path: &&str| read(path).replace("\n\n", "\r").replace('\n', " ").replace('\r', "\n");
    texts(lang).into_iter().chain(documents.iter().map(|path| (path.to_string(), paragraphs(path)))).collect()
}

/// Returns the texts of a language by key.
fn texts(lang: &str) -> BTreeMap<String, String> {
    #[derive(Deserialize)]
    struct Entry {
        message: String,
    }
    let file = read(&format!("extension/_locales/{lang}/messages.json"));
    let entries: BTreeMap<String, Entry> = serde_json::from_str(&file).unwrap();
    entries.into_iter().map(|(key, entry)| (key, entry.message)).collect()
}

#[test]
fn no_text_contains_a_term_that_is_avoided() {
    let mut found = Vec::new();
    for term in terms() {
        for (key, text) in texts_and_documents(&term.lang).iter().filter(|(key, _)| term.concerns(key)) {
            if term.is_in(text) {
                found.push(format!("{} {key}: “{}” ({})", term.lang, term.words.join(" "), term.reason));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_term_is_found_in_its_examples_and_silent_in_the_others() {
    for term in terms() {
        assert!(
            !term.reason.is_empty() && !term.found.is_empty() && !term.silent.is_empty(),
            "{:?}",
            term.words
        );
        for text in &term.found {
            assert!(term.is_in(text), "{:?} in “{text}”", term.words);
        }
        for text in &term.silent {
            assert!(!term.is_in(text), "{:?} in “{text}”", term.words);
        }
    }
}

#[test]
fn exceptions_of_terms_exist_and_are_needed() {
    for term in terms() {
        let texts = texts_and_documents(&term.lang);
        for key in &term.keys_not {
            assert!(texts.get(key).is_some_and(|text| term.is_in(text)), "{:?}: {key}", term.words);
        }
    }
}

/// Returns the spellings of Kamu SM's number in a text that a line end could break or that are hard to read.
fn breakable_numbers(text: &str) -> Vec<String> {
    const NUMBER: &str = "4445576";
    let letters: Vec<char> = text.chars().collect();
    let is_separator = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '.' | '\u{2011}');
    let mut found = Vec::new();
    for start in 0..letters.len() {
        let is_inner = start > 0 && letters[start - 1].is_ascii_digit();
        if letters[start] != '4' || is_inner {
            continue;
        }
        let (mut digits, mut end) = (String::new(), start);
        while end < letters.len() && digits.len() < NUMBER.len() {
            match letters[end] {
                digit if digit.is_ascii_digit() => digits.push(digit),
                letter if is_separator(letter) => {}
                _ => break,
            }
            end += 1;
        }
        let spelling: String = letters[start..end].iter().collect();
        let is_longer = letters.get(end).is_some_and(char::is_ascii_digit);
        if digits == NUMBER && !is_longer && spelling != "444\u{a0}5\u{a0}576" {
            found.push(spelling);
        }
    }
    found
}

#[test]
fn the_number_of_kamu_sm_is_never_broken_across_lines() {
    for lang in ["tr", "en"] {
        for (key, text) in texts(lang) {
            assert_eq!(breakable_numbers(&text), [""; 0], "{lang} {key}");
        }
    }
    let folder = crate::workspace::root().join("wasm/guide/procedures");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(breakable_numbers(&fs::read_to_string(&path).unwrap()), [""; 0], "{}", path.display());
    }
}

#[test]
fn breakable_spellings_of_the_number_are_found_and_other_numbers_are_not() {
    for text in ["444 5 576", "4445576", "444-5-576", "444\u{a0}5 576", "(444 5 576)", "Ara: 444  5  576."] {
        assert_eq!(breakable_numbers(text).len(), 1, "{text}");
    }
    for text in
        ["444\u{a0}5\u{a0}576", "444\u{a0}5\u{a0}576’dan", "1444 5 576", "44455767", "444 5 57", "444 12 34"]
    {
        assert_eq!(breakable_numbers(text), [""; 0], "{text}");
    }
}

//! The product's sentences: `extension/_locales`, read in the browser's own format.
//!
//! The browser itself uses these files only for the manifest. Everything else asks [`Catalog`], so
//! that the language is the user's choice (Turkish unless they choose otherwise) and not the
//! browser's.

use eimza_protocol::{Lang, Problem};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// All sentences of one language, each with its key, in the order of keys.
pub struct Catalog(Vec<(&'static str, &'static str)>);

impl Catalog {
    /// The sentences of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        static TR: OnceLock<Catalog> = OnceLock::new();
        static EN: OnceLock<Catalog> = OnceLock::new();
        let read = |packed| Self::read(eimza_packed::unpack(packed));
        match lang {
            Lang::Tr => TR.get_or_init(|| read(include_bytes!(concat!(env!("OUT_DIR"), "/tr")))),
            Lang::En => EN.get_or_init(|| read(include_bytes!(concat!(env!("OUT_DIR"), "/en")))),
        }
    }

    /// From records of a key and a sentence, as `build.rs` writes them. They are kept as long as the program runs.
    fn read(records: String) -> Self {
        Self(records.leak().split('\u{1e}').filter_map(|record| record.split_once('\u{1f}')).collect())
    }

    fn sentence(&self, key: &str) -> Option<&'static str> {
        let place = self.0.binary_search_by_key(&key, |(key, _)| key).ok()?;
        Some(self.0[place].1)
    }

    /// The sentence `key` with `$NAME$` replaced by the argument of that name. A key that is not in
    /// the catalogue comes back as it is: visible, and a test's business.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let Some(sentence) = self.sentence(key) else {
            return key.to_owned();
        };
        // Odd pieces stand between two dollar signs. Arguments are never searched for placeholders.
        sentence.split('$').enumerate().fold(String::new(), |text, (index, piece)| {
            let value = arguments.iter().find(|(name, _)| name.eq_ignore_ascii_case(piece));
            match value {
                Some((_, value)) if index % 2 == 1 => text + value,
                _ => text + piece,
            }
        })
    }

    /// The sentence `key` as [`text`](Self::text) has it, with arguments that were made for it.
    #[must_use]
    pub fn text_with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.text(key, &arguments)
    }

    /// What happened, and what to do now.
    #[must_use]
    pub fn explain(&self, problem: &Problem) -> [String; 2] {
        let detail = problem.message_args();
        problem.message_keys().map(|key| self.text_with(&key, &detail))
    }

    /// Whether the catalogue has this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.sentence(key).is_some()
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| *key)
    }

    /// The names of a sentence's placeholders in small letters, in the order of letters, each once.
    #[must_use]
    pub fn placeholders(&self, key: &str) -> BTreeSet<String> {
        self.sentence(key).unwrap_or_default().split('$').skip(1).step_by(2).map(str::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    const CATALOGUES: [(Lang, &str); 2] = [
        (Lang::Tr, include_str!("../../../extension/_locales/tr/messages.json")),
        (Lang::En, include_str!("../../../extension/_locales/en/messages.json")),
    ];

    /// One entry of a `messages.json`, in the browser's own format.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        message: String,
        #[serde(default)]
        placeholders: BTreeMap<String, Placeholder>,
        /// For translators.
        #[serde(default, rename = "description")]
        _description: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Placeholder {
        #[serde(rename = "content")]
        _content: String,
        #[serde(default, rename = "example")]
        _example: String,
    }

    fn words(message: &str) -> Catalog {
        Catalog::read(format!("key\u{1f}{message}\u{1e}"))
    }

    #[test]
    fn arguments_take_the_place_of_their_names() {
        let words = words("Kalan deneme: $TRIES$, okuyucu: $READER$.");
        let said = words.text("key", &[("reader", "ACS"), ("tries", "2")]);
        assert_eq!(said, "Kalan deneme: 2, okuyucu: ACS.");
    }

    #[test]
    fn an_argument_is_text_and_never_a_placeholder() {
        let words = words("$A$ $B$");
        assert_eq!(words.text("key", &[("a", "$B$"), ("b", "<b>")]), "$B$ <b>");
    }

    #[test]
    fn every_sentence_of_the_catalogues_is_said() {
        for (lang, catalogue) in CATALOGUES {
            let entries: BTreeMap<String, Entry> = serde_json::from_str(catalogue).unwrap();
            assert!(Catalog::of(lang).keys().eq(entries.keys()));
            for (key, entry) in entries {
                assert_eq!(Catalog::of(lang).sentence(&key), Some(entry.message.as_str()));
            }
        }
    }

    #[test]
    fn the_browser_knows_each_placeholder_that_a_sentence_uses() {
        for (lang, catalogue) in CATALOGUES {
            let entries: BTreeMap<String, Entry> = serde_json::from_str(catalogue).unwrap();
            for (key, entry) in entries {
                let known: BTreeSet<_> = entry.placeholders.into_keys().collect();
                assert_eq!(Catalog::of(lang).placeholders(&key), known, "{key} {lang:?}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let [tr, en] = [Lang::Tr, Lang::En].map(Catalog::of);
        assert!(tr.keys().eq(en.keys()));
        for key in tr.keys() {
            assert_eq!(tr.placeholders(key), en.placeholders(key), "{key}");
        }
    }

    #[test]
    fn no_sentence_is_empty() {
        for (lang, _) in CATALOGUES {
            assert!(Catalog::of(lang).0.iter().all(|(_, sentence)| !sentence.trim().is_empty()));
        }
    }
}

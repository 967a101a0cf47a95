//! The product's sentences: `extension/_locales`, read in the browser's own format.
//!
//! The browser itself uses these files only for the manifest. Everything else asks [`Words`], so
//! that the language is the user's choice (Turkish unless they choose otherwise) and not the
//! browser's.

use eimza_protocol::{Lang, Problem};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// All sentences of one language.
pub struct Words(BTreeMap<String, Sentence>);

/// One entry of a `messages.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
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

impl Words {
    /// The sentences of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        static TR: OnceLock<Words> = OnceLock::new();
        static EN: OnceLock<Words> = OnceLock::new();
        // Part of the program, and read by a test: an unreadable catalogue never ships.
        let read = |text| Self(serde_json::from_str(text).unwrap_or_default());
        match lang {
            Lang::Tr => TR.get_or_init(|| read(include_str!("../../../extension/_locales/tr/messages.json"))),
            Lang::En => EN.get_or_init(|| read(include_str!("../../../extension/_locales/en/messages.json"))),
        }
    }

    /// The sentence `key` with `$NAME$` replaced by the argument of that name. A key that is not in
    /// the catalogue comes back as it is: visible, and a test's business.
    #[must_use]
    pub fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let Some(sentence) = self.0.get(key) else {
            return key.to_owned();
        };
        // Odd pieces stand between two dollar signs. Arguments are never searched for placeholders.
        sentence.message.split('$').enumerate().fold(String::new(), |text, (index, piece)| {
            let value = arguments.iter().find(|(name, _)| name.eq_ignore_ascii_case(piece));
            match value {
                Some((_, value)) if index % 2 == 1 => text + value,
                _ => text + piece,
            }
        })
    }

    /// The sentence `key` as [`say`](Self::say) has it, with arguments that were made for it.
    #[must_use]
    pub fn say_with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.say(key, &arguments)
    }

    /// What happened, and what to do now.
    #[must_use]
    pub fn explain(&self, problem: &Problem) -> [String; 2] {
        let detail = problem.detail();
        problem.sentences().map(|key| self.say_with(&key, &detail))
    }

    /// Whether the catalogue has this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The names of a sentence's placeholders, as its `placeholders` lists them.
    pub fn placeholders(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.get(key).into_iter().flat_map(|sentence| sentence.placeholders.keys().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LANGUAGES: [Lang; 2] = [Lang::Tr, Lang::En];

    fn words(message: &str) -> Words {
        Words(serde_json::from_str(&format!(r#"{{"key": {{"message": {message:?}}}}}"#)).unwrap())
    }

    #[test]
    fn arguments_take_the_place_of_their_names() {
        let words = words("Kalan deneme: $TRIES$, okuyucu: $READER$.");
        let said = words.say("key", &[("reader", "ACS"), ("tries", "2")]);
        assert_eq!(said, "Kalan deneme: 2, okuyucu: ACS.");
    }

    #[test]
    fn an_argument_is_text_and_never_a_placeholder() {
        let words = words("$A$ $B$");
        assert_eq!(words.say("key", &[("a", "$B$"), ("b", "<b>")]), "$B$ <b>");
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let [tr, en] = LANGUAGES.map(|lang| Words::of(lang).keys().collect::<BTreeSet<_>>());
        assert!(!tr.is_empty());
        assert_eq!(tr, en);
    }

    #[test]
    fn both_languages_have_the_same_placeholders_and_use_each() {
        for key in Words::of(Lang::Tr).keys() {
            let [tr, en] = LANGUAGES.map(|lang| Words::of(lang).placeholders(key).collect::<BTreeSet<_>>());
            assert_eq!(tr, en, "{key}");
            for lang in LANGUAGES {
                let message = &Words::of(lang).0[key].message;
                let used: BTreeSet<_> =
                    message.split('$').skip(1).step_by(2).map(str::to_lowercase).collect();
                assert_eq!(used, tr.iter().map(|&name| name.to_owned()).collect(), "{key} {lang:?}");
            }
        }
    }

    #[test]
    fn no_sentence_is_empty() {
        for lang in LANGUAGES {
            assert!(Words::of(lang).0.values().all(|sentence| !sentence.message.trim().is_empty()));
        }
    }
}

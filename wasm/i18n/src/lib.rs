//! Message catalogs: the translations in `extension/_locales`.
//!
//! The browser itself uses these files only for the manifest. Everything else uses [`Catalog`], because the
//! user chooses the language (Turkish by default), independently of the browser's.

use eimza_protocol::{Lang, Problem};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// An operating system with remedies of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Microsoft Windows.
    Windows,
    /// Linux, including Pardus.
    Linux,
}

impl System {
    /// Returns the system that this program is built for; none in the browser.
    #[must_use]
    pub fn of_this_build() -> Option<Self> {
        match std::env::consts::OS {
            "windows" => Some(Self::Windows),
            "linux" => Some(Self::Linux),
            _ => None,
        }
    }

    /// Returns its name in keys.
    fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Linux => "linux",
        }
    }
}

/// The messages of one language with their keys, sorted by key.
pub struct Catalog(Vec<(&'static str, &'static str)>);

impl Catalog {
    /// Returns the catalog of a language.
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

    /// Parses the records that `build.rs` writes. The text is leaked: catalogs live as long as the program.
    fn read(records: String) -> Self {
        Self(records.leak().split('\u{1e}').filter_map(|record| record.split_once('\u{1f}')).collect())
    }

    fn message(&self, key: &str) -> Option<&'static str> {
        let index = self.0.binary_search_by_key(&key, |(key, _)| key).ok()?;
        Some(self.0[index].1)
    }

    /// Returns the message `key` with each `$NAME$` replaced by the argument of that name. An unknown key is
    /// returned unchanged.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let Some(message) = self.message(key) else {
            return key.to_owned();
        };
        // The odd parts are between two dollar signs. Arguments are not searched for placeholders.
        message.split('$').enumerate().fold(String::new(), |text, (index, piece)| {
            let value = arguments.iter().find(|(name, _)| name.eq_ignore_ascii_case(piece));
            match value {
                Some((_, value)) if index % 2 == 1 => text + value,
                _ => text + piece,
            }
        })
    }

    /// Returns the same as [`text`](Self::text), with owned arguments.
    #[must_use]
    pub fn text_with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.text(key, &arguments)
    }

    /// Describes a problem on the system that this program is built for: what happened, and what to do.
    #[must_use]
    pub fn explain(&self, problem: &Problem) -> [String; 2] {
        self.explain_on(problem, System::of_this_build())
    }

    /// Describes a problem: what happened, and what to do on a system. Where the remedy differs between systems,
    /// it has a message for each, with the system's name at the end of its key.
    #[must_use]
    pub fn explain_on(&self, problem: &Problem, system: Option<System>) -> [String; 2] {
        let detail = problem.message_args();
        problem.message_keys().map(|key| {
            let own = system.map(|system| format!("{key}_{}", system.name())).filter(|key| self.has(key));
            self.text_with(&own.unwrap_or(key), &detail)
        })
    }

    /// Returns whether the catalog contains a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.message(key).is_some()
    }

    /// Returns all keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| *key)
    }

    /// Returns the names of a message's placeholders in lower case.
    #[must_use]
    pub fn placeholders(&self, key: &str) -> BTreeSet<String> {
        self.message(key).unwrap_or_default().split('$').skip(1).step_by(2).map(str::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    const FILES: [(Lang, &str); 2] = [
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

    fn catalog(message: &str) -> Catalog {
        Catalog::read(format!("key\u{1f}{message}\u{1e}"))
    }

    #[test]
    fn replaces_placeholders_by_name() {
        let catalog = catalog("Kalan deneme: $TRIES$, okuyucu: $READER$.");
        let text = catalog.text("key", &[("reader", "ACS"), ("tries", "2")]);
        assert_eq!(text, "Kalan deneme: 2, okuyucu: ACS.");
    }

    #[test]
    fn does_not_expand_placeholders_in_arguments() {
        let catalog = catalog("$A$ $B$");
        assert_eq!(catalog.text("key", &[("a", "$B$"), ("b", "<b>")]), "$B$ <b>");
    }

    #[test]
    fn a_remedy_names_only_the_system_at_hand() {
        for lang in [Lang::Tr, Lang::En] {
            let catalog = Catalog::of(lang);
            let policy = Problem::PolicyUserLevel { path: String::new() };
            for problem in [Problem::NoService, Problem::NoReader, Problem::ServiceRefused, policy] {
                let remedy = |system| catalog.explain_on(&problem, system)[1].clone();
                let [windows, linux] = [System::Windows, System::Linux].map(|system| remedy(Some(system)));
                assert!(!["Pardus", "Linux", "sudo"].iter().any(|word| windows.contains(word)), "{windows}");
                assert!(!linux.contains("Windows"), "{linux}");
                assert_ne!(windows, linux);
                assert!(!remedy(None).is_empty());
            }
            let [_, same] = catalog.explain_on(&Problem::NoCard, Some(System::Windows));
            assert_eq!(same, catalog.explain_on(&Problem::NoCard, None)[1]);
        }
    }

    #[test]
    fn a_message_of_one_system_has_one_for_every_other_system() {
        let catalog = Catalog::of(Lang::Tr);
        for key in catalog.keys() {
            let ends = ["_windows", "_linux"].iter().find_map(|end| key.strip_suffix(end));
            let Some(base) = ends.filter(|base| base.starts_with("remedy_")) else { continue };
            for end in ["", "_windows", "_linux"] {
                assert!(catalog.has(&format!("{base}{end}")), "{base}{end}");
            }
        }
    }

    #[test]
    fn contains_every_message_of_the_files() {
        for (lang, file) in FILES {
            let entries: BTreeMap<String, Entry> = serde_json::from_str(file).unwrap();
            assert!(Catalog::of(lang).keys().eq(entries.keys()));
            for (key, entry) in entries {
                assert_eq!(Catalog::of(lang).message(&key), Some(entry.message.as_str()));
            }
        }
    }

    #[test]
    fn every_placeholder_is_declared_in_the_file() {
        for (lang, file) in FILES {
            let entries: BTreeMap<String, Entry> = serde_json::from_str(file).unwrap();
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
    fn no_message_is_empty() {
        for (lang, _) in FILES {
            assert!(Catalog::of(lang).0.iter().all(|(_, message)| !message.trim().is_empty()));
        }
    }
}

//! The pages that are known: one file each in `pages/`, data only.

use crate::{Action, PageSnapshot, Severity};
use serde::Deserialize;
use std::sync::OnceLock;

/// What is known of a page, and what to say on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "source, date and examples are for people and for the tests")
)]
pub(crate) struct Page {
    /// The page's id, such as `kartokuyucu.form`.
    pub id: String,
    /// Host names, in lower case.
    pub hosts: Vec<String>,
    /// Paths, without query and session id.
    pub paths: Vec<String>,
    /// Each group must be on the page with at least one of its texts. Ids and markup are
    /// worthless for recognition: both are generated.
    pub shows: Vec<Vec<String>>,
    /// None of these may be on the page: they belong to a screen that looks alike.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// What to say of the page as a whole, in reading order.
    pub hints: Vec<PageHint>,
    /// Fields that have rules of their own.
    #[serde(default)]
    pub fields: Vec<FieldRule>,
    /// Where the facts come from.
    pub source: String,
    /// The day they were checked, ISO 8601.
    pub checked: String,
    /// Snapshots that must be recognised.
    pub examples: Vec<PageSnapshot>,
    /// Snapshots that must not be.
    pub near_misses: Vec<PageSnapshot>,
}

/// Something to say of a page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageHint {
    /// Locale key; with dots for underscores between its parts it is the hint's id.
    pub message: String,
    pub severity: Severity,
    #[serde(default)]
    pub action: Option<Action>,
}

/// A field that has a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FieldRule {
    /// The field's label, or its placeholder where it has no label, is one of these texts.
    pub labels: Vec<String>,
    pub rule: Rule,
}

/// The rules that a field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Rule {
    /// An address, or a part of one, in which the form allows no abbreviation.
    NoAbbreviation,
    /// An address on a form that does not speak of abbreviations.
    Address,
    /// "İl".
    Province,
    /// "İlçe".
    District,
    /// "Mahalle".
    Quarter,
    /// "Posta Kodu".
    PostalCode,
}

/// All known pages.
pub(crate) fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));
    // Part of the program, and read by a test: an unreadable page never ships.
    PAGES.get_or_init(|| FILES.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

/// The hosts of all known pages.
pub fn hosts() -> impl Iterator<Item = &'static str> {
    pages().iter().flat_map(|page| &page.hosts).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Location;
    use eimza_protocol::Lang;
    use eimza_words::Words;

    #[test]
    fn every_file_is_read() {
        const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));
        for text in FILES {
            serde_json::from_str::<Page>(text).unwrap_or_else(|error| panic!("{error}: {text:.80}"));
        }
        assert!(pages().len() >= 6);
    }

    #[test]
    fn every_page_has_a_source_and_a_date() {
        for page in pages() {
            assert!(!page.source.is_empty(), "{}", page.id);
            assert!(page.checked.len() == 10 && page.checked.starts_with("20"), "{}", page.id);
        }
    }

    #[test]
    fn every_page_is_on_a_kamu_sm_host_and_never_on_the_typo_of_the_guide() {
        for host in pages().iter().flat_map(|page| &page.hosts) {
            assert!(host.ends_with(".kamusm.gov.tr"), "{host}");
        }
    }

    #[test]
    fn every_hint_has_its_sentence_in_both_languages() {
        for hint in pages().iter().flat_map(|page| &page.hints) {
            for lang in [Lang::Tr, Lang::En] {
                assert!(Words::of(lang).has(&hint.message), "{} {lang:?}", hint.message);
            }
        }
    }

    #[test]
    fn every_page_recognises_its_examples_and_no_near_miss() {
        for page in pages() {
            assert!(!page.examples.is_empty() && !page.near_misses.is_empty(), "{}", page.id);
            let found = |snapshot| crate::recognise::recognise(snapshot).map(|page| page.id.as_str());
            for example in &page.examples {
                assert_eq!(found(example), Some(page.id.as_str()), "{example:?}");
            }
            for miss in &page.near_misses {
                assert_ne!(found(miss), Some(page.id.as_str()), "{miss:?}");
            }
        }
    }

    #[test]
    fn paths_are_written_as_locations_are_read() {
        for page in pages() {
            for (host, path) in
                page.hosts.iter().flat_map(|host| page.paths.iter().map(move |path| (host, path)))
            {
                let url = format!("https://{host}{path}");
                let location = Location::parse(&url).unwrap();
                assert_eq!((location.host.as_str(), location.path), (host.as_str(), path.as_str()));
            }
        }
    }
}

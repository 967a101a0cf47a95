//! The pages that are known: one file a screen in `pages/`, data only.

use crate::check::{ChoiceRule, FieldLabels};
use crate::screen_id::ScreenId;
use crate::{Action, Condition, Severity};
use serde::Deserialize;
use std::sync::OnceLock;

/// What is known of a page, and what to say on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// The page's id, such as `kartokuyucu.form`.
    pub id: String,
    /// Which of its screens this is, where it has several; none for the first.
    #[serde(default)]
    pub screen: Option<String>,
    /// Names of known hosts.
    pub hosts: Vec<String>,
    /// Paths, without query and session id. One that ends in `/*` stands for everything below it:
    /// for pages whose own path no source tells.
    pub paths: Vec<String>,
    /// Each group must be on the page with at least one of its texts. Ids and markup are
    /// worthless for recognition: both are generated.
    pub shows: Vec<Vec<String>>,
    /// One of these sentences must stand on the page by itself, where there are any: a result is told in a sentence of its own,
    /// and a longer one may say the contrary.
    #[serde(default)]
    pub says: Vec<String>,
    /// None of these may be on the page: they belong to a screen that looks alike.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Screens that are meant where they fit as well.
    #[serde(default)]
    pub unless: Vec<ScreenId>,
    /// Whether an amount that is owed may be on the page.
    #[serde(default)]
    pub owes: Option<bool>,
    /// What to say, in reading order.
    pub hints: Vec<PageHint>,
    /// Fields that have rules of their own.
    #[serde(default)]
    pub fields: Vec<FieldLabels>,
    /// Choices that contradict a procedure.
    #[serde(default)]
    pub choices: Vec<ChoiceRule>,
    /// What is taken from the page's own text.
    #[serde(default)]
    pub reads: Option<Reads>,
    /// Ids of the sources of these facts.
    #[cfg_attr(not(test), expect(dead_code, reason = "for people and for the tests"))]
    pub sources: Vec<String>,
    /// The day they were checked, ISO 8601.
    #[cfg_attr(not(test), expect(dead_code, reason = "for people and for the tests"))]
    pub checked: String,
}

impl Page {
    /// The page and its screen.
    pub(crate) fn screen_id(&self) -> ScreenId {
        ScreenId { page: self.id.clone(), screen: self.screen.clone() }
    }
}

/// Something to say of a page, or of a field or button on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageHint {
    /// Locale key; with dots for underscores between its parts it is the hint's id.
    pub message: String,
    pub severity: Severity,
    /// It stands at every field that is called one of these or, where there is none, at every
    /// button that reads so; where there is none either, nowhere. Empty: it is of the whole page.
    #[serde(default)]
    pub at: Vec<String>,
    /// A tip that can wait until the user is at its field.
    #[serde(default)]
    pub quiet: bool,
    /// To whom it is said.
    #[serde(default)]
    pub when: Condition,
    #[serde(default)]
    pub action: Option<Action>,
}

/// What a page tells besides its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reads {
    /// What things cost.
    Prices,
    /// What the user owes.
    Debt,
}

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pages"));

/// All known pages.
pub(crate) fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(|| eimza_packed::read(PACKED))
}

/// All screens that can be recognised.
pub fn screen_ids() -> impl Iterator<Item = ScreenId> {
    pages().iter().map(Page::screen_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host_of;
    use crate::location::Location;
    use crate::sources::source;
    use crate::user_context::NONE;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    #[test]
    fn every_file_is_read() {
        let pages: Vec<Page> = serde_json::from_str(&eimza_packed::unpack(PACKED)).unwrap();
        assert!(pages.len() > 20);
    }

    #[test]
    fn no_screen_stands_twice() {
        let mut all: Vec<_> = screen_ids().collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn every_fact_has_a_source_and_a_date() {
        for page in pages() {
            assert!(!page.sources.is_empty(), "{}", page.screen_id());
            assert!(page.sources.iter().all(|id| source(id).is_some()), "{}", page.screen_id());
            assert!(page.checked.len() == 10 && page.checked.starts_with("20"), "{}", page.screen_id());
        }
    }

    #[test]
    fn every_page_is_on_a_known_host_that_is_more_than_linked_to() {
        for host in pages().iter().flat_map(|page| &page.hosts) {
            assert!(host_of(&format!("https://{host}/")).is_some_and(|host| !host.link_only), "{host}");
        }
    }

    #[test]
    fn every_hint_has_its_sentence_in_both_languages() {
        let hints = pages().iter().flat_map(|page| &page.hints).map(|hint| &hint.message);
        let choices = pages().iter().flat_map(|page| &page.choices).map(|choice| &choice.message);
        for message in hints.chain(choices) {
            for lang in [Lang::Tr, Lang::En] {
                assert!(Catalog::of(lang).has(message), "{message} {lang:?}");
            }
        }
    }

    #[test]
    fn every_screen_that_another_yields_to_exists() {
        for place in pages().iter().flat_map(|page| &page.unless) {
            assert!(screen_ids().any(|known| known == *place), "{place}");
        }
    }

    #[test]
    fn every_procedure_that_a_hint_is_for_exists() {
        let hints = pages().iter().flat_map(|page| &page.hints).map(|hint| &hint.when);
        let choices = pages().iter().flat_map(|page| &page.choices).map(|choice| &choice.when);
        for when in hints.chain(choices) {
            let is_known =
                |id: &String| id == NONE || crate::procedures().iter().any(|known| known.id == *id);
            assert!(when.procedures.iter().all(is_known), "{when:?}");
            let meant = crate::procedures()
                .iter()
                .filter(|known| when.procedures.is_empty() || when.procedures.contains(&known.id));
            let steps: Vec<_> =
                meant.flat_map(|known| &known.editions).flat_map(|edition| &edition.steps).collect();
            for step in when.done.iter().chain(&when.undone) {
                assert!(steps.iter().any(|known| known.id == *step), "{step}");
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

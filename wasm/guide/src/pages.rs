//! The known pages: one file per screen in `pages/`.

use crate::check::{ChoiceRule, FieldLabels};
use crate::screen_id::ScreenId;
use crate::{Action, Condition, Severity};
use serde::Deserialize;
use std::sync::OnceLock;

/// A screen of a page: how to recognise it, and its hints.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// The page's id, such as `kartokuyucu.form`.
    pub id: String,
    /// The screen, where the page has several; none for the first.
    #[serde(default)]
    pub screen: Option<String>,
    /// Names of known hosts.
    pub hosts: Vec<String>,
    /// Paths without query and session id. A path that ends in `/*` stands for everything below it, and `/*`
    /// for every path of the host; it is used where no source names the exact path.
    pub paths: Vec<String>,
    /// Where else the page may be, and what it must show there.
    #[serde(default)]
    pub elsewhere: Option<Elsewhere>,
    /// Groups of labels; the page must show at least one label of each group. Element ids and markup are not
    /// used, because the sites generate them.
    pub required_texts: Vec<Vec<String>>,
    /// Sentences of which the page must contain one as a text of its own; a longer text may say the opposite.
    /// Empty where no sentence is required.
    #[serde(default)]
    pub required_sentences: Vec<String>,
    /// Labels that must not be on the page: they belong to a similar screen.
    #[serde(default)]
    pub forbidden_texts: Vec<String>,
    /// Screens that take precedence where they match as well.
    #[serde(default)]
    pub yields_to: Vec<ScreenId>,
    /// Whether the page must show an amount due (true) or must not (false); none where it does not matter.
    #[serde(default)]
    pub amount_due: Option<bool>,
    /// Its hints, in reading order.
    pub hints: Vec<PageHint>,
    /// Fields whose purpose is known by their labels on this page.
    #[serde(default)]
    pub fields: Vec<FieldLabels>,
    /// Choices that contradict a procedure.
    #[serde(default)]
    pub choices: Vec<ChoiceRule>,
    /// What is extracted from the page's text.
    #[serde(default)]
    pub extract: Option<Extract>,
    /// Ids of the sources of these facts.
    #[cfg_attr(not(test), expect(dead_code, reason = "documentation, checked by tests"))]
    pub sources: Vec<String>,
    /// The day they were checked, ISO 8601.
    #[cfg_attr(not(test), expect(dead_code, reason = "documentation, checked by tests"))]
    pub checked: String,
}

impl Page {
    pub(crate) fn screen_id(&self) -> ScreenId {
        ScreenId { page: self.id.clone(), screen: self.screen.clone() }
    }
}

/// Paths that no source names for a page. What the page must show on its known path may not suffice there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Elsewhere {
    /// As for [`Page::paths`].
    pub paths: Vec<String>,
    /// Further groups of labels, as for [`Page::required_texts`].
    #[serde(default)]
    pub required_texts: Vec<Vec<String>>,
    /// As for [`Page::required_sentences`].
    #[serde(default)]
    pub required_sentences: Vec<String>,
}

/// A hint about a page, or about a field or button on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageHint {
    /// Message key; with dots for underscores it is the hint's id.
    pub message: String,
    pub severity: Severity,
    /// Labels of the fields or, where none matches, of the buttons at which it is shown; it is not shown
    /// where neither matches. Empty for a hint about the whole page.
    #[serde(default)]
    pub at: Vec<String>,
    /// Whether it can wait until the user reaches its field.
    #[serde(default)]
    pub quiet: bool,
    /// The users to whom it is shown.
    #[serde(default)]
    pub when: Condition,
    /// Whether it is shown only where the page came unencrypted (http).
    #[serde(default)]
    pub unencrypted: bool,
    #[serde(default)]
    pub action: Option<Action>,
}

/// What can be extracted from a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Extract {
    /// The price list.
    Prices,
    /// The amount due.
    Debt,
}

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pages"));

/// Returns all known pages.
pub(crate) fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(|| eimza_packed::read(PACKED))
}

/// Returns all screens that can be recognised.
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
    fn screen_ids_are_unique() {
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
    fn every_page_is_on_a_known_host_with_known_pages() {
        for host in pages().iter().flat_map(|page| &page.hosts) {
            assert!(host_of(&format!("https://{host}/")).is_some_and(|host| !host.link_only), "{host}");
        }
    }

    #[test]
    fn every_hint_has_a_message_in_both_languages() {
        let hints = pages().iter().flat_map(|page| &page.hints).map(|hint| &hint.message);
        let choices = pages().iter().flat_map(|page| &page.choices).map(|choice| &choice.message);
        for message in hints.chain(choices) {
            for lang in [Lang::Tr, Lang::En] {
                assert!(Catalog::of(lang).has(message), "{message} {lang:?}");
            }
        }
    }

    #[test]
    fn every_screen_that_takes_precedence_exists() {
        for place in pages().iter().flat_map(|page| &page.yields_to) {
            assert!(screen_ids().any(|known| known == *place), "{place}");
        }
    }

    #[test]
    fn conditions_name_existing_procedures_and_steps() {
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

    fn all_paths(page: &Page) -> impl Iterator<Item = &String> {
        page.paths.iter().chain(page.elsewhere.iter().flat_map(|elsewhere| &elsewhere.paths))
    }

    #[test]
    fn paths_are_in_the_form_that_locations_have() {
        for page in pages() {
            for (host, path) in
                page.hosts.iter().flat_map(|host| all_paths(page).map(move |path| (host, path)))
            {
                let url = format!("https://{host}{path}");
                let location = Location::parse(&url).unwrap();
                assert_eq!((location.host.as_str(), location.path), (host.as_str(), path.as_str()));
            }
        }
    }
}

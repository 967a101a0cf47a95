//! The format of `procedures/*.json`.

use crate::host_of;
use crate::screen_id::ScreenId;
use crate::user_context::{Condition, Role};
use eimza_payment::{Product, Template};
use serde::Deserialize;
use std::sync::OnceLock;

/// A procedure at Kamu SM.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its id, such as `lost`.
    pub id: String,
    /// Message key of its name.
    pub title: String,
    /// The roles that pay the institution, unless its profile says otherwise. Empty where nothing is paid
    /// there.
    #[serde(default)]
    pub payers: Vec<Role>,
    /// Its editions, the newest first.
    pub editions: Vec<Edition>,
}

/// A procedure as described by one guide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its id, such as `2022-04-01`; `guide` for the guide of Mersin.
    pub id: String,
    /// Message key of its name.
    pub title: String,
    /// The day or month since which it applies, ISO 8601; none where no source says.
    #[serde(default)]
    pub since: Option<String>,
    /// The date of the newest source that describes it, ISO 8601.
    #[serde(default)]
    pub confirmed: Option<String>,
    /// What the user needs.
    pub needs: Vec<Need>,
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// Something that the user needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Message key.
    pub text: String,
    /// The users who need it.
    #[serde(default)]
    pub when: Condition,
}

/// A step, on a page or elsewhere.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id, unique in the edition. Ticks are stored by it, so it must not change with the texts.
    pub id: String,
    /// Message key of its title.
    pub title: String,
    /// Message keys of its notes.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Message keys of its warnings.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The users who do it.
    #[serde(default)]
    pub when: Condition,
    /// A telephone number to call.
    #[serde(default)]
    pub call: Option<String>,
    /// The URL of the page for it.
    #[serde(default)]
    pub link: Option<String>,
    /// Message key of the link's text, where the host's does not say what the page is.
    #[serde(default)]
    link_text: Option<String>,
    /// The screens on which it is done.
    #[serde(default)]
    pub pages: Vec<ScreenId>,
    /// The screens that appear only after the step is done. A visit to one ticks it.
    #[serde(default)]
    pub reached: Vec<ScreenId>,
    /// Whether it is done in the card section of the panel.
    #[serde(default)]
    pub card: bool,
    /// Whether the user chooses in it how the application is signed.
    #[serde(default)]
    pub signs: bool,
    /// Message keys of what is enclosed with a cover letter to the institution's unit; empty where none is needed.
    #[serde(default)]
    pub letter: Vec<String>,
    /// The payment in this step.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// Whether the institution's unit is involved, so that its contact is shown.
    #[serde(default)]
    pub unit: bool,
    /// Ids of the sources.
    pub sources: Vec<String>,
    /// The day on which the sources were checked, ISO 8601.
    pub checked: String,
    /// What replaced this step.
    #[serde(default)]
    pub superseded: Option<Supersession>,
}

/// A payment.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The products that are paid.
    pub items: Vec<Product>,
    /// Optional products.
    #[serde(default)]
    pub also: Vec<Product>,
    /// The payee.
    pub to: Payee,
    /// The description of the transfer by the guide; not used where the institution's profile prescribes it.
    #[serde(default)]
    pub description: Option<Template>,
    /// Message keys of what guides say about the description; not used where the institution's profile
    /// prescribes it.
    #[serde(default)]
    pub text: Vec<String>,
}

/// The payee of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payee {
    /// The institution's account, by bank transfer.
    Institution,
    /// Kamu SM, through Vakıfbank or sanalpos.
    KamuSm,
}

/// The replacement of a step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supersession {
    /// Message key of the replacement.
    pub by: String,
    /// The day or month since which it applies, ISO 8601.
    pub since: String,
    /// Ids of the sources.
    pub sources: Vec<String>,
}

impl Step {
    /// Returns the URL of the page for it and the message key of the link's text.
    #[must_use]
    pub fn link(&self) -> Option<(&str, &str)> {
        let link = self.link.as_deref()?;
        let text = self.link_text.as_deref().or_else(|| host_of(link)?.link.as_deref())?;
        Some((link, text))
    }
}

impl Procedure {
    /// Returns the edition with an id.
    #[must_use]
    pub fn edition(&self, id: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.id == id)
    }

    /// Returns whether any edition has a step on this screen.
    #[must_use]
    pub fn is_on(&self, screen: &ScreenId) -> bool {
        self.editions.iter().flat_map(|edition| &edition.steps).any(|step| step.pages.contains(screen))
    }

    /// Returns whether steps or needs depend on the role.
    #[must_use]
    pub fn depends_on_role(&self) -> bool {
        let by_role = |when: &Condition| !when.roles.is_empty() || when.pays.is_some();
        let of_edition = |edition: &Edition| {
            edition.steps.iter().any(|step| by_role(&step.when))
                || edition.needs.iter().any(|need| by_role(&need.when))
        };
        self.editions.iter().any(of_edition)
    }
}

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/procedures"));

/// The order in which procedures are offered.
const ORDER: [&str; 5] = ["first-application", "renewal", "lost", "card-reader", "unlock"];

/// Returns the procedure with an id.
pub(crate) fn procedure(id: &str) -> Option<&'static Procedure> {
    procedures().iter().find(|procedure| procedure.id == id)
}

/// Returns all procedures; those that [`ORDER`] does not contain come last.
pub fn procedures() -> &'static [Procedure] {
    static PROCEDURES: OnceLock<Vec<Procedure>> = OnceLock::new();
    PROCEDURES.get_or_init(|| {
        let mut all: Vec<Procedure> = eimza_packed::read(PACKED);
        all.sort_by_key(|procedure| ORDER.iter().position(|id| *id == procedure.id).unwrap_or(ORDER.len()));
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen_ids;
    use crate::sources::source;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;
    use std::collections::{BTreeMap, BTreeSet};

    fn editions() -> impl Iterator<Item = &'static Edition> {
        procedures().iter().flat_map(|procedure| &procedure.editions)
    }

    fn steps() -> impl Iterator<Item = &'static Step> {
        editions().flat_map(|edition| &edition.steps)
    }

    #[test]
    fn every_file_is_read_and_has_a_position_in_the_order() {
        let read: Vec<Procedure> = serde_json::from_str(&eimza_packed::unpack(PACKED)).unwrap();
        let ids: BTreeSet<_> = read.iter().map(|procedure| procedure.id.as_str()).collect();
        assert_eq!(ids, BTreeSet::from(ORDER));
        assert_eq!(procedures()[0].id, "first-application");
    }

    #[test]
    fn every_step_has_a_source_and_a_date() {
        for step in steps() {
            assert!(!step.sources.is_empty(), "{}", step.id);
            assert!(step.sources.iter().all(|id| source(id).is_some()), "{}", step.id);
            assert!(step.checked.len() == 10 && step.checked.starts_with("20"), "{}", step.id);
            if let Some(superseded) = &step.superseded {
                assert!(!superseded.sources.is_empty() && superseded.since.starts_with("20"));
                assert!(superseded.sources.iter().all(|id| source(id).is_some()), "{}", step.id);
            }
        }
    }

    #[test]
    fn every_link_is_on_a_known_host_and_has_a_text() {
        for step in steps().filter(|step| step.link.is_some()) {
            let (_, words) = step.link().unwrap_or_else(|| panic!("{:?}", step.link));
            assert!([Lang::Tr, Lang::En].iter().all(|&lang| Catalog::of(lang).has(words)), "{words}");
        }
    }

    #[test]
    fn a_text_of_a_link_names_one_page() {
        let mut pages = BTreeMap::new();
        for (link, words) in steps().filter_map(Step::link) {
            // The guide of Mersin names an older address of the same page.
            let page = link.replace(".jsf", ".xhtml");
            assert_eq!(pages.entry(words).or_insert(page.clone()), &page, "{words}");
        }
    }

    #[test]
    fn a_step_that_links_to_plain_http_says_that_the_download_cannot_be_trusted() {
        let is_plain = |link: &String| !link.starts_with("https://");
        for step in steps().filter(|step| step.link.as_ref().is_some_and(is_plain)) {
            assert!(step.warnings.iter().any(|warning| warning == "warning_plain_http"), "{}", step.id);
            // A host that is known to answer https is linked by it.
            let link = step.link.as_deref().unwrap_or_default();
            assert!(!link.starts_with("http://www.kamusm.gov.tr/"), "{}", step.id);
        }
        for (lang, words) in [(Lang::Tr, "güvenilmez"), (Lang::En, "cannot be trusted")] {
            assert!(Catalog::of(lang).text("warning_plain_http", &[]).contains(words));
        }
        for institution in crate::institutions() {
            assert!(institution.links.iter().all(|link| link.address.starts_with("https://")));
        }
    }

    /// Links to java.com belong to superseded steps.
    #[test]
    fn only_superseded_steps_link_to_other_sites() {
        for step in steps() {
            let away = step.link.as_ref().and_then(|link| host_of(link)).is_some_and(|host| host.link_only);
            assert!(!away || step.superseded.is_some(), "{}", step.id);
        }
    }

    #[test]
    fn every_screen_of_a_step_can_be_recognised() {
        let known: BTreeSet<ScreenId> = screen_ids().collect();
        for step in steps() {
            for screen in step.pages.iter().chain(&step.reached) {
                assert!(known.contains(screen), "{}: {screen}", step.id);
            }
        }
    }

    #[test]
    fn no_step_is_ticked_by_its_own_screen() {
        for step in steps() {
            assert!(!step.pages.iter().any(|screen| step.reached.contains(screen)), "{}", step.id);
        }
    }

    #[test]
    fn every_message_exists_in_both_languages() {
        let of_steps = steps().flat_map(|step| {
            let keys =
                std::iter::once(&step.title).chain(&step.notes).chain(&step.warnings).chain(&step.letter);
            keys.chain(step.superseded.iter().map(|superseded| &superseded.by))
        });
        let of_editions = editions().flat_map(|edition| {
            std::iter::once(&edition.title).chain(edition.needs.iter().map(|need| &need.text))
        });
        let titles = procedures().iter().map(|procedure| &procedure.title);
        for key in of_steps.chain(of_editions).chain(titles) {
            for lang in [Lang::Tr, Lang::En] {
                assert!(Catalog::of(lang).has(key), "{key} {lang:?}");
            }
        }
    }

    #[test]
    fn step_ids_are_unique_in_each_edition() {
        for edition in editions() {
            let names: BTreeSet<_> = edition.steps.iter().map(|step| &step.id).collect();
            assert_eq!(names.len(), edition.steps.len(), "{}", edition.id);
        }
    }

    #[test]
    fn editions_are_sorted_newest_first_with_the_guide_last() {
        for procedure in procedures() {
            assert!(procedure.editions.len() > 1, "{}", procedure.id);
            let (last, newer) = procedure.editions.split_last().unwrap();
            assert_eq!((last.id.as_str(), last.since.as_ref()), ("guide", None), "{}", procedure.id);
            let dates: Vec<_> = newer.iter().map(|edition| edition.confirmed.as_ref().unwrap()).collect();
            assert!(dates.is_sorted_by(|newer, older| newer >= older), "{}", procedure.id);
            assert!(newer.iter().flat_map(|edition| &edition.steps).all(|step| step.superseded.is_none()));
        }
    }
}

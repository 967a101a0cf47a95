//! Where people found their PUK.

use super::state::Message;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::source_line::source_line;
use web_sys::Element;

/// A place where the PUK may be.
struct Place {
    /// The id of its link.
    id: &'static str,
    /// The keys of its name, of how certain it is, and of its link.
    texts: [&'static str; 3],
    /// A page about it. Only addresses that the guide knows.
    url: &'static str,
    /// The ids of the sources that name it, in the guide's list.
    sources: &'static [&'static str],
}

/// The places, the more certain one first. No source of Kamu SM names any: neither of its flows asks for a PUK.
const PLACES: [Place; 2] = [
    Place {
        id: "puk-page",
        texts: ["panel_where_page", "panel_where_page_certainty", "panel_where_page_link"],
        url: "https://onlineislemler.kamusm.gov.tr/landing",
        sources: &["institution-undated"],
    },
    Place {
        id: "puk-envelope",
        texts: ["panel_where_envelope", "panel_where_envelope_certainty", "panel_where_envelope_link"],
        url: "https://www.kamusm.gov.tr/SSS",
        sources: &["inference"],
    },
];

/// The day on which the sources were read.
const CHECKED: &str = "2026-11-25";

/// Returns the places, how certain each is, and what to do if the PUK is in none of them.
pub(super) fn puk_places(dom: &mut DomBuilder<Message>) -> Vec<Element> {
    let places: Vec<_> = PLACES.iter().map(|place| draw(dom, place)).collect();
    vec![
        dom.focus_heading("h3", &dom.text("panel_where")),
        dom.text_element("p", "", "panel_where_explain"),
        dom.element("ul", "places", &places),
        dom.text_element("p", "", "panel_where_changed"),
        dom.button("found-puk", Message::AskForPuk, "panel_where_found", true),
        dom.text_element("h3", "", "panel_where_not_found"),
        dom.text_element("p", "", "panel_official_explain"),
        dom.button("official", Message::OpenOfficialUnlock, "panel_official_steps", false),
        dom.button("back", Message::Back, "panel_back", false),
    ]
}

fn draw(dom: &DomBuilder<Message>, place: &Place) -> Element {
    let [name, certainty, link] = place.texts;
    let sources: Vec<_> = place.sources.iter().map(|&id| id.to_owned()).collect();
    dom.element(
        "li",
        "",
        &[
            dom.text_element("p", "what", name),
            dom.text_element("p", "", certainty),
            dom.external_link(place.id, "", place.url, &dom.text(link)),
            dom.plain_element("p", "source", &source_line(dom.catalog, &sources, CHECKED)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::{host_of, source};
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    #[test]
    fn every_place_cites_known_sources_and_has_its_texts() {
        for place in PLACES {
            assert!(!place.sources.is_empty() && place.sources.iter().all(|id| source(id).is_some()));
            for lang in [Lang::Tr, Lang::En] {
                assert!(place.texts.iter().all(|key| Catalog::of(lang).has(key)), "{}", place.id);
            }
        }
    }

    #[test]
    fn links_lead_to_hosts_that_the_guide_knows() {
        for place in PLACES {
            assert!(place.url.starts_with("https:") && host_of(place.url).is_some(), "{}", place.url);
        }
    }
}

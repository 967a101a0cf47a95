//! Draws where the card program comes from, and that guidance works without it.

use crate::panel::element_builder::ElementBuilder;
use web_sys::Element;

/// Returns the link to the card program, or who gives it out while there is no address; and what works without
/// it.
pub(super) fn missing_host(dom: &ElementBuilder) -> Vec<Element> {
    let source = match dom.homepage {
        Some(url) => dom.external_link("download", "button primary", url, &dom.text("host_download")),
        None => dom.text_element("p", "", "host_from_department"),
    };
    vec![source, dom.text_element("p", "", "host_not_needed")]
}

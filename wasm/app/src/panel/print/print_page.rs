//! The layout of a page to print.

use crate::panel::element_builder::ElementBuilder;
use crate::panel::render::{Page, render, title};
use eimza_protocol::Lang;
use gloo::events::EventListener;
use gloo::utils::{document, window};
use web_sys::Element;

const BUTTON: &str = "print";

/// Shows a title, a print button with a text of the catalog, and the content.
pub(super) fn show(dom: &ElementBuilder, lang: Lang, button: &str, content: &[Element]) {
    let label = dom.text_element("span", "", button);
    let header = dom.element("header", "", &[title(dom), dom.button_element(BUTTON, "primary", &[label])]);
    render(dom, Page { lang, header, content, values: &[], announcement: "" });
    if let Some(button) = document().get_element_by_id(BUTTON) {
        EventListener::new(&button, "click", |_| {
            // Fails where printing is forbidden; the page can still be read.
            let _ = window().print();
        })
        .forget(); // lives as long as the page
    }
}

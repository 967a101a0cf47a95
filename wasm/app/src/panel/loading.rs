//! What a page shows until the browser has reported the user's data: managed storage takes seconds at its start.

use super::element_builder::ElementBuilder;
use super::render::{Page, render, title};
use eimza_protocol::Lang;

/// Shows that the page is loading.
pub(crate) fn show_loading(lang: Lang) {
    let elements = ElementBuilder::of_language(lang);
    let header = elements.element("header", "", &[title(&elements)]);
    let content = [elements.status("panel_loading")];
    render(&elements, Page { lang, header, content: &content, values: &[], announcement: "" });
}

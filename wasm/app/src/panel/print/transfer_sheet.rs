//! A transfer to print.

use super::print_page;
use crate::panel::element_builder::ElementBuilder;
use eimza_messages::Sheet;
use eimza_protocol::Lang;
use web_sys::Element;

/// Shows a transfer in the current document; without one, where to open it.
pub(crate) fn print_transfer(lang: Lang, sheet: Option<&Sheet>) {
    let dom = ElementBuilder::of_language(lang);
    let content = match sheet {
        None => vec![dom.text_element("p", "warning", "sheet_lost")],
        Some(sheet) => content(dom, sheet),
    };
    print_page::show(&dom, lang, "panel_print_sheet", &content);
}

fn content(dom: ElementBuilder, sheet: &Sheet) -> Vec<Element> {
    let cells: Vec<_> = sheet
        .rows
        .iter()
        .flat_map(|(name, value)| [dom.plain_element("dt", "", name), dom.plain_element("dd", "", value)])
        .collect();
    let mut content = vec![
        dom.text_element("h2", "", "sheet_title"),
        dom.plain_element("p", "of", &sheet.title),
        dom.element("dl", "sheet", &cells),
    ];
    content.extend(sheet.warnings.iter().map(|warning| dom.plain_element("p", "warning", warning)));
    content.extend(sheet.notes.iter().map(|note| dom.plain_element("p", "", note)));
    content
}

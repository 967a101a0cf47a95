//! The transfer on a page of its own, to be printed. The panel hands it over in words; it is stored nowhere.

use crate::panel::document;
use crate::panel::pen::Pen;
use eimza_i18n::Catalog;
use eimza_messages::Sheet;
use eimza_protocol::Lang;
use gloo::events::EventListener;
use gloo::utils::{document as page, window};

/// Draws it into the document; without one it says where it comes from.
pub(crate) fn open(lang: Lang, sheet: Option<&Sheet>) {
    let mut pen: Pen<()> = Pen::new(Catalog::of(lang));
    let title = document::title(&pen);
    let print = pen.button("print", (), "panel_print_sheet", true);
    let header = pen.element("header", "", &[title, print]);
    let parts = match sheet {
        None => vec![pen.text("p", "warning", "sheet_lost")],
        Some(sheet) => {
            let mut parts = vec![pen.text("h2", "", "sheet_title"), pen.plain("p", "of", &sheet.title)];
            let cells: Vec<_> = sheet
                .rows
                .iter()
                .flat_map(|(name, value)| [pen.plain("dt", "", name), pen.plain("dd", "", value)])
                .collect();
            parts.push(pen.element("dl", "sheet", &cells));
            parts.extend(sheet.warnings.iter().map(|warning| pen.plain("p", "warning", warning)));
            parts.extend(sheet.notes.iter().map(|note| pen.plain("p", "", note)));
            parts
        }
    };
    document::show(&pen, lang, header, &parts, "");
    if let Some(button) = page().get_element_by_id("print") {
        EventListener::new(&button, "click", |_| {
            // Fails where printing is forbidden; the page can still be read.
            let _ = window().print();
        })
        .forget(); // as long as the page
    }
}

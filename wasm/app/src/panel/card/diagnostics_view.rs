//! Draws the diagnostics.

use super::state::Message;
use crate::panel::dom_builder::DomBuilder;
use eimza_protocol::Diagnostics;
use web_sys::Element;

/// Returns the result for each part of the installation.
pub(super) fn diagnostics(dom: &mut DomBuilder<Message>, diagnostics: &Diagnostics) -> Vec<Element> {
    let mut content = vec![dom.focus_heading("h3", &dom.text("panel_examine"))];
    for diagnostic in &diagnostics.findings {
        let part = dom.text(diagnostic.part.name_key());
        let part = diagnostic.name.as_ref().map_or(part.clone(), |name| format!("{part}: {name}"));
        let Some(problem) = &diagnostic.problem else {
            let text = dom.catalog.text("panel_part_is_well", &[("part", part.as_str())]);
            content.push(dom.plain_element("p", "", &text));
            content.extend(diagnostic.route.map(|route| dom.text_element("p", "note", route.message_key())));
            continue;
        };
        let part = dom.plain_element("p", "what", &part);
        let [problem, remedy] = dom.explain(problem).map(|sentence| dom.plain_element("p", "", &sentence));
        content.push(dom.element("div", "warning", &[part, problem, remedy]));
    }
    content.push(dom.button("examine", Message::RunDiagnostics, "panel_again", false));
    content.push(dom.button("back", Message::Back, "panel_back_to_card", true));
    content
}

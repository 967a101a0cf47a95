//! Which slots a page consists of.

use super::card::untested;
use super::dom_builder::DomBuilder;
use super::model::Model;
use super::registry::Message;
use super::render::title;
use super::section::Slot;
use super::shared::ExtensionPage;
use eimza_guide::Checklist;
use web_sys::Element;

/// Returns the header of the page.
pub(crate) fn header(dom: &mut DomBuilder<Message>, model: &Model) -> Element {
    let mut content = vec![title(dom)];
    content.extend(model.sections.view(Slot::Header, dom, &model.shared));
    dom.element("header", "", &content)
}

/// Returns the content of the page; that of the side panel is a procedure if there is a checklist.
pub(crate) fn content(
    dom: &mut DomBuilder<Message>,
    model: &Model,
    list: Option<&Checklist>,
) -> Vec<Element> {
    let (sections, shared) = (&model.sections, &model.shared);
    if shared.page == ExtensionPage::Welcome {
        return sections.view(Slot::Welcome, dom, shared);
    }
    let mut content = sections.view(Slot::Warnings, dom, shared);
    if model.pending_changes.failed {
        let message = dom.text_element("p", "what", "panel_not_stored");
        content.push(dom.alert("problem", &[message]));
    }
    if shared.needs_reload {
        content.push(dom.status("panel_reload"));
    }
    match list {
        Some(list) => {
            content.extend(sections.view(Slot::Procedure(list), dom, shared));
            content.push(dom.text_element("footer", "", "panel_guide_untested"));
        }
        None => {
            content.extend(sections.view(Slot::Start, dom, shared));
            content.extend(untested(dom, "footer", ""));
        }
    }
    content
}

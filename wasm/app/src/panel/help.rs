//! Where to get help, at the end of the start view.

use super::dom_builder::DomBuilder;
use super::effects::Effect;
use super::section::{Embed, Section, Slot};
use super::shared::Shared;
use web_sys::Element;

/// The help section. It has no controls.
#[derive(Default)]
pub(crate) struct HelpSection;

/// No message is sent.
#[derive(Debug, Clone)]
pub(crate) enum Message {}

impl Section for HelpSection {
    type Message = Message;

    fn update(&mut self, message: Message, _: &Shared) -> Vec<Effect<Message>> {
        match message {}
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Message>,
        _: &Shared,
        _: &mut Embed<'_>,
    ) -> Vec<Element> {
        match slot {
            Slot::Start => vec![help(dom)],
            _ => Vec::new(),
        }
    }
}

fn help(dom: &DomBuilder<Message>) -> Element {
    let mut content = vec![
        dom.text_element("h2", "", "help_title"),
        dom.text_element("p", "", "help_kamu_sm"),
        dom.text_element("p", "", "help_product"),
    ];
    match dom.homepage {
        Some(url) => content.push(dom.external_link("report", "button", url, &dom.text("help_report"))),
        None => content.push(dom.text_element("p", "", "help_report_department")),
    }
    content.push(dom.text_element("p", "note", "help_no_codes"));
    dom.element("section", "help", &content)
}

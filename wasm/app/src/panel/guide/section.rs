//! The guide as a section: the list of procedures in the start view, and the view of a procedure.

use super::state::{Guide, Message};
use super::view;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::effects::Effect;
use crate::panel::section::{Embed, Event, Section, Slot};
use crate::panel::shared::Shared;
use eimza_guide::Checklist;
use web_sys::Element;

impl Section for Guide {
    type Message = Message;

    fn update(&mut self, message: Message, shared: &Shared) -> Vec<Effect<Message>> {
        self.handle(message, shared)
    }

    fn notify(&mut self, event: &Event<'_>, shared: &Shared) -> Vec<Effect<Message>> {
        match event {
            Event::Navigated(_) => self.view_changed(),
            Event::Interaction(element) => {
                if let Some(step) = view::step_of(element) {
                    self.keep_expanded(&step, shared);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Message>,
        shared: &Shared,
        embed: &mut Embed<'_>,
    ) -> Vec<Element> {
        match slot {
            Slot::Warnings => view::resume(dom, shared),
            Slot::Start => {
                let procedures = view::procedure_list(dom, shared);
                vec![dom.element("section", "guide", &procedures)]
            }
            Slot::Procedure(list) => view::ProcedureView { guide: self, shared, list }.draw(dom, embed),
            _ => Vec::new(),
        }
    }

    fn announcement(&self, shared: &Shared, list: &Checklist) -> Option<String> {
        Some(view::progress(list, shared.catalog()))
    }
}

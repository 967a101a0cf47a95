//! The reminder as a section: below a card, and in the start view while an end is remembered.

use super::state::{Message, ReminderSection};
use super::view;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::effects::Effect;
use crate::panel::section::{Embed, Event, Section, Slot};
use crate::panel::shared::Shared;
use web_sys::Element;

impl Section for ReminderSection {
    type Message = Message;

    fn update(&mut self, message: Message, shared: &Shared) -> Vec<Effect<Message>> {
        self.handle(message, shared)
    }

    fn notify(&mut self, event: &Event<'_>, shared: &Shared) -> Vec<Effect<Message>> {
        match event {
            Event::Host(event) => ReminderSection::host_event(event, shared),
            Event::ControlUsed => {
                self.saved = false;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Message>,
        shared: &Shared,
        _: &mut Embed<'_>,
    ) -> Vec<Element> {
        let Some(today) = shared.today() else { return Vec::new() };
        match (slot, &shared.saved_state.reminder) {
            (Slot::Start, Some(reminder)) => view::remembered(dom, self, reminder.ends(), today),
            (Slot::CertificateEnd(ends), None) if ends >= today => view::question(dom, self, ends),
            _ => Vec::new(),
        }
    }
}

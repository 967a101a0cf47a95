//! The card as a section: in the start view, and on the page that opens after installation.

use super::state::{Card, Message};
use super::{view, welcome_view};
use crate::panel::dom_builder::DomBuilder;
use crate::panel::effects::Effect;
use crate::panel::section::{Embed, Event, Section, Slot};
use crate::panel::shared::Shared;
use web_sys::Element;

impl Section for Card {
    type Message = Message;

    fn update(&mut self, message: Message, shared: &Shared) -> Vec<Effect<Message>> {
        self.handle(message, shared)
    }

    fn notify(&mut self, event: &Event<'_>, shared: &Shared) -> Vec<Effect<Message>> {
        match event {
            Event::Opened => self.connect(),
            Event::Host(event) => self.host_event((*event).clone(), shared),
            _ => Vec::new(),
        }
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Message>,
        shared: &Shared,
        embed: &mut Embed<'_>,
    ) -> Vec<Element> {
        match slot {
            Slot::Warnings => view::warnings(dom, self),
            Slot::Start => {
                let mut card = view::card(dom, self, shared.now);
                let end = self.certificate_end();
                card.extend(end.into_iter().flat_map(|end| embed(Slot::CertificateEnd(end))));
                vec![dom.element("section", "card", &card)]
            }
            Slot::Welcome => welcome_view::welcome(dom, self),
            _ => Vec::new(),
        }
    }
}

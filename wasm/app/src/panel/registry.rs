//! The sections of the panel, one row each.

use super::dom_builder::DomBuilder;
use super::effects::Effect;
use super::section::{Event, Section, Slot};
use super::shared::Shared;
use eimza_guide::Checklist;
use web_sys::Element;

/// Defines [`Sections`] and [`Message`] from rows of field, message variant and section type.
macro_rules! sections {
    ($($field:ident: $variant:ident($section:ty),)*) => {
        /// All sections.
        #[derive(Default)]
        pub(crate) struct Sections {
            $(pub $field: $section,)*
        }

        /// A message to one of the sections.
        #[derive(Clone)]
        pub(crate) enum Message {
            $($variant(<$section as Section>::Message),)*
        }

        impl Sections {
            /// Passes a message to its section.
            pub(crate) fn update(&mut self, message: Message, shared: &Shared) -> Vec<Effect<Message>> {
                match message {
                    $(Message::$variant(message) => {
                        wrap(self.$field.update(message, shared), Message::$variant)
                    })*
                }
            }

            /// Passes an event to every section.
            pub(crate) fn notify(&mut self, event: &Event<'_>, shared: &Shared) -> Vec<Effect<Message>> {
                let mut effects = Vec::new();
                $(effects.extend(wrap(self.$field.notify(event, shared), Message::$variant));)*
                effects
            }

            /// Returns what the sections show in a slot.
            pub(crate) fn view(
                &self,
                slot: Slot<'_>,
                dom: &mut DomBuilder<Message>,
                shared: &Shared,
            ) -> Vec<Element> {
                let mut elements = Vec::new();
                $({
                    let mut own = DomBuilder::new(shared.elements());
                    let mut embed = |slot: Slot<'_>| self.view(slot, dom, shared);
                    elements.extend(self.$field.view(slot, &mut own, shared, &mut embed));
                    dom.absorb(own, Message::$variant);
                })*
                elements
            }

            /// Returns the first announcement of a section.
            pub(crate) fn announcement(&self, shared: &Shared, list: &Checklist) -> Option<String> {
                None$(.or_else(|| self.$field.announcement(shared, list)))*
            }
        }
    };
}

// Sections that fill the same slot appear in this order; announcements are taken from the first section that
// has one.
sections! {
    language: Language(super::language::LanguageSection),
    card: Card(super::card::CardSection),
    reminder: Reminder(super::reminder::ReminderSection),
    institution: Institution(super::institution::InstitutionSection),
    transfer: Transfer(super::transfer::TransferSection),
    guide: Guide(super::guide::GuideSection),
    help: Help(super::help::HelpSection),
}

fn wrap<M>(effects: Vec<Effect<M>>, wrap: fn(M) -> Message) -> Vec<Effect<Message>> {
    effects.into_iter().map(|effect| effect.map(wrap)).collect()
}

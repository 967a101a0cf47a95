//! The institution as a section: in the view of a procedure in which the institution matters.

use super::profile_import::{Message, ProfileImport};
use super::view;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::effects::Effect;
use crate::panel::navigation::NavigationSource;
use crate::panel::section::{Embed, Event, Section, Slot};
use crate::panel::shared::Shared;
use eimza_guide::{Checklist, Payee, Step};
use web_sys::Element;

impl Section for ProfileImport {
    type Message = Message;

    fn update(&mut self, message: Message, _: &Shared) -> Vec<Effect<Message>> {
        self.handle(message)
    }

    fn notify(&mut self, event: &Event<'_>, _: &Shared) -> Vec<Effect<Message>> {
        // A file that was chosen is not carried over to another view.
        if matches!(event, Event::Navigated(NavigationSource::Panel)) {
            *self = Self::None;
        }
        Vec::new()
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Message>,
        shared: &Shared,
        _: &mut Embed<'_>,
    ) -> Vec<Element> {
        match slot {
            Slot::BeforeSteps(list) if depends_on_institution(list) => {
                view::institution(dom, self, &shared.saved_state)
            }
            _ => Vec::new(),
        }
    }
}

/// Returns whether a step needs the institution's unit or is paid to the institution.
fn depends_on_institution(list: &Checklist) -> bool {
    let is_paid_to_institution =
        |step: &Step| step.payment.as_ref().is_some_and(|payment| payment.to == Payee::Institution);
    list.steps.iter().any(|state| state.step.unit || is_paid_to_institution(state.step))
}

//! The transfer as a section: at the steps at which something is paid.

use super::state::{Message, Transfer};
use super::step_payment::StepPayment;
use super::view;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::effects::Effect;
use crate::panel::section::{Embed, Event, Section, Slot};
use crate::panel::shared::Shared;
use eimza_guide::Checklist;
use eimza_messages::Sheet;
use web_sys::Element;

impl Section for Transfer {
    type Message = Message;

    fn update(&mut self, message: Message, _: &Shared) -> Vec<Effect<Message>> {
        self.handle(message)
    }

    fn notify(&mut self, event: &Event<'_>, _: &Shared) -> Vec<Effect<Message>> {
        match event {
            Event::ControlUsed => self.announces_result = false,
            Event::StoredPayer(payer) => self.stored_payer_changed(payer.cloned()),
            _ => {}
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
        let Slot::StepDetails(list, step) = slot else { return Vec::new() };
        let payment = StepPayment::of(step, &shared.saved_state, &list.procedure.id, shared.today());
        payment.map_or_else(Vec::new, |payment| view::payment(dom, payment, self))
    }

    fn announcement(&self, shared: &Shared, list: &Checklist) -> Option<String> {
        StepPayment::all(list, &shared.saved_state, shared.today())
            .find_map(|payment| view::announcement(payment, self, shared.catalog()))
    }
}

impl Transfer {
    /// Returns the transfer on show, to be printed; `None` if no account is on show.
    pub(crate) fn sheet(&self, shared: &Shared) -> Option<Sheet> {
        let list = shared.checklist()?;
        StepPayment::all(&list, &shared.saved_state, shared.today())
            .find_map(|payment| view::sheet(payment, self, shared.catalog()))
    }
}

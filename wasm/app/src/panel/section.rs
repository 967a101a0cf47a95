//! The interface of a section.

use super::dom_builder::DomBuilder;
use super::effects::{Effect, HostEvent};
use super::navigation::NavigationSource;
use super::shared::Shared;
use eimza_guide::{Checklist, Step};
use eimza_payment::{Day, Payer};
use web_sys::Element;

/// A part of the panel with its own state, controls and messages.
///
/// To add one, create its module, declare it with a `mod` line in `panel/mod.rs`, and add its row in
/// `panel/registry.rs`.
pub(crate) trait Section: Default {
    /// What the controls and effects of the section send to it.
    type Message: Clone + 'static;

    /// Handles a message of the section.
    fn update(&mut self, message: Self::Message, shared: &Shared) -> Vec<Effect<Self::Message>>;

    /// Handles an event that every section gets.
    fn notify(&mut self, _event: &Event<'_>, _shared: &Shared) -> Vec<Effect<Self::Message>> {
        Vec::new()
    }

    /// Returns what the section shows in a slot. `embed` returns what all sections show in a slot inside of
    /// it.
    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<Self::Message>,
        shared: &Shared,
        embed: &mut Embed<'_>,
    ) -> Vec<Element>;

    /// Returns the text that screen readers announce while a procedure is on show. If several sections return
    /// a text, only that of the first one is announced.
    fn announcement(&self, _shared: &Shared, _list: &Checklist) -> Option<String> {
        None
    }
}

/// Returns the elements that all sections show in a slot.
pub(crate) type Embed<'a> = dyn FnMut(Slot<'_>) -> Vec<Element> + 'a;

/// A place in the page that sections fill.
#[derive(Clone, Copy)]
pub(crate) enum Slot<'a> {
    /// Beside the title.
    Header,
    /// The top of the side panel, in every view.
    Warnings,
    /// The start view of the side panel.
    Start,
    /// Below a card in the start view, with the last valid day of its certificate.
    CertificateEnd(Day),
    /// The view of a procedure.
    Procedure(&'a Checklist),
    /// In the view of a procedure, before its steps.
    BeforeSteps(&'a Checklist),
    /// In the view of a procedure, below the details of an expanded step.
    StepDetails(&'a Checklist, &'a Step),
    /// The page that opens after installation.
    Welcome,
}

/// An event that every section gets.
pub(crate) enum Event<'a> {
    /// The page was opened.
    Opened,
    /// The user pressed or chose a control of some section; sent before its message.
    ControlUsed,
    /// A DOM event that concerns this element.
    Interaction(&'a Element),
    /// The view was changed or opened again.
    Navigated(NavigationSource),
    /// The native host, or the connection to it, reports something.
    Host(&'a HostEvent),
    /// The payer that local storage remembers, after the page was opened and after another page changed it.
    StoredPayer(Option<&'a Payer>),
}

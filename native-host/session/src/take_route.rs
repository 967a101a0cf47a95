//! Continues with a card on the route that was chosen for it.

use crate::{CardSession, HeldCard, ModuleRoute, RouteChoice, choose_route};

/// Returns the session for an operation with a card that was opened over PC/SC, on the route that
/// [`choose_route`] chooses; `modules` is `None` where no module can be loaded.
pub fn take_route(card: Box<dyn HeldCard>, modules: Option<&dyn ModuleRoute>) -> Box<dyn CardSession> {
    let description = card.description();
    let find = || modules.and_then(|modules| modules.find(description));
    match choose_route(description.unblock_command_is_certain, find) {
        RouteChoice::Module(token) => token.take_over(card),
        // The description of an opened card already names the consent that uncertain commands need.
        RouteChoice::CertainCommands | RouteChoice::UncertainCommands => card,
    }
}

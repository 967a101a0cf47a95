//! Decides which route the codes of an operation take.

/// A way for codes to reach a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Commands over PC/SC.
    Commands,
    /// The PKCS#11 module of the card's maker.
    Module,
}

/// Something that the user has to agree to before codes are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Commands are sent that no source confirms for this card, because no module of its maker shows the card.
    NoModule,
    /// The code is passed to the maker's module, and nobody has confirmed which code of the card it uses.
    UnconfirmedModule,
}

/// The route of an operation. It is chosen before codes are asked for and does not change afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteChoice<T> {
    /// Commands that a source confirms for this family of cards.
    CertainCommands,
    /// A module that shows this card.
    Module(T),
    /// Commands that no source confirms; they need [`Consent::NoModule`].
    UncertainCommands,
}

/// Chooses the route for a card. `find_in_module` looks for it in a module, and is not called for a card whose
/// commands are certain: no module is loaded without need.
pub fn choose_route<T>(
    commands_are_certain: bool,
    find_in_module: impl FnOnce() -> Option<T>,
) -> RouteChoice<T> {
    if commands_are_certain {
        return RouteChoice::CertainCommands;
    }
    find_in_module().map_or(RouteChoice::UncertainCommands, RouteChoice::Module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_are_certain_need_no_module() {
        let choice = choose_route(true, || -> Option<()> { panic!("no module is loaded") });
        assert_eq!(choice, RouteChoice::CertainCommands);
    }

    #[test]
    fn a_module_that_shows_the_card_is_preferred_to_uncertain_commands() {
        assert_eq!(choose_route(false, || Some("token")), RouteChoice::Module("token"));
        assert_eq!(choose_route(false, || None::<()>), RouteChoice::UncertainCommands);
    }
}

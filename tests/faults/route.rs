//! The routes that codes take to the card.

use crate::driver::{Driver, InstalledDriver};
use std::fmt;

/// A route. Another one is a variant here, with the card that takes it; what it needs besides is prepared
/// before the first scenario. The points of its operations come from the card's log like all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Commands that are certain for the card's family.
    Commands,
    /// Commands that are not, after the user has agreed to them.
    UncertainCommands,
    /// A module that shows the card: OpenSC's, in place of the one of the card's maker.
    Module,
}

impl Route {
    pub const ALL: [Self; 3] = [Self::Commands, Self::UncertainCommands, Self::Module];

    /// Installs what the route needs, until the result is dropped.
    pub fn prepare(self) -> Option<InstalledDriver> {
        (self == Self::Module).then(|| Driver::opensc().install_here())
    }

    /// Returns the arguments for a card that takes this route.
    pub fn card(self) -> &'static [&'static str] {
        match self {
            Self::Commands => &[],
            Self::UncertainCommands | Self::Module => &["--profile", "akis-2x"],
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Commands => "commands",
            Self::UncertainCommands => "commands with consent",
            Self::Module => "module",
        })
    }
}

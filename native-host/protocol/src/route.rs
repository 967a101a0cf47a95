//! The way that codes take to a card.

use serde::{Deserialize, Serialize};

/// The way that the codes of an operation take to a card, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardRoute {
    /// Commands over PC/SC: a source confirms those of this family of cards.
    Commands,
    /// The PKCS#11 module of the card's maker: no source confirms the commands, and the module is installed.
    Module,
    /// Commands over PC/SC that no source confirms: no trusted module shows the card. The user is asked first.
    UnconfirmedCommands,
}

impl CardRoute {
    /// Returns the key of the message that says which way it is, and why.
    #[must_use]
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Commands => "card_route_commands",
            Self::Module => "card_route_module",
            Self::UnconfirmedCommands => "card_route_unconfirmed",
        }
    }
}

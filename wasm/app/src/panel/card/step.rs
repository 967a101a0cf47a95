//! The step of the user in the card section.

use super::readers::Readers;
use eimza_protocol::{CodeState, Command, Diagnostics, Problem};

/// The view of the section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Step {
    /// The state of the card and what can be done about it.
    #[default]
    Overview,
    /// "PUK kodunuz yanınızda mı?" Yes starts the unlock.
    PukQuestion,
    /// Where the PUK may be found.
    PukPlaces,
    /// There is no PUK: the official way.
    OfficialWay,
    /// The host prompts for codes.
    Working(Command),
    /// The host runs its diagnostics.
    Examining,
    /// The diagnostics.
    Examined(Diagnostics),
    /// The operation succeeded.
    Done(Command),
    /// The operation failed.
    Failed(Problem),
}

impl Step {
    /// Returns whether a report about the readers ends it. A step and an outcome disappear with their card, and an
    /// outcome that the card contradicts disappears too. A failure stays while no other card is there.
    pub(super) fn is_over(&self, readers: &Readers) -> bool {
        let card = readers.current_card();
        let is_pin_blocked = card.is_some_and(|card| card.pin == CodeState::Blocked);
        match self {
            Self::Working(_) | Self::Examining | Self::Examined(_) => false,
            Self::Failed(_) => readers.has_another_card(),
            Self::Done(Command::Unlock | Command::ChangePin) if is_pin_blocked => true,
            _ => card.is_none() || readers.has_another_card(),
        }
    }
}

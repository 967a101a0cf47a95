//! The routes that codes take to the card.

use crate::driver::{Driver, InstalledDriver};
use crate::operation::Operation;
use crate::pin_pad::PinPad;
use crate::point::Point;
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
    /// Commands that the reader completes with the codes that the user types on its keys.
    ReaderKeys,
}

impl Route {
    pub const ALL: [Self; 4] = [Self::Commands, Self::UncertainCommands, Self::Module, Self::ReaderKeys];

    /// Installs what the route needs, until the result is dropped.
    pub fn prepare(self) -> Option<InstalledDriver> {
        (self == Self::Module).then(|| Driver::opensc().install_here())
    }

    /// Returns the arguments for a card that takes this route.
    pub fn card(self) -> &'static [&'static str] {
        match self {
            Self::Commands | Self::ReaderKeys => &[],
            Self::UncertainCommands | Self::Module => &["--profile", "akis-2x"],
        }
    }

    /// Returns the PIN pad on which the user types the codes of an operation, if the route has one. At its point the
    /// user keeps the reader waiting.
    pub fn pin_pad(self, operation: Operation, codes: &[&str], point: Option<Point>) -> Option<PinPad> {
        if self != Self::ReaderKeys || operation.questions().is_empty() {
            return None;
        }
        // Sooner than anybody can type, a reader that fails has refused.
        let waits = |number| if point == Some(Point::Typing(number)) { "wait" } else { "slowly" };
        Some(PinPad::typing(codes).ordered(&[waits(1), waits(2)]))
    }

    /// Returns the points at which the user is asked for codes.
    pub fn questions(self, operation: Operation) -> Vec<Point> {
        let labels = operation.questions();
        match self {
            Self::ReaderKeys => (1..=operation.reader_entries()).map(Point::Typing).collect(),
            _ => (1..).zip(labels).map(|(number, label)| Point::Asked(number, label)).collect(),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Commands => "commands",
            Self::UncertainCommands => "commands with consent",
            Self::Module => "module",
            Self::ReaderKeys => "keys of the reader",
        })
    }
}

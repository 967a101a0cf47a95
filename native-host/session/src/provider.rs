//! Lists readers and opens the cards in them.

use crate::{CodeKind, Error, HeldCard};
use eimza_display_text::DisplayText;

/// A provider of cards: lists readers and opens the cards in them. It waits for a bounded time only.
pub trait CardProvider: Send + Sync {
    /// Returns the reader with this name, as it was shown or as its driver has it, or all readers; never an
    /// empty list.
    ///
    /// # Errors
    /// If the smart-card service is not available, or there is no (such) reader.
    fn list(&self, reader: Option<&str>) -> Result<Vec<Box<dyn ListedReader>>, Error>;
}

/// A reader, as listed.
pub trait ListedReader: Send {
    /// Returns its name to show, which no other listed reader has.
    fn name(&self) -> &DisplayText;

    /// Returns whether it holds a card, as far as is known.
    fn may_hold_card(&self) -> bool;

    /// Opens its card, reads the description and the requested states, and runs `meanwhile` on this thread
    /// while the card is being read. Uses no try.
    ///
    /// # Errors
    /// If there is no usable e-signature card.
    fn open(
        self: Box<Self>,
        states: ReadStates,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Box<dyn HeldCard>, Error>;

    /// Returns a report on how its card responds, for developers who have no such card: without personal data.
    /// Uses no try.
    ///
    /// # Errors
    /// If there is no card, or it cannot be connected to.
    fn report(self: Box<Self>) -> Result<String, Error>;
}

/// The codes whose state is read when a card is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadStates {
    /// That of one code, for an operation.
    Of(CodeKind),
    /// Those of both codes, to show them.
    Both,
}

impl ReadStates {
    /// Returns the codes.
    #[must_use]
    pub fn codes(self) -> &'static [CodeKind] {
        match self {
            Self::Of(CodeKind::Pin) => &[CodeKind::Pin],
            Self::Of(CodeKind::Puk) => &[CodeKind::Puk],
            Self::Both => &[CodeKind::Pin, CodeKind::Puk],
        }
    }
}

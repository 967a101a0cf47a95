//! Errors of an operation.

use super::kind::Operation;
use eimza_card::{CardError, CodeError, TransportError};
use std::fmt;

/// Why an operation failed, or why its outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// Connecting to a card failed.
    Pcsc(eimza_pcsc::Error),
    /// The card is not a usable e-signature card.
    Card(CardError),
    /// The connection to the card failed; no code was sent.
    Transport(TransportError),
    /// The user entered no codes.
    Prompt(eimza_prompt::Error),
    /// The card rejected the codes, or the outcome is unknown.
    Code(Operation, CodeError),
    /// Several readers hold, or may hold, an e-signature card, and none was named.
    SeveralCards,
    /// The card does not allow changing this code.
    NotChangeable,
    /// Too many consecutive malformed entries.
    MalformedEntries,
    /// The user declined, or the operation was cancelled; no code was sent.
    Cancelled,
    /// The card was replaced or removed during the prompt; no code was sent.
    CardChanged,
    /// A bug in this program.
    Internal,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pcsc(error) => error.fmt(formatter),
            Self::Prompt(error) => error.fmt(formatter),
            other => write!(formatter, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<eimza_pcsc::Error> for Error {
    fn from(error: eimza_pcsc::Error) -> Self {
        Self::Pcsc(error)
    }
}

impl From<CardError> for Error {
    fn from(error: CardError) -> Self {
        Self::Card(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<eimza_prompt::Error> for Error {
    fn from(error: eimza_prompt::Error) -> Self {
        Self::Prompt(error)
    }
}

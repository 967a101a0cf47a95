//! Errors of an operation.

use super::kind::Operation;
use eimza_card::{CardError, CodeError, TransportError};

/// Why an operation failed, or why its outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Connecting to a card failed.
    #[error(transparent)]
    Pcsc(#[from] eimza_pcsc::Error),
    /// The card is not a usable e-signature card.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The connection to the card failed; no code was sent.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The user entered no codes.
    #[error(transparent)]
    Prompt(#[from] eimza_prompt::Error),
    /// The card rejected the codes, or the outcome is unknown.
    #[error("{1}")]
    Code(Operation, #[source] CodeError),
    /// Several readers hold, or may hold, an e-signature card, and none was named.
    #[error("several readers may hold an e-signature card")]
    SeveralCards,
    /// The card does not allow changing this code.
    #[error("the card does not allow changing the code")]
    NotChangeable,
    /// Too many consecutive malformed entries.
    #[error("too many malformed entries")]
    MalformedEntries,
    /// The user declined, or the operation was cancelled; no code was sent.
    #[error("the operation was cancelled")]
    Cancelled,
    /// The card was replaced or removed during the prompt; no code was sent.
    #[error("the card was replaced or removed during the prompt")]
    CardChanged,
    /// A bug in this program.
    #[error("internal error of the operation")]
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn displays_the_underlying_error() {
        let removed = Error::Card(CardError::Transport(TransportError::Removed));
        assert_eq!(removed.to_string(), "the card was removed");
        let wrong = Error::Code(Operation::Unlock, CodeError::Wrong(Some(2)));
        assert_eq!(wrong.to_string(), "the code is wrong");
        assert_eq!(wrong.source().map(ToString::to_string), Some("the code is wrong".to_owned()));
    }
}

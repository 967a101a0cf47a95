//! Errors of an operation.

use eimza_session::{Error as SessionError, Operation};

/// Why an operation failed, or why its outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no usable card; no code was sent.
    #[error(transparent)]
    Card(#[from] SessionError),
    /// The user entered no codes.
    #[error(transparent)]
    Prompt(#[from] eimza_prompt::Error),
    /// The card did not take the codes, or the outcome is unknown.
    #[error("{1}")]
    Code(Operation, #[source] SessionError),
    /// Several readers hold, or may hold, an e-signature card, and none was named.
    #[error("several readers may hold an e-signature card")]
    SeveralCards,
    /// The card does not allow changing this code.
    #[error("the card does not allow changing the code")]
    NotChangeable,
    /// Too many consecutive malformed entries.
    #[error("too many malformed entries")]
    MalformedEntries,
    /// The user declined; no code was sent.
    #[error("the operation was cancelled")]
    Cancelled,
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
        assert_eq!(Error::Card(SessionError::CardRemoved).to_string(), "the card was removed");
        let wrong = Error::Code(Operation::Unlock, SessionError::WrongCode(Some(2)));
        assert_eq!(wrong.to_string(), "the code is wrong");
        assert_eq!(wrong.source().map(ToString::to_string), Some("the code is wrong".to_owned()));
    }
}

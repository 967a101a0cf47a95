//! Why a command with a code failed.

use super::pad_error::PadError;
use crate::{StatusWord, TransportError};

/// Why an operation failed. "Old code" is the code that authenticates the user: the PUK when unblocking, the
/// current code when changing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// The old code is wrong; with the tries left if the card reports them.
    #[error("the code is wrong")]
    Wrong(Option<u8>),
    /// The old code is blocked.
    #[error("the code is blocked")]
    Blocked,
    /// The card rejected the new code.
    #[error("the card rejected the new code")]
    NewCodeRefused,
    /// The card does not support the command; no try was used.
    #[error("the card does not support the operation")]
    Unsupported,
    /// The card returned an unexpected status word.
    #[error("the card returned status {0}")]
    Failed(StatusWord),
    /// The old code has fewer tries left than the user was shown, or its state is no longer known. No code
    /// was sent.
    #[error("the tries left have changed")]
    StateChanged,
    /// The card did not respond; no code was sent.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A code was sent and the card did not respond: its effect is unknown.
    #[error("the outcome is unknown: {0}")]
    OutcomeUnknown(TransportError),
    /// The reader, which takes the codes itself, did not send one that the card refused.
    #[error(transparent)]
    Pad(PadError),
}

impl CodeError {
    /// Converts a status word other than 9000 in response to the old code.
    pub(super) fn from_status(status: StatusWord) -> Self {
        match status {
            // Includes 63C0: that entry used up the last try.
            status if status.is_blocked() => Self::Blocked,
            StatusWord::WrongCode(left) => Self::Wrong(Some(left)),
            StatusWord::WrongCodeNoCounter => Self::Wrong(None),
            other => Self::Failed(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn describes_errors_in_english() {
        for (error, text) in [
            (CodeError::Wrong(Some(2)), "the code is wrong"),
            (CodeError::Failed(StatusWord::FileNotFound), "the card returned status 6A82"),
            (CodeError::Transport(TransportError::Removed), "the card was removed"),
            (
                CodeError::OutcomeUnknown(TransportError::Silent),
                "the outcome is unknown: the card does not respond",
            ),
        ] {
            let error: &dyn core::error::Error = &error;
            assert_eq!(error.to_string(), text);
        }
    }
}

//! Why a command with a code was not carried out.

use crate::apdu::{Command, transmit};
use crate::{StatusWord, Transport, TransportError};

/// What became of a code that the user typed. "Old" is the code that proves who the user is: the
/// PUK of an unblock, the current code of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// The old code is wrong; so many wrong entries remain, where the card says so.
    Wrong(Option<u8>),
    /// The old code is blocked.
    Blocked,
    /// The new code was not to the card's liking.
    NewCodeRefused,
    /// The card does not know the command; no try was spent.
    Unsupported,
    /// Any other refusal.
    Failed(StatusWord),
    /// The state of the old code is no longer what the user was told; no code went out.
    StateChanged,
    /// No answer, and no code on its way.
    Transport(TransportError),
    /// A code went out and no answer came: what the card did with it is not known.
    OutcomeUnknown(TransportError),
}

impl From<TransportError> for CodeError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// Sends a command with codes, once: it is not repeated on 6Cxx as others are.
pub(crate) fn send(card: &mut dyn Transport, command: Command<'_>) -> Result<StatusWord, CodeError> {
    if command.data.is_empty() {
        return Err(CodeError::Unsupported); // it would be a question, or a wrong entry
    }
    match transmit(card, command) {
        // Done, with an answer that nobody asked for.
        Ok(answer) if matches!(answer.status, StatusWord::MoreData(_)) => Ok(StatusWord::Ok),
        Ok(answer) => Ok(answer.status),
        // PC/SC reports a reset card instead of sending it a command.
        Err(TransportError::Changed) => Err(CodeError::Transport(TransportError::Changed)),
        Err(error) => Err(CodeError::OutcomeUnknown(error)),
    }
}

/// The same after a code that the card took: a card that was reset by now has done something with it.
pub(crate) fn send_next(card: &mut dyn Transport, command: Command<'_>) -> Result<StatusWord, CodeError> {
    send(card, command).map_err(|error| match error {
        CodeError::Transport(error) => CodeError::OutcomeUnknown(error),
        other => other,
    })
}

/// What a status word other than 9000 says of the old code.
pub(crate) fn refused(status: StatusWord) -> CodeError {
    match status {
        // No try left after this one: the same as blocked, from now on.
        status if status.is_blocked() => CodeError::Blocked,
        StatusWord::WrongCode(left) => CodeError::Wrong(Some(left)),
        StatusWord::WrongCodeUncounted => CodeError::Wrong(None),
        other => CodeError::Failed(other),
    }
}

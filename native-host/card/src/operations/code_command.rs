//! Sends commands that carry codes, each exactly once.

use super::CodeError;
use crate::iso7816::apdu::{Command, transmit_once};
use crate::{StatusWord, Transport, TransportError};

/// Sends a command with codes exactly once: unlike other commands, it is not repeated after 6Cxx.
pub(super) fn send(transport: &mut dyn Transport, command: Command<'_>) -> Result<StatusWord, CodeError> {
    if command.data.is_empty() {
        return Err(CodeError::Unsupported); // without data it would be a query or a wrong entry
    }
    match transmit_once(transport, command) {
        // The command succeeded; the response data is not needed.
        Ok(response) if matches!(response.status, StatusWord::MoreData(_)) => Ok(StatusWord::Ok),
        Ok(response) => Ok(response.status),
        // PC/SC reports that the card was reset instead of sending the command.
        Err(TransportError::Changed) => Err(CodeError::Transport(TransportError::Changed)),
        Err(error) => Err(CodeError::OutcomeUnknown(error)),
    }
}

/// Like [`send`], but after a command with a code that the card accepted: if the card was reset in between,
/// the effect of that command is unknown.
pub(super) fn send_next(
    transport: &mut dyn Transport,
    command: Command<'_>,
) -> Result<StatusWord, CodeError> {
    send(transport, command).map_err(|error| match error {
        CodeError::Transport(error) => CodeError::OutcomeUnknown(error),
        other => other,
    })
}

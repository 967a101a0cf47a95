//! Limits the number of commands that are sent to a card.

use crate::{Transport, TransportError};
use alloc::vec::Vec;

/// A transport that fails with [`TransportError::Silent`] once the limit is reached: a card that needs more
/// commands to describe itself is defective or malicious.
pub(crate) struct CommandLimit<'a> {
    transport: &'a mut dyn Transport,
    remaining: u32,
}

impl<'a> CommandLimit<'a> {
    /// Allows `limit` commands.
    pub(crate) fn new(transport: &'a mut dyn Transport, limit: u32) -> Self {
        Self { transport, remaining: limit }
    }
}

impl Transport for CommandLimit<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.remaining = self.remaining.checked_sub(1).ok_or(TransportError::Silent)?;
        self.transport.transmit(command)
    }
}

//! The connection to a card.

use alloc::vec::Vec;

/// A connection with exclusive access to a card.
pub trait Transport {
    /// Sends one command APDU and returns the response APDU, status word included.
    ///
    /// # Errors
    /// If no response arrives; the error says why.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError>;
}

/// Why a card returned no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The card was removed from the reader.
    #[error("the card was removed")]
    Removed,
    /// The card was reset or replaced by another one.
    #[error("the card was reset or replaced")]
    Changed,
    /// The card does not respond, or its response is malformed.
    #[error("the card does not respond")]
    Silent,
    /// Another program has exclusive access to the card.
    #[error("another program is using the card")]
    Busy,
    /// The reader was disconnected.
    #[error("the reader was disconnected")]
    ReaderGone,
    /// The smart-card service has stopped.
    #[error("the smart-card service has stopped")]
    ServiceGone,
}

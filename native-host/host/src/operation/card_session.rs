//! The interface between operations and a way to reach a card.

use eimza_card::{Transport, TransportError};
use eimza_pcsc::Connection;

/// A session with one card that lasts as long as an operation and locks the card only for individual
/// transactions.
pub trait CardSession {
    /// Runs `work` in an exclusive transaction, in which no other program can send commands. The card is
    /// reset afterwards if it received a code.
    ///
    /// # Errors
    /// If the card cannot be locked, or is no longer the one that the session was started with.
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError>;
}

impl CardSession for Connection {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        let mut transaction = self.begin()?;
        Ok(work(&mut transaction))
    }
}

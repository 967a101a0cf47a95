//! The interface between a session and the handle that it has of its card.

use eimza_card::{Transport, TransportError};
use eimza_session::Error;

/// A handle of one card, which becomes invalid when the card is reset by another program, removed or replaced.
pub trait CardLink: Send {
    /// Runs `work` in an exclusive transaction, in which no other program can send commands. A card that
    /// received a code is reset before the transaction ends.
    ///
    /// # Errors
    /// If the card cannot be locked, or the handle is no longer valid.
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError>;

    /// Confirms that the card was neither removed nor replaced; it may have been reset.
    ///
    /// # Errors
    /// [`Error::CardChanged`] if it was, or the error of the reader.
    fn confirm_same_card(&mut self) -> Result<(), Error>;

    /// Resets the card if no other program holds it for long. The handle stays valid.
    fn reset_now(&mut self);

    /// Resets the card, also if another program has reset it before, and disconnects.
    fn reset(self);

    /// Disconnects and leaves the card as it is: other programs may have verified a PIN.
    fn disconnect(self);
}

//! A session with one card.

use crate::{CardDescription, CodeKind, CodeState, Error, Operation, Secret};

/// A session with one card, which lasts as long as an operation. It locks the card only for moments, never
/// while the user is being asked.
///
/// Every implementation guarantees:
///
/// - Codes go to the card that was described or to none: a card that was removed, reset or replaced since is
///   [`Error::CardChanged`], and both codes are dropped.
/// - An entry is sent once. [`Self::unblock`] and [`Self::change`] consume the session and the codes, whatever
///   the outcome. [`Self::enter_on_reader`] returns the session only if no code was entered.
/// - Codes are sent only while the old code has at least the tries that the user was shown.
/// - A card that received a code is reset before the gate ends, and with it the process may.
///
/// With commands, no other program can use the card from the first code to the reset. A module locks the card as it
/// likes: other programs can use the authenticated card between its commands, and until the reset that follows its
/// answer.
pub trait CardSession: Send {
    /// Returns the description of the card. It does not change.
    fn description(&self) -> &CardDescription;

    /// Returns the state of a code; of a code that was read when the card was opened, the state at that time.
    /// Uses no try.
    ///
    /// # Errors
    /// If the card does not respond or has changed.
    fn state(&mut self, code: CodeKind) -> Result<CodeState, Error>;

    /// Unblocks the PIN: the old code is the PUK, the new one the PIN. Sends the codes within `gate` only.
    ///
    /// # Errors
    /// If the PIN was not unblocked, or if the outcome is unknown.
    fn unblock(self: Box<Self>, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error>;

    /// Changes a code, under the same conditions.
    ///
    /// # Errors
    /// If the code was not changed, or if the outcome is unknown.
    fn change(self: Box<Self>, code: CodeKind, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error>;

    /// Returns whether the reader has keys on which the user can type the codes of an operation, and a command of
    /// the card for which it can do so.
    ///
    /// # Errors
    /// If the card does not respond or has changed.
    fn reader_takes_codes(&mut self, _: Operation) -> Result<bool, Error> {
        Ok(false)
    }

    /// Has the reader take the codes of an operation and send them, under the same conditions as
    /// [`Self::unblock`]. `known` is the state of the old code that the user was shown. Waits for the user, during
    /// which the card is locked: the reader sends a code as soon as it is typed.
    ///
    /// # Errors
    /// See [`ReaderEntryError`].
    fn enter_on_reader(
        self: Box<Self>,
        _: Operation,
        _: CodeState,
        _: &dyn SendGate,
    ) -> Result<(), ReaderEntryError> {
        self.close();
        Err(ReaderEntryError::Failed(Error::Unsupported))
    }

    /// Ends the session and leaves the card as it is: other programs may have verified a PIN.
    fn close(self: Box<Self>);
}

/// The codes that a user entered for one operation. They conform to the rules of the card.
pub struct CodeEntry {
    /// The state of the old code that the user was shown.
    pub known: CodeState,
    /// The code that authenticates the user.
    pub old: Secret,
    /// The code to set.
    pub new: Secret,
}

/// Why an operation with codes that are typed on the reader failed.
pub enum ReaderEntryError {
    /// The reader refused to take codes. None was entered and no try was used, so the session goes on.
    Refused(Box<dyn CardSession>),
    /// The codes are unchanged, or the outcome is unknown.
    Failed(Error),
}

/// Decides at the last moment whether codes are sent, and keeps the process alive meanwhile.
pub trait SendGate {
    /// Runs `send` uninterrupted and returns true, or runs nothing and returns false because the operation was
    /// cancelled.
    fn pass(&self, send: &mut dyn FnMut()) -> bool;
}

//! The interface for the route over a PKCS#11 module, which continues with a card that was opened over PC/SC.

use crate::{CardDescription, CardSession, Error};

/// An opened card whose handle stays with this process while another route sends codes to it.
pub trait HeldCard: CardSession {
    /// Confirms that the card in the reader is the one that was described: it was neither removed nor replaced
    /// since. A reset by the other route is no replacement.
    ///
    /// # Errors
    /// [`Error::CardChanged`] if it is another card, or the error of the reader.
    fn confirm_same_card(&mut self) -> Result<(), Error>;

    /// Resets the card if no other program holds it for long, and keeps the session.
    fn reset_now(&mut self);

    /// Resets the card and ends the session: a verified code is forgotten before another program can use it.
    /// Does nothing to a card that was removed.
    fn reset(self: Box<Self>);
}

/// The route over a PKCS#11 module.
pub trait ModuleRoute: Send + Sync {
    /// Looks for a card through the trusted modules. Returns its token if exactly one has this card's
    /// certificate. Called before any code is asked for; sends none, and logs in nowhere.
    fn find(&self, card: &CardDescription) -> Option<Box<dyn ModuleToken>>;
}

/// A token of a module that was recognized as a card.
pub trait ModuleToken: Send {
    /// Continues with the card through the module. The session's description is that of the card, with this
    /// route and the consents that it needs.
    fn take_over(self: Box<Self>, card: Box<dyn HeldCard>) -> Box<dyn CardSession>;
}

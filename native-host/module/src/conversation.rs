//! What the host says to a module, and when the module is silent.

use crate::message::{Comparison, Done, Expected, FindError, Found, Operation};

/// A conversation with a module, from what it shows to one operation on one of its tokens.
pub(crate) trait Conversation: Send {
    /// Loads the module and returns what it shows; `None` as the reason if it gave no answer.
    fn find(&mut self) -> Result<Found, Option<FindError>>;
    /// Compares the token with the expected one, through the session in which the codes are passed on.
    fn compare(&mut self, expected: Expected) -> Result<Comparison, Silence>;
    /// Passes codes to the module, once.
    fn operate(&mut self, operation: Operation, old: &[u8], new: &[u8]) -> Result<Done, Silence>;
}

/// Why a module gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// It ended, or did not answer in time, before it had received the request.
    NotReceived,
    /// The same after it may have received it.
    Received,
}

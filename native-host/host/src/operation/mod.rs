//! What is done with codes: unlocking, changing the PIN, changing the PUK.
//!
//! Each asks first what it costs, then for the codes in the host's own window, and sends them once.

mod coming;
mod dialog;
mod find;
#[cfg(test)]
mod properties;
mod wording;

use crate::connection::PATIENT;
use crate::problem;
use crate::prompt::{Stop, Window};
use coming::Coming;
use dialog::Dialog;
use eimza_card::{Card, CodeError, CodeKind, CodeState, Secret, Transport, TransportError};
use eimza_i18n::Catalog;
use eimza_protocol::{Lang, Problem};
use find::{Found, find_card};

/// What is to be done with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// PUK and a new PIN.
    Unlock,
    /// The old code and a new one.
    Change(CodeKind),
}

impl Operation {
    /// The code that proves who the user is: what is at stake.
    fn old_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Puk,
            Self::Change(code) => code,
        }
    }

    /// The code that is set.
    fn new_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Pin,
            Self::Change(code) => code,
        }
    }

    fn send(
        self,
        card: &Card,
        to: &mut dyn Transport,
        known: CodeState,
        old: Secret,
        new: Secret,
    ) -> Result<(), CodeError> {
        match self {
            Self::Unlock => card.unblock(to, known, old, new),
            Self::Change(code) => card.change(to, code, known, old, new),
        }
    }
}

/// A card that is there for as long as an operation takes, and to be had for oneself for a moment.
pub trait Held {
    /// Runs `with` while no other program gets to the card. Where a code went to it, it is reset afterwards.
    ///
    /// # Errors
    /// Where the card cannot be had, or is no longer the one that was found.
    fn alone<T>(&mut self, with: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError>;
}

/// Carries out an operation on the card in `reader`, or on the only e-signature card there is.
/// Returns the reader's name.
///
/// # Errors
/// Whatever kept the codes as they were, or left that open; see [`Problem`].
pub fn operate(
    operation: Operation,
    reader: Option<&str>,
    lang: Lang,
    stop: &Stop,
) -> Result<String, Problem> {
    let mut coming = Coming::new(operation, lang, stop);
    let Found { reader, mut connection, card, state } =
        find_card(reader, operation.old_code(), PATIENT, &mut coming)?;
    let subject = Subject { card: &card, state, reader: &reader };
    let done = with_card(operation, &mut connection, &subject, lang, stop, || coming.window());
    connection.leave();
    log::debug!("{operation:?} in {reader}: {:?}", done.as_ref().map_err(Problem::code));
    done.map(|()| reader)
}

/// The card that an operation is for.
pub struct Subject<'a> {
    /// What is known of it.
    pub card: &'a Card,
    /// The state of the old code, as it is told to the user.
    pub state: CodeState,
    /// Where it is.
    pub reader: &'a str,
}

/// Carries an operation out on a card that is held, asking in the window that `open` gives.
///
/// # Errors
/// Whatever kept the codes as they were, or left that open; see [`Problem`].
pub fn with_card<W: Window>(
    operation: Operation,
    held: &mut impl Held,
    subject: &Subject<'_>,
    lang: Lang,
    stop: &Stop,
    open: impl FnOnce() -> Result<W, Problem>,
) -> Result<(), Problem> {
    let &Subject { card, state, .. } = subject;
    if let Operation::Change(code) = operation
        && !card.is_changeable(code)
    {
        return Err(Problem::ChangeUnsupported);
    }
    if state == CodeState::Blocked {
        return Err(problem::of_code(CodeError::Blocked, operation));
    }
    let mut dialog = Dialog::new(operation, Catalog::of(lang), open()?, subject);
    dialog.confirm_risk()?;
    let (old, new) = dialog.codes()?;
    drop(dialog);

    // The very handle from before the questions: where the card was pulled out, reset or swapped
    // meanwhile, taking the turn fails and both codes are dropped unsent.
    let sent = held
        .alone(|to| stop.uninterrupted(|| operation.send(card, to, state, old, new)))
        .map_err(changed_meanwhile)?;
    sent.ok_or(Problem::Cancelled)?.map_err(|error| problem::of_code(error, operation))
}

/// A card that is gone when its turn comes was there when the user was asked: it was swapped or
/// pulled out in between, and another may be in its place.
fn changed_meanwhile(error: TransportError) -> Problem {
    match error {
        TransportError::Removed => Problem::CardChanged,
        other => problem::of_link(other),
    }
}

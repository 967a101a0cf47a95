//! A session with a card through the module.

use crate::conversation::{Conversation, Silence};
use crate::message::{Comparison, Expected, Operation};
use crate::number::narrowed;
use crate::outcome::{outcome, state, worse};
use cryptoki_sys::{
    CKR_DEVICE_REMOVED, CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
};
use eimza_session::{
    CardDescription, CardSession, CodeEntry, CodeKind, CodeState, Consent, Error, HeldCard, Route, SendGate,
};

/// A card whose codes go through a module. The handle of the card stays open, so that the card can be compared
/// before, and reset after the module had it.
pub(crate) struct ModuleSession<T> {
    token: T,
    expected: Expected,
    card: Box<dyn HeldCard>,
    description: CardDescription,
}

impl<T: Conversation> ModuleSession<T> {
    pub(crate) fn new(token: T, expected: Expected, card: Box<dyn HeldCard>) -> Self {
        let mut description = card.description().clone();
        description.route = Route::Module;
        description.consents.retain(|consent| *consent != Consent::NoModule);
        description.consents.push(Consent::UnconfirmedModule);
        Self { token, expected, card, description }
    }

    /// Passes the codes on, within the gate, if the card is still the described one. The gate also covers the
    /// end of the module and the reset: the process must not exit while the card may be authenticated.
    fn send(mut self, operation: Operation, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        let old_code = if operation == Operation::ChangePin { CodeKind::Pin } else { CodeKind::Puk };
        // What the user was shown; `compare` requires the flags of it unchanged.
        let shown = self.state(old_code);
        let Self { token, expected, card, .. } = self;
        if shown != Ok(entry.known) {
            drop((entry, token));
            card.close();
            return Err(Error::CardChanged);
        }
        let mut unsent = Some((entry, token, card));
        let mut result = Err(Error::Cancelled);
        gate.pass(&mut || {
            let Some((entry, token, card)) = unsent.take() else { return };
            result = pass_on(operation, entry, token, expected.clone(), card);
        });
        if let Some((entry, token, card)) = unsent {
            drop((entry, token));
            card.close();
        }
        result
    }
}

/// Compares card and token, passes the codes on, and resets the card if it may have received one.
fn pass_on(
    operation: Operation,
    CodeEntry { old, new, .. }: CodeEntry,
    mut token: impl Conversation,
    expected: Expected,
    mut card: Box<dyn HeldCard>,
) -> Result<(), Error> {
    if let Err(error) = compare(&mut token, expected, &mut *card) {
        drop((old, new, token));
        card.close();
        return Err(error);
    }
    let done = old.lend_to_route(|old| new.lend_to_route(|new| token.operate(operation, old, new)));
    drop((old, new));
    if done.is_ok() {
        card.reset_now(); // the module may take its time to end, and other programs can use the card meanwhile
    }
    drop(token);
    card.reset(); // whatever the module did until its end
    match done {
        Ok(done) => outcome(operation, done),
        Err(Silence::NotReceived) => Err(Error::CardSilent),
        Err(Silence::Received) => Err(Error::OutcomeUnknown),
    }
}

/// Confirms that token and card are those that were described. No code has been passed on if it fails.
fn compare(token: &mut impl Conversation, expected: Expected, card: &mut dyn HeldCard) -> Result<(), Error> {
    let compared = token.compare(expected);
    card.confirm_same_card()?; // a reader without its card explains more than what the module says
    match compared {
        Ok(Comparison::Same) => Ok(()),
        Ok(Comparison::Different) => Err(Error::CardChanged),
        Ok(Comparison::Failed(result)) if is_another_card(result) => Err(Error::CardChanged),
        Ok(Comparison::Failed(_)) | Err(_) => Err(Error::CardSilent),
    }
}

/// Returns whether a module reports that the card is no longer there.
fn is_another_card(result: u64) -> bool {
    matches!(
        narrowed(result),
        CKR_DEVICE_REMOVED | CKR_SLOT_ID_INVALID | CKR_TOKEN_NOT_PRESENT | CKR_TOKEN_NOT_RECOGNIZED
    )
}

impl<T: Conversation> CardSession for ModuleSession<T> {
    fn description(&self) -> &CardDescription {
        &self.description
    }

    fn state(&mut self, code: CodeKind) -> Result<CodeState, Error> {
        Ok(worse(self.card.state(code)?, state(code, self.expected.flags)))
    }

    fn unblock(self: Box<Self>, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        self.send(Operation::Unblock, entry, gate)
    }

    fn change(self: Box<Self>, code: CodeKind, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        let operation = match code {
            CodeKind::Pin => Operation::ChangePin,
            CodeKind::Puk => Operation::ChangePuk,
        };
        self.send(operation, entry, gate)
    }

    fn close(self: Box<Self>) {
        let Self { token, card, .. } = *self;
        drop(token);
        card.close();
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

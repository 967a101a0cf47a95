//! A session that sends commands to its card.

use crate::card_link::CardLink;
use crate::description::describe;
use crate::error_mapping::{code_error, transport_error};
use crate::known_states::KnownStates;
use eimza_card::{Card, CodeError, CodeKind, CodeState, Transport, TransportError};
use eimza_display_text::DisplayText;
use eimza_session::{CardDescription, CardSession, CodeEntry, Error, HeldCard, SendGate};
use std::sync::Arc;

/// A session that sends commands to its card.
pub struct CommandSession<L> {
    link: L,
    card: Arc<Card>,
    states: KnownStates,
    description: CardDescription,
}

impl<L: CardLink> CommandSession<L> {
    /// Returns a session with a card that was opened over this link, in the reader with this name.
    pub fn new(link: L, reader: DisplayText, card: Arc<Card>, states: KnownStates) -> Self {
        Self { description: describe(reader, &card), link, card, states }
    }

    /// Locks the card, sends an entry within the gate, and ends the session. If the card was removed, reset or
    /// replaced since it was opened, it cannot be locked, and the entry is dropped unsent.
    fn send(
        mut self,
        entry: CodeEntry,
        gate: &dyn SendGate,
        send: impl FnOnce(&Card, &mut dyn Transport, CodeEntry) -> Result<(), CodeError>,
    ) -> Result<(), Error> {
        let (mut unsent, mut outcome) = (Some((send, entry)), Err(Error::Cancelled));
        let card = &*self.card;
        let locked = self.link.transact(|transport| {
            gate.pass(&mut || {
                // Taken, so that it cannot be sent again.
                if let Some((send, entry)) = unsent.take() {
                    outcome = send(card, transport, entry).map_err(code_error);
                }
            })
        });
        self.link.disconnect();
        match locked {
            Ok(_) => outcome,
            // Another card may be in the reader now.
            Err(TransportError::Removed) => Err(Error::CardChanged),
            Err(error) => Err(transport_error(error)),
        }
    }
}

impl<L: CardLink> CardSession for CommandSession<L> {
    fn description(&self) -> &CardDescription {
        &self.description
    }

    fn state(&mut self, code: CodeKind) -> Result<CodeState, Error> {
        if let Some(state) = self.states.get(code) {
            return Ok(state);
        }
        let card = &*self.card;
        let read = self.link.transact(|transport| card.code_state(transport, code));
        let state = read.and_then(|state| state).map_err(transport_error)?;
        self.states.set(code, state);
        Ok(state)
    }

    fn unblock(self: Box<Self>, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        self.send(entry, gate, |card, transport, CodeEntry { known, old, new }| {
            card.unblock(transport, known, old, new)
        })
    }

    fn change(self: Box<Self>, code: CodeKind, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        self.send(entry, gate, |card, transport, CodeEntry { known, old, new }| {
            card.change(transport, code, known, old, new)
        })
    }

    fn close(self: Box<Self>) {
        self.link.disconnect();
    }
}

impl<L: CardLink> HeldCard for CommandSession<L> {
    fn confirm_same_card(&mut self) -> Result<(), Error> {
        self.link.confirm_same_card()
    }

    fn reset(self: Box<Self>) {
        self.link.reset();
    }
}

//! The states of a card's codes that were read when it was opened.

use eimza_card::{Card, CodeKind, CodeState, Transport, TransportError};
use eimza_session::ReadStates;

/// The states of a card's codes that were read so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownStates {
    pin: Option<CodeState>,
    puk: Option<CodeState>,
}

impl KnownStates {
    /// Reads states in the transaction in which the card was opened. Uses no try.
    ///
    /// # Errors
    /// If the card does not respond.
    pub fn read(
        card: &Card,
        transport: &mut dyn Transport,
        states: ReadStates,
    ) -> Result<Self, TransportError> {
        let mut known = Self::default();
        for &code in states.codes() {
            known.set(code, card.code_state_after_open(transport, code)?);
        }
        Ok(known)
    }

    pub(crate) fn get(&self, code: CodeKind) -> Option<CodeState> {
        match code {
            CodeKind::Pin => self.pin,
            CodeKind::Puk => self.puk,
        }
    }

    pub(crate) fn set(&mut self, code: CodeKind, state: CodeState) {
        match code {
            CodeKind::Pin => self.pin = Some(state),
            CodeKind::Puk => self.puk = Some(state),
        }
    }
}

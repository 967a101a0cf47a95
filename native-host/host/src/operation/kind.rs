//! The kinds of operations.

use eimza_card::{Card, CodeError, CodeKind, CodeState, Secret, Transport};

/// An operation with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Unblocks the PIN: takes the PUK and a new PIN.
    Unlock,
    /// Changes a code: takes the old one and a new one.
    Change(CodeKind),
}

impl Operation {
    /// Returns the code that authenticates the user and whose tries are at risk.
    pub fn old_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Puk,
            Self::Change(code) => code,
        }
    }

    /// Returns the code that is set.
    pub fn new_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Pin,
            Self::Change(code) => code,
        }
    }

    /// Sends the codes to the card; `known` is the state of the old code as shown to the user.
    pub fn send(
        self,
        card: &Card,
        transport: &mut dyn Transport,
        known: CodeState,
        old: Secret,
        new: Secret,
    ) -> Result<(), CodeError> {
        match self {
            Self::Unlock => card.unblock(transport, known, old, new),
            Self::Change(code) => card.change(transport, code, known, old, new),
        }
    }
}

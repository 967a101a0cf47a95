//! The kinds of operations.

use eimza_session::{CardSession, CodeEntry, CodeKind, CodeOperation, Error, SendGate};

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

    /// Returns the operation of a session.
    pub fn in_session(self) -> CodeOperation {
        match self {
            Self::Unlock => CodeOperation::Unblock,
            Self::Change(code) => CodeOperation::Change(code),
        }
    }

    /// Sends the codes to the card within the gate, and ends the session.
    pub fn send(
        self,
        session: Box<dyn CardSession>,
        entry: CodeEntry,
        gate: &dyn SendGate,
    ) -> Result<(), Error> {
        match self {
            Self::Unlock => session.unblock(entry, gate),
            Self::Change(code) => session.change(code, entry, gate),
        }
    }
}

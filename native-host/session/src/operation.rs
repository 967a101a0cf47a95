//! The kinds of operations.

use crate::CodeKind;

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
    #[must_use]
    pub fn old_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Puk,
            Self::Change(code) => code,
        }
    }

    /// Returns the code that is set.
    #[must_use]
    pub fn new_code(self) -> CodeKind {
        match self {
            Self::Unlock => CodeKind::Pin,
            Self::Change(code) => code,
        }
    }
}

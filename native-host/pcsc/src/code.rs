//! A code that the PC/SC library of the system returned.

use std::fmt;

/// A code of PC/SC, on Windows also one of the system or of a reader's driver.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) u32);

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08X}", self.0)
    }
}

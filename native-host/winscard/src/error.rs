//! The codes that WinSCard returns.

use std::fmt;

/// A code that WinSCard returned: one of PC/SC, or any other of Windows, such as one of the reader's driver.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Error(
    /// The code.
    pub u32,
);

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08X}", self.0)
    }
}

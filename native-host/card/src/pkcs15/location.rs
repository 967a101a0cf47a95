//! Where the application is in the card's file system.

use crate::iso7816::select::FileName;
use alloc::vec::Vec;

/// How to select the directory of the application.
pub(crate) enum ApplicationLocation {
    /// By its DF name.
    DfName(Vec<u8>),
    /// By its path from the master file.
    Path(Vec<u8>),
}

impl ApplicationLocation {
    /// Returns the name for SELECT.
    pub(crate) fn name(&self) -> FileName<'_> {
        match self {
            Self::DfName(name) => FileName::DfName(name),
            Self::Path(path) => FileName::PathFromMf(path),
        }
    }
}

//! Why a path is not trusted.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a path is not trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathFault {
    /// Somebody else than the administrator owns this part of the path, or may write to it.
    Unsafe(PathBuf),
    /// This part of the path cannot be examined.
    Failed(PathBuf, ErrorKind),
}

impl PathFault {
    /// Returns the part of the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Unsafe(path) | Self::Failed(path, _) => path,
        }
    }
}

//! Faults of paths that a registration uses. On Windows the installer gives its folder rights of its own.

use std::io::ErrorKind;
use std::path::PathBuf;

/// Why a path is not trusted.
#[derive(Debug)]
#[allow(dead_code, reason = "for another system")]
pub enum PathFault {
    /// Somebody else than the administrator can change this part of the path.
    Unsafe(PathBuf),
    /// This part of the path cannot be examined.
    Failed(PathBuf, ErrorKind),
}

//! The location of the workspace.

use std::path::{Path, PathBuf};

/// Returns a path below the root of the workspace.
pub fn workspace_path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

//! The location of the workspace.

use std::path::Path;

/// Returns the workspace's folder.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

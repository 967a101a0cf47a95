//! Writes a file completely or not at all.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Writes a temporary file, applies `set_permissions` to it, and renames it to `path`.
pub(super) fn write(
    path: &Path,
    text: &str,
    set_permissions: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidFilename)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    set_permissions(file.as_file())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

//! Measures the host and the address check and writes a JSON array of rows. `cargo xtask bench` builds
//! everything optimised, provides a virtual reader, adds the rows measured in a browser (`browser/`) and
//! prints the table.

mod address;
mod host;
mod measure;
mod size;

use anyhow::Result;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let mut rows = size::all()?;
    rows.extend(address::all());
    rows.extend(host::all()?);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &rows)?;
    Ok(writeln!(out)?)
}

/// Returns a path below the workspace's folder.
fn workspace_path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

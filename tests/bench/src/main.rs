//! Measures, and writes a JSON array of rows. `cargo xtask bench` builds everything optimised, brings a virtual card, adds
//! what is measured in a browser (`browser/`), and makes a table of it.

mod address;
mod card;
mod measure;
mod size;

use anyhow::Result;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let mut rows = size::all()?;
    rows.extend(address::all());
    rows.extend(card::all()?);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &rows)?;
    Ok(writeln!(out)?)
}

/// A path below the workspace's folder.
fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

//! `cargo xtask advise`: a page snapshot's hints, as the extension gets them.

use anyhow::{Context, Result};
use eimza_guide::Notebook;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reads a `PageSnapshot` and writes `{"page": id or null, "hints": […]}`.
pub fn run(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let snapshot = serde_json::from_str(&text).with_context(|| file.display().to_string())?;
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &eimza_guide::advise(&snapshot, &Notebook::default(), None))?;
    writeln!(out)?;
    Ok(())
}

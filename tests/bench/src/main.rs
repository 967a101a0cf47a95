//! Runs the benchmarks outside the browser and writes a JSON array of rows. `cargo xtask bench` makes a
//! release build, provides the virtual reader, adds the benchmarks in the browser (`browser/`) and prints a
//! table.

mod address;
mod card;
mod frames;
mod measure;
mod size;
mod slow_card;
mod workspace;

use anyhow::Result;
use std::io::{self, Write};

fn main() -> Result<()> {
    let mut rows = size::all()?;
    rows.extend(address::all());
    rows.extend(card::all()?);
    rows.extend(slow_card::all()?);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &rows)?;
    Ok(writeln!(out)?)
}

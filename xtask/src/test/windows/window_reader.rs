//! The program that tells tests what the window shows.

use crate::build::windows::TARGET;
use crate::process::{command, run};
use crate::workspace;
use anyhow::Result;

/// Builds it.
pub fn build() -> Result<()> {
    run(command("cargo build --quiet --package eimza-window-reader --target").arg(TARGET))
}

/// Returns the variable that tells tests how to start it, in the form of `env`.
pub fn variable() -> Result<String> {
    let programs = workspace::root().canonicalize()?.join("target").join(TARGET);
    Ok(format!("EIMZA_WINDOW_READER={}", programs.join("debug/eimza-window-reader.exe").display()))
}

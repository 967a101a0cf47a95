//! `cargo xtask bench`: the benchmarks, built as users get the code.

use crate::process::run;
use anyhow::Result;
use std::process::Command;

/// Builds and runs them with these arguments.
pub fn bench(arguments: &[&str]) -> Result<()> {
    run(Command::new("cargo")
        .args(["run", "--quiet", "--release", "--package", "eimza-bench", "--"])
        .args(arguments))
}

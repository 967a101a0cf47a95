//! Programs from crates.io that a command needs, in a folder of the project's own.

use crate::process::{run, say};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// A program that `cargo install` brings.
pub struct CargoTool {
    /// The crate, which is the program's name too.
    pub name: &'static str,
    pub version: &'static str,
    /// What of it is to be built beside its defaults.
    pub features: &'static [&'static str],
    /// What it is for.
    pub purpose: &'static str,
}

impl CargoTool {
    /// Its path; installs it where it is missing. Each version has a folder of its own, so that a new one is noticed.
    pub fn path(&self) -> Result<PathBuf> {
        let Self { name, version, features, purpose } = self;
        let folder = crate::root().join(format!("target/tools/{name}-{version}"));
        let program = folder.join("bin").join(name);
        if !program.exists() {
            say(format!("missing: {name} {version} ({purpose})"));
            run(Command::new("cargo")
                .args(["install", name, "--quiet", "--locked", "--version", version])
                .args(["--features", &features.join(","), "--root"])
                .arg(folder))?;
        }
        Ok(program)
    }
}

//! The host's Debian package.

use crate::environment::tools::CARGO_DEB;
use crate::process::run;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package that the trial upgrades from: the same files under a lower version.
pub const OLDER: &str = "target/older.deb";

/// Writes the package into a folder, and the older one.
pub fn write(folder: &Path, epoch: &str) -> Result<()> {
    build(&format!("{}/", folder.display()), None, epoch)?;
    build(OLDER, Some("0.0.1-1"), epoch)
}

/// Writes a package with the version of the changelog, or another one.
fn build(output: &str, version: Option<&str>, epoch: &str) -> Result<()> {
    run(CARGO_DEB
        .command()?
        .args(["--package", "eimza-host", "--no-build", "--quiet", "--output", output])
        .args(version.map(|version| format!("--deb-version={version}")))
        .env("SOURCE_DATE_EPOCH", epoch))
}

/// Checks the package in a folder with lintian.
pub fn lint(folder: &Path) -> Result<()> {
    run(Command::new("lintian").args(["--fail-on", "error", "--allow-root"]).arg(find(folder)?))
}

/// Returns the absolute path of the package in a folder.
pub fn find(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let package = files.find(|path| path.extension().is_some_and(|kind| kind == "deb"));
    package.context("no Debian package")?.canonicalize().context("the Debian package's path")
}

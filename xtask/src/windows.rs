//! The host for Windows: built here, and packed into its installer.

use crate::apt;
use crate::process::run;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Rust's name of 64-bit Windows with the libraries of MinGW, which a Linux machine can link.
pub const TARGET: &str = "x86_64-pc-windows-gnu";

/// The host as it is shipped.
pub const HOST: &str = "target/x86_64-pc-windows-gnu/release/eimza-host.exe";

/// Installs what building and trying the Windows program needs; `build` and `demo` do without.
pub fn setup() -> Result<()> {
    apt::install(apt::WINDOWS)
}

/// Builds the host.
pub fn build() -> Result<()> {
    run(Command::new("cargo").args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "eimza-host",
        "--target",
        TARGET,
    ]))
}

/// Packs a host into an installer of this version at `out`. Made twice from the same host, it is the same.
pub fn installer(host: &Path, version: &str, out: &Path, epoch: &str) -> Result<()> {
    run(Command::new("makensis")
        .args(["-V1", "-INPUTCHARSET", "UTF8"])
        .arg(format!("-DVERSION={version}"))
        .arg(format!("-DHOST={}", host.canonicalize()?.display()))
        .arg(format!("-DOUT={}", std::path::absolute(out)?.display()))
        .arg("packaging/windows/eimza-yardimcisi.nsi")
        .env("SOURCE_DATE_EPOCH", epoch))
}

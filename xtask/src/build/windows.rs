//! The host for Windows: built here, and packed into its installer.

use crate::environment::apt;
use crate::process::run;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Rust's name of 64-bit Windows with the libraries of MinGW, which a Linux machine can link.
pub const TARGET: &str = "x86_64-pc-windows-gnu";

/// The host as it is shipped.
pub const HOST: &str = "target/x86_64-pc-windows-gnu/release/eimza-host.exe";

/// The environment variable with the program that signs the file which is its argument; see docs/release.md.
const SIGNER: &str = "EIMZA_SIGN";

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

/// The host as it is handed out: signed, where there is somebody to sign it.
pub fn signed_host() -> Result<PathBuf> {
    let Some(signer) = env::var_os(SIGNER) else { return Ok(PathBuf::from(HOST)) };
    let signed = PathBuf::from("target/windows/signed/eimza-host.exe");
    fs::create_dir_all(signed.parent().context("a folder")?)?;
    fs::copy(HOST, &signed)?;
    run(Command::new(signer).arg(&signed))?;
    Ok(signed)
}

/// Packs a host into an installer of this version at `out`. Made twice from the same host, it is the same.
pub fn installer(host: &Path, version: &str, out: &Path, epoch: &str) -> Result<()> {
    let signer = env::var(SIGNER).map(|signer| format!("-DSIGN={signer}"));
    run(Command::new("makensis")
        .args(signer)
        .args(["-V1", "-INPUTCHARSET", "UTF8"])
        .arg(format!("-DVERSION={version}"))
        .arg(format!("-DHOST={}", host.canonicalize()?.display()))
        .arg(format!("-DOUT={}", std::path::absolute(out)?.display()))
        .arg("packaging/windows/eimza-yardimcisi.nsi")
        .env("SOURCE_DATE_EPOCH", epoch))
}

//! Builds the host for Windows and packs it into its installer.

use crate::process::{command, run};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The Rust target for 64-bit Windows with MinGW's libraries, which Linux can link.
pub const TARGET: &str = "x86_64-pc-windows-gnu";

/// The host as it is released.
pub const HOST: &str = "target/x86_64-pc-windows-gnu/release/eimza-host.exe";

/// The environment variable that names the signing program, whose argument is the file to sign; see
/// docs/release.md.
const SIGNER: &str = "EIMZA_SIGN";

/// Builds the host.
pub fn build() -> Result<()> {
    run(command("cargo build --quiet --release --package eimza-host --target").arg(TARGET))
}

/// Returns the host to be packed, signed if a signing program is configured.
pub fn signed_host() -> Result<PathBuf> {
    let Some(signer) = env::var_os(SIGNER) else { return Ok(PathBuf::from(HOST)) };
    let signed = PathBuf::from("target/windows/signed/eimza-host.exe");
    fs::create_dir_all(signed.parent().context("a folder")?)?;
    fs::copy(HOST, &signed)?;
    run(Command::new(signer).arg(&signed))?;
    Ok(signed)
}

/// Packs a host into an installer of this version at `out`. Builds are reproducible: `epoch` is the Unix time
/// of all files.
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

//! Debian packages: which are needed, and why.

use crate::process::{output, run, say, succeeds};
use anyhow::{Result, bail};
use std::process::Command;

/// What build, demo and test need: package and what it is for.
pub const PACKAGES: &[(&str, &str)] = &[
    ("pkg-config", "finds the PC/SC library when the host is built"),
    ("libpcsclite-dev", "the PC/SC library's headers"),
    ("pcscd", "the smart-card service"),
    ("vsmartcard-vpcd", "a virtual card reader"),
    ("opensc", "asks the virtual card independently of our own code"),
    ("pinentry-gtk2", "the window that asks for PUK and PIN"),
    ("chromium", "the browser of the demonstration and the tests"),
    ("fonts-dejavu-core", "Turkish letters in the pictures"),
    ("iproute2", "brings up the loopback interface of the demonstration's own network"),
    ("openssl", "makes the test pages' certificate"),
    ("gdb", "takes an image of the host's memory, which is searched for codes"),
    ("strace", "kills the host between two of its changes to files"),
    ("python3-venv", "runs jcecard, an OpenPGP card that others wrote, as a test of our card commands"),
];

/// What building the Windows program and trying it under Wine needs besides.
pub const WINDOWS: &[(&str, &str)] = &[
    ("gcc-mingw-w64-x86-64", "links the Windows program and compiles what Windows shows of it"),
    ("nsis", "makes the installer for Windows"),
    ("wine", "runs the Windows program, its windows and its installer"),
    ("wine64", "the same for programs of 64 bits"),
    ("fonts-wine", "the signs on Wine's buttons, in the pictures"),
    ("xvfb", "a display for the windows of the Windows program"),
    ("xdotool", "types codes into those windows"),
    ("imagemagick", "takes pictures of them"),
];

/// Installs what is missing, as root or through sudo; elsewhere says what to install.
pub fn install(packages: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<_> = packages.iter().filter(|(name, _)| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
    for (name, purpose) in &missing {
        say(format!("missing: {name} ({purpose})"));
    }
    if !succeeds(Command::new("apt-get").arg("--version")) {
        bail!(
            "there is no apt here; install with your package manager what these Debian packages hold: {}",
            names.join(" ")
        );
    }
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], &names[..]].concat())
}

fn is_installed(package: &str) -> bool {
    let status = Command::new("dpkg-query").args(["-W", "-f", "${Status}", package]).output();
    status.is_ok_and(|status| status.stdout.ends_with(b" installed"))
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut command = if output(Command::new("id").arg("-u"))? == "0" {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    };
    say(format!("apt-get {}", arguments.join(" ")));
    run(command
        .args(arguments)
        .args(["-qq", "-o", "Dpkg::Use-Pty=0"])
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

//! The Debian packages that commands need, with their purposes.

use crate::process::{output, print_line, run, succeeds};
use anyhow::{Result, bail};
use std::process::Command;

/// Packages that build, demo and test need, with their purpose.
pub const PACKAGES: &[(&str, &str)] = &[
    ("pkg-config", "finds the PC/SC library when the host is built"),
    ("libpcsclite-dev", "the PC/SC library's headers"),
    ("pcscd", "the smart-card service"),
    ("vsmartcard-vpcd", "a virtual card reader"),
    ("opensc", "reads the virtual card independently of our own code"),
    ("opensc-pkcs11", "a PKCS#11 module over the virtual card, in place of the one of the card's maker"),
    ("softhsm2", "another PKCS#11 module, with a token of its own"),
    ("pinentry-gtk2", "the window that asks for PUK and PIN"),
    ("chromium", "the browser of the demonstration and the tests"),
    ("fonts-dejavu-core", "Turkish letters in the screenshots"),
    ("iproute2", "brings up the loopback interface of the demonstration's network namespace"),
    ("openssl", "makes the test pages' certificate"),
    ("gdb", "dumps the host's memory, which a test searches for codes"),
    ("strace", "kills the host between two of its changes to files"),
    ("python3-venv", "runs jcecard, a third-party OpenPGP card, as a test of our card commands"),
];

/// Further packages for building the Windows program.
pub const WINDOWS: &[(&str, &str)] = &[
    ("gcc-mingw-w64-x86-64", "links the Windows program and compiles its resources"),
    ("nsis", "makes the installer for Windows"),
];

/// Installs missing packages, as root or through sudo.
///
/// # Errors
/// If there is no apt; the error names the packages to install.
pub fn install(packages: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<_> = packages.iter().filter(|(name, _)| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
    for (name, purpose) in &missing {
        print_line(format!("missing: {name} ({purpose})"));
    }
    if !succeeds(Command::new("apt-get").arg("--version")) {
        bail!(
            "there is no apt here; install the counterparts of these Debian packages with your package manager: {}",
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
    print_line(format!("apt-get {}", arguments.join(" ")));
    run(command
        .args(arguments)
        .args(["-qq", "-o", "Dpkg::Use-Pty=0"])
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

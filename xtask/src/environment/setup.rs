//! `cargo xtask setup`: everything that build, demo and test need.

use crate::environment::apt;
use crate::process::{output, run, say, succeeds};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Rust targets and what they are for.
const TARGETS: &[(&str, &str)] = &[
    ("wasm32-unknown-unknown", "the extension's WebAssembly module"),
    ("x86_64-pc-windows-gnu", "checks that the host builds for Windows"),
];

/// Cargo's subcommands that are components of their own: a minimal toolchain lacks them.
const COMPONENTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

const OLDEST_NODE: u32 = 18;

/// Installs what is missing and says what and why; quick where nothing is.
pub fn setup() -> Result<()> {
    apt::install(apt::PACKAGES)?;
    for &(target, purpose) in TARGETS {
        rust_target(target, purpose)?;
    }
    for &(command, component) in COMPONENTS {
        if !succeeds(Command::new("cargo").args([command, "--version"])) {
            say(format!("missing: Rust component {component} (part of the tests)"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    node_packages()?;
    python_packages()
}

/// Asked of rustc itself: a toolchain need not come from rustup.
fn rust_target(target: &str, purpose: &str) -> Result<()> {
    let library = output(Command::new("rustc").args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(&library).is_dir() {
        return Ok(());
    }
    say(format!("missing: Rust target {target} ({purpose})"));
    if !succeeds(Command::new("rustup").arg("--version")) {
        bail!(
            "this Rust is not rustup's; install the standard library for {target} the way this Rust was installed"
        );
    }
    run(Command::new("rustup").args(["target", "add", target]))
}

/// Into a folder of their own; what is there is told by a copy of the list.
fn python_packages() -> Result<()> {
    const LIST: &str = "tests/jcecard/requirements.txt";
    const FOLDER: &str = "target/jcecard";
    let installed = format!("{FOLDER}/requirements.txt");
    if fs::read(&installed).ok() == fs::read(LIST).ok() {
        return Ok(());
    }
    say("missing: Python packages: jcecard (a card that others wrote, for the tests)");
    run(Command::new("python3").args(["-m", "venv", "--clear", FOLDER]))?;
    run(Command::new(format!("{FOLDER}/bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"])
        .args(["--requirement", LIST]))?;
    fs::copy(LIST, installed)?;
    Ok(())
}

fn node_packages() -> Result<()> {
    let version =
        output(Command::new("node").arg("--version")).context("Node.js is needed: install nodejs and npm")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {OLDEST_NODE} or newer is needed, this is {version}");
    }
    let modified = |path: &str| fs::metadata(path).and_then(|data| data.modified()).ok();
    if modified("node_modules/.package-lock.json") >= modified("package-lock.json") {
        return Ok(());
    }
    say(
        "missing: node packages: axe-core (accessibility checks), binaryen (optimizes the WebAssembly), eslint (checks the scripts), playwright-core (drives the browser), rollup (bundles the scripts), typescript (checks their types)",
    );
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
}

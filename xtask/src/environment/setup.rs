//! `cargo xtask setup`: installs the programs that other commands need.

use crate::environment::apt;
use crate::process::{output, print_line, run, succeeds};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Rust targets with their purpose.
const TARGETS: &[(&str, &str)] = &[
    ("wasm32-unknown-unknown", "the extension's WebAssembly module"),
    ("x86_64-pc-windows-gnu", "the host for Windows"),
];

/// Cargo subcommands that a minimal toolchain lacks, with their rustup component.
const COMPONENTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

const OLDEST_NODE: u32 = 18;

/// Installs missing programs and prints what each is for
#[derive(clap::Args)]
pub struct Setup;

impl Setup {
    pub fn run(self) -> Result<()> {
        setup()?;
        apt::install(apt::WINDOWS)?;
        component_libraries()
    }
}

/// Installs what build, demo and test need, and prints what and why. Fast if nothing is missing.
pub fn setup() -> Result<()> {
    apt::install(apt::PACKAGES)?;
    for &(target, purpose) in TARGETS {
        rust_target(target, purpose)?;
    }
    for &(command, component) in COMPONENTS {
        if !succeeds(Command::new("cargo").args([command, "--version"])) {
            print_line(format!("missing: Rust component {component} (part of the tests)"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    node_packages()?;
    python_packages()
}

/// Adds a target. Checks with rustc whether it is installed, because the toolchain may not come from rustup.
fn rust_target(target: &str, purpose: &str) -> Result<()> {
    let library = output(Command::new("rustc").args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(&library).is_dir() {
        return Ok(());
    }
    print_line(format!("missing: Rust target {target} ({purpose})"));
    if !succeeds(Command::new("rustup").arg("--version")) {
        bail!(
            "this Rust was not installed by rustup; install the standard library for {target} the way this Rust was installed"
        );
    }
    run(Command::new("rustup").args(["target", "add", target]))
}

/// Installs Python packages into a virtual environment. A copy of the list in it records what is installed.
fn python_packages() -> Result<()> {
    const LIST: &str = "tests/jcecard/requirements.txt";
    const FOLDER: &str = "target/jcecard";
    let installed = format!("{FOLDER}/requirements.txt");
    if fs::read(&installed).ok() == fs::read(LIST).ok() {
        return Ok(());
    }
    print_line("missing: Python packages: jcecard (a third-party card, for the tests)");
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
    install_node_packages(
        Path::new(""),
        "axe-core (accessibility checks), binaryen (optimizes the WebAssembly), eslint (checks the scripts), playwright-core (drives the browser), rollup (bundles the scripts), typescript (checks their types)",
    )
}

/// Installs the component libraries of the tests in `tests/frameworks`, which nothing else needs.
pub fn component_libraries() -> Result<()> {
    install_node_packages(
        Path::new("tests/frameworks"),
        "component libraries (the tests draw the known screens with them), esbuild (bundles them)",
    )
}

/// Installs the packages of a folder's lock file, unless they are installed.
fn install_node_packages(folder: &Path, names: &str) -> Result<()> {
    let modified = |file: &str| fs::metadata(folder.join(file)).and_then(|data| data.modified()).ok();
    if modified("node_modules/.package-lock.json") >= modified("package-lock.json") {
        return Ok(());
    }
    print_line(format!("missing: node packages: {names}"));
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(command.current_dir(crate::workspace::root().join(folder)))
}

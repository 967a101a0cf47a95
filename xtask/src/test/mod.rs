//! `cargo xtask test`: every check and test, with one count at the end.

mod browser_tests;
mod check;
mod count;
mod dependency_policy;
pub mod faults;
pub mod fuzz;
mod host_card_tests;
mod inline_paths;
mod module_cycles;
mod module_graph;
pub mod mutants;
#[cfg(test)]
mod security_promises;
#[cfg(test)]
mod source_rules;
#[cfg(test)]
mod terms;
mod test_programs;
pub mod windows;

use crate::audit;
use crate::build::{self, extension_manifest};
use crate::environment::setup::{component_libraries, setup};
use crate::environment::virtual_reader::VirtualReader;
use crate::environment::{apt, isolation, windows_root};
use crate::process::{command, print_line, run};
use anyhow::Result;
use count::Count;
use host_card_tests::HostCardTests;
use std::fs;
use std::process::ExitCode;

/// The name of the command that runs the tests which need a smart-card service, a browser or Wine.
pub const ISOLATED: &str = "test-isolated";

/// The file to which the isolated part writes its count.
const INNER_COUNT: &str = "target/inner-test-count";

const RUN: &[&str] = &["--no-fail-fast", "--offline"];
const BUILD: &[&str] = &["--no-run", "--quiet"];

/// Runs every check and test
#[derive(clap::Args)]
pub struct Test {
    /// Runs only the checks whose name contains this text, and no tests
    #[arg(long, value_name = "TEXT")]
    check: Option<String>,
    /// Fails if this machine cannot run some of the tests
    #[arg(long)]
    complete: bool,
}

impl Test {
    pub fn run(self) -> Result<ExitCode> {
        let count = match self.check {
            Some(text) => run_checks(&text)?,
            None => {
                let missing = windows_root::missing()?;
                let mut count = run_all(missing.is_none())?;
                audit_dependencies(&mut count);
                if let Some(reason) = missing {
                    print_line(format!("not run: the Windows program (missing: {reason})"));
                    count.failed += u32::from(self.complete);
                }
                count
            }
        };
        print_line(count.to_string());
        Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Runs everything; the Windows program only if this machine can.
fn run_all(windows: bool) -> Result<Count> {
    build::build(&extension_manifest::browsers()?)?;
    apt::install(apt::WINDOWS)?;
    component_libraries()?;
    build::virtual_card()?;
    build::test_module()?;
    build::test_pin_pad()?;
    let mut count = run_checks("")?;
    count.run_tests(&mut command("cargo test --workspace --no-fail-fast"))?;
    fuzz::build()?;
    for target in fuzz::targets()? {
        let outcome = fuzz::feed(&target, fuzz::SECONDS).map(drop);
        count.record(&format!("hostile input: {target}"), &outcome);
    }
    // Built here, because there is no network in the isolated part.
    run(&mut host_card_tests::command(&HostCardTests::list()?.all(), BUILD))?;
    if windows {
        windows::build()?;
    }

    let _ = fs::remove_file(INNER_COUNT); // from an earlier run
    let options: &[&str] = if windows { &[ISOLATED, "--windows"] } else { &[ISOLATED] };
    isolation::rerun(options)?;
    let inner = fs::read_to_string(INNER_COUNT).ok().and_then(|text| text.parse().ok());
    count.add(inner.unwrap_or(Count { passed: 0, failed: 1 }));
    Ok(count)
}

/// Looks for known vulnerabilities if there is a database, and otherwise says that nobody looked.
fn audit_dependencies(count: &mut Count) {
    match audit::from_environment() {
        Some(outcome) => count.record("known vulnerabilities of dependencies", &outcome),
        None => print_line(format!(
            "not run: known vulnerabilities of dependencies (cargo xtask audit --database FOLDER, or {}=FOLDER)",
            audit::DATABASE
        )),
    }
}

/// Runs the checks whose name contains a text.
fn run_checks(text: &str) -> Result<Count> {
    setup()?;
    let mut count = Count::default();
    for check in check::CHECKS.iter().filter(|check| check.name.contains(text)) {
        count.record(check.name, &(check.run)());
    }
    Ok(count)
}

/// The tests that need a smart-card service, a browser or Wine.
#[derive(clap::Args)]
pub struct Isolated {
    /// Runs the Windows program, too
    #[arg(long)]
    windows: bool,
}

impl Isolated {
    pub fn run(self) -> Result<()> {
        isolation::end_on_signal()?;
        let mut count = Count::default();
        let card_tests = HostCardTests::list()?;
        let reader = VirtualReader::start()?;
        count.run_tests(&mut host_card_tests::command(&card_tests.shared_service, RUN))?;
        let (exclusive, shared) = browser_tests::list()?;
        count.run_tests(&mut browser_tests::command(&exclusive, 1))?;
        count.run_tests(&mut browser_tests::command(&shared, 2))?;
        count.run_tests(&mut browser_tests::command(&[browser_tests::FRAMEWORKS.into()], 1))?;
        drop(reader);
        // These tests kill the smart-card service.
        let reader = VirtualReader::start()?;
        count.run_tests(&mut host_card_tests::command(&card_tests.own_service, RUN))?;
        drop(reader);
        if self.windows {
            windows::run_tests(&mut count, None)?;
        }
        Ok(fs::write(INNER_COUNT, count.to_string())?)
    }
}

//! Tests of the Windows program under Wine, in the Debian of [`windows_root`].

mod cards;
mod program;
mod window_reader;

use super::count::Count;
use crate::build::windows::{self, HOST};
use crate::environment::setup::setup;
use crate::environment::windows_root::{self, WindowsRoot};
use crate::environment::{apt, isolation};
use crate::process::print_line;
use crate::workspace;
use anyhow::Result;
use std::process::ExitCode;

/// The name of the command that runs these tests in isolated namespaces.
pub const ISOLATED: &str = "windows-isolated";

/// Runs the tests of the Windows program; `test` does, too
#[derive(clap::Args)]
pub struct Windows {
    /// Runs only the tests whose name contains this text
    filter: Option<String>,
}

impl Windows {
    pub fn run(self) -> Result<ExitCode> {
        setup()?;
        prepare()?;
        let filter = self.filter.as_deref();
        isolation::rerun(&[ISOLATED].into_iter().chain(filter).collect::<Vec<_>>())
    }
}

/// The same as [`build`], if this machine can run the tests.
pub fn prepare() -> Result<()> {
    windows_root::require()?;
    apt::install(apt::WINDOWS)?;
    build()
}

/// Builds everything that the tests need, and makes the Debian, while there is a network.
pub fn build() -> Result<()> {
    windows_root::make()?;
    windows::build()?;
    window_reader::build()?;
    cards::build()?;
    program::build()
}

/// The part that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated {
    filter: Option<String>,
}

impl Isolated {
    pub fn run(self) -> Result<ExitCode> {
        isolation::end_on_signal()?;
        let mut count = Count::default();
        run_tests(&mut count, self.filter.as_deref())?;
        print_line(count.to_string());
        Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Runs the tests whose name contains the filter.
pub fn run_tests(count: &mut Count, filter: Option<&str>) -> Result<()> {
    // Listed before the program of Linux is replaced, which cargo would build anew.
    let (cards, program) = (cards::Programs::list()?, program::Programs::list()?);
    let root = start()?;
    cards.run(&root, count, filter)?;
    program.run(&root, count, filter)
}

/// Runs the fault matrix of the Windows program with these arguments.
pub fn run_faults(arguments: &[&str]) -> Result<()> {
    let cards = cards::Programs::list()?;
    cards.run_faults(&start()?, arguments)
}

fn start() -> Result<WindowsRoot> {
    let workspace = workspace::root().canonicalize()?;
    WindowsRoot::start(&workspace.join("target/debug/eimza-host"), &workspace.join(HOST))
}

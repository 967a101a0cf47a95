//! `cargo xtask faults`: the whole fault matrices of `tests/faults`, of which `cargo xtask test` runs a sample.

use super::windows;
use crate::build;
use crate::environment::isolation;
use crate::environment::setup::setup;
use crate::environment::virtual_reader::VirtualReader;
use crate::process::{command, run};
use anyhow::Result;
use std::process::{Command, ExitCode};

/// The name of the command that runs the matrix in isolated namespaces.
pub const ISOLATED: &str = "faults-isolated";

/// Runs every fault at every command to the card; `test` runs a sample
#[derive(clap::Args)]
pub struct Faults {
    /// Lets each call of the Windows program to WinSCard fail with each code of Windows
    #[arg(long)]
    windows: bool,
    /// Only what contains this text
    #[arg(long)]
    only: Option<String>,
}

impl Faults {
    pub fn run(self) -> Result<ExitCode> {
        setup()?;
        let command: &[&str] = if self.windows {
            windows::prepare()?;
            &[ISOLATED, "--windows"]
        } else {
            build::virtual_card()?;
            build::test_pin_pad()?;
            run(cargo_test().args(["--quiet", "--no-run"]))?;
            &[ISOLATED]
        };
        let only = restriction(self.only);
        isolation::rerun(&command.iter().copied().chain(only.as_deref()).collect::<Vec<_>>())
    }
}

/// The part that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated {
    #[arg(long)]
    windows: bool,
    #[arg(long)]
    only: Option<String>,
}

impl Isolated {
    pub fn run(self) -> Result<()> {
        isolation::end_on_signal()?;
        let only = restriction(self.only);
        let arguments: Vec<_> = ["--whole"].into_iter().chain(only.as_deref()).collect();
        if self.windows {
            return windows::run_faults(&arguments);
        }
        let _reader = VirtualReader::start()?;
        run(cargo_test().args(["--offline", "--"]).args(arguments))
    }
}

/// Returns the argument that restricts the matrix to what contains a text, if it is restricted.
fn restriction(only: Option<String>) -> Option<String> {
    only.map(|text| format!("--only={text}"))
}

fn cargo_test() -> Command {
    command("cargo test --package eimza-host --features pcsc-tests --test faults")
}

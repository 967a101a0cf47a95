//! `cargo xtask faults`: the whole fault matrix of `tests/faults`, of which `cargo xtask test` runs a sample.

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
pub struct Faults;

impl Faults {
    pub fn run(self) -> Result<ExitCode> {
        setup()?;
        build::virtual_card()?;
        build::test_pin_pad()?;
        run(cargo_test().args(["--quiet", "--no-run"]))?;
        isolation::rerun(&[ISOLATED])
    }
}

/// The part that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated;

impl Isolated {
    pub fn run(self) -> Result<()> {
        isolation::end_on_signal()?;
        let _reader = VirtualReader::start()?;
        run(cargo_test().args(["--offline", "--", "--whole"]))
    }
}

fn cargo_test() -> Command {
    command("cargo test --package eimza-host --features pcsc-tests --test faults")
}

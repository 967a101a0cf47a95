//! `cargo xtask faults`: the whole matrix of `tests/faults`, of which `cargo xtask test` plays a sample.

use crate::environment::isolation;
use crate::environment::setup::setup;
use crate::environment::stage::Stage;
use crate::process::run;
use anyhow::Result;
use std::process::{Command, ExitCode};

/// The argument that plays the matrix in a world of its own.
pub const INSIDE: &str = "faults-inside";

/// Builds what it needs, where there is a network, and plays.
pub fn faults() -> Result<ExitCode> {
    setup()?;
    run(Command::new("cargo").args(["build", "--quiet", "--package", "eimza-virtual-card"]))?;
    run(cargo_test().args(["--quiet", "--no-run"]))?;
    isolation::again(&[INSIDE])
}

/// Plays.
pub fn inside() -> Result<()> {
    isolation::end_on_signal()?;
    let _stage = Stage::start()?;
    run(cargo_test().args(["--offline", "--", "--whole"]))
}

fn cargo_test() -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "eimza-host", "--features", "stage-tests", "--test", "faults"]);
    command
}

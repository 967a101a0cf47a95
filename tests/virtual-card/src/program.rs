//! The card as a program of its own, for those who want it in a reader.

use std::path::Path;
use std::process::{Command, Stdio};

/// The program, as `cargo build` leaves it: held in a hand on its standard input, telling on its standard output, and
/// writing a line for each command that it gets to `log`.
pub fn program(log: &Path) -> Command {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/eimza-virtual-card");
    let mut command = Command::new(program);
    command.arg("--held").arg("--apdu-log").arg(log);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

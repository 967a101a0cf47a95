//! The program of this package, for tests that insert a card into a reader.

use std::path::Path;
use std::process::{Command, Stdio};

/// Returns a command for the program that `cargo build` produced: controlled through standard input
/// (`--held`), reporting on standard output, and logging every APDU to `log`.
pub fn program(log: &Path) -> Command {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/eimza-virtual-card");
    let mut command = Command::new(program);
    command.arg("--held").arg("--apdu-log").arg(log);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

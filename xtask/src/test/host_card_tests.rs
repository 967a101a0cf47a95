//! The host's tests that put a card into the virtual reader, by the names in its Cargo.toml.

use std::process::Command;

/// Tests that share one smart-card service.
pub const SHARED_SERVICE: &[&str] =
    &["card", "certificates", "change", "doctor", "jcecard", "log", "opensc", "patience", "several"];

/// Tests that kill the smart-card service too.
pub const OWN_SERVICE: &[&str] = &["faults"];

/// Returns cargo's command that builds or runs these tests.
pub fn command(tests: &[&str], arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "eimza-host", "--features", "stage-tests"]);
    command.args(tests.iter().flat_map(|test| ["--test", test])).args(arguments);
    if !arguments.contains(&"--no-run") {
        command.args(["--", "--test-threads=1"]); // there is one reader
    }
    command
}

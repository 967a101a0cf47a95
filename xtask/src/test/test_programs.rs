//! The programs that cargo builds from tests.

use crate::process::output;
use anyhow::{Result, ensure};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

/// A program with tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestProgram {
    /// The name of its target in `Cargo.toml`.
    pub name: String,
    pub path: PathBuf,
}

/// Returns the programs that a command `cargo test --no-run …` builds.
///
/// # Errors
/// If there is none, or cargo fails.
pub fn list(cargo_test: &mut Command) -> Result<Vec<TestProgram>> {
    cargo_test.args(["--offline", "--quiet", "--message-format=json"]);
    let messages = output(cargo_test)?;
    let programs: Vec<_> = messages.lines().filter_map(program_of).collect();
    ensure!(!programs.is_empty(), "no test program");
    Ok(programs)
}

/// Returns the test program that a message of cargo names.
fn program_of(message: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_test = message["profile"]["test"] == true;
    let path = message["executable"].as_str().filter(|_| is_test)?;
    Some(TestProgram { name: message["target"]["name"].as_str()?.to_owned(), path: path.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_of_tests_are_listed() {
        let message = |is_test| {
            let profile = serde_json::json!({"test": is_test});
            serde_json::json!({"executable": "/a/b", "profile": profile, "target": {"name": "c"}}).to_string()
        };
        let expected = TestProgram { name: "c".to_owned(), path: "/a/b".into() };
        assert_eq!(program_of(&message(true)), Some(expected));
        for other in [&message(false), r#"{"profile": {"test": true}}"#, "Compiling"] {
            assert_eq!(program_of(other), None);
        }
    }
}

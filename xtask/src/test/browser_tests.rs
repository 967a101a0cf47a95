//! Tests that drive a browser.

use crate::workspace::root;
use anyhow::{Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FOLDER: &str = "tests/browser";

/// The checks on component libraries. They use two browsers at a time themselves.
pub const FRAMEWORKS: &str = "tests/frameworks/frameworks.test.mjs";

/// Tests that run one at a time: they put a card into the only reader, or write browser policies.
const EXCLUSIVE: &[&str] =
    &["code-secrecy", "panel", "panel-card", "policy", "storage-access", "unlock-interruptions", "welcome"];

/// Returns the test files that run one at a time, and the others; by path from the root.
pub fn list() -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let mut tests = Vec::new();
    for entry in fs::read_dir(root().join(FOLDER))? {
        let file = Path::new(FOLDER).join(entry?.file_name());
        tests.extend(file.to_string_lossy().ends_with(".test.mjs").then_some(file));
    }
    tests.sort();
    let is_exclusive =
        |file: &PathBuf| EXCLUSIVE.iter().any(|name| file.ends_with(format!("{name}.test.mjs")));
    let (exclusive, shared): (Vec<_>, Vec<_>) = tests.into_iter().partition(is_exclusive);
    ensure!(exclusive.len() == EXCLUSIVE.len(), "EXCLUSIVE names a file that is not in {FOLDER}");
    Ok((exclusive, shared))
}

/// Returns the `node --test` command for these files, with this concurrency.
pub fn command(tests: &[PathBuf], concurrency: u32) -> Command {
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec", &format!("--test-concurrency={concurrency}")]);
    command.args(tests);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_use_the_reader_or_policies_are_exclusive() {
        let (exclusive, shared) = list().unwrap();
        let uses_shared_resource = |file: &PathBuf| {
            let text = fs::read_to_string(root().join(file)).unwrap();
            ["./card-fixture", "./virtual-card", "./policy-files"].iter().any(|import| text.contains(import))
        };
        assert!(exclusive.iter().all(uses_shared_resource));
        assert_eq!(shared.into_iter().find(uses_shared_resource), None);
    }
}

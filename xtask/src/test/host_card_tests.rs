//! The host's tests that need a smart-card service: those whose `[[test]]` entry requires the feature
//! `pcsc-tests`.

use crate::process::{command as program, output};
use anyhow::{Context, Result};
use serde_json::Value;
use std::process::Command;

const FEATURE: &str = "pcsc-tests";

/// The test that also kills the smart-card service.
const KILLS_SERVICE: &str = "faults";

/// The names of the tests, from `cargo metadata`.
pub struct HostCardTests {
    /// Tests that share one smart-card service.
    pub shared_service: Vec<String>,
    /// Tests that need their own service.
    pub own_service: Vec<String>,
}

impl HostCardTests {
    /// Lists the tests.
    pub fn list() -> Result<Self> {
        let metadata = output(&mut program("cargo metadata --no-deps --offline --format-version 1"))?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
        let packages = metadata["packages"].as_array().context("packages")?;
        let host = packages.iter().find(|package| package["name"] == "eimza-host").context("eimza-host")?;
        let targets = host["targets"].as_array().context("targets")?.iter();
        let needs_service = |target: &&Value| {
            target["required-features"].as_array().is_some_and(|all| all.iter().any(|one| one == FEATURE))
        };
        let names = targets.filter(needs_service).filter_map(|target| target["name"].as_str());
        let (own_service, shared_service) = names.map(str::to_owned).partition(|name| name == KILLS_SERVICE);
        Ok(Self { shared_service, own_service })
    }

    /// Returns all tests.
    pub fn all(&self) -> Vec<String> {
        [&self.shared_service[..], &self.own_service].concat()
    }
}

/// Returns cargo's command that builds or runs these tests.
pub fn command(tests: &[String], arguments: &[&str]) -> Command {
    let mut command = program("cargo test --package eimza-host --features");
    command.arg(FEATURE);
    command.args(tests.iter().flat_map(|test| ["--test", test])).args(arguments);
    if !arguments.contains(&"--no-run") {
        command.args(["--", "--test-threads=1"]); // there is one reader
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_tests_that_need_a_service() {
        let tests = HostCardTests::list().unwrap();
        assert_eq!(tests.own_service, ["faults"]);
        assert!(tests.shared_service.iter().any(|test| test == "card"));
        assert!(!tests.all().iter().any(|test| test == "stdio" || test == "windows"), "{:?}", tests.all());
    }
}

//! `cargo xtask mutants`: changes the code in small ways and reports the changes that no test notices.
//!
//! cargo-mutants changes one expression or function at a time in a copy of the repository and runs the tests of
//! its area. `.cargo/mutants.toml` excludes changes that no test could notice, each with its reason.

mod outcome;
mod table;

use crate::environment::tools::CARGO_MUTANTS;
use crate::process::{output, print_line};
use anyhow::{Context, Result, bail};
use outcome::{Outcome, Results};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use table::Row;

/// A part of the code whose tests are tested.
struct Area {
    name: &'static str,
    package: &'static str,
    files: &'static str,
    /// The test targets of the package that test it: arguments of `cargo test`.
    tests: &'static [&'static str],
}

const AREAS: &[Area] = &[
    Area { name: "card", package: "eimza-card", files: "native-host/card/src/**", tests: &["--lib"] },
    Area {
        name: "operation",
        package: "eimza-host",
        files: "native-host/host/src/operation/**",
        tests: &["--bin=eimza-host"],
    },
    Area { name: "module", package: "eimza-module", files: "native-host/module/src/**", tests: &["--lib"] },
    Area {
        name: "trust",
        package: "eimza-path-trust",
        files: "native-host/path-trust/src/**",
        tests: &["--lib"],
    },
    Area {
        name: "address",
        package: "eimza-address",
        files: "wasm/address/src/**",
        tests: &["--lib", "--tests"],
    },
    Area {
        name: "payment",
        package: "eimza-payment",
        files: "wasm/payment/src/**",
        tests: &["--lib", "--tests"],
    },
    Area {
        name: "check",
        package: "eimza-guide",
        files: "wasm/guide/src/check/**",
        tests: &["--lib", "--tests"],
    },
];

/// Where the results are kept, and where cargo-mutants builds.
const FOLDER: &str = "target/mutants";

/// Settings for cargo: a change is built once and its tests run once, and the tests of unoptimized code take five
/// times as long (the address check: 4.5 s and 0.8 s).
const ENVIRONMENT: [(&str, &str); 5] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_TEST_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_TEST_OPT_LEVEL", "1"),
    ("PROPTEST_CASES", "32"),
];

/// cargo-mutants' exit codes if it tried all mutants (mutants.rs/exit-codes.html): all were noticed, some were
/// not, some tests timed out.
const FINISHED: [i32; 3] = [0, 2, 3];

/// Changes the code in small ways and reports what no test notices
///
/// Takes 5 to 15 minutes for each area, writes the result into docs/proof.md, and exits with 1 if a change was
/// not noticed and is not explained in .cargo/mutants.toml.
#[derive(clap::Args)]
pub struct Mutants {
    /// Tries only changes that were not noticed when last tried, and new ones
    #[arg(long)]
    iterate: bool,
    /// Areas: card, operation, module, trust, address, payment, check [default: all]
    #[arg(value_name = "AREA")]
    areas: Vec<String>,
}

impl Mutants {
    pub fn run(self) -> Result<ExitCode> {
        let names: Vec<_> = AREAS.iter().map(|area| area.name).collect();
        if let Some(unknown) = self.areas.iter().find(|name| !names.contains(&name.as_str())) {
            bail!("no such area: {unknown}; there are {}", names.join(", "));
        }
        let mut survivors = Vec::new();
        let is_named =
            |area: &&Area| self.areas.is_empty() || self.areas.iter().any(|name| name == area.name);
        for area in AREAS.iter().filter(is_named) {
            let results = area.try_all(self.iterate)?;
            let row = Row::new(area.name, &results, area.list(true)?.len());
            print_line(row.to_string());
            table::write(&row, &names)?;
            survivors.extend(results.into_iter().filter(|(_, outcome)| *outcome == Outcome::Missed));
        }
        for (mutant, _) in &survivors {
            print_line(format!("no test notices: {mutant}"));
        }
        Ok(if survivors.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Area {
    fn folder(&self) -> PathBuf {
        Path::new(FOLDER).join(self.name)
    }

    /// Returns a command for cargo-mutants that is restricted to this area.
    fn command(&self) -> Result<Command> {
        let mut command = CARGO_MUTANTS.command()?;
        command.args(["mutants", "--level", "error", "--package", self.package, "--file", self.files]);
        Ok(command)
    }

    /// Returns the descriptions of the changes, or of those that the configuration excludes.
    fn list(&self, excluded: bool) -> Result<Vec<String>> {
        let lines = |command: &mut Command| -> Result<Vec<String>> {
            Ok(output(command)?.lines().map(str::to_owned).collect())
        };
        let included = lines(self.command()?.arg("--list"))?;
        if !excluded {
            return Ok(included);
        }
        let mut all = lines(self.command()?.args(["--list", "--no-config"]))?;
        all.retain(|mutant| !included.contains(mutant));
        Ok(all)
    }

    /// Tries every change; with `iterate` only those that were missed, or not tried, in the run before.
    fn try_all(&self, iterate: bool) -> Result<Results> {
        let folder = self.folder();
        fs::create_dir_all(&folder)?;
        let finished = folder.join("mutants.out");
        let before = if iterate { read(&finished)? } else { Results::new() };
        let mut command = self.command()?;
        command.args(["--test-package", self.package, "--output"]).arg(&folder);
        command.args(iterate.then_some("--iterate"));
        command.args(self.tests.iter().map(|tests| format!("--cargo-test-arg={tests}")));
        let target = std::env::current_dir()?.join(FOLDER).join("build");
        command.envs(ENVIRONMENT).env("CARGO_TARGET_DIR", target);
        let status = command.status().context("cargo-mutants cannot be started")?;
        if !status.code().is_some_and(|code| FINISHED.contains(&code)) {
            bail!("cargo-mutants failed in the area {}: {status}", self.name);
        }
        let results = merged(before, read(&finished)?, &self.list(false)?);
        write(&finished, &results)?;
        Ok(results)
    }
}

/// Adds results to those of earlier runs, and drops those of changes that no longer exist.
fn merged(mut before: Results, now: Results, existing: &[String]) -> Results {
    before.extend(now);
    before.retain(|mutant, _| existing.contains(mutant));
    before
}

/// Reads the results in a folder of cargo-mutants.
fn read(folder: &Path) -> Result<Results> {
    let mut results = Results::new();
    for outcome in Outcome::ALL {
        let path = folder.join(outcome.file());
        if path.exists() {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            results.extend(text.lines().map(|mutant| (mutant.to_owned(), outcome)));
        }
    }
    Ok(results)
}

/// Writes results into a folder of cargo-mutants, for later runs.
fn write(folder: &Path, results: &Results) -> Result<()> {
    for outcome in Outcome::ALL {
        let mutants = results.iter().filter(|(_, other)| **other == outcome);
        let lines: String = mutants.map(|(mutant, _)| format!("{mutant}\n")).collect();
        fs::write(folder.join(outcome.file()), lines)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(entries: &[(&str, Outcome)]) -> Results {
        entries.iter().map(|&(mutant, outcome)| (mutant.to_owned(), outcome)).collect()
    }

    #[test]
    fn areas_are_folders_with_sources() {
        for area in AREAS {
            let folder = crate::workspace::root().join(area.files.trim_end_matches("/**"));
            assert!(folder.is_dir(), "{}", area.name);
        }
    }

    #[test]
    fn results_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), Results::new());
        let written = results(&[
            ("a", Outcome::Caught),
            ("b", Outcome::TimedOut),
            ("c", Outcome::Unviable),
            ("d", Outcome::Missed),
        ]);
        write(folder.path(), &written).unwrap();
        assert_eq!(read(folder.path()).unwrap(), written);
    }

    #[test]
    fn a_later_result_replaces_an_earlier_one() {
        let before = results(&[("a", Outcome::Caught), ("b", Outcome::Missed), ("gone", Outcome::Missed)]);
        let now = results(&[("b", Outcome::Caught), ("c", Outcome::Missed)]);
        let existing = ["a", "b", "c"].map(str::to_owned);
        let expected = results(&[("a", Outcome::Caught), ("b", Outcome::Caught), ("c", Outcome::Missed)]);
        assert_eq!(merged(before, now, &existing), expected);
    }
}

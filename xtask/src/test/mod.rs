//! `cargo xtask test`: every check and test, one count at the end.

mod dependency_policy;
pub mod faults;
pub mod fuzz;
#[cfg(test)]
mod source_rules;
mod wine;

use self::wine::Wine;
use crate::build::{self, extension_manifest, scripts, windows};
use crate::environment::isolation;
use crate::environment::stage::Stage;
use crate::process::{complain, run, say};
use anyhow::{Context, Result};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

/// The argument that starts the half that needs a smart-card service, a browser and Wine.
pub const INSIDE: &str = "test-inside";

/// The host's tests that put a card into a reader, by the names in its Cargo.toml.
const STAGE_TESTS: [&str; 9] =
    ["card", "certificates", "change", "doctor", "jcecard", "log", "opensc", "patience", "several"];

/// The one that kills the smart-card service too.
const FAULTS: [&str; 1] = ["faults"];

/// Where the inner half leaves its count: "passed failed".
const INNER_COUNT: &str = "target/inner-test-count";

/// How many passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    passed: u32,
    failed: u32,
}

/// Everything, outside and inside.
pub fn test() -> Result<ExitCode> {
    build::build(&extension_manifest::BROWSERS)?;
    windows::setup()?;
    run(Command::new("cargo").args(["build", "--quiet", "--package", "eimza-virtual-card"]))?;
    let mut count = Count::default();
    count.check("formatting", cargo(&["fmt", "--all", "--check"]));
    count.check(
        "formatting of the fuzz targets",
        cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]),
    );
    count.check(
        "lints",
        cargo(&[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]),
    );
    count.check(
        "lints for the browser",
        cargo(&[
            "clippy",
            "--quiet",
            "-p",
            "eimza-app",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]),
    );
    count.check(
        "lints for Windows",
        cargo(&[
            "clippy",
            "--quiet",
            "-p",
            "eimza-host",
            "--all-targets",
            "--target",
            windows::TARGET,
            "--",
            "-D",
            "warnings",
        ]),
    );
    count.check("types of the scripts", scripts::type_check());
    count.check("circular imports and lengths of the scripts", scripts::lint());
    count.outcome("licences, bans and sources of dependencies", &dependency_policy::deny());
    count.add(&mut cargo(&["test", "--workspace", "--no-fail-fast"]))?;
    hostile_input(&mut count)?;
    // Built here, where there is a network, and run inside.
    run(&mut stage_tests(&[&STAGE_TESTS[..], &FAULTS].concat(), &["--no-run", "--quiet"]))?;
    wine::build()?;

    let _ = fs::remove_file(INNER_COUNT); // from a run before
    isolation::again(&[INSIDE])?;
    count.merge(Count::read().unwrap_or(Count { passed: 0, failed: 1 }));
    say(format!("{} passed, {} failed", count.passed, count.failed));
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A check for each fuzz target.
fn hostile_input(count: &mut Count) -> Result<()> {
    fuzz::build()?;
    for target in fuzz::targets()? {
        count.outcome(&format!("hostile input: {target}"), &fuzz::feed(&target, fuzz::SECONDS).map(drop));
    }
    Ok(())
}

/// The tests that need a smart-card service, a browser or Wine.
pub fn inside() -> Result<()> {
    isolation::end_on_signal()?;
    let mut count = Count::default();
    let stage = Stage::start()?;
    count.add(&mut stage_tests(&STAGE_TESTS, &["--no-fail-fast", "--offline"]))?;
    // There is one reader, and one place for policies: those that use them run alone.
    let (alone, others): (Vec<_>, Vec<_>) = browser_tests()?.into_iter().partition(|test| test.alone);
    count.add(&mut browser(&alone, 1))?;
    count.add(&mut browser(&others, 2))?;
    drop(stage);
    // It leaves no smart-card service behind, so it has one of its own.
    let stage = Stage::start()?;
    count.add(&mut stage_tests(&FAULTS, &["--no-fail-fast", "--offline"]))?;
    drop(stage);
    let wine = Wine::start()?;
    count.add(wine.gives(wine::unit_tests(&mut Command::new("cargo"), &["--no-fail-fast", "--offline"])))?;
    count.add(wine.gives(wine::suite(&mut Command::new("cargo"), &["--no-fail-fast", "--offline"])))?;
    Ok(fs::write(INNER_COUNT, format!("{} {}", count.passed, count.failed))?)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments);
    command
}

fn stage_tests(tests: &[&str], arguments: &[&str]) -> Command {
    let mut command = cargo(&["test", "--package", "eimza-host", "--features", "stage-tests"]);
    command.args(tests.iter().flat_map(|test| ["--test", test]));
    command.args(arguments);
    if !arguments.contains(&"--no-run") {
        command.args(["--", "--test-threads=1"]); // there is one reader
    }
    command
}

fn browser(tests: &[BrowserTest], at_once: u32) -> Command {
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec", &format!("--test-concurrency={at_once}")]);
    command.args(tests.iter().map(|test| &test.file));
    command
}

/// A file of tests that drive a browser.
struct BrowserTest {
    file: PathBuf,
    /// Whether they put a card into the reader, or lay down a policy.
    alone: bool,
}

fn browser_tests() -> Result<Vec<BrowserTest>> {
    let mut tests = Vec::new();
    for entry in fs::read_dir("tests/browser")? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(".test.mjs") {
            let text = fs::read_to_string(&file)?;
            let alone = ["./card-fixture", "./virtual-card", "./policy-files"]
                .iter()
                .any(|helper| text.contains(helper));
            tests.push(BrowserTest { file, alone });
        }
    }
    tests.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(tests)
}

impl Count {
    /// Counts a check that has no tests of its own.
    fn check(&mut self, name: &str, mut command: Command) {
        self.outcome(name, &run(&mut command));
    }

    /// Counts what became of such a check, and says why it failed.
    fn outcome(&mut self, name: &str, outcome: &Result<()>) {
        if let Err(error) = outcome {
            complain(error);
        }
        say(format!("check {name} ... {}", if outcome.is_ok() { "ok" } else { "FAILED" }));
        self.merge(Count { passed: outcome.is_ok().into(), failed: outcome.is_err().into() });
    }

    /// Runs a test runner, shows what it prints and counts its closing lines.
    fn add(&mut self, command: &mut Command) -> Result<()> {
        let mut runner = command.stdout(Stdio::piped()).spawn().context("a test runner cannot be started")?;
        let mut counted = Self::default();
        for line in BufReader::new(runner.stdout.take().context("no output")?).lines() {
            let line = line?;
            say(&line);
            counted.merge(Self::of_line(&line).unwrap_or_default());
        }
        if !runner.wait()?.success() && counted.failed == 0 {
            counted.failed = 1; // it did not even come to its tests
        }
        self.merge(counted);
        Ok(())
    }

    /// "test result: ok. 5 passed; 0 failed; …" of cargo, "ℹ pass 5" and "ℹ fail 0" of Node.
    fn of_line(line: &str) -> Option<Self> {
        if let Some(rest) = line.strip_prefix("test result: ") {
            let mut words = rest.split_whitespace().skip(1);
            let passed = words.next()?.parse().ok()?;
            return Some(Self { passed, failed: words.nth(1)?.parse().ok()? });
        }
        let (kind, number) = line.strip_prefix("ℹ ")?.split_once(' ')?;
        let number = number.parse().ok()?;
        match kind {
            "pass" => Some(Self { passed: number, failed: 0 }),
            "fail" | "cancelled" => Some(Self { passed: 0, failed: number }),
            _ => None,
        }
    }

    fn read() -> Option<Self> {
        let text = fs::read_to_string(INNER_COUNT).ok()?;
        let (passed, failed) = text.split_once(' ')?;
        Some(Self { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
    }

    fn merge(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let cargo = "test result: FAILED. 41 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Count::of_line(cargo), Some(Count { passed: 41, failed: 2 }));
        assert_eq!(Count::of_line("ℹ pass 7"), Some(Count { passed: 7, failed: 0 }));
        assert_eq!(Count::of_line("ℹ fail 1"), Some(Count { passed: 0, failed: 1 }));
        assert_eq!(Count::of_line("ℹ duration_ms 12.5"), None);
        assert_eq!(Count::of_line("test a ... ok"), None);
    }
}

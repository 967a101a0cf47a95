//! Counts passed and failed tests of every test runner.

use crate::process::{print_line, report_error};
use anyhow::{Context, Result};
use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::str::FromStr;

/// How many tests passed and failed. Its text, "N passed, N failed", is the last line of `cargo xtask test`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Counts the outcome of a check and prints it.
    pub fn record(&mut self, name: &str, outcome: &Result<()>) {
        if let Err(error) = outcome {
            report_error(error);
        }
        print_line(format!("check {name} ... {}", if outcome.is_ok() { "ok" } else { "FAILED" }));
        self.add(Count { passed: outcome.is_ok().into(), failed: outcome.is_err().into() });
    }

    /// Runs a test runner, passes its output through and adds up its summary lines.
    pub fn run_tests(&mut self, command: &mut Command) -> Result<()> {
        let mut runner = command.stdout(Stdio::piped()).spawn().context("a test runner cannot be started")?;
        let mut counted = Self::default();
        for line in BufReader::new(runner.stdout.take().context("no output")?).lines() {
            let line = line?;
            print_line(&line);
            counted.add(Self::of_summary(&line).unwrap_or_default());
        }
        if !runner.wait()?.success() && counted.failed == 0 {
            counted.failed = 1; // the runner failed before its tests
        }
        self.add(counted);
        Ok(())
    }

    /// Parses a summary line: cargo's "test result: ok. 5 passed; 0 failed; …", Node's "ℹ pass 5" and "ℹ fail
    /// 0".
    fn of_summary(line: &str) -> Option<Self> {
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
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl FromStr for Count {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (passed, failed) = text.split_once(" passed, ").context("no count")?;
        let failed = failed.strip_suffix(" failed").context("no count")?;
        Ok(Self { passed: passed.parse()?, failed: failed.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_lines_are_counted() {
        let cargo = "test result: FAILED. 41 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Count::of_summary(cargo), Some(Count { passed: 41, failed: 2 }));
        assert_eq!(Count::of_summary("ℹ pass 7"), Some(Count { passed: 7, failed: 0 }));
        assert_eq!(Count::of_summary("ℹ fail 1"), Some(Count { passed: 0, failed: 1 }));
        assert_eq!(Count::of_summary("ℹ duration_ms 12.5"), None);
        assert_eq!(Count::of_summary("test a ... ok"), None);
    }

    #[test]
    fn text_is_parsed_back() {
        let count = Count { passed: 812, failed: 3 };
        assert_eq!(count.to_string().parse::<Count>().unwrap(), count);
        assert!("".parse::<Count>().is_err());
    }
}

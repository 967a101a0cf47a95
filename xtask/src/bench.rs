//! `cargo xtask bench`: durations and sizes, each next to a reference measured in the same run.

use crate::build;
use crate::environment::isolation;
use crate::environment::virtual_reader::VirtualReader;
use crate::process::{command, output, print_line, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::cmp::Ordering;
use std::process::{Command, ExitCode};
use std::{env, io};

/// The name of the command that runs in isolated namespaces.
pub const ISOLATED: &str = "bench-isolated";

/// Measures durations and sizes, each next to a reference
///
/// Nothing else should run meanwhile.
#[derive(clap::Args)]
pub struct Bench {
    /// Writes the rows as JSON; nothing else is written to standard output
    #[arg(long)]
    json: bool,
}

impl Bench {
    /// Builds everything as it is released, then measures in isolated namespaces.
    pub fn run(self) -> Result<ExitCode> {
        let json = self.json;
        // A separate process, so that its output, including that of installers, goes to standard error.
        run(Command::new(env::current_exe()?).args(["build", "--browser", "chrome"]).stdout(io::stderr()))?;
        build::virtual_card()?;
        run(&mut command("cargo build --quiet --release --package eimza-bench"))?;
        isolation::rerun(if json { &[ISOLATED, "--json"] } else { &[ISOLATED] })
    }
}

/// The part of the measurement that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated {
    #[arg(long)]
    json: bool,
}

impl Isolated {
    pub fn run(self) -> Result<()> {
        isolation::end_on_signal()?;
        let _reader = VirtualReader::start()?;
        let mut rows = rows(&mut Command::new("target/release/eimza-bench"))?;
        rows.extend(self::rows(&mut command("node tests/bench/browser/main.mjs"))?);
        if self.json {
            print_line(serde_json::to_string_pretty(&rows)?);
            return Ok(());
        }
        for row in &rows {
            print_line(line(row));
        }
        let over: Vec<_> =
            rows.iter().filter(|row| is_over(row)).filter_map(|row| row["name"].as_str()).collect();
        print_line(if over.is_empty() {
            "all within their bounds".to_owned()
        } else {
            format!("over: {}", over.join(", "))
        });
        Ok(())
    }
}

fn rows(command: &mut Command) -> Result<Vec<Value>> {
    serde_json::from_str(&output(command)?).context("rows of measurements")
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or(f64::NAN)
}

fn is_over(row: &Value) -> bool {
    // A ratio that is not a number exceeds every bound.
    number(row, "ratio").partial_cmp(&number(row, "bound")).is_none_or(Ordering::is_gt)
}

fn line(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    format!(
        "{:<22} {:>9.2} {} ({:.2}–{:.2}, {} runs); {}: {:.2}; ratio {:.2}, {} {}",
        text("name"),
        number(row, "value"),
        text("unit"),
        number(row, "min"),
        number(row, "max"),
        row["runs"],
        text("reference"),
        number(row, "reference_value"),
        number(row, "ratio"),
        if is_over(row) { "OVER" } else { "within" },
        row["bound"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ratios_over_the_bound_or_not_a_number_are_over() {
        assert!(!is_over(&json!({"ratio": 1.0, "bound": 1.0})));
        assert!(is_over(&json!({"ratio": 1.1, "bound": 1.0})));
        assert!(is_over(&json!({"ratio": null, "bound": 1.0})));
    }
}

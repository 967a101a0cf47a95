//! `cargo xtask bench`: how long things take and how large they are, each beside a reference in the same run.

use crate::build;
use crate::environment::isolation;
use crate::environment::stage::Stage;
use crate::process::{output, run, say};
use anyhow::{Context, Result};
use serde_json::Value;
use std::cmp::Ordering;
use std::process::{Command, ExitCode};

/// The argument that measures in a world of its own, with a smart-card service.
pub const INSIDE: &str = "bench-inside";

/// Builds everything as users get it, and measures. Nothing else should run meanwhile.
pub fn bench(json: bool) -> Result<ExitCode> {
    build::build(&["chrome"])?;
    run(Command::new("cargo").args(["build", "--quiet", "--package", "eimza-virtual-card"]))?;
    run(Command::new("cargo").args(["build", "--quiet", "--release", "--package", "eimza-bench"]))?;
    isolation::again(&[INSIDE, if json { "json" } else { "table" }])
}

/// Measures.
pub fn inside(json: bool) -> Result<()> {
    isolation::end_on_signal()?;
    let _stage = Stage::start()?;
    let mut rows = rows(&mut Command::new("target/release/eimza-bench"))?;
    rows.extend(self::rows(Command::new("node").arg("tests/bench/browser/main.mjs"))?);
    if json {
        say(serde_json::to_string_pretty(&rows)?);
        return Ok(());
    }
    for row in &rows {
        say(line(row));
    }
    let over: Vec<_> =
        rows.iter().filter(|row| is_over(row)).filter_map(|row| row["name"].as_str()).collect();
    say(if over.is_empty() {
        "all within their bounds".to_owned()
    } else {
        format!("over: {}", over.join(", "))
    });
    Ok(())
}

fn rows(command: &mut Command) -> Result<Vec<Value>> {
    serde_json::from_str(&output(command)?).context("rows of measurements")
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or(f64::NAN)
}

fn is_over(row: &Value) -> bool {
    // What is no number is within no bound.
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
    fn what_is_over_its_bound_or_no_number_is_told() {
        assert!(!is_over(&json!({"ratio": 1.0, "bound": 1.0})));
        assert!(is_over(&json!({"ratio": 1.1, "bound": 1.0})));
        assert!(is_over(&json!({"ratio": null, "bound": 1.0})));
    }
}

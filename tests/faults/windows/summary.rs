//! What came of all scenarios, and the table of what users are told.

use super::attempt::DONE;
use super::expectation::Expectation;
use super::scenario::{Outcome, Scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What users were told, by where a call fails and by what its code says.
#[derive(Default)]
pub struct Summary {
    passed: usize,
    failures: Vec<String>,
    functions: BTreeSet<String>,
    kinds: BTreeSet<String>,
    told: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

impl Summary {
    /// Adds a scenario with a fault.
    pub fn add(&mut self, scenario: &Scenario, outcome: Result<Outcome, String>) {
        match outcome {
            Err(reason) => self.add_failure(format!("{scenario}: {reason}")),
            Ok(outcome) => {
                self.passed += 1;
                if let Some(order) = &scenario.order {
                    self.functions.insert(order.call.function.clone());
                    self.kinds.insert(order.code.kind.clone());
                    let row = order.calls(scenario.attempt);
                    let of_row = self.told.entry(row).or_default();
                    of_row.entry(order.code.kind.clone()).or_default().insert(outcome.told);
                }
            }
        }
    }

    /// Adds a failure, and prints it at once.
    pub fn add_failure(&mut self, failure: String) {
        println!("FAILED {failure}");
        self.failures.push(failure);
    }

    /// Fails unless each function has failed, and with each kind of code.
    pub fn check_coverage(&mut self, expectation: &Expectation) {
        let functions = functions().filter(|name| !self.functions.contains(*name)).map(str::to_owned);
        let kinds = expectation.codes.iter().map(|code| code.kind.clone());
        let kinds: BTreeSet<_> = kinds.filter(|kind| !self.kinds.contains(kind)).collect();
        for missing in functions.chain(kinds).collect::<Vec<_>>() {
            self.add_failure(format!("no fault was tried: {missing}"));
        }
    }

    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Prints the table and the numbers. Calls with the same answers share a row.
    pub fn print(&self, elapsed: Duration) {
        let mut rows: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (call, kinds) in &self.told {
            rows.entry(answers(kinds)).or_default().push(call);
        }
        println!("| calls that fail | what the code says: what the user is told |\n|---|---|");
        for (answers, calls) in rows {
            println!("| {} | {answers} |", calls.join("; "));
        }
        let failed = self.failures.len();
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        let outcome = if failed == 0 { "ok" } else { "FAILED" };
        println!(
            "{} faults of WinSCard, {} passed; {} s in all\ntest result: {outcome}. {} passed; {failed} failed; \
             0 ignored; 0 measured; 0 filtered out",
            self.passed + failed,
            self.passed,
            elapsed.as_secs(),
            self.passed
        );
    }
}

/// Returns what users are told of each kind of code.
fn answers(kinds: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut by_answer: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (kind, told) in kinds {
        let told = told.iter().map(|told| code_text(told)).collect::<Vec<_>>().join(" or ");
        by_answer.entry(told).or_default().push(kind);
    }
    let all = by_answer.iter().map(|(told, kinds)| format!("{}: {told}", kinds.join(", ")));
    match by_answer.keys().next() {
        Some(only) if by_answer.len() == 1 => format!("any: {only}"),
        _ => all.collect::<Vec<_>>().join("; "),
    }
}

/// Returns the functions that the program calls: without one of them in the library it would not start.
fn functions() -> impl Iterator<Item = &'static str> {
    let source = include_str!("../../faulty-winscard/src/functions.rs");
    let declared = source.lines().filter_map(|line| line.trim_start().split_once('(').map(|(name, _)| name));
    declared.filter(|name| name.starts_with("SCard") && name.chars().all(char::is_alphanumeric))
}

fn code_text(told: &str) -> String {
    if told == DONE { "done".to_owned() } else { format!("`{told}`") }
}

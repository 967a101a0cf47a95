//! What came of all scenarios, and the table of what users are told.

use super::expectation::DONE;
use super::scenario::{Outcome, Scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What users were told, by where a call fails and by what its code says.
#[derive(Default)]
pub struct Summary {
    passed: usize,
    failures: Vec<String>,
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
                    let command = if order.call.carries_code() { " with a code" } else { "" };
                    let row = format!("{}{command}, {}", order.call.function, order.call.phase);
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

    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Prints the table and the numbers.
    pub fn print(&self, elapsed: Duration) {
        println!("| call that fails | what its code says: what the user is told |\n|---|---|");
        for (row, kinds) in &self.told {
            // The kinds with the same answer together.
            let mut by_answer: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (kind, told) in kinds {
                let told = told.iter().map(|told| code_text(told)).collect::<Vec<_>>().join(" or ");
                by_answer.entry(told).or_default().push(kind);
            }
            let all = |(told, kinds): (&String, &Vec<&str>)| format!("{}: {told}", kinds.join(", "));
            let cell = match by_answer.len() {
                1 => format!("any: {}", by_answer.keys().next().map_or("", String::as_str)),
                _ => by_answer.iter().map(all).collect::<Vec<_>>().join("; "),
            };
            println!("| {row} | {cell} |");
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

fn code_text(told: &str) -> String {
    if told == DONE { "done".to_owned() } else { format!("`{told}`") }
}

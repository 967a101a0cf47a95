//! The fault matrix of the Windows program: each function of WinSCard that it calls fails with each code that Windows
//! documents, below it (`tests/faulty-winscard`), at each kind of call. `cargo xtask faults --windows` runs the whole
//! matrix, the sample of `cargo xtask test` covers every function and every kind of code.
//!
//! The calls come from an operation without a fault, so changes to an operation change the matrix.

mod attempt;
mod built;
mod call;
mod expectation;
mod faulty_host;
mod judge;
mod module;
mod order;
mod scenario;
mod summary;

use attempt::Attempt;
use expectation::Expectation;
use faulty_host::FaultyHost;
use order::{Order, Sampler};
use scenario::Scenario;
use std::process::ExitCode;
use std::time::Instant;
use summary::Summary;

/// Runs the whole matrix, or a sample that covers each function and each kind of code.
pub fn run(is_whole: bool) -> ExitCode {
    let start = Instant::now();
    let expectation = Expectation::read();
    let host = FaultyHost::new();
    let (mut summary, mut sampler) = (Summary::default(), Sampler::default());
    let filters: Vec<String> =
        std::env::args().filter_map(|argument| argument.strip_prefix("--only=").map(str::to_owned)).collect();
    for attempt in Attempt::ALL {
        let without_fault = Scenario { attempt, order: None };
        let calls = match without_fault.run(&host, &expectation, &[]) {
            Ok(outcome) => outcome.calls,
            Err(reason) => {
                summary.add_failure(format!("{attempt} without a fault: {reason}"));
                continue;
            }
        };
        let orders = Order::all(attempt, &calls, &expectation);
        let mut count = 0;
        for order in if is_whole { orders } else { sampler.sample(attempt, &orders) } {
            let scenario = Scenario { attempt, order: Some(order) };
            if filters.iter().all(|text| scenario.to_string().contains(text)) {
                let outcome = scenario.run(&host, &expectation, &calls);
                summary.add(&scenario, outcome);
                count += 1;
            }
        }
        println!("{attempt}: {} calls, {count} faults, {} s so far", calls.len(), start.elapsed().as_secs());
    }
    if filters.is_empty() {
        summary.check_coverage(&expectation);
    }
    println!("{} runs ended by a signal after the answer", host.crashes.get());
    summary.print(start.elapsed());
    if summary.has_failures() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

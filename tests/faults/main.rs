//! The fault matrix: interrupts each operation of the host at each command to the card and at each open prompt with
//! every fault of the card, its reader, the smart-card service, the host, the browser and the prompt.
//! `cargo xtask faults` runs the whole matrix, `cargo xtask test` a sample.
//!
//! The points come from the operation's own log of commands, so changes to an operation change the matrix.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]
#![allow(clippy::print_stdout, reason = "a test runner of its own")]

mod connection;
mod fault;
mod operation;
mod point;
mod processes;
mod registration;
mod removable_card;
mod scenario;
mod service;
#[path = "../host/support/mod.rs"]
mod support;

use fault::Fault;
use operation::Operation;
use scenario::Scenario;
use service::Service;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    // Other arguments are those that `cargo test` passes to a test harness.
    let whole = std::env::args().any(|argument| argument == "--whole");
    let began = Instant::now();
    let mut service = Service::adopt();
    let mut held = 0;
    let mut failed = Vec::new();
    let mut longest = Duration::ZERO;
    for operation in Operation::ALL {
        let points = scenario::points(operation);
        let mut row = 0;
        for fault in Fault::ALL {
            let all: Vec<_> = points.iter().copied().filter(|&point| fault.can_occur_at(point)).collect();
            let played = if whole { all } else { point::sample(&all, fault as usize) };
            for &point in &played {
                let scenario = Scenario { operation, point, fault };
                match scenario.run(&mut service) {
                    Ok(waited) => {
                        held += 1;
                        longest = longest.max(waited);
                    }
                    Err(reason) => {
                        println!("FAILED {scenario}: {reason}");
                        failed.push(format!("{scenario}: {reason}"));
                    }
                }
            }
            row += played.len();
        }
        println!("{operation}: {} points, {} faults, {row} scenarios", points.len(), Fault::ALL.len());
    }
    let (writing_held, writing_failed) = registration::run();
    println!("register: {} scenarios", writing_held + writing_failed.len());
    held += writing_held;
    failed.extend(writing_failed);
    for failure in &failed {
        println!("FAILED {failure}");
    }
    println!(
        "{} scenarios, {held} held; longest wait {:.1} s; {} s in all",
        held + failed.len(),
        longest.as_secs_f32(),
        began.elapsed().as_secs()
    );
    let word = if failed.is_empty() { "ok" } else { "FAILED" };
    println!(
        "test result: {word}. {held} passed; {} failed; 0 ignored; 0 measured; 0 filtered out",
        failed.len()
    );
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

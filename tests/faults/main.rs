//! Faults at every boundary: each operation of the host, broken off at each command that it sends to the card,
//! and while each question is open, by everything that may happen to a card, its reader, the smart-card service,
//! the host, the browser and the prompt. `cargo xtask faults` plays the whole matrix, `cargo xtask test` a sample.
//!
//! The points come from the operation's own log of commands, so an operation that changes is tested as it is.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]
#![allow(clippy::print_stdout, reason = "a test runner of its own")]

mod fault;
mod held_card;
mod operation;
mod point;
mod processes;
mod registering;
mod scene;
mod service;
#[path = "../host/support/mod.rs"]
mod support;
mod talk;

use fault::Fault;
use operation::Operation;
use scene::Scene;
use service::Service;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    // What `cargo test` hands to a harness is none of ours.
    let whole = std::env::args().any(|argument| argument == "--whole");
    let began = Instant::now();
    let mut service = Service::adopt();
    let mut held = 0;
    let mut failed = Vec::new();
    let mut longest = Duration::ZERO;
    for operation in Operation::ALL {
        let points = scene::points(operation);
        let mut row = 0;
        for fault in Fault::ALL {
            let all: Vec<_> = points.iter().copied().filter(|&point| fault.can_strike(point)).collect();
            let played = if whole { all } else { point::sample(&all, fault as usize) };
            for &point in &played {
                let scene = Scene { operation, point, fault };
                match scene.play(&mut service) {
                    Ok(waited) => {
                        held += 1;
                        longest = longest.max(waited);
                    }
                    Err(reason) => {
                        println!("FAILED {scene}: {reason}");
                        failed.push(format!("{scene}: {reason}"));
                    }
                }
            }
            row += played.len();
        }
        println!("{operation}: {} points, {} faults, {row} scenes", points.len(), Fault::ALL.len());
    }
    let (writing_held, writing_failed) = registering::play();
    println!("register: {} scenes", writing_held + writing_failed.len());
    held += writing_held;
    failed.extend(writing_failed);
    for failure in &failed {
        println!("FAILED {failure}");
    }
    println!(
        "{} scenes, {held} held; longest wait {:.1} s; {} s in all",
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

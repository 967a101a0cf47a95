//! The fault matrix: interrupts each operation of the host at each command to the card and at each open
//! prompt with every fault of the card, its reader, the smart-card service, the host, the browser and the
//! prompt. `cargo xtask faults` runs the whole matrix, `cargo xtask test` a sample.
//!
//! The points come from the operation's own log of commands, so changes to an operation change the matrix.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]
#![allow(clippy::print_stdout, reason = "a custom test harness")]

mod connection;
#[path = "../module/driver.rs"]
mod driver;
mod fault;
mod operation;
#[path = "../host/support/pin_pad.rs"]
mod pin_pad;
mod point;
mod processes;
mod registration;
mod removable_card;
mod restarted_service;
mod route;
mod scenario;
mod service;
#[path = "../host/support/mod.rs"]
mod support;
mod windows;

use fault::Fault;
use operation::Operation;
use route::Route;
use scenario::Scenario;
use service::Service;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Returns whether an operation runs over a route: where it differs, and with `--only=TEXT` where its name, such as
/// "unlock over module", contains the text.
fn is_selected(route: Route, operation: Operation) -> bool {
    let name = format!("{operation} over {route}");
    let mut wanted =
        std::env::args().filter_map(|argument| argument.strip_prefix("--only=").map(str::to_owned));
    operation.depends_on(route) && wanted.all(|text| name.contains(&text))
}

fn main() -> ExitCode {
    // Other arguments are those that `cargo test` passes to a test harness.
    let is_whole_matrix = std::env::args().any(|argument| argument == "--whole");
    if support::window_typist::host_has_windows() {
        windows::run(is_whole_matrix)
    } else {
        run(is_whole_matrix)
    }
}

/// Runs the matrix, or a sample.
fn run(is_whole_matrix: bool) -> ExitCode {
    let start = Instant::now();
    let mut service = Service::adopt();
    let mut passed = 0;
    let mut failed = Vec::new();
    let mut longest = Duration::ZERO;
    let runs = Route::ALL.iter().flat_map(|&route| Operation::ALL.map(|operation| (route, operation)));
    for (route, operation) in runs.filter(|&(route, operation)| is_selected(route, operation)) {
        let _driver = route.prepare();
        let points = scenario::points(route, operation);
        let mut count = 0;
        for fault in Fault::ALL {
            let all: Vec<_> = points.iter().copied().filter(|&point| fault.can_occur_at(point)).collect();
            let selected = if is_whole_matrix { all } else { point::sample(&all, fault as usize) };
            for &point in &selected {
                let scenario = Scenario { route, operation, point, fault };
                match scenario.run(&mut service) {
                    Ok(waited) => {
                        passed += 1;
                        longest = longest.max(waited);
                    }
                    Err(reason) => {
                        println!("FAILED {scenario}: {reason}");
                        failed.push(format!("{scenario}: {reason}"));
                    }
                }
            }
            count += selected.len();
        }
        println!(
            "{operation} over {route}: {} points, {} faults, {count} scenarios",
            points.len(),
            Fault::ALL.len()
        );
    }
    match restarted_service::run(&mut service) {
        Ok(()) => passed += 1,
        Err(reason) => failed.push(format!("service restarted between watch and unlock: {reason}")),
    }
    println!("service restarted between watch and unlock: 1 scenario");
    let (registration_passed, registration_failed) = registration::run();
    println!("register: {} scenarios", registration_passed + registration_failed.len());
    passed += registration_passed;
    failed.extend(registration_failed);
    for failure in &failed {
        println!("FAILED {failure}");
    }
    println!(
        "{} scenarios, {passed} passed; longest wait {:.1} s; {} s in all",
        passed + failed.len(),
        longest.as_secs_f32(),
        start.elapsed().as_secs()
    );
    let outcome = if failed.is_empty() { "ok" } else { "FAILED" };
    println!(
        "test result: {outcome}. {passed} passed; {} failed; 0 ignored; 0 measured; 0 filtered out",
        failed.len()
    );
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

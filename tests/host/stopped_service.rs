//! Tests of a smart-card service that stops and is started again. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::process::Stdio;
use support::own_service::with_own_service;
use support::{HOST, ScriptedPinentry, error, wait_for};

const READER: &str = "Virtual PCD";

/// The virtual card leaves with the service.
#[test]
fn watch_reports_a_service_that_stops_and_one_that_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("events").display().to_string();
    let script = format!(
        "sleep 60 | {HOST} watch > {events} &
        until grep -q certificates {events}; do :; done
        stop_service
        until grep -q no-service {events}; do :; done
        start_service
        until tail -n 1 {events} | grep -q no-card; do :; done"
    );
    let pinentry = ScriptedPinentry::new(&json!({}));
    assert!(with_own_service(READER, &script, &pinentry).status().unwrap().success());
    let events = fs::read_to_string(events).unwrap();
    let lost = events.lines().filter(|event| event.contains("no-service")).count();
    assert_eq!(lost, 1, "{events}");
}

#[test]
fn service_that_stops_or_restarts_during_the_prompt_discards_the_codes() {
    for (restart, expected) in [("", "no-service"), ("start_service", "card-changed")] {
        let folder = tempfile::tempdir().unwrap();
        let (go, is_done) = (folder.path().join("go"), folder.path().join("done"));
        let script = format!(
            "{HOST} unlock --json &
            host=$!
            until [ -e {} ]; do :; done
            stop_service
            {restart}
            touch {}
            wait $host || true",
            go.display(),
            is_done.display()
        );
        let pinentry =
            ScriptedPinentry::new(&json!({"PUK": ["<pause>", "12345678"], "Yeni PIN": ["739164"]}));
        let mut command = with_own_service(READER, &script, &pinentry);
        let running = command.stdout(Stdio::piped()).spawn().unwrap();
        wait_for("the prompt", || pinentry.times_asked() == 1);
        fs::write(go, "").unwrap();
        wait_for("the service", || is_done.exists());
        pinentry.resume();
        let output = running.wait_with_output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let codes = [expected, "no-service"];
        assert!(codes.contains(&error(&answer)), "{restart}: {answer}");
    }
}

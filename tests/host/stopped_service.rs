//! Tests of a smart-card service that stops and is started again. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};
use support::own_service::with_own_service;
use support::window_typist::host_has_windows;
use support::{HOST, ScriptedPinentry, error, wait_for};

const READER: &str = "Virtual PCD";

/// Sets how Windows starts the service: 3 on demand, as it is delivered, 4 never. Elsewhere nothing is set.
fn set_service_start(start: &str) {
    if host_has_windows() {
        let key = r"HKLM\SYSTEM\CurrentControlSet\Services\SCardSvr";
        let value = ["reg", "add", key, "/v", "Start", "/t", "REG_DWORD", "/d", start, "/f"];
        let status = Command::new("wine").args(value).stdout(Stdio::null()).status();
        assert!(status.unwrap().success(), "{start}");
    }
}

/// How Windows starts the service until this is dropped.
struct ServiceStart;

impl ServiceStart {
    fn set(start: &str) -> Self {
        set_service_start(start);
        Self
    }
}

impl Drop for ServiceStart {
    fn drop(&mut self) {
        set_service_start("3");
    }
}

/// The virtual card leaves with the service.
#[test]
fn watch_reports_a_service_that_stops_and_one_that_is_back() {
    // A service that Windows starts with the first reader lacks a reader.
    let on_demand: &[_] = if host_has_windows() { &[("3", r#""readers":[]"#)] } else { &[] };
    for &(start, lost) in [("4", "no-service")].iter().chain(on_demand) {
        let folder = tempfile::tempdir().unwrap();
        let events = folder.path().join("events").display().to_string();
        let script = format!(
            "sleep 60 | {HOST} watch > {events} &
            until grep -q certificates {events}; do sleep 0.05; done
            stop_service
            until grep -qF '{lost}' {events}; do sleep 0.05; done
            start_service
            until tail -n 1 {events} | grep -q no-card; do sleep 0.05; done"
        );
        let _start = ServiceStart::set(start);
        let pinentry = ScriptedPinentry::new(&json!({}));
        let succeeded = with_own_service(READER, &script, &pinentry).status().unwrap().success();
        let events = fs::read_to_string(events).unwrap();
        let lost = events.lines().filter(|event| event.contains(lost)).count();
        assert!(succeeded && lost == 1, "{start}: {events}");
    }
}

#[test]
fn service_that_stops_or_restarts_during_the_prompt_discards_the_codes() {
    // Windows starts the service with the first reader and stops it with the last one, unless it is disabled.
    let on_demand: &[_] = if host_has_windows() { &[("3", "", "reader-gone")] } else { &[] };
    let always = [("4", "", "no-service"), ("4", "start_service", "card-changed")];
    for &(start, restart, expected) in always.iter().chain(on_demand) {
        let _start = ServiceStart::set(start);
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
        let is_restarted = !restart.is_empty();
        let is_expected = error(&answer) == expected || is_restarted && error(&answer) == "no-service";
        assert!(is_expected, "{start} {restart}: {answer}");
    }
}

/// One that is started with the first reader is not said to be well while it does not run.
#[test]
fn doctor_tells_a_service_that_does_not_run_from_one_that_waits_for_a_reader() {
    let on_demand: &[_] = if host_has_windows() { &[("3", &[][..], &["no-reader"][..])] } else { &[] };
    for &(start, service, reader) in [("4", &["no-service"][..], &[][..])].iter().chain(on_demand) {
        let _start = ServiceStart::set(start);
        let pinentry = ScriptedPinentry::new(&json!({}));
        let script = format!("stop_service; {HOST} doctor --json || true");
        let output = with_own_service(READER, &script, &pinentry).output().unwrap();
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
        let problems = |part: &str| -> Vec<String> {
            let all = findings["findings"].as_array().unwrap().iter();
            let found = all.filter(|finding| finding["part"] == part);
            found.map(|finding| finding["problem"]["code"].as_str().unwrap_or("none").to_owned()).collect()
        };
        assert_eq!(problems("service"), service, "{start}: {findings}");
        assert_eq!(problems("reader"), reader, "{start}: {findings}");
    }
}

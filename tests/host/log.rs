//! Searches the most verbose log of every operation for every code. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::json;
use std::process::{Command, Stdio};
use support::{HOST, Host, ScriptedPinentry, VirtualCard, origin};

const PIN: &str = "123456";
const PUK: &str = "12345678";
const WRONG: &str = "90817263";
const NEW_PIN: &str = "739164";
const NEW_PUK: &str = "81726354";

/// Returns the forms in which a code could be logged: as typed, and in hex with and without spaces.
fn written(code: &str) -> [String; 3] {
    let hex = code.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>();
    [code.to_owned(), hex.concat(), hex.join(" ")]
}

fn assert_no_code_in(text: &str) {
    for code in [PIN, PUK, WRONG, NEW_PIN, NEW_PUK] {
        for written in written(code) {
            assert!(!text.to_uppercase().contains(&written), "{written}\n{text}");
        }
    }
}

#[test]
fn log_of_every_operation_contains_no_code() {
    for profile in ["sanal", "akis-2x-combined", "akis-1.0"] {
        for (operation, answers, sent) in [
            ("unlock", json!({"PUK": [PUK], "Yeni PIN": [NEW_PIN]}), "002C"),
            ("unlock", json!({"PUK": [WRONG], "Yeni PIN": [NEW_PIN]}), "002"),
            ("change-pin", json!({"Mevcut PIN": [PIN], "Yeni PIN": [NEW_PIN]}), "0024"),
            ("change-pin", json!({"Mevcut PIN": [WRONG], "Yeni PIN": [NEW_PIN]}), "002"),
            ("change-puk", json!({"PUK": [PUK], "Yeni PUK": [NEW_PUK]}), "0024"),
            ("unlock", json!({"PUK": ["1"], "Yeni PIN": [NEW_PIN]}), "00A4"),
        ] {
            let _card = VirtualCard::insert(&["--profile", profile]);
            let mut answers = answers;
            answers["CONFIRM"] = json!(["yes"]);
            let pinentry = ScriptedPinentry::new(&answers);
            let output = Command::new(HOST)
                .arg(operation)
                .env("PATH", pinentry.path())
                .env("EIMZA_LOG", "trace")
                .output()
                .unwrap();
            let log = String::from_utf8(output.stderr).unwrap();
            assert!(log.contains(sent), "{profile} {operation}: the log level is trace\n{log}");
            assert_no_code_in(&log);
            assert_no_code_in(&String::from_utf8(output.stdout).unwrap());
            assert_no_code_in(&pinentry.commands());
        }
    }
}

#[test]
fn log_of_native_messaging_contains_no_code() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut host = Host::start_and_greet(
        Command::new(HOST)
            .arg(origin())
            .env("PATH", pinentry.path())
            .env("EIMZA_LOG", "trace")
            .stderr(Stdio::from(std::fs::File::create(&log).unwrap())),
    );
    host.send(&json!({"id": 1, "command": "unlock"}));
    assert!(host.receive_reply()["result"].to_string().contains("unlocked"));
    host.end();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("002C0281"), "{log}");
    assert_no_code_in(&log);
}

//! Tests of `doctor` with a real pcscd, which `cargo xtask test` starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use support::{HOST, READERS, ScriptedPinentry, VirtualCard, assert_every_part_is_well};

/// Returns the home folder of a user who has run Chromium.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".config/chromium")).unwrap();
    home
}

fn host(arguments: &[&str], home: &Path, path: &str) -> Output {
    let mut host = Command::new(HOST);
    // Without a display only the scripted pinentry can prompt.
    host.env_remove("XDG_CONFIG_HOME").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    host.args(arguments).env("HOME", home).env("PATH", path).output().unwrap()
}

/// Returns the diagnostics of one part.
fn diagnostics(home: &Path, path: &str, part: &str) -> Vec<Value> {
    let output = host(&["doctor", "--json"], home, path);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = all["findings"].as_array().unwrap().clone();
    all.into_iter().filter(|finding| finding["part"] == part).collect()
}

#[test]
fn working_installation_has_no_problem() {
    let (home, pinentry) = (home(), ScriptedPinentry::entering("1", "1"));
    let path = pinentry.path();
    host(&["register"], home.path(), &path);
    let _card = VirtualCard::insert(&[]);
    let output = host(&["doctor"], home.path(), &path);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("Kart Virtual PCD 00 01"), "an empty reader beside a card");
    assert_every_part_is_well(&text);
    assert!(output.status.success(), "{text}");
}

#[test]
fn each_part_is_reported_with_its_problem_and_remedy() {
    let (home, pinentry) = (home(), ScriptedPinentry::new(&json!({"flavor": "curses"})));
    // Pinentry programs of this machine find no display, which is reported instead of the one for terminals.
    let path = pinentry.path();
    let cards = diagnostics(home.path(), &path, "card");
    assert_eq!(cards.iter().map(|card| &card["name"]).collect::<Vec<_>>(), READERS);
    assert_eq!(cards[0]["problem"]["code"], "no-card");
    assert_eq!(diagnostics(home.path(), &path, "window")[0]["problem"]["code"], "no-display");
    let browser = &diagnostics(home.path(), &path, "browser")[0];
    assert_eq!(
        (&browser["name"], &browser["problem"]["code"]),
        (&json!("Chromium"), &json!("not-registered"))
    );
    assert!(browser["remedy"].as_str().unwrap().contains("eimza-host register"));
    assert_eq!(host(&["doctor"], home.path(), &path).status.code(), Some(1));
}

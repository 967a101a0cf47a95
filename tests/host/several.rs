//! Tests with several readers and cards and a real pcscd, which `cargo xtask test` starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::ShareMode;
use serde_json::{Value, json};
use std::process::Command;
use support::{
    HOST, Host, READERS, ScriptedPinentry, VirtualCard, error, operate, origin, other_program, status, unlock,
};

#[test]
fn status_lists_each_reader_with_its_card() {
    let _first = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let _second = VirtualCard::insert_into(1, &["--profile", "kimlik"]);
    let status = status();
    let names: Vec<_> = status["readers"].as_array().unwrap().iter().map(|reader| &reader["name"]).collect();
    assert_eq!(names, READERS);
    assert_eq!(status["readers"][0]["card"]["pin"]["state"], "blocked");
    assert_eq!(status["readers"][1]["error"]["code"], "identity-card");
}

#[test]
fn two_e_signature_cards_require_a_named_reader() {
    let first = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let _second = VirtualCard::insert_into(1, &["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(error(&unlock(&pinentry)), "several-cards");
    assert_eq!(pinentry.times_asked(), 0);
    let result = operate(&["unlock", "--reader", READERS[1]], &pinentry);
    assert_eq!(result, json!({"unlocked": true, "reader": READERS[1]}));
    assert_eq!(status()["readers"][0]["card"]["pin"]["state"], "blocked");
    assert_eq!(status()["readers"][1]["card"]["pin"]["tries"], 3);
    assert!(!first.received("2C"));
}

#[test]
fn missing_named_reader_is_reported() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(error(&operate(&["unlock", "--reader", "Virtual PCD"], &pinentry)), "reader-gone");
    assert_eq!(error(&operate(&["unlock", "--reader", READERS[1]], &pinentry)), "no-card");
    assert_eq!(pinentry.commands(), "");
}

/// Regression: the other card was taken for the only one and got the PUK of the busy card.
#[test]
fn card_that_cannot_be_examined_may_be_the_intended_one() {
    let busy = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let other = VirtualCard::insert_into(1, &["--pin-tries", "0", "--puk", "87654321"]);
    let mut first = other_program(ShareMode::Shared);
    let transaction = first.transaction().unwrap();
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(error(&unlock(&pinentry)), "several-cards");
    assert_eq!(pinentry.times_asked(), 0);
    drop(transaction);
    assert!(!busy.received("2C") && !other.received("2C"));
}

#[test]
fn e_signature_card_is_chosen_over_an_identity_card() {
    let identity = VirtualCard::insert_into(0, &["--profile", "kimlik"]);
    let _card = VirtualCard::insert_into(1, &["--pin-tries", "0"]);
    assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["reader"], READERS[1]);
    assert!(!identity.received("20") && !identity.received("2C"));
}

#[test]
fn watch_reports_each_reader() {
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    let mut wait_for_readers = |matches: &dyn Fn(&Value) -> bool| {
        while !matches(&host.receive().unwrap()["readers"]) {}
    };
    let first = VirtualCard::insert_into(0, &[]);
    wait_for_readers(&|readers| readers[0]["card"].is_object() && readers[1]["error"]["code"] == "no-card");
    let second = VirtualCard::insert_into(1, &[]);
    wait_for_readers(&|readers| readers[0]["card"].is_object() && readers[1]["card"].is_object());
    drop(first);
    wait_for_readers(&|readers| readers[0]["error"]["code"] == "no-card" && readers[1]["card"].is_object());
    drop(second);
    wait_for_readers(&|readers| readers[1]["error"]["code"] == "no-card");
}

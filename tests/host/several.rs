//! Several readers and cards, through a real pcscd. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::ShareMode;
use serde_json::{Value, json};
use std::process::Command;
use support::{
    HOST, Host, READERS, Typist, VirtualCard, error, operate, origin, other_program, status, unlock,
};

#[test]
fn each_reader_is_told_with_its_card() {
    let _first = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let _second = VirtualCard::insert_into(1, &["--profile", "kimlik"]);
    let told = status();
    let names: Vec<_> = told["readers"].as_array().unwrap().iter().map(|reader| &reader["name"]).collect();
    assert_eq!(names, READERS);
    assert_eq!(told["readers"][0]["card"]["pin"]["state"], "blocked");
    assert_eq!(told["readers"][1]["error"]["code"], "identity-card");
}

#[test]
fn with_two_e_signature_cards_the_reader_must_be_named() {
    let first = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let _second = VirtualCard::insert_into(1, &["--pin-tries", "0"]);
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(error(&unlock(&typist)), "several-cards");
    assert_eq!(typist.times_asked(), 0);
    let done = operate(&["unlock", "--reader", READERS[1]], &typist);
    assert_eq!(done, json!({"unlocked": true, "reader": READERS[1]}));
    assert_eq!(status()["readers"][0]["card"]["pin"]["state"], "blocked");
    assert_eq!(status()["readers"][1]["card"]["pin"]["tries"], 3);
    assert!(!first.got("2C"));
}

#[test]
fn a_named_reader_that_is_not_there_is_told_as_such() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(error(&operate(&["unlock", "--reader", "Virtual PCD"], &typist)), "reader-gone");
    assert_eq!(error(&operate(&["unlock", "--reader", READERS[1]], &typist)), "no-card");
    assert_eq!(typist.was_told(), "");
}

/// The other card was taken for the only one, and got the PUK of the card that was busy.
#[test]
fn a_card_that_cannot_be_judged_may_be_the_one_that_is_meant() {
    let busy = VirtualCard::insert_into(0, &["--pin-tries", "0"]);
    let other = VirtualCard::insert_into(1, &["--pin-tries", "0", "--puk", "87654321"]);
    let mut first = other_program(ShareMode::Shared);
    let turn = first.transaction().unwrap();
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(error(&unlock(&typist)), "several-cards");
    assert_eq!(typist.times_asked(), 0);
    drop(turn);
    assert!(!busy.got("2C") && !other.got("2C"));
}

#[test]
fn beside_an_identity_card_the_e_signature_card_is_the_one() {
    let identity = VirtualCard::insert_into(0, &["--profile", "kimlik"]);
    let _card = VirtualCard::insert_into(1, &["--pin-tries", "0"]);
    assert_eq!(unlock(&Typist::knowing("12345678", "739164"))["reader"], READERS[1]);
    assert!(!identity.got("20") && !identity.got("2C"));
}

#[test]
fn watching_tells_of_each_reader() {
    let mut host = Host::greeted(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    let mut until = |wanted: &dyn Fn(&Value) -> bool| {
        while !wanted(&host.hear().unwrap()["readers"]) {}
    };
    let first = VirtualCard::insert_into(0, &[]);
    until(&|readers| readers[0]["card"].is_object() && readers[1]["error"]["code"] == "no-card");
    let second = VirtualCard::insert_into(1, &[]);
    until(&|readers| readers[0]["card"].is_object() && readers[1]["card"].is_object());
    drop(first);
    until(&|readers| readers[0]["error"]["code"] == "no-card" && readers[1]["card"].is_object());
    drop(second);
    until(&|readers| readers[1]["error"]["code"] == "no-card");
}

//! Cards that another program keeps, that are slow, or that say nothing. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::ShareMode;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use support::{HOST, Host, Typist, VirtualCard, error, opensc_verifies, origin, other_program, unlock};

#[test]
fn a_card_that_another_program_has_is_waited_for() {
    let _card = VirtualCard::insert(&[]);
    let mut other = other_program(ShareMode::Shared);
    let turn = other.transaction().unwrap();
    let mut status = Command::new(HOST)
        .args(["status", "--json"])
        .env("EIMZA_LOG", "debug")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(status.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("connecting to the card")));
    drop(turn);
    let told = String::from_utf8(status.wait_with_output().unwrap().stdout).unwrap();
    assert!(told.contains("ÖRNEK"), "{told}");
}

#[test]
fn a_card_that_another_program_keeps_is_called_busy_and_nobody_is_asked() {
    let _card = VirtualCard::insert(&[]);
    let mut other = other_program(ShareMode::Shared);
    let _turn = other.transaction().unwrap();
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(error(&unlock(&typist)), "card-busy");
    assert_eq!(typist.times_asked(), 0);
}

#[test]
fn watching_sees_when_another_program_lets_go_of_the_card() {
    for mode in [ShareMode::Shared, ShareMode::Exclusive] {
        let _card = VirtualCard::insert(&[]);
        let mut other = other_program(mode);
        let turn = other.transaction().unwrap();
        let mut host = Host::greeted(Command::new(HOST).arg(origin()));
        host.send(&json!({"id": 1, "command": "watch"}));
        assert!(host.hear().is_some());
        while host.hear().unwrap()["readers"][0]["error"]["code"] != "card-busy" {}
        drop(turn);
        drop(other);
        while !host.hear().unwrap()["readers"][0]["card"].is_object() {}
    }
}

#[test]
fn a_slow_card_is_unlocked_all_the_same() {
    let _card = VirtualCard::insert(&["--delay", "200", "--pin-tries", "0"]);
    assert_eq!(unlock(&Typist::knowing("12345678", "739164"))["unlocked"], true);
    assert!(opensc_verifies("739164"));
}

#[test]
fn a_mute_card_holds_up_no_second_look_and_another_card_is_seen() {
    let card = VirtualCard::insert(&["--mute-at", "1"]);
    let mut host = Host::greeted(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "status"}));
    assert_eq!(host.hear_answer()["result"]["status"]["readers"][0]["error"]["code"], "card-silent");
    host.send(&json!({"id": 2, "command": "status"}));
    assert_eq!(host.hear_answer()["result"]["status"]["readers"][0]["error"]["code"], "card-silent");
    drop(card);
    let _next = VirtualCard::insert(&[]);
    host.send(&json!({"id": 3, "command": "status"}));
    assert!(host.hear_answer()["result"]["status"]["readers"][0]["card"].is_object());
}

#[test]
fn codes_that_a_card_does_not_answer_to_have_an_unknown_outcome_and_go_out_once() {
    let with_puk = {
        let card = VirtualCard::insert(&["--pin-tries", "0"]);
        assert_eq!(unlock(&Typist::knowing("12345678", "739164"))["unlocked"], true);
        let commands = card.log();
        1 + commands.iter().position(|line| line.starts_with("00200082 lc=8")).unwrap()
    };
    let card = VirtualCard::insert(&["--pin-tries", "0", "--mute-at", &with_puk.to_string()]);
    assert_eq!(error(&unlock(&Typist::knowing("12345678", "739164"))), "outcome-unknown");
    assert_eq!(card.log().iter().filter(|line| line.contains("lc=8 ")).count(), 1);
    assert!(!card.got("2C"));
}

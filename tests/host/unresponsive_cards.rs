//! Tests with cards that are busy, slow or unresponsive. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::{Disposition, Protocols, ShareMode};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use support::{
    HOST, Host, ScriptedPinentry, VirtualCard, error, opensc_verifies, origin, other_program, unlock,
};

#[test]
fn card_in_use_is_waited_for() {
    let _card = VirtualCard::insert(&[]);
    let mut other = other_program(ShareMode::Shared);
    let transaction = other.transaction().unwrap();
    let mut status = Command::new(HOST)
        .args(["status", "--json"])
        .env("EIMZA_LOG", "debug")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(status.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("connecting to the card")));
    drop(transaction);
    let output = String::from_utf8(status.wait_with_output().unwrap().stdout).unwrap();
    assert!(output.contains("ÖRNEK"), "{output}");
}

#[test]
fn card_that_stays_in_use_is_reported_as_busy_without_prompting() {
    let _card = VirtualCard::insert(&[]);
    let mut other = other_program(ShareMode::Shared);
    let _transaction = other.transaction().unwrap();
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(error(&unlock(&pinentry)), "card-busy");
    assert_eq!(pinentry.times_asked(), 0);
}

#[test]
fn watch_reports_a_card_that_another_program_releases() {
    for mode in [ShareMode::Shared, ShareMode::Exclusive] {
        let _card = VirtualCard::insert(&[]);
        let mut other = other_program(mode);
        let transaction = other.transaction().unwrap();
        let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
        host.send(&json!({"id": 1, "command": "watch"}));
        assert!(host.receive().is_some());
        while host.receive().unwrap()["readers"][0]["error"]["code"] != "card-busy" {}
        drop(transaction);
        drop(other);
        while !host.receive().unwrap()["readers"][0]["card"].is_object() {}
    }
}

#[test]
fn slow_card_is_unlocked() {
    let _card = VirtualCard::insert(&["--delay", "200", "--pin-tries", "0"]);
    assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
    assert!(opensc_verifies("739164"));
}

#[test]
fn unresponsive_card_delays_neither_later_reads_nor_the_next_card() {
    let card = VirtualCard::insert(&["--mute-at", "1"]);
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "status"}));
    assert_eq!(host.receive_reply()["result"]["status"]["readers"][0]["error"]["code"], "card-silent");
    host.send(&json!({"id": 2, "command": "status"}));
    assert_eq!(host.receive_reply()["result"]["status"]["readers"][0]["error"]["code"], "card-silent");
    drop(card);
    let _next = VirtualCard::insert(&[]);
    host.send(&json!({"id": 3, "command": "status"}));
    assert!(host.receive_reply()["result"]["status"]["readers"][0]["card"].is_object());
}

#[test]
fn unanswered_codes_have_an_unknown_outcome_and_are_sent_once() {
    let with_puk = {
        let card = VirtualCard::insert(&["--pin-tries", "0"]);
        assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
        let commands = card.log();
        1 + commands.iter().position(|line| line.starts_with("00200082 lc=8")).unwrap()
    };
    let card = VirtualCard::insert(&["--pin-tries", "0", "--mute-at", &with_puk.to_string()]);
    assert_eq!(error(&unlock(&ScriptedPinentry::entering("12345678", "739164"))), "outcome-unknown");
    assert_eq!(card.log().iter().filter(|line| line.contains("lc=8 ")).count(), 1);
    assert!(!card.received("2C"));
}

/// The card is reset as the transaction ends, so that a program that waits for it cannot set a PIN with the PUK
/// that the user has entered here.
#[test]
fn puk_of_an_abandoned_unlock_is_of_no_use_to_another_program() {
    const SET_PIN: &[u8] = b"\x00\x2C\x02\x81\x06111111";
    let verify_puk = {
        let card = VirtualCard::insert(&["--pin-tries", "0"]);
        assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
        // The last command with a code sets the PIN.
        (card.commands_up_to_the_last_code() - 1).to_string()
    };
    let mut card = VirtualCard::insert(&["--pin-tries", "0", "--stop-after", &verify_puk]);
    let mut other = other_program(ShareMode::Shared);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    card.wait_until_stopped();
    // Without a transaction, so that the command is sent as soon as the card is released.
    let waiting = std::thread::spawn(move || {
        let mut response = [0; 258];
        loop {
            match other.transmit(SET_PIN, &mut response) {
                Ok(response) => return response.to_vec(),
                Err(pcsc::Error::ResetCard) => {
                    other.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard).unwrap();
                }
                Err(error) => assert_eq!(error, pcsc::Error::SharingViolation),
            }
        }
    });
    assert_eq!(error(&host.receive_reply()), "outcome-unknown");
    card.resume();
    assert_ne!(waiting.join().unwrap(), [0x90, 0x00]);
    drop(host);
    assert!(!opensc_verifies("111111"));
}

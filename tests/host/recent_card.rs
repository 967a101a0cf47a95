//! Tests of operations on a card that a watch has just read. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::{Disposition, ShareMode};
use serde_json::{Value, json};
use std::process::Command;
use support::{
    HOST, Host, ScriptedPinentry, VirtualCard, error, opensc_verifies, origin, other_program, wait_for,
};

/// Starts a host that watches, and waits until it has shown a card.
fn watching(pinentry: &ScriptedPinentry) -> Host {
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "watch"}));
    wait_for_card(&mut host);
    host
}

/// Waits for an event with a usable card.
fn wait_for_card(host: &mut Host) {
    while !host.receive().unwrap()["readers"][0]["card"].is_object() {}
}

/// Returns a pinentry that pauses before the old code, with the right codes.
fn pausing() -> ScriptedPinentry {
    ScriptedPinentry::new(&json!({
        "PUK": ["<pause>", "12345678"], "Mevcut PIN": ["<pause>", "123456"], "Yeni PIN": ["739164"],
        "CONFIRM": ["yes"],
    }))
}

fn wait_for_the_prompt(pinentry: &ScriptedPinentry) {
    wait_for("the prompt", || pinentry.commands().contains("GETPIN"));
}

/// Requests an operation, and returns the numbers of commands before the prompt and after the entry.
fn count_commands(command: &str, arguments: &[&str]) -> ([usize; 2], Value) {
    let card = VirtualCard::insert(arguments);
    let pinentry = pausing();
    let mut host = watching(&pinentry);
    let before = card.log().len();
    host.send(&json!({"id": 2, "command": command}));
    wait_for_the_prompt(&pinentry);
    let at_prompt = card.log().len();
    pinentry.resume();
    let answer = host.receive_reply_to(2);
    ([at_prompt - before, card.commands_up_to_the_last_code() - at_prompt], answer)
}

#[test]
fn unlock_of_a_watched_card_reads_nothing_again() {
    for profile in [
        "sanal",
        "akis-2x",
        "akis-2x-combined",
        "akis-2x-aodf-unreadable",
        "akis-2x-no-certificate",
        "akis-2x-codes-elsewhere",
        "akis-2x-in-parts",
        "akis-1.0",
    ] {
        let ([before, after], answer) = count_commands("unlock", &["--profile", profile, "--pin-tries", "0"]);
        assert!(answer["result"].is_object(), "{profile}: {answer}");
        assert_eq!(before, 0, "{profile}");
        assert!((2..=5).contains(&after), "{profile}: {after}");
    }
}

#[test]
fn changing_a_code_of_a_watched_card_reads_nothing_again() {
    for profile in ["sanal", "akis-2x"] {
        let ([before, after], answer) = count_commands("change-pin", &["--profile", profile]);
        assert!(answer["result"].is_object(), "{profile}: {answer}");
        assert_eq!(before, 0, "{profile}");
        assert!(after <= 5, "{profile}: {after}");
    }
}

/// The prompt shows the tries that the watch has read, so they are compared before a code is sent.
#[test]
fn tries_that_another_program_used_since_discard_the_codes() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = pausing();
    let mut host = watching(&pinentry);
    host.send(&json!({"id": 2, "command": "unlock"}));
    wait_for_the_prompt(&pinentry);
    let mut other = other_program(ShareMode::Shared);
    let transaction = other.transaction().unwrap();
    let mut response = [0; 258];
    for command in
        [&b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15\x00"[..], b"\x00\x20\x00\x82\x0887654321"]
    {
        transaction.transmit(command, &mut response).unwrap();
    }
    transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
    let _ = other.disconnect(Disposition::LeaveCard);
    pinentry.resume();
    assert_eq!(error(&host.receive_reply_to(2)), "card-changed");
    assert!(!card.received("2C"));
}

#[test]
fn a_card_that_was_swapped_since_is_read_anew() {
    let pinentry = pausing();
    let first = VirtualCard::insert(&["--pin-tries", "0"]);
    // A watch would read the second card before the request arrives.
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "status"}));
    assert!(host.receive_reply_to(1)["result"].is_object());
    drop(first);
    let second = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    host.send(&json!({"id": 2, "command": "unlock"}));
    wait_for_the_prompt(&pinentry);
    let shown = pinentry.commands();
    assert!(shown.contains("Kart: AKİS 2.x\n") && !shown.contains("sanal deneme"), "{shown}");
    pinentry.resume();
    let answer = host.receive_reply_to(2);
    assert!(answer["result"].is_object(), "{answer}");
    assert!(second.received("2C") && opensc_verifies("739164"));
}

/// A PIN that was blocked when the watch read it may have been unblocked by another program since.
#[test]
fn a_code_that_was_blocked_is_read_again() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = pausing();
    let mut host = watching(&pinentry);
    host.send(&json!({"id": 2, "command": "change-pin"}));
    assert_eq!(error(&host.receive_reply_to(2)), "pin-blocked");
    assert_eq!(pinentry.times_asked(), 0);
}

#[test]
fn a_second_operation_acts_on_the_card_as_it_is_then() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let wrong = ScriptedPinentry::entering("87654321", "739164");
    let mut host = watching(&wrong);
    for (id, left) in [(2, 2), (3, 1)] {
        host.send(&json!({"id": id, "command": "unlock"}));
        let answer = host.receive_reply_to(id);
        assert_eq!((error(&answer), &answer["error"]["tries"]), ("puk-wrong", &json!(left)));
    }
    assert!(wrong.commands().contains("Kalan PUK denemesi: 2"), "{}", wrong.commands());
}

#[test]
fn a_card_that_another_program_reset_since_is_unlocked() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let mut host = watching(&pinentry);
    let _ = other_program(ShareMode::Shared).disconnect(Disposition::ResetCard);
    host.send(&json!({"id": 2, "command": "unlock"}));
    let answer = host.receive_reply_to(2);
    assert!(answer["result"].is_object(), "{answer}");
    drop(host);
    assert!(opensc_verifies("739164"));
}

/// What a card is does not change while it stays in its reader.
#[test]
fn a_card_in_another_reader_that_is_no_e_signature_card_is_not_read_again() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let identity_card = VirtualCard::insert_into(1, &["--profile", "kimlik-pkcs15"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "watch"}));
    while host.receive().unwrap()["readers"][1]["error"]["code"] != "identity-card" {}
    let before = identity_card.log().len();
    host.send(&json!({"id": 2, "command": "unlock"}));
    wait_for("the prompt", || pinentry.commands().contains("GETPIN"));
    assert_eq!(identity_card.log().len(), before);
    assert!(host.receive_reply_to(2)["result"].is_object());
}

//! Tests of codes that the user types on the keys of the reader, with a real pcscd and a virtual reader whose PIN pad
//! is a library that is preloaded into the host (`tests/pin-pad`). No real PIN pad was tried.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

#[path = "support/pin_pad.rs"]
mod pin_pad;
mod support;

use pcsc::ShareMode;
use pin_pad::PinPad;
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};
use support::{HOST, ScriptedPinentry, VirtualCard, error, opensc_verifies, other_program, reader, wait_for};

const PIN: &str = "123456";
const PUK: &str = "12345678";
const NEW_PIN: &str = "739164";
const NEW_PUK: &str = "81726354";
/// What a user types on the reader to unblock the PIN.
const UNLOCK: [&str; 3] = [PUK, NEW_PIN, NEW_PIN];

/// Returns a command that runs the host with a PIN pad.
fn host(pad: &PinPad, arguments: &[&str], pinentry: &ScriptedPinentry) -> Command {
    let mut command = Command::new(HOST);
    pad.attach(command.args(arguments).arg("--json").env("PATH", pinentry.path()));
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}

fn operate(pad: &PinPad, arguments: &[&str], pinentry: &ScriptedPinentry) -> Value {
    let output = host(pad, arguments, pinentry).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A prompt that confirms questions in this order, and in which these codes can be typed.
fn prompt(confirmations: &[&str]) -> ScriptedPinentry {
    ScriptedPinentry::new(&json!({"PUK": [PUK], "Yeni PIN": [NEW_PIN], "CONFIRM": confirmations}))
}

fn tries(code: &str) -> Value {
    reader()["card"][code]["tries"].clone()
}

#[test]
fn unlock_sends_the_codes_from_the_reader_and_asks_for_none() {
    for profile in
        ["sanal", "akis-2x", "akis-2x-two-step", "akis-2x-codes-elsewhere", "akis-2x-aodf-unreadable"]
    {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let (pad, pinentry) = (PinPad::typing(&UNLOCK), prompt(&["yes"]));
        let done = operate(&pad, &["unlock"], &pinentry);
        assert_eq!(done["unlocked"], true, "{profile}: {done}");
        assert_eq!(pinentry.times_asked(), 0, "{profile}");
        let commands = pinentry.commands();
        assert!(commands.contains("Sırası: PUK, yeni PIN, bir kez daha yeni PIN."), "{commands}");
        assert_eq!(pad.log().len(), 2);
        assert!(card.received("20") && card.received("2C") && !pinentry.is_running());
        assert!(profile == "akis-2x-aodf-unreadable" || opensc_verifies(NEW_PIN), "{profile}");
    }
}

#[test]
fn reader_is_told_references_lengths_and_commands_of_the_card() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pad = PinPad::typing(&UNLOCK);
    assert_eq!(operate(&pad, &["unlock"], &prompt(&["yes"]))["unlocked"], true);
    // The card says: ASCII digits, at least 4 and at most 8 or 16, PUK 82, PIN 81, no padding.
    let max = |structure: &str, at: usize| structure[at * 2..at * 2 + 2].to_owned();
    let log = pad.log();
    let (verify, modify) = (log[0].strip_prefix("verify ").unwrap(), log[1].strip_prefix("modify ").unwrap());
    let (puk, pin) = (max(verify, 5), max(modify, 7));
    assert_eq!(verify, format!("3C3C820000{puk}0402FF090400000000050000000020008200"));
    assert_eq!(modify, format!("3C3C8200000000{pin}04010202090401020000000005000000002C028100"));
}

#[test]
fn codes_are_changed_on_the_reader() {
    let _card = VirtualCard::insert(&["--profile", "sanal"]);
    let pinentry = prompt(&["yes"]);
    let pad = PinPad::typing(&[PIN, NEW_PIN, NEW_PIN]);
    assert_eq!(operate(&pad, &["change-pin"], &pinentry)["changed"], true);
    assert!(opensc_verifies(NEW_PIN));
    let pad = PinPad::typing(&[PUK, NEW_PUK, NEW_PUK]);
    assert_eq!(operate(&pad, &["change-puk"], &pinentry)["changed"], true);
    let pad = PinPad::typing(&[NEW_PUK, PIN, PIN]);
    assert_eq!(operate(&pad, &["unlock"], &pinentry)["unlocked"], true);
    assert!(opensc_verifies(PIN));
    assert_eq!(pinentry.times_asked(), 0);
}

#[test]
fn wrong_code_uses_one_try_and_is_sent_once() {
    let card = VirtualCard::insert(&[]);
    let pinentry = prompt(&["yes"]);
    let pad = PinPad::typing(&["87654321", NEW_PIN, NEW_PIN]);
    let refused = operate(&pad, &["unlock"], &pinentry);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("puk-wrong", &json!(2)));
    assert_eq!((pad.log().len(), pinentry.times_asked()), (1, 0));
    assert!(!card.received("2C"));
    let refused = operate(&PinPad::typing(&["000000", NEW_PIN, NEW_PIN]), &["change-pin"], &pinentry);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("pin-wrong", &json!(2)));
    assert_eq!((tries("pin"), tries("puk")), (json!(2), json!(2)));
}

/// Readers that announce the feature and do not have it.
const REFUSALS: [&str; 3] = ["refuse", "unsupported", "parameter"];

#[test]
fn after_a_refusal_the_user_decides_to_type_in_the_window() {
    for order in REFUSALS {
        for profile in ["sanal", "akis-2x"] {
            let _card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
            let (pad, pinentry) = (PinPad::typing(&UNLOCK).ordered(&[order]), prompt(&["yes"]));
            let done = operate(&pad, &["unlock"], &pinentry);
            assert_eq!(done["unlocked"], true, "{order} {profile}: {done}");
            assert_eq!((pad.log().len(), pinentry.times_asked()), (1, 2));
            assert!(pinentry.commands().contains("Hiçbir kod yazılmadı"), "{}", pinentry.commands());
            assert!(opensc_verifies(NEW_PIN), "{order} {profile}");
        }
    }
}

#[test]
fn whoever_declines_the_window_after_a_refusal_sends_nothing() {
    for order in REFUSALS {
        let card = VirtualCard::insert(&["--pin-tries", "0"]);
        // Each window is a program of its own; the second question is the first one of the second program.
        let (pad, pinentry) =
            (PinPad::typing(&UNLOCK).ordered(&[order]), prompt(&["<first yes>", "<cancel>"]));
        assert_eq!(error(&operate(&pad, &["unlock"], &pinentry)), "cancelled", "{order}");
        assert_eq!((pad.log().len(), pinentry.times_asked()), (1, 0));
        assert_eq!(tries("puk"), 3);
        assert_eq!(card.commands_up_to_the_last_code(), 0, "{:#?}", card.log());
    }
}

#[test]
fn reader_that_refuses_after_the_puk_ends_the_operation() {
    for order in REFUSALS {
        let _card = VirtualCard::insert(&["--pin-tries", "0"]);
        let (pad, pinentry) = (PinPad::typing(&UNLOCK).ordered(&["type", order]), prompt(&["yes"]));
        assert_eq!(error(&operate(&pad, &["unlock"], &pinentry)), "reader-failed", "{order}");
        assert_eq!((pad.log().len(), pinentry.times_asked()), (2, 0));
        assert_eq!((tries("puk"), reader()["card"]["pin"]["state"].clone()), (json!(3), json!("blocked")));
    }
}

#[test]
fn cancelling_and_waiting_on_the_reader_use_no_try() {
    for (order, expected) in [("cancel", "cancelled"), ("timeout", "timed-out")] {
        for orders in [&[order][..], &["type", order]] {
            let _card = VirtualCard::insert(&["--pin-tries", "0"]);
            let (pad, pinentry) = (PinPad::typing(&UNLOCK).ordered(orders), prompt(&["yes"]));
            assert_eq!(error(&operate(&pad, &["unlock"], &pinentry)), expected, "{orders:?}");
            assert_eq!((pad.log().len(), pinentry.times_asked()), (orders.len(), 0));
            assert_eq!(
                (tries("puk"), reader()["card"]["pin"]["state"].clone()),
                (json!(3), json!("blocked"))
            );
        }
    }
}

#[test]
fn card_is_reset_after_the_reader_sent_the_puk() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pad = PinPad::typing(&UNLOCK).ordered(&["type", "cancel"]);
    assert_eq!(error(&operate(&pad, &["unlock"], &prompt(&["yes"]))), "cancelled");
    let other = other_program(ShareMode::Shared);
    let mut buffer = [0; 258];
    let select = b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15\x00";
    assert!(other.transmit(select, &mut buffer).unwrap().ends_with(&[0x90, 0x00]));
    let reset = b"\x00\x2C\x02\x81\x06739164";
    assert_eq!(other.transmit(reset, &mut buffer).unwrap(), [0x69, 0x82]);
}

#[test]
fn malformed_entries_are_repeated_on_the_reader() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pad = PinPad::typing(&["12", PUK, NEW_PIN, "739165", NEW_PIN, NEW_PIN]);
    assert_eq!(operate(&pad, &["unlock"], &prompt(&["yes"]))["unlocked"], true);
    assert!(opensc_verifies(NEW_PIN));
}

#[test]
fn three_malformed_entries_end_the_operation() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pad = PinPad::typing(&["12", "12", "12", PUK, NEW_PIN, NEW_PIN]);
    assert_eq!(error(&operate(&pad, &["unlock"], &prompt(&["yes"]))), "malformed");
    assert_eq!(pad.log().len(), 3);
    assert_eq!(card.commands_up_to_the_last_code(), 0, "{:#?}", card.log());
}

#[test]
fn lost_answer_means_that_the_outcome_is_unknown() {
    for orders in [&["break"][..], &["type", "break"]] {
        let _card = VirtualCard::insert(&["--pin-tries", "0"]);
        let (pad, pinentry) = (PinPad::typing(&UNLOCK).ordered(orders), prompt(&["yes"]));
        assert_eq!(error(&operate(&pad, &["unlock"], &pinentry)), "outcome-unknown", "{orders:?}");
        assert_eq!((pad.log().len(), pinentry.times_asked()), (orders.len(), 0));
    }
}

#[test]
fn window_is_open_while_the_reader_waits() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let (pad, pinentry) = (PinPad::typing(&UNLOCK).ordered(&["wait"]), prompt(&["yes"]));
    let host = host(&pad, &["unlock"], &pinentry).spawn().unwrap();
    wait_for("the reader", || pad.log().len() == 1);
    assert!(pinentry.commands().ends_with("MESSAGE\n") && pinentry.is_running());
    pad.resume();
    let done: Value = serde_json::from_slice(&host.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(done["unlocked"], true);
    assert!(!pinentry.is_running());
}

#[test]
fn swapped_card_gets_nothing_from_the_reader() {
    let first = VirtualCard::insert(&["--pin-tries", "0"]);
    let (pad, pinentry) = (PinPad::typing(&UNLOCK), prompt(&["<pause>", "yes"]));
    let host = host(&pad, &["unlock"], &pinentry).spawn().unwrap();
    wait_for("the question", || pinentry.commands().contains("CONFIRM"));
    drop(first);
    let second = VirtualCard::insert(&["--pin-tries", "0"]);
    pinentry.resume();
    let refused: Value = serde_json::from_slice(&host.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(error(&refused), "card-changed");
    assert!(pad.log().is_empty());
    assert_eq!(second.commands_up_to_the_last_code(), 0, "{:#?}", second.log());
}

#[test]
fn last_try_needs_a_confirmation_of_its_own() {
    let card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "1"]);
    let (pad, pinentry) = (PinPad::typing(&UNLOCK), prompt(&["<cancel>"]));
    assert_eq!(error(&operate(&pad, &["unlock"], &pinentry)), "cancelled");
    assert!(pinentry.commands().contains("DİKKAT") && pad.log().is_empty());
    assert_eq!(card.commands_up_to_the_last_code(), 0);
}

/// Asserts that the card is unlocked in the window.
fn assert_unlocks_in_window(pad: &PinPad, command: &mut Command, pinentry: &ScriptedPinentry) {
    let output = command.output().unwrap();
    let done: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(done["unlocked"], true, "{done}");
    assert_eq!((pad.log().len(), pinentry.times_asked()), (0, 2));
}

#[test]
fn option_and_file_switch_the_keys_off() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let (pad, pinentry) = (PinPad::typing(&UNLOCK), prompt(&["yes"]));
    assert_unlocks_in_window(&pad, &mut host(&pad, &["unlock", "--no-reader-keys"], &pinentry), &pinentry);
    let configuration = tempfile::tempdir().unwrap();
    fs::create_dir(configuration.path().join("eimza-host")).unwrap();
    fs::write(configuration.path().join("eimza-host/no-reader-keys"), "").unwrap();
    let pinentry = prompt(&["yes"]);
    let mut host = host(&pad, &["unlock"], &pinentry);
    assert_unlocks_in_window(&pad, host.env("XDG_CONFIG_HOME", configuration.path()), &pinentry);
}

#[test]
fn window_is_used_where_reader_or_card_cannot() {
    for features in ["verify", "modify", ""] {
        let _card = VirtualCard::insert(&["--pin-tries", "0"]);
        let (pad, pinentry) = (PinPad::typing(&UNLOCK).announcing(features), prompt(&["yes"]));
        assert_unlocks_in_window(&pad, &mut host(&pad, &["unlock"], &pinentry), &pinentry);
    }
    // Its command has a length before each code, which no reader can build.
    let _card = VirtualCard::insert(&["--profile", "akis-1.0"]);
    let pad = PinPad::typing(&[PIN, NEW_PIN, NEW_PIN]);
    let answers = json!({"Mevcut PIN": [PIN], "Yeni PIN": [NEW_PIN], "CONFIRM": ["yes"]});
    assert_eq!(operate(&pad, &["change-pin"], &ScriptedPinentry::new(&answers))["changed"], true);
    assert!(pad.log().is_empty());
}

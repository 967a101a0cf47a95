//! Tests of the host with a virtual card and a real pcscd, which `cargo xtask test` starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use support::own_service::in_own_mounts;
use support::{
    HOST, Host, ScriptedPinentry, VirtualCard, error, opensc_akis, opensc_has_akis_driver, opensc_verifies,
    operate, origin, other_program, reader, status, unlock, wait_for,
};

#[test]
fn empty_reader_is_reported_as_no_card() {
    assert_eq!(reader()["error"]["code"], "no-card");
    assert_eq!(error(&unlock(&ScriptedPinentry::entering("12345678", "739164"))), "no-card");
}

#[test]
fn status_shows_blocked_pin_and_uses_no_try() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "2"]);
    for _ in 0..3 {
        let card = reader()["card"].clone();
        assert_eq!(card["pin"], json!({"state": "blocked"}));
        assert_eq!(card["puk"], json!({"state": "usable", "tries": 2}));
        assert_eq!(card["codes_from"], "card");
    }
}

#[test]
fn card_that_may_count_empty_verify_gets_none() {
    // This profile counts an empty VERIFY as a wrong entry.
    let card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    assert_eq!(reader()["card"]["pin"], json!({"state": "unknown"}));
    assert!(!card.received("20"));
}

const VERIFY_NEW_PIN: [&str; 5] = ["--verify-pin", "--auth-id", "01", "--pin", "739164"];

#[test]
fn unlock_sets_the_new_pin() {
    for profile in [
        "sanal",
        "akis-2x",
        "akis-2x-combined",
        "akis-2x-two-step",
        "akis-2x-aodf-unreadable",
        "akis-2x-no-certificate",
        "akis-2x-codes-elsewhere",
        "akis-2x-in-parts",
        "akis-2x-short",
        "akis-2x-extended",
        "akis-1x-6984",
        "akis-1.0",
    ] {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let done = unlock(&ScriptedPinentry::entering("12345678", "739164"));
        assert_eq!(done["unlocked"], true, "{profile}: {done}");
        match profile {
            "akis-2x-aodf-unreadable" => {}
            "akis-1.0" if !opensc_has_akis_driver() => assert!(card.accepted_the_last_code()),
            "akis-1.0" => assert!(opensc_akis(&VERIFY_NEW_PIN).status.success()),
            _ => assert!(opensc_verifies("739164"), "{profile}"),
        }
    }
}

/// Commands to read the certificate: 2 for its directory, 6 for the certificate itself in five parts of up to
/// 256 bytes.
const CERTIFICATE: usize = 2 + 6;

#[test]
fn unlock_needs_at_most_ten_commands() {
    for (profile, certificate) in [("sanal", CERTIFICATE), ("akis-2x-no-certificate", 0)] {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let before = card.log().len();
        assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
        let commands = card.log().len() - before;
        assert!(commands <= 10 + certificate, "{:#?}", card.log());
    }
}

#[test]
fn status_needs_at_most_ten_commands() {
    for (profile, certificate) in [("sanal", CERTIFICATE), ("akis-2x-no-certificate", 0)] {
        let card = VirtualCard::insert(&["--profile", profile]);
        let before = card.log().len();
        assert!(status()["readers"][0]["card"].is_object());
        let commands = card.log().len() - before;
        assert!(commands <= 10 + certificate, "{:#?}", card.log());
    }
}

#[test]
fn wrong_puk_uses_one_try_and_is_sent_once() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let refused = unlock(&ScriptedPinentry::entering("87654321", "739164"));
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("puk-wrong", &json!(2)));
    assert!(!card.received("2C"));
    assert_eq!(reader()["card"]["puk"]["tries"], 2);
    assert_eq!(reader()["card"]["pin"]["state"], "blocked");
}

#[test]
fn blocked_puk_is_reported_before_prompting() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(error(&unlock(&pinentry)), "puk-blocked");
    assert_eq!(pinentry.times_asked(), 0);
}

#[test]
fn last_try_requires_confirmation() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "1"]);
    let pinentry = ScriptedPinentry::new(&json!({"CONFIRM": ["<cancel>"]}));
    assert_eq!(error(&unlock(&pinentry)), "cancelled");
    assert_eq!(pinentry.times_asked(), 0);
    assert_eq!(reader()["card"]["puk"]["tries"], 1);
}

#[test]
fn unknown_number_of_tries_requires_confirmation() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::new(&json!({"CONFIRM": ["<cancel>"]}));
    assert_eq!(error(&unlock(&pinentry)), "cancelled");
    assert_eq!(pinentry.times_asked(), 0);
}

#[test]
fn prompt_shows_reader_card_and_tries_in_turkish() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    unlock(&pinentry);
    let commands = pinentry.commands();
    for text in [
        "Okuyucu: Virtual PCD",
        "Kart: AKİS",
        "Kalan PUK denemesi: 3",
        "SETPROMPT PUK",
        "SETPROMPT Yeni PIN",
        "SETREPEAT",
    ] {
        assert!(commands.contains(text), "{text}\n{commands}");
    }
}

#[test]
fn title_and_buttons_are_sent_once() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    unlock(&pinentry);
    let commands = pinentry.commands();
    for verb in ["SETTITLE", "SETOK", "SETCANCEL"] {
        assert_eq!(commands.lines().filter(|line| line.starts_with(verb)).count(), 1, "{commands}");
    }
    assert_eq!(pinentry.times_asked(), 2);
}

/// The prompt program is started while the card is still being read.
#[test]
fn unsuitable_card_ends_the_prompt_with_nothing_to_show() {
    for profile in ["kimlik-pkcs15", "yabanci"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let pinentry = ScriptedPinentry::new(&json!({"deaf": true}));
        let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
        for id in 1..=3 {
            host.send(&json!({"id": id, "command": "unlock"}));
            assert!(["identity-card", "not-akis"].contains(&error(&host.receive_reply())), "{profile}");
            assert!(!pinentry.is_running(), "{profile}");
            let commands = pinentry.commands();
            let shows =
                |line: &str| ["SETDESC", "GETPIN", "CONFIRM"].iter().any(|verb| line.starts_with(verb));
            assert!(!commands.lines().any(shows), "{commands}");
        }
    }
}

/// Regression: the result was delayed until the program greeted, or for ten seconds.
#[test]
fn hanging_prompt_program_does_not_delay_card_errors() {
    let _card = VirtualCard::insert(&["--profile", "kimlik-pkcs15"]);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("pinentry");
    fs::write(&program, "#!/bin/sh\nsleep 5\n: > \"$0.spoke\"\necho OK\nexec cat\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", path));
    host.send(&json!({"id": 1, "command": "unlock"}));
    assert_eq!(error(&host.receive_reply()), "identity-card");
    assert!(!folder.path().join("pinentry.spoke").exists());
}

#[test]
fn three_malformed_entries_end_the_operation_and_reach_no_card() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    for wrong in ["123", "12345678901234567", "12ab5678", ""] {
        let pinentry = ScriptedPinentry::entering(wrong, "739164");
        assert_eq!(error(&unlock(&pinentry)), "malformed", "{wrong}");
        assert_eq!(pinentry.times_asked(), 3);
        assert!(pinentry.commands().contains("SETERROR"));
    }
    let pinentry = ScriptedPinentry::entering("12345678", "1");
    assert_eq!(error(&unlock(&pinentry)), "malformed");
    assert_eq!(reader()["card"]["puk"]["tries"], 3);
    assert!(!card.received("2C"));
}

#[test]
fn well_formed_entry_after_a_malformed_one_is_used() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::new(&json!({"PUK": ["12", "12345678"], "Yeni PIN": ["1", "739164"]}));
    assert_eq!(unlock(&pinentry)["unlocked"], true);
}

#[test]
fn prompt_program_with_one_field_is_asked_twice() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let same = ScriptedPinentry::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["<once:739164>", "739164"]}));
    assert_eq!(unlock(&same)["unlocked"], true);
    let answers = json!({"PUK": ["12345678"], "Yeni PIN": ["739164"], "repeat": false});
    let without_repeat = ScriptedPinentry::new(&answers);
    assert_eq!(unlock(&without_repeat)["unlocked"], true);
    assert_eq!(without_repeat.times_asked(), 3);
    let pins = ["<once:739164>", "<once:111111>"].repeat(3);
    let different = ScriptedPinentry::new(&json!({"PUK": ["12345678"], "Yeni PIN": pins}));
    assert_eq!(error(&unlock(&different)), "malformed");
}

#[test]
fn each_way_to_leave_the_prompt_has_its_own_code() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    for (answer, expected) in
        [("<cancel>", "cancelled"), ("<timeout>", "timed-out"), ("<die>", "prompt-failed")]
    {
        assert_eq!(error(&unlock(&ScriptedPinentry::entering(answer, "739164"))), expected);
        assert_eq!(error(&unlock(&ScriptedPinentry::entering("12345678", answer))), expected);
    }
    // Pinentry programs of this machine come later on PATH and find no display.
    for terminal in ["curses", "tty", "gtk2:curses"] {
        assert_eq!(error(&unlock(&ScriptedPinentry::new(&json!({"flavor": terminal})))), "no-display");
    }
    assert!(!card.received("2C"));
    assert_eq!(reader()["card"]["puk"]["tries"], 3);
}

#[test]
fn graphical_program_is_used_if_the_preferred_one_is_for_terminals() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let terminal = ScriptedPinentry::new(&json!({"flavor": "curses"}));
    let with_window = ScriptedPinentry::entering("12345678", "739164").renamed_to("pinentry-gnome3");
    let path = format!("{}:{}", with_window.folder().display(), terminal.path());
    let output = Command::new(HOST).args(["unlock", "--json"]).env("PATH", path).output().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap()["unlocked"], true);
    assert_eq!((terminal.times_asked(), with_window.times_asked()), (0, 2));
}

#[test]
fn missing_prompt_program_has_its_own_code() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let output = Command::new(HOST).args(["unlock", "--json"]).env("PATH", "/nonexistent").output().unwrap();
    assert_eq!(error(&serde_json::from_slice(&output.stdout).unwrap()), "prompt-missing");
}

#[test]
fn identity_card_gets_no_pin_command() {
    for profile in ["kimlik", "kimlik-pkcs15"] {
        let card = VirtualCard::insert(&["--profile", profile]);
        assert_eq!(reader()["error"]["code"], "identity-card");
        for operation in ["unlock", "change-pin", "change-puk"] {
            let pinentry = ScriptedPinentry::entering("12345678", "739164");
            assert_eq!(error(&operate(&[operation], &pinentry)), "identity-card", "{operation}");
            assert_eq!(pinentry.times_asked(), 0);
        }
        assert!(!card.received("20") && !card.received("24") && !card.received("2C"), "{profile}");
    }
}

#[test]
fn unsupported_card_gets_no_command() {
    let card = VirtualCard::insert(&["--profile", "yabanci"]);
    let before = card.log();
    assert_eq!(reader()["error"]["code"], "not-akis");
    assert_eq!(error(&unlock(&ScriptedPinentry::entering("12345678", "739164"))), "not-akis");
    assert_eq!(card.log(), before);
}

/// Runs `script` with a separate smart-card service that has no reader.
fn without_reader(script: &str) -> Value {
    let setup = "mount -t tmpfs tmpfs /run/pcscd && mount -t tmpfs tmpfs /etc/reader.conf.d \
                 && mount -t tmpfs tmpfs /usr/lib/pcsc/drivers && { pcscd --foreground > /dev/null 2>&1 & } \
                 && while [ ! -S /run/pcscd/pcscd.comm ]; do :; done";
    let output = in_own_mounts(&format!("{setup} && {script}"))
        .env("PATH", format!("{}:/usr/sbin", std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn service_without_a_reader_has_its_own_code() {
    for command in ["status", "unlock"] {
        let answer = without_reader(&format!("{HOST} {command} --json"));
        assert_eq!(error(&answer), "no-reader", "{command}");
    }
}

/// Regression: without a reader the host sent nothing, and the panel waited forever.
#[test]
fn watch_sends_the_initial_status_without_a_reader() {
    let watch = format!("(sleep 20 | {HOST} watch) | head -n 1; exit 0");
    assert_eq!(without_reader(&watch), json!({"readers": []}));
}

/// Regression: the host waited for the other program before it exited.
#[test]
fn host_exits_while_another_program_holds_the_card() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let mut other = other_program(pcsc::ShareMode::Shared);
    let transaction = other.transaction().unwrap();

    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    assert_eq!(host.receive().unwrap(), json!({"id": 1, "result": "watching"}));
    host.send(&json!({"id": 2, "command": "unlock"}));
    let (rest, status) = host.end();
    assert!(status.success() && rest.is_empty());
    drop(transaction);
}

/// Regression: the destructor of libpcsclite freed lists that other threads still used; one host in a
/// thousand crashed.
#[test]
fn host_exits_cleanly_while_cards_are_being_read() {
    let _card = VirtualCard::insert(&[]);
    for _ in 0..50 {
        let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
        host.send(&json!({"id": 1, "command": "status"}));
        host.send(&json!({"id": 2, "command": "watch"}));
        let (_, status) = host.end();
        assert!(status.success(), "{status}");
    }
}

/// Regression: cancelling reset the card, and a signing program lost its verified PIN.
#[test]
fn card_is_reset_only_after_a_code_was_sent() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let mut other = other_program(pcsc::ShareMode::Shared);
    let mut other_begins = || other.transaction().map(drop);

    assert_eq!(error(&unlock(&ScriptedPinentry::entering("<cancel>", "739164"))), "cancelled");
    assert_eq!(other_begins(), Ok(()));
    assert_eq!(error(&unlock(&ScriptedPinentry::entering("87654321", "739164"))), "puk-wrong");
    assert_eq!(other_begins(), Err(pcsc::Error::ResetCard));
}

#[test]
fn card_without_any_unblock_command_uses_no_try() {
    let card = VirtualCard::insert(&["--profile", "akis-2x-neither", "--pin-tries", "0"]);
    assert_eq!(error(&unlock(&ScriptedPinentry::entering("12345678", "739164"))), "unlock-unsupported");
    drop(card);
}

/// Starts a native-messaging host with an unlock that waits in the prompt.
fn waiting_in_prompt(pinentry: &ScriptedPinentry) -> Host {
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the prompt", || pinentry.commands().ends_with("GETPIN\n"));
    host
}

#[test]
fn card_removed_at_any_command_ends_the_unlock_with_a_reason() {
    let mut unlocked = false;
    let mut command = 0;
    while !unlocked {
        command += 1;
        assert!(command < 20, "an unlock needs fewer commands");
        let card = VirtualCard::insert(&["--pin-tries", "0", "--pull-out-at", &command.to_string()]);
        let answer = unlock(&ScriptedPinentry::entering("12345678", "739164"));
        unlocked = answer["unlocked"] == true;
        let reasons = ["card-removed", "card-changed", "card-silent", "no-card", "outcome-unknown"];
        assert!(unlocked || reasons.contains(&error(&answer)), "{command}: {answer}");
        drop(card);
    }
    assert!(command > 5, "the card was removed in the middle of the unlock");
}

#[test]
fn closing_the_browser_closes_the_prompt() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("<wait>", "739164");
    let host = waiting_in_prompt(&pinentry);
    assert!(pinentry.is_open());
    let (_, status) = host.end();
    assert!(status.success(), "{status}");
    assert!(!pinentry.is_open());
}

/// Regression: a prompt for the PUK stayed open after the host had exited.
#[test]
fn terminating_the_host_closes_the_prompt() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("<wait>", "739164");
    let host = waiting_in_prompt(&pinentry);
    host.terminate();
    wait_for("the end of the prompt", || !pinentry.is_open());
}

#[test]
fn second_operation_is_refused_at_once() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::entering("<wait>", "739164");
    let mut host = waiting_in_prompt(&pinentry);
    host.send(&json!({"id": 2, "command": "unlock"}));
    let answer = host.receive_reply();
    assert_eq!((&answer["id"], error(&answer)), (&json!(2), "busy"));
}

#[test]
fn watch_reports_inserted_and_removed_cards() {
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    assert_eq!(host.receive().unwrap(), json!({"id": 1, "result": "watching"}));
    assert_eq!(host.receive().unwrap()["readers"][0]["error"]["code"], "no-card");
    let card = VirtualCard::insert(&[]);
    let mut wait_for_reader =
        |matches: &dyn Fn(&Value) -> bool| while !matches(&host.receive().unwrap()["readers"][0]) {};
    wait_for_reader(&|reader| reader["card"]["pin"]["tries"] == 3);
    drop(card);
    wait_for_reader(&|reader| reader["error"]["code"] == "no-card");
}

/// A card whose unblock command no source confirms; the prompt warns of that before it asks for any code.
#[test]
fn commands_that_are_not_certain_require_an_explicit_yes() {
    let card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    // The first question is about the tries.
    let declined = ScriptedPinentry::new(&json!({"CONFIRM": ["yes", "<cancel>"]}));
    assert_eq!(error(&unlock(&declined)), "cancelled");
    assert!(
        declined.commands().contains("kart üreticisinin sürücüsü kurulu değil"),
        "{}",
        declined.commands()
    );
    assert_eq!(declined.times_asked(), 0);
    assert!(!card.received("20") && !card.received("2C"));
    drop(card);
    let _certain = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry = ScriptedPinentry::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["739164"]}));
    assert_eq!(unlock(&pinentry)["unlocked"], true, "no question for the virtual card");
}

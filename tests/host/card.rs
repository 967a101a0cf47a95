//! The host against a virtual card, through a real pcscd. Run by `cargo xtask test`, which brings the
//! smart-card service.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use support::{
    HOST, Host, Typist, VirtualCard, error, opensc_akis, opensc_verifies, operate, origin, other_program,
    reader, status, unlock, wait_for,
};

#[test]
fn an_empty_reader_has_no_card() {
    assert_eq!(reader()["error"]["code"], "no-card");
    assert_eq!(error(&unlock(&Typist::knowing("12345678", "739164"))), "no-card");
}

#[test]
fn a_blocked_card_is_shown_as_such_and_no_try_is_spent() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "2"]);
    for _ in 0..3 {
        let card = reader()["card"].clone();
        assert_eq!(card["pin"], json!({"state": "blocked"}));
        assert_eq!(card["puk"], json!({"state": "usable", "tries": 2}));
        assert_eq!(card["codes_from"], "card");
    }
}

#[test]
fn a_card_that_does_not_tell_is_not_asked() {
    // This card counts an empty VERIFY as a wrong entry.
    let card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    assert_eq!(reader()["card"]["pin"], json!({"state": "unknown"}));
    assert!(!card.got("20"));
}

const VERIFY_NEW_PIN: [&str; 5] = ["--verify-pin", "--auth-id", "01", "--pin", "739164"];

#[test]
fn one_unlock_sets_the_new_pin() {
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
        let _card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let done = unlock(&Typist::knowing("12345678", "739164"));
        assert_eq!(done["unlocked"], true, "{profile}: {done}");
        match profile {
            "akis-2x-aodf-unreadable" => {}
            "akis-1.0" => assert!(opensc_akis(&VERIFY_NEW_PIN).status.success()),
            _ => assert!(opensc_verifies("739164"), "{profile}"),
        }
    }
}

/// Reading the certificate's directory takes 2 commands, the certificate itself, in five parts of up to
/// 256 bytes, 6.
const CERTIFICATE: usize = 2 + 6;

#[test]
fn an_unlock_needs_at_most_ten_commands() {
    for (profile, certificate) in [("sanal", CERTIFICATE), ("akis-2x-no-certificate", 0)] {
        let card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        let before = card.log().len();
        assert_eq!(unlock(&Typist::knowing("12345678", "739164"))["unlocked"], true);
        let commands = card.log().len() - before;
        assert!(commands <= 10 + certificate, "{:#?}", card.log());
    }
}

#[test]
fn a_status_needs_at_most_ten_commands() {
    for (profile, certificate) in [("sanal", CERTIFICATE), ("akis-2x-no-certificate", 0)] {
        let card = VirtualCard::insert(&["--profile", profile]);
        let before = card.log().len();
        assert!(status()["readers"][0]["card"].is_object());
        let commands = card.log().len() - before;
        assert!(commands <= 10 + certificate, "{:#?}", card.log());
    }
}

#[test]
fn a_wrong_puk_costs_one_try_and_is_sent_once() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let refused = unlock(&Typist::knowing("87654321", "739164"));
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("puk-wrong", &json!(2)));
    assert!(!card.got("2C"));
    assert_eq!(reader()["card"]["puk"]["tries"], 2);
    assert_eq!(reader()["card"]["pin"]["state"], "blocked");
}

#[test]
fn a_blocked_puk_is_told_before_anything_is_asked() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "0"]);
    let typist = Typist::knowing("12345678", "739164");
    assert_eq!(error(&unlock(&typist)), "puk-blocked");
    assert_eq!(typist.times_asked(), 0);
}

#[test]
fn the_last_try_needs_an_explicit_yes() {
    let _card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "1"]);
    let typist = Typist::new(&json!({"CONFIRM": ["<cancel>"]}));
    assert_eq!(error(&unlock(&typist)), "cancelled");
    assert_eq!(typist.times_asked(), 0);
    assert_eq!(reader()["card"]["puk"]["tries"], 1);
}

#[test]
fn an_unknown_number_of_tries_needs_an_explicit_yes() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    let typist = Typist::new(&json!({"CONFIRM": ["<cancel>"]}));
    assert_eq!(error(&unlock(&typist)), "cancelled");
    assert_eq!(typist.times_asked(), 0);
}

#[test]
fn the_prompt_names_reader_card_and_tries_in_turkish() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("12345678", "739164");
    unlock(&typist);
    let told = typist.was_told();
    for text in [
        "Okuyucu: Virtual PCD",
        "Kart: AKİS",
        "Kalan PUK denemesi: 3",
        "SETPROMPT PUK",
        "SETPROMPT Yeni PIN",
        "SETREPEAT",
    ] {
        assert!(told.contains(text), "{text}\n{told}");
    }
}

#[test]
fn title_and_buttons_are_told_once() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("12345678", "739164");
    unlock(&typist);
    let told = typist.was_told();
    for verb in ["SETTITLE", "SETOK", "SETCANCEL"] {
        assert_eq!(told.lines().filter(|line| line.starts_with(verb)).count(), 1, "{told}");
    }
    assert_eq!(typist.times_asked(), 2);
}

/// The prompt's program comes up while the card is still read.
#[test]
fn where_the_card_is_none_for_us_the_prompt_ends_with_nothing_to_show() {
    for profile in ["kimlik-pkcs15", "yabanci"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let typist = Typist::new(&json!({"deaf": true}));
        let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", typist.path()));
        for id in 1..=3 {
            host.send(&json!({"id": id, "command": "unlock"}));
            assert!(["identity-card", "not-akis"].contains(&error(&host.hear_answer())), "{profile}");
            assert!(!typist.is_running(), "{profile}");
            let told = typist.was_told();
            let shows =
                |line: &str| ["SETDESC", "GETPIN", "CONFIRM"].iter().any(|verb| line.starts_with(verb));
            assert!(!told.lines().any(shows), "{told}");
        }
    }
}

/// It was told when the program spoke, or ten seconds later.
#[test]
fn a_program_that_hangs_does_not_keep_back_what_the_card_is() {
    let _card = VirtualCard::insert(&["--profile", "kimlik-pkcs15"]);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("pinentry");
    fs::write(&program, "#!/bin/sh\nsleep 5\n: > \"$0.spoke\"\necho OK\nexec cat\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", path));
    host.send(&json!({"id": 1, "command": "unlock"}));
    assert_eq!(error(&host.hear_answer()), "identity-card");
    assert!(!folder.path().join("pinentry.spoke").exists());
}

#[test]
fn malformed_entries_never_reach_the_card_and_three_end_it() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    for wrong in ["123", "12345678901234567", "12ab5678", ""] {
        let typist = Typist::knowing(wrong, "739164");
        assert_eq!(error(&unlock(&typist)), "malformed", "{wrong}");
        assert_eq!(typist.times_asked(), 3);
        assert!(typist.was_told().contains("SETERROR"));
    }
    let typist = Typist::knowing("12345678", "1");
    assert_eq!(error(&unlock(&typist)), "malformed");
    assert_eq!(reader()["card"]["puk"]["tries"], 3);
    assert!(!card.got("2C"));
}

#[test]
fn a_well_formed_entry_after_a_malformed_one_is_used() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::new(&json!({"PUK": ["12", "12345678"], "Yeni PIN": ["1", "739164"]}));
    assert_eq!(unlock(&typist)["unlocked"], true);
}

#[test]
fn a_prompt_that_shows_one_field_is_asked_twice() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let same = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["<once:739164>", "739164"]}));
    assert_eq!(unlock(&same)["unlocked"], true);
    let answers = json!({"PUK": ["12345678"], "Yeni PIN": ["739164"], "repeat": false});
    let without_repeat = Typist::new(&answers);
    assert_eq!(unlock(&without_repeat)["unlocked"], true);
    assert_eq!(without_repeat.times_asked(), 3);
    let pins = ["<once:739164>", "<once:111111>"].repeat(3);
    let different = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": pins}));
    assert_eq!(error(&unlock(&different)), "malformed");
}

#[test]
fn every_way_to_leave_the_prompt_has_its_code() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    for (answer, expected) in
        [("<cancel>", "cancelled"), ("<timeout>", "timed-out"), ("<die>", "prompt-failed")]
    {
        assert_eq!(error(&unlock(&Typist::knowing(answer, "739164"))), expected);
        assert_eq!(error(&unlock(&Typist::knowing("12345678", answer))), expected);
    }
    // The machine's own programs come after the typist's and find no display.
    for terminal in ["curses", "tty", "gtk2:curses"] {
        assert_eq!(error(&unlock(&Typist::new(&json!({"flavor": terminal})))), "no-display");
    }
    assert!(!card.got("2C"));
    assert_eq!(reader()["card"]["puk"]["tries"], 3);
}

#[test]
fn where_the_preferred_program_has_no_window_one_with_a_window_is_taken() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let terminal = Typist::new(&json!({"flavor": "curses"}));
    let with_window = Typist::knowing("12345678", "739164").called("pinentry-gnome3");
    let path = format!("{}:{}", with_window.folder().display(), terminal.path());
    let output = Command::new(HOST).args(["unlock", "--json"]).env("PATH", path).output().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap()["unlocked"], true);
    assert_eq!((terminal.times_asked(), with_window.times_asked()), (0, 2));
}

#[test]
fn no_prompt_program_is_told_with_its_own_code() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let output = Command::new(HOST).args(["unlock", "--json"]).env("PATH", "/nonexistent").output().unwrap();
    assert_eq!(error(&serde_json::from_slice(&output.stdout).unwrap()), "prompt-missing");
}

#[test]
fn an_identity_card_gets_no_pin_command() {
    for profile in ["kimlik", "kimlik-pkcs15"] {
        let card = VirtualCard::insert(&["--profile", profile]);
        assert_eq!(reader()["error"]["code"], "identity-card");
        for operation in ["unlock", "change-pin", "change-puk"] {
            let typist = Typist::knowing("12345678", "739164");
            assert_eq!(error(&operate(&[operation], &typist)), "identity-card", "{operation}");
            assert_eq!(typist.times_asked(), 0);
        }
        assert!(!card.got("20") && !card.got("24") && !card.got("2C"), "{profile}");
    }
}

#[test]
fn a_foreign_card_gets_no_command_from_us() {
    let card = VirtualCard::insert(&["--profile", "yabanci"]);
    let before = card.log();
    assert_eq!(reader()["error"]["code"], "not-akis");
    assert_eq!(error(&unlock(&Typist::knowing("12345678", "739164"))), "not-akis");
    assert_eq!(card.log(), before);
}

/// A smart-card service of its own that has no reader, for as long as `script` runs.
fn without_reader(script: &str) -> Value {
    let world = "mount -t tmpfs tmpfs /run/pcscd && mount -t tmpfs tmpfs /etc/reader.conf.d \
                 && mount -t tmpfs tmpfs /usr/lib/pcsc/drivers && { pcscd --foreground > /dev/null 2>&1 & } \
                 && while [ ! -S /run/pcscd/pcscd.comm ]; do :; done";
    let output = Command::new("unshare")
        .args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &format!("{world} && {script}")])
        .env("PATH", format!("{}:/usr/sbin", std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn a_service_without_a_reader_is_told_with_its_own_code() {
    for command in ["status", "unlock"] {
        let answer = without_reader(&format!("{HOST} {command} --json"));
        assert_eq!(error(&answer), "no-reader", "{command}");
    }
}

/// With no reader the host said nothing, and the panel looked for ever.
#[test]
fn watching_begins_with_what_there_is_also_without_a_reader() {
    let watch = format!("(sleep 20 | {HOST} watch) | head -n 1; exit 0");
    assert_eq!(without_reader(&watch), json!({"readers": []}));
}

/// The host waited for the other program before it ended.
#[test]
fn another_program_that_keeps_the_card_does_not_keep_the_host_alive() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let mut other = other_program(pcsc::ShareMode::Shared);
    let turn = other.transaction().unwrap();

    let mut host = Host::greeted(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    assert_eq!(host.hear().unwrap(), json!({"id": 1, "result": "watching"}));
    host.send(&json!({"id": 2, "command": "unlock"}));
    let (rest, status) = host.end();
    assert!(status.success() && rest.is_empty());
    drop(turn);
}

/// libpcsclite's end of the process pulled its lists away from under the threads that spoke with cards: one host in a
/// thousand crashed.
#[test]
fn a_host_whose_browser_goes_away_while_cards_are_read_ends_well() {
    let _card = VirtualCard::insert(&[]);
    for _ in 0..50 {
        let mut host = Host::greeted(Command::new(HOST).arg(origin()));
        host.send(&json!({"id": 1, "command": "status"}));
        host.send(&json!({"id": 2, "command": "watch"}));
        let (_, status) = host.end();
        assert!(status.success(), "{status}");
    }
}

/// Cancelling reset the card, and a signing program lost its PIN.
#[test]
fn only_an_unlock_that_sent_a_code_resets_the_card_under_other_programs() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let mut other = other_program(pcsc::ShareMode::Shared);
    let mut other_finds = || other.transaction().map(drop);

    assert_eq!(error(&unlock(&Typist::knowing("<cancel>", "739164"))), "cancelled");
    assert_eq!(other_finds(), Ok(()));
    assert_eq!(error(&unlock(&Typist::knowing("87654321", "739164"))), "puk-wrong");
    assert_eq!(other_finds(), Err(pcsc::Error::ResetCard));
}

#[test]
fn a_card_without_both_shapes_costs_no_try() {
    let card = VirtualCard::insert(&["--profile", "akis-2x-neither", "--pin-tries", "0"]);
    assert_eq!(error(&unlock(&Typist::knowing("12345678", "739164"))), "unlock-unsupported");
    drop(card);
}

/// A native-messaging host whose unlock waits in the prompt.
fn waiting_in_prompt(typist: &Typist) -> Host {
    let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", typist.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the prompt", || typist.was_told().ends_with("GETPIN\n"));
    host
}

#[test]
fn a_card_pulled_out_during_the_prompt_discards_the_codes() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["<pause>", "739164"]}));
    let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", typist.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second prompt", || typist.times_asked() == 2);
    drop(card);
    typist.go_on();
    assert_eq!(error(&host.hear_answer()), "card-changed");
}

#[test]
fn a_card_pulled_out_at_any_command_ends_the_unlock_with_a_reason() {
    let mut unlocked = false;
    let mut command = 0;
    while !unlocked {
        command += 1;
        assert!(command < 20, "an unlock needs fewer commands");
        let card = VirtualCard::insert(&["--pin-tries", "0", "--pull-out-at", &command.to_string()]);
        let answer = unlock(&Typist::knowing("12345678", "739164"));
        unlocked = answer["unlocked"] == true;
        let reasons = ["card-removed", "card-changed", "card-silent", "no-card", "outcome-unknown"];
        assert!(unlocked || reasons.contains(&error(&answer)), "{command}: {answer}");
        drop(card);
    }
    assert!(command > 5, "the card was pulled out in the middle of it");
}

#[test]
fn a_card_swapped_during_the_prompt_never_sees_the_codes() {
    let first = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["<pause>", "739164"]}));
    let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", typist.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second prompt", || typist.times_asked() == 2);
    drop(first);
    let second = VirtualCard::insert(&["--pin-tries", "0"]);
    typist.go_on();
    assert_eq!(error(&host.hear_answer()), "card-changed");
    assert!(!second.got("20") && !second.got("2C"));
}

#[test]
fn a_card_reset_by_another_program_discards_the_codes() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": ["<pause>", "739164"]}));
    let mut host = Host::greeted(Command::new(HOST).arg(origin()).env("PATH", typist.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second prompt", || typist.times_asked() == 2);
    assert!(Command::new("opensc-tool").args(["--reset"]).stdout(Stdio::null()).status().unwrap().success());
    typist.go_on();
    assert_eq!(error(&host.hear_answer()), "card-changed");
    assert_eq!(reader()["card"]["puk"]["tries"], 3);
}

#[test]
fn a_browser_that_goes_away_takes_the_prompt_along() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("<wait>", "739164");
    let host = waiting_in_prompt(&typist);
    let prompt = typist.process().unwrap();
    let (_, status) = host.end();
    assert!(status.success(), "{status}");
    assert!(!std::path::Path::new("/proc").join(prompt).exists());
}

/// A window that asked for the PUK stayed behind, with nobody to take it.
#[test]
fn a_host_that_is_terminated_takes_the_prompt_along() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("<wait>", "739164");
    let host = waiting_in_prompt(&typist);
    let prompt = typist.process().unwrap();
    host.terminate();
    wait_for("the end of the prompt", || !std::path::Path::new("/proc").join(&prompt).exists());
}

#[test]
fn a_second_operation_waits_for_nobody() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::knowing("<wait>", "739164");
    let mut host = waiting_in_prompt(&typist);
    host.send(&json!({"id": 2, "command": "unlock"}));
    let answer = host.hear_answer();
    assert_eq!((&answer["id"], error(&answer)), (&json!(2), "busy"));
}

#[test]
fn watching_tells_of_cards_that_come_and_go() {
    let mut host = Host::greeted(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    assert_eq!(host.hear().unwrap(), json!({"id": 1, "result": "watching"}));
    assert_eq!(host.hear().unwrap()["readers"][0]["error"]["code"], "no-card");
    let card = VirtualCard::insert(&[]);
    let mut saw = |wanted: &dyn Fn(&Value) -> bool| while !wanted(&host.hear().unwrap()["readers"][0]) {};
    saw(&|reader| reader["card"]["pin"]["tries"] == 3);
    drop(card);
    saw(&|reader| reader["error"]["code"] == "no-card");
}

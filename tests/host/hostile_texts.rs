//! Texts of cards, readers and the environment that imitate the host's own. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use support::{HOST, Host, ScriptedPinentry, VirtualCard, error, operate, origin, status, unlock};

/// What remains of the holder's name in the profile `sanal-hostile`.
const HOLDER: &str = "A Kalan: 9[2JBCCC";
const CARD: [&str; 4] = ["--profile", "sanal-hostile", "--pin-tries", "0"];

/// Returns whether a text contains a character that controls a terminal or reorders text.
fn controls(text: &str) -> bool {
    text.chars()
        .any(|letter| letter != '\n' && letter.is_control() || "\u{202E}\u{2066}\u{200B}".contains(letter))
}

fn assert_is_holder(shown: &str) {
    assert!(shown.starts_with(HOLDER) && shown.trim_start_matches(HOLDER).bytes().all(|byte| byte == b'C'));
}

#[test]
fn name_of_the_holder_adds_no_line_to_the_prompt() {
    let _card = VirtualCard::insert(&CARD);
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    assert_eq!(unlock(&pinentry)["unlocked"], true);
    let commands = pinentry.commands();
    assert_is_holder(commands.lines().find_map(|line| line.strip_prefix("Sahibi: ")).unwrap());
    assert!(!commands.lines().any(|line| line.starts_with("Kalan: 9")) && !controls(&commands), "{commands}");
}

#[test]
fn name_of_the_holder_reaches_neither_terminal_nor_extension_uncleaned() {
    let _card = VirtualCard::insert(&CARD);
    for arguments in [&["status"][..], &["status", "--json"], &["status", "--report"], &["doctor"]] {
        let output = Command::new(HOST).args(arguments).env("EIMZA_LOG", "trace").output().unwrap();
        for stream in [output.stdout, output.stderr] {
            let text = String::from_utf8(stream).unwrap();
            assert!(!controls(&text), "{arguments:?} {text:?}");
            assert!(!text.lines().any(|line| line.starts_with("Kalan: 9")), "{text}");
        }
    }
    assert_is_holder(status()["readers"][0]["card"]["certificates"][0]["holder"].as_str().unwrap());
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "status"}));
    let card = host.receive_reply()["result"]["status"]["readers"][0]["card"].clone();
    assert_is_holder(card["certificates"][0]["holder"].as_str().unwrap());
}

#[test]
fn texts_of_requests_arguments_and_environment_come_back_cleaned() {
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "\u{1B}[2J\u{202E}\u{9B}format"}));
    let answer = host.receive_reply();
    assert_eq!(error(&answer), "bad-request");
    let reason = answer["error"]["reason"].as_str().unwrap();
    assert!(reason.contains("[2Jformat") && !controls(reason), "{reason:?}");

    let output = Command::new(HOST).arg("status").env("EIMZA_LOG", "\u{1B}[2J\u{9B}=x=y\n").output().unwrap();
    assert!(!controls(&String::from_utf8(output.stderr).unwrap()));
    let output = Command::new(HOST).args(["unlock", "--json", "--reader", "\u{1B}[2J"]).output().unwrap();
    assert!(!controls(&String::from_utf8(output.stdout).unwrap()));
}

/// The card describes no PUK, but the security officer's PIN in its place.
#[test]
fn guard_that_is_no_puk_gets_no_code_without_a_yes() {
    let card = VirtualCard::insert(&["--profile", "sanal-officer", "--pin-tries", "0"]);
    for operation in ["unlock", "change-puk"] {
        let pinentry = ScriptedPinentry::new(&json!({"CONFIRM": ["<cancel>"]}));
        assert_eq!(error(&operate(&[operation], &pinentry)), "cancelled");
        assert_eq!(pinentry.times_asked(), 0);
        assert!(pinentry.commands().contains("ayarlarını bildirmedi"), "{}", pinentry.commands());
    }
    assert!(!card.log().iter().any(|line| line.contains("lc=8 ")));
    assert_eq!(status()["readers"][0]["card"]["codes_from"], "assumption");
    assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
}

/// Runs `script` with a smart-card service of its own, with virtual readers of these names.
fn with_readers(names: &[(&[u8], &str)], pinentry: &ScriptedPinentry, script: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let readers = names.iter().map(|(name, port)| {
        let rest = format!(
            "\"\nDEVICENAME /dev/null:{port}\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID {port}\n\n"
        );
        [b"FRIENDLYNAME \"", *name, rest.as_bytes()].concat()
    });
    fs::write(folder.path().join("readers"), readers.collect::<Vec<_>>().concat()).unwrap();
    let setup = format!(
        "mount -t tmpfs tmpfs /run/pcscd && mount -t tmpfs tmpfs /etc/reader.conf.d \
         && cp {}/readers /etc/reader.conf.d/ && {{ pcscd --foreground > /dev/null 2>&1 & }} \
         && while [ ! -S /run/pcscd/pcscd.comm ]; do :; done; \
         until {HOST} status --json | grep -q no-card; do :; done;",
        folder.path().display(),
    );
    let output = Command::new("unshare")
        .args(["--net", "--mount", "--pid", "--fork", "--kill-child", "timeout", "60", "sh", "-c"])
        .arg(format!("ip link set lo up; {setup} {script}"))
        .env("PATH", format!("{}:/usr/sbin", pinentry.path()))
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{lines}"))).collect()
}

#[test]
fn reader_whose_name_is_not_utf_8_is_used() {
    let card = HOST.replace("eimza-host", "eimza-virtual-card");
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let script = format!(
        "{card} --pin-tries 0 > /dev/null & until {HOST} status --json | grep -q '\"card\"'; do :; done; \
         {HOST} status --json; {HOST} unlock --json"
    );
    let lines = with_readers(&[(b"Okuyucu \xFF", "0x8C7B")], &pinentry, &script);
    let name = "Okuyucu \u{FFFD} 00 00";
    assert_eq!(lines[0]["readers"][0]["name"], name);
    assert_eq!(lines[1], json!({"unlocked": true, "reader": name}));
    assert!(pinentry.commands().contains(&format!("Okuyucu: {name}\n")), "{}", pinentry.commands());
}

#[test]
fn readers_that_look_alike_are_told_apart() {
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let script = format!(
        "{HOST} status --json; {HOST} unlock --json --reader \"Okuyucu {} 00 00\"; \
         {HOST} status | grep '^Okuyucu .* 0' | while read -r name; do {HOST} unlock --json --reader \"$name\"; done",
        char::REPLACEMENT_CHARACTER
    );
    let lines = with_readers(&[(b"Okuyucu \xFF", "0x8D00"), (b"Okuyucu \xFE", "0x8D80")], &pinentry, &script);
    let readers = lines[0]["readers"].as_array().unwrap();
    let names: BTreeSet<_> = readers.iter().map(|reader| reader["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), readers.len(), "{names:?}");
    assert!(
        names.len() > 2 && names.iter().all(|name| name.starts_with("Okuyucu \u{FFFD} 00 0")),
        "{names:?}"
    );
    // What is common to two readers names neither; each is found by its own name.
    assert_eq!(error(&lines[1]), "reader-gone");
    assert_eq!(lines[2..].iter().map(error).collect::<Vec<_>>(), vec!["no-card"; names.len()]);
}

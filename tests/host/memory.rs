//! Searches the memory of the running host for codes. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::json;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Output, Stdio};
use support::memory::search;
use support::{HOST, Host, ScriptedPinentry, VirtualCard, error, origin, unlock, wait_for};

/// Codes that occur nowhere else.
const PUK: &str = "59284617";
const NEW_PIN: &str = "73916482";
const CARD: [&str; 4] = ["--puk", PUK, "--pin-tries", "0"];

fn assert_no_code_in(host: &Host) {
    for code in [PUK, NEW_PIN] {
        let hits = search(host.process(), code);
        assert!(hits.is_empty(), "{code}: {hits:?}");
    }
}

/// Returns a pinentry that pauses at the question for the new PIN.
fn pausing_pinentry() -> ScriptedPinentry {
    ScriptedPinentry::new(&json!({"PUK": [PUK], "Yeni PIN": ["<pause>", NEW_PIN], "CONFIRM": ["yes"]}))
}

/// Starts a host and an unlock, and waits until the question for the new PIN is open.
fn host_at_second_question(command: &mut Command, pinentry: &ScriptedPinentry) -> Host {
    let mut host = Host::start_and_greet(command.env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second question", || pinentry.times_asked() == 2);
    host
}

/// Regression: the PUK was in memory that may be swapped out.
#[test]
fn code_is_in_locked_memory_only_while_the_next_question_is_open() {
    let _card = VirtualCard::insert(&CARD);
    let pinentry = pausing_pinentry();
    let mut host = host_at_second_question(Command::new(HOST).arg(origin()), &pinentry);
    let hits = search(host.process(), PUK);
    assert!(!hits.is_empty(), "the search finds a code that is there");
    assert!(hits.iter().all(|hit| hit.is_locked), "{hits:?}");
    pinentry.resume();
    assert!(host.receive_reply()["result"].to_string().contains("unlocked"));
    assert_no_code_in(&host);
}

/// A user without a limit for locked memory still can unlock.
#[test]
fn memory_that_cannot_be_locked_does_not_prevent_an_unlock() {
    let _card = VirtualCard::insert(&CARD);
    let pinentry = pausing_pinentry();
    // Root may lock memory whatever the limit.
    let script = format!(
        "ulimit -l 0; exec setpriv --bounding-set -ipc_lock --inh-caps -ipc_lock {HOST} {}",
        origin()
    );
    let mut host = host_at_second_question(Command::new("sh").args(["-c", &script]), &pinentry);
    let hits = search(host.process(), PUK);
    assert!(!hits.is_empty() && hits.iter().all(|hit| !hit.is_locked), "no memory can be locked: {hits:?}");
    pinentry.resume();
    assert!(host.receive_reply()["result"].to_string().contains("unlocked"));
    assert_no_code_in(&host);
}

/// Regression: the command stayed in memory as long as the card did not respond.
#[test]
fn no_code_is_left_when_the_card_does_not_respond() {
    let with_puk = {
        let card = VirtualCard::insert(&CARD);
        assert_eq!(unlock(&ScriptedPinentry::entering(PUK, NEW_PIN))["unlocked"], true);
        let commands = card.log();
        1 + commands.iter().position(|line| line.starts_with("00200082 lc=8")).unwrap()
    };
    for (command, name) in [(with_puk, "VERIFY"), (with_puk + 1, "RESET RETRY COUNTER")] {
        let _card = VirtualCard::insert(&[&CARD[..], &["--mute-at", &command.to_string()]].concat());
        let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
        let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
        host.send(&json!({"id": 1, "command": "unlock"}));
        assert_eq!(error(&host.receive_reply()), "outcome-unknown", "{name}");
        assert_no_code_in(&host);
    }
}

/// Regression: a core file after SIGQUIT contained the PUK.
#[test]
fn killed_host_leaves_no_core() {
    let folder = tempfile::tempdir().unwrap();
    let without_limit = |program: &str| {
        let mut command = Command::new("sh");
        // A shell that runs the tests in the background ignores SIGQUIT, and its children inherit that.
        let script = format!("ulimit -c unlimited; exec env --default-signal=QUIT {program}");
        command.args(["-c", &script]).current_dir(folder.path());
        command
    };
    let _card = VirtualCard::insert(&CARD);
    let pinentry = pausing_pinentry();
    let host = host_at_second_question(&mut without_limit(&format!("{HOST} {}", origin())), &pinentry);
    for process in [host.process().to_string(), pinentry.process().unwrap()] {
        let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    }
    let status = host.quit();
    assert_eq!((status.signal(), status.core_dumped()), (Some(3), false));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    // Another program leaves one in this environment.
    let mut other = without_limit("sleep 60").spawn().unwrap();
    wait_for("sleep", || command_name(&other) == "sleep\n");
    assert!(Command::new("kill").args(["-QUIT", &other.id().to_string()]).status().unwrap().success());
    assert!(other.wait().unwrap().core_dumped());
}

fn command_name(process: &Child) -> String {
    fs::read_to_string(format!("/proc/{}/comm", process.id())).unwrap()
}

/// Another program of the same user can neither attach to the host nor read its memory.
#[test]
fn memory_is_closed_to_other_programs_of_the_user() {
    let as_user = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).args(arguments);
        command
    };
    let read_environment =
        |process: u32| -> Output { as_user(&["cat", &format!("/proc/{process}/environ")]).output().unwrap() };
    if !as_user(&["true"]).status().unwrap().success() {
        return; // in a user namespace there is no second user
    }
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let program = folder.path().join("eimza-host");
    fs::copy(HOST, &program).unwrap();
    let host = Host::start_and_greet(as_user(&[&program.to_string_lossy()]).stdin(Stdio::piped()));
    assert!(!read_environment(host.process()).status.success());

    let mut other = as_user(&["sleep", "60"]).spawn().unwrap();
    wait_for("sleep", || command_name(&other) == "sleep\n");
    assert!(read_environment(other.id()).status.success(), "other programs are open");
    other.kill().unwrap();
    other.wait().unwrap();
}

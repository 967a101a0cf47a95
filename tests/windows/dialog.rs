//! Tests of the dialog for codes with simulated keyboard input and a virtual card.

use crate::screen::{RunningOperation, windows};
use crate::wine::{root, wait_for};
use std::fs;

const PUK: &str = "12345678";
const PIN: &str = "739164";

fn hex(code: &str) -> String {
    code.bytes().map(|byte| format!("{byte:02X}")).collect()
}

fn without_commands(outcome: &str) -> (String, Vec<String>) {
    (outcome.to_owned(), Vec::new())
}

#[test]
fn one_dialog_asks_for_puk_new_pin_and_repeat() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().screenshot("dialog.png").type_codes(&[PUK, PIN, PIN]).press("Return");
    let (outcome, sent) = operation.end();
    assert_eq!(outcome, "done");
    assert!(sent[0].ends_with(&hex(PUK)) && sent[1].ends_with(&hex(PIN)), "{sent:?}");
    assert!(windows().is_empty());
}

#[test]
fn dialog_changes_both_codes_in_english() {
    for (command, old, new) in [("change-pin", "123456", PIN), ("change-puk", PUK, "81726354")] {
        let mut operation = RunningOperation::start(&[command, "--lang", "en"]);
        operation.window().type_codes(&[old, new, new]).press("Return");
        let (outcome, sent) = operation.end();
        assert_eq!(outcome, "done", "{command}");
        let [verified, changed] = &sent[..] else { panic!("{command}: {sent:?}") };
        assert!(verified.ends_with(&hex(old)), "{command}: {sent:?}");
        assert!(changed.ends_with(&(hex(old) + &hex(new))), "{command}: {sent:?}");
    }
}

#[test]
fn accelerators_focus_fields_and_press_buttons() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().press("alt+e").type_codes(&[PIN]).press("alt+y").type_codes(&[PIN]);
    operation.press("alt+p").type_codes(&[PUK]).press("alt+t");
    assert_eq!(operation.end().0, "done");
}

#[test]
fn letters_are_not_accepted_in_codes() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&["1x2345678", PIN, PIN]).press("Return");
    let (outcome, sent) = operation.end();
    assert_eq!(outcome, "done");
    assert!(sent[0].ends_with(&hex("12345678")), "{sent:?}");
}

/// Nothing that is typed into the window while the reader takes the codes has an effect.
#[test]
fn window_without_field_is_open_until_the_reader_has_the_codes() {
    let typed = root().join("target/windows/typed-on-reader");
    let _ = fs::remove_file(&typed); // from an earlier run
    let mut operation = RunningOperation::start(&["unlock", "--on-reader", typed.to_str().unwrap()]);
    operation.window().press("alt+s");
    operation.window().screenshot("dialog-reader.png").type_codes(&[PUK]);
    assert_eq!(windows().len(), 1);
    fs::write(&typed, "").unwrap();
    assert_eq!(operation.end(), without_commands("done"));
    assert!(windows().is_empty());
}

#[test]
fn window_may_be_closed_while_the_reader_takes_the_codes() {
    let typed = root().join("target/windows/typed-on-reader-later");
    let _ = fs::remove_file(&typed); // from an earlier run
    let mut operation = RunningOperation::start(&["unlock", "--on-reader", typed.to_str().unwrap()]);
    operation.window().press("alt+s");
    operation.window().press("Escape");
    wait_for("the closed window", || windows().is_empty().then_some(()));
    fs::write(&typed, "").unwrap();
    assert_eq!(operation.end(), without_commands("done"));
}

#[test]
fn different_repeat_asks_again_without_the_puk() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&[PUK, PIN, "739165"]).press("Return");
    operation.window().screenshot("dialog-differs.png").type_codes(&[PIN, PIN]).press("Return");
    assert_eq!(operation.end().0, "done");
}

#[test]
fn three_malformed_entries_end_the_operation_and_send_nothing() {
    let mut operation = RunningOperation::start(&["unlock"]);
    for _ in 0..3 {
        operation.window().type_codes(&["12", PIN, PIN]).press("Return");
    }
    assert_eq!(operation.end(), without_commands("malformed"));
}

#[test]
fn cancelling_sends_nothing() {
    for key in ["Escape", "alt+v", "alt+F4"] {
        let mut operation = RunningOperation::start(&["unlock"]);
        operation.window().type_codes(&[PUK, PIN, PIN]).press(key);
        assert_eq!(operation.end(), without_commands("cancelled"), "{key}");
    }
}

#[test]
fn closing_the_browser_closes_the_dialog() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&[PUK, PIN, PIN]).close_input();
    assert_eq!(operation.end(), without_commands("cancelled"));
    assert!(windows().is_empty());
}

#[test]
fn unanswered_dialog_times_out() {
    let mut operation = RunningOperation::start(&["unlock", "--seconds", "1"]);
    operation.window();
    assert_eq!(operation.end(), without_commands("timed-out"));
}

/// The user may have pressed Enter for another program.
#[test]
fn last_try_is_not_confirmed_by_enter() {
    let mut operation = RunningOperation::start(&["unlock", "--puk-tries", "1"]);
    operation.window().screenshot("dialog-last-try.png").press("Return");
    assert_eq!(operation.end(), without_commands("cancelled"));

    let mut operation = RunningOperation::start(&["unlock", "--puk-tries", "1"]);
    operation.window().press("alt+s");
    operation.window().type_codes(&[PUK, PIN, PIN]).press("Return");
    assert_eq!(operation.end().0, "done");
}

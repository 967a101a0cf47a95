//! The window for codes, with a person at the keyboard and a virtual card.

use crate::screen::{Asking, windows};

const PUK: &str = "12345678";
const PIN: &str = "739164";

fn hex(code: &str) -> String {
    code.bytes().map(|byte| format!("{byte:02X}")).collect()
}

fn nothing(outcome: &str) -> (String, Vec<String>) {
    (outcome.to_owned(), Vec::new())
}

#[test]
fn one_window_takes_puk_new_pin_and_its_repeat() {
    let mut asking = Asking::about(&["unlock"]);
    asking.window().picture("dialog.png").type_codes(&[PUK, PIN, PIN]).press("Return");
    let (outcome, sent) = asking.end();
    assert_eq!(outcome, "done");
    assert!(sent[0].ends_with(&hex(PUK)) && sent[1].ends_with(&hex(PIN)), "{sent:?}");
    assert!(windows().is_empty());
}

#[test]
fn both_codes_are_changed_in_it_too_and_in_english() {
    for (operation, old, new) in [("change-pin", "123456", PIN), ("change-puk", PUK, "81726354")] {
        let mut asking = Asking::about(&[operation, "--lang", "en"]);
        asking.window().type_codes(&[old, new, new]).press("Return");
        let (outcome, sent) = asking.end();
        assert_eq!((outcome.as_str(), sent.len()), ("done", 1), "{operation}");
        assert!(sent[0].ends_with(&(hex(old) + &hex(new))), "{operation}: {sent:?}");
    }
}

#[test]
fn letters_lead_to_fields_and_buttons() {
    let mut asking = Asking::about(&["unlock"]);
    asking.window().press("alt+e").type_codes(&[PIN]).press("alt+y").type_codes(&[PIN]);
    asking.press("alt+p").type_codes(&[PUK]).press("alt+t");
    assert_eq!(asking.end().0, "done");
}

#[test]
fn letters_are_not_taken_for_a_code() {
    let mut asking = Asking::about(&["unlock"]);
    asking.window().type_codes(&["1x2345678", PIN, PIN]).press("Return");
    let (outcome, sent) = asking.end();
    assert_eq!(outcome, "done");
    assert!(sent[0].ends_with(&hex("12345678")), "{sent:?}");
}

#[test]
fn what_differs_is_asked_again_without_the_puk() {
    let mut asking = Asking::about(&["unlock"]);
    asking.window().type_codes(&[PUK, PIN, "739165"]).press("Return");
    asking.window().picture("dialog-differs.png").type_codes(&[PIN, PIN]).press("Return");
    assert_eq!(asking.end().0, "done");
}

#[test]
fn three_malformed_entries_end_it_and_nothing_is_sent() {
    let mut asking = Asking::about(&["unlock"]);
    for _ in 0..3 {
        asking.window().type_codes(&["12", PIN, PIN]).press("Return");
    }
    assert_eq!(asking.end(), nothing("malformed"));
}

#[test]
fn who_gives_up_has_sent_nothing() {
    for key in ["Escape", "alt+v", "alt+F4"] {
        let mut asking = Asking::about(&["unlock"]);
        asking.window().type_codes(&[PUK, PIN, PIN]).press(key);
        assert_eq!(asking.end(), nothing("cancelled"), "{key}");
    }
}

#[test]
fn when_the_browser_goes_the_window_goes() {
    let mut asking = Asking::about(&["unlock"]);
    asking.window().type_codes(&[PUK, PIN, PIN]).leave();
    assert_eq!(asking.end(), nothing("cancelled"));
    assert!(windows().is_empty());
}

#[test]
fn a_window_that_nobody_answers_closes() {
    let mut asking = Asking::about(&["unlock", "--seconds", "1"]);
    asking.window();
    assert_eq!(asking.end(), nothing("timed-out"));
}

/// Enter may have been on its way to another program.
#[test]
fn the_last_try_wants_a_yes_that_is_meant() {
    let mut asking = Asking::about(&["unlock", "--puk-tries", "1"]);
    asking.window().picture("dialog-last-try.png").press("Return");
    assert_eq!(asking.end(), nothing("cancelled"));

    let mut asking = Asking::about(&["unlock", "--puk-tries", "1"]);
    asking.window().press("alt+s");
    asking.window().type_codes(&[PUK, PIN, PIN]).press("Return");
    assert_eq!(asking.end().0, "done");
}

//! Tests that the window can be used by everybody: its place before other windows, its size on any screen, the keyboard
//! alone, and what a screen reader says.

use crate::screen::RunningOperation;
use crate::support::window_typist::{forget_screen, window};
use crate::wine::{set, wait_for, wine};
use serde_json::json;
use std::process::{Child, Command, Stdio};

const PUK: &str = "12345678";
const PIN: &str = "739164";

const LANGUAGES: [&str; 2] = ["tr", "en"];

/// A program in the foreground, as the browser is; ended when dropped.
struct OtherProgram(Child);

impl OtherProgram {
    fn start() -> Self {
        let program = wine("notepad").stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        wait_for("the other program", || {
            let focused = Command::new("xdotool").args(["getwindowfocus", "getwindowname"]).output().unwrap();
            String::from_utf8_lossy(&focused.stdout).contains("Notepad").then_some(())
        });
        Self(program)
    }
}

impl Drop for OtherProgram {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A window that is not in front would leave the codes to the browser.
#[test]
fn first_window_is_in_front_and_gets_what_is_typed() {
    let _browser = OtherProgram::start();
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&[PUK, PIN, PIN]);
    assert_eq!(window()["is_in_front"], true);
    operation.press("Return");
    assert_eq!(operation.end().0, "done");
}

/// Without a window manager, X11 may leave the keyboard to the other program, which gets it first when the window before is
/// closed. Windows has no such second keyboard focus.
#[test]
fn further_window_is_in_front() {
    let _browser = OtherProgram::start();
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&["12", PIN, PIN]);
    window(); // the first one is not new any more
    operation.press("Return");
    let second = wait_for("the second window", || Some(window()).filter(|shown| shown["is_new"] == true));
    assert_eq!(second["is_in_front"], true);
}

#[test]
fn screen_reader_is_told_the_window_its_text_and_each_field() {
    let expected = [
        ["PUK", "Yeni PIN", "Yeni PIN (tekrar)", "Kalan PUK denemesi: 3"],
        ["PUK", "New PIN", "New PIN (again)", "PUK tries left: 3"],
    ];
    for (lang, [puk, pin, repeat, tries]) in LANGUAGES.into_iter().zip(expected) {
        let mut operation = RunningOperation::start(&["unlock", "--lang", lang]);
        operation.window();
        let shown = window();
        assert_eq!((&shown["fields"], &shown["focus"]), (&json!([puk, pin, repeat]), &json!(puk)), "{lang}");
        let [text] = shown["texts"].as_array().unwrap().as_slice() else { panic!("{shown}") };
        assert!(text.as_str().unwrap().contains(tries), "{shown}");
        assert_ne!(shown["name"], "", "{lang}");
    }
}

/// Wine tells the text of a field to a program that asks the field for it; whether Windows does was not tried.
#[test]
fn entries_are_no_part_of_what_a_screen_reader_says() {
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window().type_codes(&[PUK, PIN, PIN]);
    wait_for("the last field", || (window()["focus"] == "Yeni PIN (tekrar)").then_some(()));
    let shown = window().to_string();
    assert!(!shown.contains(PUK) && !shown.contains(PIN), "{shown}");
}

#[test]
fn window_is_used_with_the_keyboard_alone() {
    let focus = |name: &str| wait_for(name, || (window()["focus"] == name).then_some(()));
    let mut operation = RunningOperation::start(&["unlock"]);
    operation.window();
    for (name, code) in [("PUK", PUK), ("Yeni PIN", PIN), ("Yeni PIN (tekrar)", PIN)] {
        focus(name);
        operation.type_codes(&[code]).press("Tab");
    }
    for (name, key) in [("Tamam", "Tab"), ("Vazgeç", "Tab"), ("PUK", "shift+Tab"), ("Vazgeç", "shift+Tab")]
    {
        focus(name);
        operation.press(key);
    }
    focus("Tamam");
    operation.press("space");
    assert_eq!(operation.end().0, "done");
}

#[test]
fn window_grows_with_the_resolution_and_cuts_no_text_off() {
    let desktop = r"HKCU\Control Panel\Desktop";
    let mut widths = Vec::new();
    for dots_per_inch in ["96", "192", "144"] {
        set(desktop, Some("LogPixels"), "REG_DWORD", dots_per_inch);
        forget_screen();
        for lang in LANGUAGES {
            for options in [&["unlock"][..], &["change-pin"], &["unlock", "--puk-tries", "1"]] {
                let mut operation = RunningOperation::start(&[options, &["--lang", lang]].concat());
                let width = operation.window().width();
                let shown = window();
                assert_eq!(shown["cut_off"], json!([]), "{dots_per_inch} {lang} {options:?}: {shown}");
                widths.push(width);
            }
        }
    }
    let [small, large] = [widths[0], widths[6]];
    assert!((large * 10).abs_diff(small * 20) < small * 2, "{small} and {large} pixels");
}

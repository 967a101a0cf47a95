//! Tests of a card that is pulled, swapped, reset or taken by another program while a question is open, at each question of
//! an unlock. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use pcsc::ShareMode;
use serde_json::{Value, json};
use std::process::{Command, Stdio};
use support::{HOST, Host, ScriptedPinentry, VirtualCard, error, origin, other_program, wait_for};

/// A question of an unlock.
struct Question {
    name: &'static str,
    /// The card that leads to it.
    card: &'static [&'static str],
    /// The answers, with a pause at this question.
    answers: Value,
    is_open: fn(&ScriptedPinentry) -> bool,
}

fn questions() -> [Question; 4] {
    let confirms = |pinentry: &ScriptedPinentry| pinentry.commands().contains("CONFIRM\n");
    [
        Question {
            name: "last try",
            card: &["--pin-tries", "0", "--puk-tries", "1"],
            answers: json!({"CONFIRM": ["<pause>", "yes"], "PUK": ["12345678"], "Yeni PIN": ["739164"]}),
            is_open: confirms,
        },
        Question {
            name: "PUK",
            card: &["--pin-tries", "0"],
            answers: json!({"PUK": ["<pause>", "12345678"], "Yeni PIN": ["739164"]}),
            is_open: |pinentry| pinentry.times_asked() == 1,
        },
        Question {
            name: "new PIN",
            card: &["--pin-tries", "0"],
            answers: json!({"PUK": ["12345678"], "Yeni PIN": ["<pause>", "739164"]}),
            is_open: |pinentry| pinentry.times_asked() == 2,
        },
        Question {
            name: "weak PIN",
            card: &["--pin-tries", "0"],
            answers: json!({"PUK": ["12345678"], "Yeni PIN": ["777777"], "CONFIRM": ["<pause>", "yes"]}),
            is_open: confirms,
        },
    ]
}

/// An unlock that waits at a question.
struct WaitingUnlock {
    host: Host,
    pinentry: ScriptedPinentry,
}

impl WaitingUnlock {
    fn at(question: &Question) -> (VirtualCard, Self) {
        let card = VirtualCard::insert(question.card);
        let pinentry = ScriptedPinentry::new(&question.answers);
        let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()).env("PATH", pinentry.path()));
        host.send(&json!({"id": 1, "command": "unlock"}));
        wait_for(question.name, || (question.is_open)(&pinentry));
        (card, Self { host, pinentry })
    }

    /// Has the user answer; returns the error.
    fn answer(mut self) -> String {
        self.pinentry.resume();
        error(&self.host.receive_reply()).to_owned()
    }
}

/// What may be said of a card that was pulled: the service tells it apart from a swapped one only if it is asked in time.
const GONE: [&str; 2] = ["card-removed", "card-changed"];

fn has_code(card: &VirtualCard) -> bool {
    card.commands_up_to_the_last_code() > 0
}

#[test]
fn card_pulled_at_any_question_ends_the_unlock() {
    for question in questions() {
        let (card, unlock) = WaitingUnlock::at(&question);
        drop(card);
        let error = unlock.answer();
        assert!(GONE.contains(&error.as_str()), "{}: {error}", question.name);
    }
}

#[test]
fn card_swapped_at_any_question_gets_no_code() {
    for question in questions() {
        let (card, unlock) = WaitingUnlock::at(&question);
        drop(card);
        let second = VirtualCard::insert(question.card);
        let error = unlock.answer();
        assert!(GONE.contains(&error.as_str()), "{}: {error}", question.name);
        assert!(!has_code(&second), "{}", question.name);
    }
}

#[test]
fn card_reset_at_any_question_gets_no_code() {
    for question in questions() {
        let (card, unlock) = WaitingUnlock::at(&question);
        let reset = Command::new("opensc-tool").args(["--reset"]).stdout(Stdio::null()).status();
        assert!(reset.unwrap().success());
        assert_eq!(unlock.answer(), "card-changed", "{}", question.name);
        assert!(!has_code(&card), "{}", question.name);
    }
}

/// A signing program may hold the card while it asks for a PIN itself.
#[test]
fn card_taken_at_any_question_gets_no_code() {
    for question in questions() {
        let (card, unlock) = WaitingUnlock::at(&question);
        let mut other = other_program(ShareMode::Shared);
        let _transaction = other.transaction().unwrap();
        assert_eq!(unlock.answer(), "card-busy", "{}", question.name);
        assert!(!has_code(&card), "{}", question.name);
    }
}

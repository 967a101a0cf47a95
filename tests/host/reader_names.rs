//! Tests of readers whose names are not ASCII. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use support::own_service::with_own_service;
use support::{HOST, ScriptedPinentry, error};

const NAME: &str = "Akıllı Kart Okuyucu ğüşİöç";

#[test]
fn name_with_turkish_letters_is_shown_and_chosen_by() {
    let pinentry = ScriptedPinentry::entering("12345678", "739164");
    let host = |arguments: &str| -> Value {
        let output = with_own_service(NAME, &format!("{HOST} {arguments} --json || true"), &pinentry);
        let output = { output }.output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
    };
    let shown = format!("{NAME} 00 00");
    let status = host("status");
    assert_eq!(status["readers"][0]["name"], shown, "{status}");
    assert_eq!(status["readers"][0]["card"]["certificates"][0]["holder"], "ÖRNEK İMZA SAHİBİ ĞÜŞIÇ");

    assert_eq!(
        host(&format!("unlock --reader '{shown}'")),
        json!({"unlocked": true, "reader": shown}),
        "{}",
        pinentry.commands()
    );
    assert!(pinentry.commands().contains(&format!("Okuyucu: {shown}")), "{}", pinentry.commands());

    let other = shown.replace('ğ', "g");
    assert_eq!(error(&host(&format!("unlock --reader '{other}'"))), "reader-gone");
}

//! Tests of changing PIN and PUK, and of the rules for new codes, with a real pcscd, which `cargo xtask test`
//! starts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use support::{
    ScriptedPinentry, VirtualCard, error, opensc_akis, opensc_has_akis_driver, opensc_verifies, operate,
    reader, unlock,
};

const NEW_PIN: &str = "739164";
const NEW_PUK: &str = "81726354";

fn change_pin(old: &str, new: &str) -> Value {
    operate(&["change-pin"], &ScriptedPinentry::new(&pin_answers(old, &json!([new]))))
}

fn pin_answers(old: &str, new: &Value) -> Value {
    json!({"Mevcut PIN": [old], "Yeni PIN": new, "CONFIRM": ["yes"]})
}

fn change_puk(old: &str, new: &str) -> Value {
    operate(
        &["change-puk"],
        &ScriptedPinentry::new(&json!({"PUK": [old], "Yeni PUK": [new], "CONFIRM": ["yes"]})),
    )
}

#[test]
fn pin_is_changed_with_the_current_pin() {
    for profile in ["sanal", "akis-2x", "akis-2x-in-parts", "akis-2x-neither", "akis-1x-6984"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        assert_eq!(change_pin("123456", NEW_PIN)["changed"], true, "{profile}");
        assert!(opensc_verifies(NEW_PIN), "{profile}");
    }
}

#[test]
fn akis_1_0_gets_its_own_change_command() {
    let card = VirtualCard::insert(&["--profile", "akis-1.0"]);
    assert_eq!(change_pin("123456", NEW_PIN)["changed"], true);
    if !opensc_has_akis_driver() {
        return assert!(card.accepted_the_last_code());
    }
    let verified = opensc_akis(&["--verify-pin", "--auth-id", "01", "--pin", NEW_PIN]);
    assert!(verified.status.success());
}

#[test]
fn changed_puk_unblocks_the_pin() {
    for profile in ["sanal", "akis-1.0"] {
        let _card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        assert_eq!(change_puk("12345678", NEW_PUK)["changed"], true, "{profile}");
        assert_eq!(unlock(&ScriptedPinentry::entering(NEW_PUK, NEW_PIN))["unlocked"], true, "{profile}");
    }
}

/// Regression: the card split the two codes at the length of its own, and was left with a PIN that nobody had typed.
#[test]
fn old_code_with_digits_too_many_changes_nothing() {
    for profile in ["sanal", "akis-2x"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        assert_eq!(error(&change_pin("12345678", "739164")), "pin-wrong", "{profile}");
        assert!(opensc_verifies("123456"), "{profile}");
    }
}

#[test]
fn fixed_puk_is_reported_before_prompting() {
    let card = VirtualCard::insert(&["--profile", "akis-2x-fixed-puk"]);
    assert_eq!(reader()["card"]["changeable"], json!({"pin": true, "puk": false}));
    let pinentry = ScriptedPinentry::new(&json!({}));
    assert_eq!(error(&operate(&["change-puk"], &pinentry)), "change-unsupported");
    assert_eq!(pinentry.times_asked(), 0);
    assert!(!card.received("24"));
}

#[test]
fn wrong_code_uses_one_try_and_is_sent_once() {
    let card = VirtualCard::insert(&[]);
    let refused = change_pin("000000", NEW_PIN);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("pin-wrong", &json!(2)));
    let refused = change_puk("00000000", NEW_PUK);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("puk-wrong", &json!(2)));
    let sent: Vec<_> = card.log().into_iter().filter(|line| !line.contains(" lc=0 ")).collect();
    let count = |command: &str| sent.iter().filter(|line| line.starts_with(command)).count();
    assert_eq!((count("0020"), count("0024")), (2, 0), "{sent:#?}");
    assert_eq!(reader()["card"]["pin"]["tries"], 2);
    assert_eq!(reader()["card"]["puk"]["tries"], 2);
}

#[test]
fn blocked_code_is_reported_before_prompting() {
    let card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "0"]);
    for (operation, expected) in [("change-pin", "pin-blocked"), ("change-puk", "puk-blocked")] {
        let pinentry = ScriptedPinentry::new(&json!({}));
        assert_eq!(error(&operate(&[operation], &pinentry)), expected);
        assert_eq!(pinentry.times_asked(), 0);
    }
    assert!(!card.received("24"));
}

#[test]
fn blocked_code_is_reported_afterwards_if_the_card_hides_its_state() {
    let _card = VirtualCard::insert(&["--profile", "akis-1x-6984", "--pin-tries", "0"]);
    assert_eq!(error(&change_pin("123456", NEW_PIN)), "pin-blocked");
}

#[test]
fn last_and_unknown_tries_require_confirmation() {
    for card in [&["--pin-tries", "1"][..], &["--profile", "akis-2x"]] {
        let _card = VirtualCard::insert(card);
        let pinentry = ScriptedPinentry::new(&json!({"CONFIRM": ["<cancel>"]}));
        assert_eq!(error(&operate(&["change-pin"], &pinentry)), "cancelled", "{card:?}");
        assert_eq!(pinentry.times_asked(), 0);
    }
}

#[test]
fn change_requires_a_code_that_differs_from_the_old_one() {
    let card = VirtualCard::insert(&[]);
    let pinentry = ScriptedPinentry::new(&pin_answers("739164", &json!(["739164"])));
    assert_eq!(error(&operate(&["change-pin"], &pinentry)), "malformed");
    assert!(pinentry.commands().contains("Yeni PIN eskisiyle aynı olamaz"), "{}", pinentry.commands());
    assert!(!card.received("24"));
}

#[test]
fn unlock_may_set_the_old_pin_again() {
    let _card = VirtualCard::insert(&["--pin", "739164", "--pin-tries", "0"]);
    assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "739164"))["unlocked"], true);
    assert!(opensc_verifies("739164"));
}

#[test]
fn weak_code_is_warned_about_with_the_reason() {
    for (weak, reason) in [
        ("123456", "art arda gelen rakamlardan"),
        ("777777", "tek bir rakamın tekrarı"),
        ("000146", "T.C. kimlik numaranızın"),
        ("230580", "doğum tarihinizden"),
    ] {
        let _card = VirtualCard::insert(&["--pin-tries", "0"]);
        let pinentry = ScriptedPinentry::new(
            &json!({"PUK": ["12345678"], "Yeni PIN": [weak, NEW_PIN], "CONFIRM": ["<cancel>"]}),
        );
        assert_eq!(unlock(&pinentry)["unlocked"], true, "{weak}");
        assert!(pinentry.commands().contains(reason), "{weak}\n{}", pinentry.commands());
        assert!(opensc_verifies(NEW_PIN), "{weak} was declined");
    }
}

#[test]
fn confirmed_weak_code_is_used() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    assert_eq!(unlock(&ScriptedPinentry::entering("12345678", "777777"))["unlocked"], true);
    assert!(opensc_verifies("777777"));
}

#[test]
fn three_declined_weak_codes_end_the_operation() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let answers = json!({"PUK": ["12345678"], "Yeni PIN": ["777777"], "CONFIRM": ["<cancel>"]});
    assert_eq!(error(&unlock(&ScriptedPinentry::new(&answers))), "malformed");
    assert!(!card.received("2C"));
}

#[test]
fn strong_code_is_not_warned_about() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let pinentry =
        ScriptedPinentry::new(&json!({"PUK": ["12345678"], "Yeni PIN": [NEW_PIN], "CONFIRM": ["<cancel>"]}));
    assert_eq!(unlock(&pinentry)["unlocked"], true);
}

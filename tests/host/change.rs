//! Changing PIN and PUK, and the rules for new codes, through a real pcscd. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::{Value, json};
use support::{Typist, VirtualCard, error, opensc_akis, opensc_verifies, operate, reader, unlock};

const NEW_PIN: &str = "739164";
const NEW_PUK: &str = "81726354";

fn change_pin(old: &str, new: &str) -> Value {
    operate(&["change-pin"], &Typist::new(&pin_answers(old, &json!([new]))))
}

fn pin_answers(old: &str, new: &Value) -> Value {
    json!({"Mevcut PIN": [old], "Yeni PIN": new, "CONFIRM": ["yes"]})
}

fn change_puk(old: &str, new: &str) -> Value {
    operate(&["change-puk"], &Typist::new(&json!({"PUK": [old], "Yeni PUK": [new], "CONFIRM": ["yes"]})))
}

#[test]
fn a_pin_is_changed_by_who_knows_it() {
    for profile in ["sanal", "akis-2x", "akis-2x-in-parts", "akis-2x-neither", "akis-1x-6984"] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        assert_eq!(change_pin("123456", NEW_PIN)["changed"], true, "{profile}");
        assert!(opensc_verifies(NEW_PIN), "{profile}");
    }
}

#[test]
fn the_first_akis_gets_its_own_command() {
    let _card = VirtualCard::insert(&["--profile", "akis-1.0"]);
    assert_eq!(change_pin("123456", NEW_PIN)["changed"], true);
    let verified = opensc_akis(&["--verify-pin", "--auth-id", "01", "--pin", NEW_PIN]);
    assert!(verified.status.success());
}

#[test]
fn a_puk_is_changed_by_who_knows_it_and_then_unblocks() {
    for profile in ["sanal", "akis-1.0"] {
        let _card = VirtualCard::insert(&["--profile", profile, "--pin-tries", "0"]);
        assert_eq!(change_puk("12345678", NEW_PUK)["changed"], true, "{profile}");
        assert_eq!(unlock(&Typist::knowing(NEW_PUK, NEW_PIN))["unlocked"], true, "{profile}");
    }
}

#[test]
fn a_card_with_a_fixed_puk_says_so_and_nobody_is_asked() {
    let card = VirtualCard::insert(&["--profile", "akis-2x-fixed-puk"]);
    assert_eq!(reader()["card"]["changeable"], json!({"pin": true, "puk": false}));
    let typist = Typist::new(&json!({}));
    assert_eq!(error(&operate(&["change-puk"], &typist)), "change-unsupported");
    assert_eq!(typist.times_asked(), 0);
    assert!(!card.got("24"));
}

#[test]
fn a_wrong_code_costs_one_try_and_is_sent_once() {
    let card = VirtualCard::insert(&[]);
    let refused = change_pin("000000", NEW_PIN);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("pin-wrong", &json!(2)));
    let refused = change_puk("00000000", NEW_PUK);
    assert_eq!((error(&refused), &refused["error"]["tries"]), ("puk-wrong", &json!(2)));
    assert_eq!(card.log().iter().filter(|line| line.starts_with("0024")).count(), 2);
    assert_eq!(reader()["card"]["pin"]["tries"], 2);
    assert_eq!(reader()["card"]["puk"]["tries"], 2);
}

#[test]
fn a_blocked_code_is_told_before_anything_is_asked() {
    let card = VirtualCard::insert(&["--pin-tries", "0", "--puk-tries", "0"]);
    for (operation, expected) in [("change-pin", "pin-blocked"), ("change-puk", "puk-blocked")] {
        let typist = Typist::new(&json!({}));
        assert_eq!(error(&operate(&[operation], &typist)), expected);
        assert_eq!(typist.times_asked(), 0);
    }
    assert!(!card.got("24"));
}

#[test]
fn a_code_that_is_blocked_where_the_card_does_not_tell_is_called_so_afterwards() {
    let _card = VirtualCard::insert(&["--profile", "akis-1x-6984", "--pin-tries", "0"]);
    assert_eq!(error(&change_pin("123456", NEW_PIN)), "pin-blocked");
}

#[test]
fn the_last_try_and_an_unknown_number_of_tries_need_an_explicit_yes() {
    for card in [&["--pin-tries", "1"][..], &["--profile", "akis-2x"]] {
        let _card = VirtualCard::insert(card);
        let typist = Typist::new(&json!({"CONFIRM": ["<cancel>"]}));
        assert_eq!(error(&operate(&["change-pin"], &typist)), "cancelled", "{card:?}");
        assert_eq!(typist.times_asked(), 0);
    }
}

#[test]
fn a_change_wants_another_code_than_the_old_one() {
    let card = VirtualCard::insert(&[]);
    let typist = Typist::new(&pin_answers("739164", &json!(["739164"])));
    assert_eq!(error(&operate(&["change-pin"], &typist)), "malformed");
    assert!(typist.was_told().contains("Yeni PIN eskisiyle aynı olamaz"), "{}", typist.was_told());
    assert!(!card.got("24"));
}

#[test]
fn after_an_unlock_the_old_pin_may_come_back() {
    let _card = VirtualCard::insert(&["--pin", "739164", "--pin-tries", "0"]);
    assert_eq!(unlock(&Typist::knowing("12345678", "739164"))["unlocked"], true);
    assert!(opensc_verifies("739164"));
}

#[test]
fn a_weak_code_is_warned_of_with_the_reason() {
    for (weak, reason) in [
        ("123456", "art arda gelen rakamlardan"),
        ("777777", "tek bir rakamın tekrarı"),
        ("000146", "T.C. kimlik numaranızın"),
        ("230580", "doğum tarihinizden"),
    ] {
        let _card = VirtualCard::insert(&["--pin-tries", "0"]);
        let typist =
            Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": [weak, NEW_PIN], "CONFIRM": ["<cancel>"]}));
        assert_eq!(unlock(&typist)["unlocked"], true, "{weak}");
        assert!(typist.was_told().contains(reason), "{weak}\n{}", typist.was_told());
        assert!(opensc_verifies(NEW_PIN), "{weak} was not insisted on");
    }
}

#[test]
fn who_insists_on_a_weak_code_gets_it() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    assert_eq!(unlock(&Typist::knowing("12345678", "777777"))["unlocked"], true);
    assert!(opensc_verifies("777777"));
}

#[test]
fn three_weak_codes_that_nobody_insists_on_end_it() {
    let card = VirtualCard::insert(&["--pin-tries", "0"]);
    let answers = json!({"PUK": ["12345678"], "Yeni PIN": ["777777"], "CONFIRM": ["<cancel>"]});
    assert_eq!(error(&unlock(&Typist::new(&answers))), "malformed");
    assert!(!card.got("2C"));
}

#[test]
fn a_code_that_is_not_weak_is_not_warned_of() {
    let _card = VirtualCard::insert(&["--pin-tries", "0"]);
    let typist = Typist::new(&json!({"PUK": ["12345678"], "Yeni PIN": [NEW_PIN], "CONFIRM": ["<cancel>"]}));
    assert_eq!(unlock(&typist)["unlocked"], true);
}

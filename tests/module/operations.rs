//! Operations through the module.

use crate::driver::{Driver, NEW_PIN, PIN, PUK};
use crate::support::{ScriptedPinentry, error};
use crate::{assert_no_code_in_commands, insert_unconfirmed_card};
use serde_json::json;

#[test]
fn unlock_logs_in_once_and_sends_no_code_over_the_other_route() {
    let card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
    assert_eq!(done["unlocked"], true, "{done}");
    assert_eq!(driver.calls_with_codes(), ["C_Login SO nul", "C_InitPIN nul"]);
    assert_eq!((driver.pin().as_str(), driver.tries()), (NEW_PIN, 3));
    assert_no_code_in_commands(&card);
}

#[test]
fn wrong_puk_uses_one_try_whenever_the_module_reports_it() {
    for (settings, calls) in [("", &["C_Login SO nul"][..]), ("late", &["C_Login SO nul", "C_InitPIN nul"])] {
        let card = insert_unconfirmed_card();
        let driver = Driver::showing_card(settings);
        let refused = driver.unlock(&ScriptedPinentry::entering("87654321", NEW_PIN));
        assert_eq!(error(&refused), "puk-wrong", "{refused}");
        assert_eq!(refused["error"].get("tries"), None, "the module does not tell them");
        assert_eq!(driver.calls_with_codes(), calls);
        assert_eq!((driver.pin().as_str(), driver.tries()), (PIN, 2));
        assert_no_code_in_commands(&card);
    }
}

#[test]
fn blocked_puk_is_told_by_result_or_flag() {
    for settings in ["result C_Login 164", "result C_InitPIN 164", "late\nresult C_InitPIN 164"] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(settings);
        assert_eq!(error(&driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN))), "puk-blocked");
    }
}

#[test]
fn refused_new_pin_and_missing_support_are_told_apart() {
    for (settings, expected) in [
        ("result C_InitPIN 161", "pin-refused"),
        ("result C_InitPIN 162", "pin-refused"),
        ("result C_Login 84", "unlock-unsupported"),
        ("result C_InitPIN 84", "unlock-unsupported"),
        ("result C_Login 259", "unlock-unsupported"),
    ] {
        let card = insert_unconfirmed_card();
        let driver = Driver::showing_card(settings);
        let refused = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        assert_eq!(error(&refused), expected, "{settings}: {refused}");
        assert_no_code_in_commands(&card); // the other route is not tried
    }
}

#[test]
fn pin_is_changed_without_a_login() {
    let card = crate::VirtualCard::insert(&["--profile", "akis-2x"]);
    let driver = Driver::showing_card("");
    let answers = json!({"Mevcut PIN": [PIN], "Yeni PIN": [NEW_PIN], "CONFIRM": ["yes"]});
    let done = driver.operate(&["change-pin"], &ScriptedPinentry::new(&answers));
    assert_eq!(done["changed"], true, "{done}");
    assert_eq!(driver.calls_with_codes(), ["C_SetPIN nul"]);
    assert_eq!(driver.pin(), NEW_PIN);
    let wrong = driver.operate(&["change-pin"], &ScriptedPinentry::new(&answers));
    assert_eq!(error(&wrong), "pin-wrong", "{wrong}");
    assert_no_code_in_commands(&card);
}

#[test]
fn puk_is_changed_in_a_session_of_the_security_officer() {
    let card = crate::VirtualCard::insert(&["--profile", "akis-2x"]);
    let driver = Driver::showing_card("");
    let answers = json!({"PUK": [PUK], "Yeni PUK": ["83649205"], "CONFIRM": ["yes"]});
    let done = driver.operate(&["change-puk"], &ScriptedPinentry::new(&answers));
    assert_eq!(done["changed"], true, "{done}");
    assert_eq!(driver.calls_with_codes(), ["C_Login SO nul", "C_SetPIN nul"]);
    let unlocked = driver.unlock(&ScriptedPinentry::entering("83649205", NEW_PIN));
    assert_eq!(unlocked["unlocked"], true, "{unlocked}");
    assert_no_code_in_commands(&card);
}

/// AKİS's module takes no argument; others take nothing else. A list of slots with a token may be empty.
#[test]
fn module_is_initialized_as_it_wants() {
    for (settings, calls) in [
        ("initialize null", &["C_Initialize NULL"][..]),
        ("initialize arguments", &["C_Initialize NULL", "C_Initialize arguments"]),
        ("result C_Initialize 10", &["C_Initialize NULL", "C_Initialize arguments"]),
    ] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(settings);
        driver.unlock(&ScriptedPinentry::new(&json!({})));
        let initialized: Vec<_> =
            driver.calls().into_iter().filter(|call| call.starts_with("C_Initialize")).collect();
        assert_eq!(initialized, calls, "{settings}");
        assert!(!driver.calls().contains(&"C_GetSlotList TRUE".to_owned()));
    }
}

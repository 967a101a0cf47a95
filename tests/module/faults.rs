//! A module that crashes, hangs or loses an answer at any call.

use crate::driver::{Driver, NEW_PIN, PUK};
use crate::questions::declining;
use crate::support::{ScriptedPinentry, error, other_program};
use crate::{assert_no_code_in_commands, insert_unconfirmed_card};
use pcsc::ShareMode;
use serde_json::json;
use std::time::{Duration, Instant};

/// The calls before any code is asked for.
const FINDING: [&str; 11] = [
    "C_GetFunctionList",
    "C_Initialize",
    "C_GetInfo",
    "C_GetSlotList",
    "C_GetSlotInfo",
    "C_GetTokenInfo",
    "C_OpenSession",
    "C_FindObjectsInit",
    "C_FindObjects",
    "C_GetAttributeValue",
    "C_FindObjectsFinal",
];

/// Finding the card fails: the user is told before any code is asked for, and may decline.
#[test]
fn module_that_fails_before_codes_is_no_module() {
    for call in FINDING {
        for fault in ["crash", "lost"] {
            let card = insert_unconfirmed_card();
            let driver = Driver::showing_card(&format!("{fault} {call}"));
            let pinentry = declining();
            assert_eq!(error(&driver.unlock(&pinentry)), "cancelled", "{fault} {call}");
            assert!(pinentry.commands().contains("kart üreticisinin sürücüsü"), "{}", pinentry.commands());
            assert_eq!((pinentry.times_asked(), driver.calls_with_codes().len()), (0, 0), "{fault} {call}");
            assert_no_code_in_commands(&card);
        }
    }
}

#[test]
fn module_that_hangs_before_codes_is_given_up() {
    let card = insert_unconfirmed_card();
    let driver = Driver::showing_card("hang C_Initialize");
    let pinentry = declining();
    let start = Instant::now();
    assert_eq!(error(&driver.unlock(&pinentry)), "cancelled");
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(pinentry.times_asked(), 0);
    assert_is_gone(driver.process().unwrap());
    assert_no_code_in_commands(&card);
}

/// The codes were entered, but not passed on: nothing is tried in another way.
#[test]
fn module_that_fails_after_the_entry_and_before_the_login_gets_no_code() {
    for call in ["C_OpenSession", "C_GetTokenInfo", "C_FindObjectsInit", "C_FindObjects"] {
        for fault in ["crash", "lost"] {
            let card = insert_unconfirmed_card();
            let driver = Driver::showing_card("");
            let settings = format!("token card.der\n{fault} {call}");
            let done = crate::matching::unlock_while(&driver, || driver.configure(&settings));
            assert_eq!(error(&done), "card-silent", "{fault} {call}: {done}");
            assert_eq!(driver.calls_with_codes(), [""; 0], "{fault} {call}");
            assert_no_code_in_commands(&card);
        }
    }
}

#[test]
fn module_that_fails_with_codes_has_an_unknown_outcome_and_is_not_asked_again() {
    for (call, fault, calls) in [
        ("C_Login", "crash", &["C_Login SO nul"][..]),
        ("C_Login", "lost", &["C_Login SO nul"]),
        ("C_Login", "hang", &["C_Login SO nul"]),
        ("C_InitPIN", "crash", &["C_Login SO nul", "C_InitPIN nul"]),
        ("C_InitPIN", "lost", &["C_Login SO nul", "C_InitPIN nul"]),
        ("C_InitPIN", "hang", &["C_Login SO nul", "C_InitPIN nul"]),
    ] {
        let card = insert_unconfirmed_card();
        let driver = Driver::showing_card(&format!("{fault} {call}"));
        let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        assert_eq!(error(&done), "outcome-unknown", "{fault} {call}: {done}");
        assert_eq!(driver.calls_with_codes(), calls, "{fault} {call}");
        assert_is_gone(driver.process().unwrap());
        assert_no_code_in_commands(&card);
    }
}

/// The result was received; what the module does afterwards changes nothing.
#[test]
fn module_that_fails_at_its_end_has_done_its_work() {
    for fault in ["crash C_Finalize", "hang C_Finalize", "lost C_Finalize"] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(fault);
        let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        assert_eq!(done["unlocked"], true, "{fault}: {done}");
        assert_is_gone(driver.process().unwrap());
    }
}

/// A module that was ended between login and new PIN leaves the card authorized.
#[test]
fn card_is_reset_after_the_module_is_gone_however_it_ended() {
    for (settings, is_reset) in [("", true), ("crash C_InitPIN", true), ("result C_Login 160", true)] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(settings);
        let mut other = other_program(ShareMode::Shared);
        assert!(other.transaction().is_ok());
        driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        let result = other.transaction().map(drop);
        assert_eq!(result == Err(pcsc::Error::ResetCard), is_reset, "{settings:?}: {result:?}");
    }
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let mut other = other_program(ShareMode::Shared);
    driver.unlock(&ScriptedPinentry::new(&json!({"CONFIRM": ["<cancel>"]})));
    assert!(other.transaction().is_ok(), "no code, no reset");
}

fn assert_is_gone(process: u32) {
    assert!(!std::path::Path::new(&format!("/proc/{process}")).exists(), "{process} still runs");
}

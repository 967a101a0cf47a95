//! Modules that others wrote, judged by their own tools.

use crate::driver::{Driver, NEW_PIN, PIN, PUK};
use crate::support::{ScriptedPinentry, VirtualCard, error, opensc_verifies, reader};
use crate::{assert_no_code_in_commands, insert_unconfirmed_card};
use serde_json::json;

#[test]
fn softhsm_gets_a_new_pin() {
    let card = insert_unconfirmed_card();
    let driver = Driver::softhsm();
    let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
    assert_eq!(done["unlocked"], true, "{done}");
    assert!(driver.softhsm_accepts_pin(NEW_PIN));
    assert!(!driver.softhsm_accepts_pin(PIN));
    assert_no_code_in_commands(&card);
}

#[test]
fn softhsm_refuses_a_wrong_puk() {
    let card = insert_unconfirmed_card();
    let driver = Driver::softhsm();
    let refused = driver.unlock(&ScriptedPinentry::entering("87654321", NEW_PIN));
    assert_eq!(error(&refused), "puk-wrong", "{refused}");
    assert!(driver.softhsm_accepts_pin(PIN));
    assert_no_code_in_commands(&card);
}

#[test]
fn softhsm_changes_both_codes() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x"]);
    let driver = Driver::softhsm();
    let answers = json!({"Mevcut PIN": [PIN], "Yeni PIN": [NEW_PIN], "CONFIRM": ["yes"]});
    let done = driver.operate(&["change-pin"], &ScriptedPinentry::new(&answers));
    assert_eq!(done["changed"], true, "{done}");
    assert!(driver.softhsm_accepts_pin(NEW_PIN) && !driver.softhsm_accepts_pin(PIN));
    let answers = json!({"PUK": [PUK], "Yeni PUK": ["83649205"], "CONFIRM": ["yes"]});
    let done = driver.operate(&["change-puk"], &ScriptedPinentry::new(&answers));
    assert_eq!(done["changed"], true, "{done}");
    assert!(driver.softhsm_accepts_puk("83649205") && !driver.softhsm_accepts_puk(PUK));
}

/// Returns the commands with codes that a card received, as instruction bytes.
fn commands_with_codes(card: &VirtualCard) -> Vec<String> {
    let log = card.log().into_iter().map(|line| line.replace(' ', ""));
    log.filter(|line| ["20", "24", "2C"].contains(&&line[2..4])).map(|line| line[2..4].to_owned()).collect()
}

#[test]
fn opensc_unblocks_the_card() {
    let card = insert_unconfirmed_card();
    let done = Driver::opensc().unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
    assert_eq!(done["unlocked"], true, "{done}\n{:#?}", card.log());
    assert_eq!(commands_with_codes(&card).iter().filter(|one| *one == "2C").count(), 1, "{:#?}", card.log());
    assert!(opensc_verifies(NEW_PIN));
    assert!(!opensc_verifies(PIN));
}

/// OpenSC sends the PUK with C_InitPIN only.
#[test]
fn opensc_spends_one_try_of_a_wrong_puk() {
    let card = VirtualCard::insert(&["--profile", "akis-2x", "--pin-tries", "0"]);
    let refused = Driver::opensc().unlock(&ScriptedPinentry::entering("87654321", NEW_PIN));
    assert_eq!(error(&refused), "puk-wrong", "{refused}");
    assert_eq!(commands_with_codes(&card).len(), 1, "{:#?}", card.log());
    // The last of two more tries would block it.
    let again = Driver::opensc().unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
    assert_eq!(again["unlocked"], true, "{again} {}", reader());
}

#[test]
fn opensc_changes_the_pin() {
    let _card = VirtualCard::insert(&["--profile", "akis-2x"]);
    let answers = json!({"Mevcut PIN": [PIN], "Yeni PIN": [NEW_PIN], "CONFIRM": ["yes"]});
    let done = Driver::opensc().operate(&["change-pin"], &ScriptedPinentry::new(&answers));
    assert_eq!(done["changed"], true, "{done}");
    assert!(opensc_verifies(NEW_PIN) && !opensc_verifies(PIN));
}

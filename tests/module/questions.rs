//! What is asked before codes go to the module.

use crate::driver::{Driver, NEW_PIN, PUK};
use crate::insert_unconfirmed_card;
use crate::support::{ScriptedPinentry, error};
use serde_json::json;

const LOCKED: u64 = 1 << 22;
const FINAL_TRY: u64 = 1 << 21;
const COUNT_LOW: u64 = 1 << 20;

/// Accepts that the tries are not known, and declines what is asked about the route.
pub fn declining() -> ScriptedPinentry {
    ScriptedPinentry::new(&json!({"CONFIRM": ["yes", "<cancel>"]}))
}

#[test]
fn nothing_is_asked_if_the_puk_is_blocked() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card(&format!("flags {LOCKED}"));
    let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
    assert_eq!(error(&driver.unlock(&pinentry)), "puk-blocked");
    assert_eq!((pinentry.times_asked(), driver.calls_with_codes().len()), (0, 0));
    assert!(!pinentry.commands().contains("CONFIRM"), "{}", pinentry.commands());
}

/// Nobody has confirmed that the security officer's PIN is the PUK, and no flag tells the tries.
#[test]
fn module_needs_an_explicit_yes_whatever_its_flags_say() {
    for flags in [0, COUNT_LOW, FINAL_TRY, FINAL_TRY | COUNT_LOW] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(&format!("flags {flags}"));
        let pinentry = declining();
        assert_eq!(error(&driver.unlock(&pinentry)), "cancelled", "{flags}");
        assert_eq!((pinentry.times_asked(), driver.calls_with_codes().len()), (0, 0));
        let text = pinentry.commands();
        assert!(text.contains("üreticisinin kurulu sürücüsüyle"), "{flags}: {text}");
        assert!(!text.contains("sürücüsü kurulu değil"), "{flags}: {text}");
    }
}

#[test]
fn last_try_is_shown_as_such() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card(&format!("flags {FINAL_TRY}"));
    let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
    assert_eq!(driver.unlock(&pinentry)["unlocked"], true);
    assert!(pinentry.commands().contains("Kalan PUK denemesi: 1"), "{}", pinentry.commands());
}

//! Which token is the card's, and that it stays so.

use crate::driver::{Driver, NEW_PIN, PUK, card_certificate};
use crate::questions::declining;
use crate::support::{ScriptedPinentry, VirtualCard, error, wait_for};
use crate::{assert_no_code_in_commands, insert_unconfirmed_card};
use serde_json::{Value, json};

/// A certificate that differs from the card's in one byte of its body.
fn other_certificate() -> Vec<u8> {
    let mut certificate = card_certificate();
    certificate[100] ^= 1;
    certificate
}

/// Returns whether the question of the command route was asked.
fn asked_about_commands(pinentry: &ScriptedPinentry) -> bool {
    pinentry.commands().contains("kart üreticisinin sürücüsü")
}

#[test]
fn another_no_or_two_tokens_of_the_card_get_no_login() {
    for tokens in ["token other.der", "token", "", "token card.der\ntoken card.der", "token missing.der"] {
        let card = insert_unconfirmed_card();
        let driver = Driver::misbehaving(tokens);
        driver.write("card.der", &card_certificate());
        driver.write("other.der", &other_certificate());
        let pinentry = declining();
        assert_eq!(error(&driver.unlock(&pinentry)), "cancelled", "{tokens:?}");
        assert!(asked_about_commands(&pinentry), "{tokens:?}: {}", pinentry.commands());
        assert_eq!(driver.calls_with_codes(), [""; 0], "{tokens:?}");
        assert!(driver.count("C_GetSlotList") == 1);
        assert_no_code_in_commands(&card);
    }
}

#[test]
fn token_of_the_card_is_found_among_others() {
    for tokens in
        ["token other.der\ntoken card.der", "token other.der,card.der", "token\ntoken card.der,other.der"]
    {
        let _card = insert_unconfirmed_card();
        let driver = Driver::misbehaving(tokens);
        driver.write("card.der", &card_certificate());
        driver.write("other.der", &other_certificate());
        let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        assert_eq!(done["unlocked"], true, "{tokens:?}: {done}");
        assert_eq!(driver.pin(), NEW_PIN);
    }
}

#[test]
fn identity_card_and_card_with_certain_commands_load_no_module() {
    for (arguments, expected) in [
        (&["--profile", "kimlik"][..], "identity-card"),
        (&["--profile", "kimlik-pkcs15"], "identity-card"),
        (&["--profile", "sanal", "--pin-tries", "0"], ""),
        (&["--profile", "akis-2x-no-certificate", "--pin-tries", "0"], ""),
    ] {
        let _card = VirtualCard::insert(arguments);
        let driver = Driver::misbehaving("");
        let done = driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        assert_eq!(error(&done), expected, "{done}");
        assert_eq!(driver.calls(), [""; 0], "{arguments:?}");
    }
}

/// Starts an unlock, runs `meanwhile` while the question for the new PIN is open, and returns the result.
pub fn unlock_while(driver: &Driver, meanwhile: impl FnOnce()) -> Value {
    let pinentry =
        ScriptedPinentry::new(&json!({"PUK": [PUK], "Yeni PIN": ["<pause>", NEW_PIN], "CONFIRM": ["yes"]}));
    std::thread::scope(|scope| {
        let unlock = scope.spawn(|| driver.unlock(&pinentry));
        wait_for("the second question", || pinentry.times_asked() == 2);
        meanwhile();
        pinentry.resume();
        unlock.join().unwrap()
    })
}

#[test]
fn token_that_changes_while_the_user_is_asked_gets_no_code() {
    for change in ["token other.der", "token", "", "token card.der\nflags 2097152"] {
        let card = insert_unconfirmed_card();
        let driver = Driver::showing_card("");
        driver.write("other.der", &other_certificate());
        let done = unlock_while(&driver, || driver.configure(change));
        assert_eq!(error(&done), "card-changed", "{change:?}: {done}");
        assert_eq!(driver.calls_with_codes(), [""; 0], "{change:?}");
        assert_no_code_in_commands(&card);
    }
}

/// The module notices nothing; only the reader does.
#[test]
fn card_that_is_pulled_while_the_user_is_asked_gets_no_code() {
    let card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let done = unlock_while(&driver, || drop(card));
    assert!(["card-removed", "card-changed"].contains(&error(&done)), "{done}");
    assert_eq!(driver.calls_with_codes(), [""; 0]);
}

#[test]
fn card_that_is_swapped_while_the_user_is_asked_gets_no_code() {
    let mut first = Some(insert_unconfirmed_card());
    let driver = Driver::showing_card("");
    let mut second = None;
    let done = unlock_while(&driver, || {
        drop(first.take());
        second = Some(insert_unconfirmed_card());
    });
    assert_eq!(error(&done), "card-changed", "{done}");
    assert_eq!(driver.calls_with_codes(), [""; 0]);
    assert_no_code_in_commands(&second.unwrap());
}

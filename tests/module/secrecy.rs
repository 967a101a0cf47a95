//! No code is left in the host or its helper.

use crate::driver::Driver;
use crate::helper::{host_at_second_question, pausing_pinentry};
use crate::insert_unconfirmed_card;
use crate::interruption::send;
use crate::support::memory::search;
use crate::support::wait_for;

/// Codes that occur nowhere else.
const PUK: &str = "59284617";
const NEW_PIN: &str = "73916482";

/// Installs a module whose card has this PUK.
fn driver() -> Driver {
    let driver = Driver::showing_card("");
    driver.write("akisp11.puk", PUK.as_bytes());
    driver
}

/// A module that hangs with the codes leaves them with itself; the host has none, and ends it.
#[test]
fn no_code_is_left_in_the_host_after_the_module_had_it() {
    for settings in ["", "result C_Login 160", "crash C_InitPIN"] {
        let _card = insert_unconfirmed_card();
        let driver = driver();
        let pinentry = pausing_pinentry(PUK, NEW_PIN);
        let mut host = host_at_second_question(&driver, &pinentry);
        assert!(!search(host.process(), PUK).is_empty(), "the search finds a code that is there");
        driver.configure(&format!("token card.der\n{settings}"));
        pinentry.resume();
        host.receive_reply();
        for code in [PUK, NEW_PIN] {
            let hits = search(host.process(), code);
            assert!(hits.is_empty(), "{settings:?} {code}: {hits:?}");
        }
    }
}

/// Before the module gets the codes the helper has none; it gets them in locked memory.
#[test]
fn helper_has_codes_in_locked_memory_only() {
    let _card = insert_unconfirmed_card();
    let driver = driver();
    let pinentry = pausing_pinentry(PUK, NEW_PIN);
    let host = host_at_second_question(&driver, &pinentry);
    let helper = driver.process().unwrap();
    assert!(search(helper, PUK).is_empty(), "not before they are sent");
    driver.configure("token card.der\npause C_FindObjectsFinal");
    pinentry.resume();
    wait_for("the comparison", || driver.count("C_FindObjectsFinal") == 2);
    assert!(search(helper, PUK).is_empty(), "not before the token was compared");
    // In C_Login the module has copied nothing of its own yet.
    driver.configure("token card.der\nhang C_Login");
    wait_for("the login", || driver.count("C_Login") == 1);
    for code in [PUK, NEW_PIN] {
        let hits = search(helper, code);
        assert!(!hits.is_empty() && hits.iter().all(|hit| hit.is_locked), "{hits:?}");
    }
    drop(host);
}

/// What the module itself copied is beyond the host; this one wipes its copies.
#[test]
fn helper_has_no_code_once_the_module_had_it() {
    for settings in ["", "result C_Login 160", "lost C_InitPIN"] {
        let _card = insert_unconfirmed_card();
        let driver = driver();
        let pinentry = pausing_pinentry(PUK, NEW_PIN);
        let host = host_at_second_question(&driver, &pinentry);
        driver.configure("token card.der\npause C_Login");
        pinentry.resume();
        wait_for("the login", || driver.count("C_Login") == 1);
        for code in [PUK, NEW_PIN] {
            let hits = search(driver.process().unwrap(), code);
            assert!(!hits.is_empty(), "the search finds a code that is there");
        }
        driver.configure(&format!("token card.der\nhang C_Finalize\n{settings}"));
        wait_for("the end of the module", || driver.count("C_Finalize") == 1);
        send("-STOP", &host.process().to_string()); // it would end the helper during the search
        for code in [PUK, NEW_PIN] {
            let hits = search(driver.process().unwrap(), code);
            assert!(hits.is_empty(), "{settings:?} {code}: {hits:?}");
        }
        drop(host);
    }
}

//! A host or a helper that is told to end while the module has the codes.

use crate::driver::{Driver, NEW_PIN, PUK};
use crate::helper::{host_at_second_question, is_running, pausing_pinentry};
use crate::insert_unconfirmed_card;
use crate::support::{Host, ScriptedPinentry, other_program, wait_for};
use pcsc::ShareMode;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// The module is in C_InitPIN: the card has accepted the PUK.
const PAUSED: &str = "token card.der\npause C_InitPIN";
/// It goes on, and takes longer to end than it is given.
const RESUMED: &str = "token card.der\nhang C_Finalize";

/// Sends a signal to a process, or to a group after a minus sign.
pub fn send(signal: &str, process: &str) {
    assert!(Command::new("kill").args([signal, "--", process]).status().unwrap().success());
}

/// Starts an unlock from the browser and waits until the module is in C_InitPIN.
fn host_in_init_pin(driver: &Driver) -> Host {
    let pinentry = pausing_pinentry(PUK, NEW_PIN);
    let host = host_at_second_question(driver, &pinentry);
    driver.configure(PAUSED);
    pinentry.resume();
    wait_for("C_InitPIN", || driver.count("C_InitPIN") == 1);
    host
}

/// Starts an unlock from a terminal, in a process group of its own, and waits until the module is in C_InitPIN.
fn command_in_init_pin(driver: &Driver) -> Child {
    driver.configure(PAUSED);
    let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
    let mut command = driver.host(&["unlock", "--json"]);
    command.env("PATH", pinentry.path()).stdout(Stdio::null()).process_group(0);
    let child = command.spawn().unwrap();
    wait_for("C_InitPIN", || driver.count("C_InitPIN") == 1);
    child
}

/// Lets the host end in a way, and asserts that the card was reset before it did.
fn assert_reset_before_the_end(end: impl FnOnce(Host, &Driver)) {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let mut other = other_program(ShareMode::Shared);
    assert!(other.transaction().is_ok());
    end(host_in_init_pin(&driver), &driver);
    assert_eq!(other.transaction().map(drop), Err(pcsc::Error::ResetCard));
    assert_eq!(driver.pin(), NEW_PIN, "the module was not interrupted");
}

#[test]
fn closed_browser_does_not_leave_the_card_authenticated() {
    assert_reset_before_the_end(|mut host, driver| {
        drop(host.take_input());
        driver.configure(RESUMED);
        while host.receive().is_some() {}
    });
}

#[test]
fn terminated_host_does_not_leave_the_card_authenticated() {
    assert_reset_before_the_end(|mut host, driver| {
        send("-TERM", &host.process().to_string());
        driver.configure(RESUMED);
        while host.receive().is_some() {}
    });
}

#[test]
fn interrupt_from_the_terminal_does_not_end_the_module_with_codes() {
    for signal in ["-INT", "-HUP", "-TERM"] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card("");
        let mut other = other_program(ShareMode::Shared);
        assert!(other.transaction().is_ok());
        let mut host = command_in_init_pin(&driver);
        send(signal, &format!("-{}", host.id()));
        driver.configure(RESUMED);
        host.wait().unwrap();
        assert_eq!(driver.pin(), NEW_PIN, "{signal}");
        assert_eq!(other.transaction().map(drop), Err(pcsc::Error::ResetCard), "{signal}");
    }
}

#[test]
fn helper_that_is_told_to_end_ends_with_its_host_only() {
    let _card = insert_unconfirmed_card();
    for signal in ["-INT", "-HUP", "-TERM"] {
        let driver = Driver::showing_card("");
        let mut host = host_in_init_pin(&driver);
        send(signal, &driver.process().unwrap().to_string());
        driver.configure("token card.der");
        assert!(host.receive_reply()["result"]["unlocked"].is_object(), "{signal}");
    }
}

/// Other programs can use the card while a module takes its time to end.
#[test]
fn card_is_reset_before_a_slow_module_has_ended() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let mut other = other_program(ShareMode::Shared);
    assert!(other.transaction().is_ok());
    let mut host = host_in_init_pin(&driver);
    driver.configure("token card.der\npause C_Finalize");
    wait_for("C_Finalize", || driver.count("C_Finalize") == 1);
    assert_eq!(other.transaction().map(drop), Err(pcsc::Error::ResetCard));
    assert!(is_running(&format!("/proc/{}", driver.process().unwrap())), "the module has not ended yet");
    driver.configure("token card.der");
    assert!(host.receive_reply()["result"]["unlocked"].is_object());
}

#[test]
fn processes_of_a_module_end_with_the_helper() {
    for fault in ["", "hang C_Login"] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::showing_card(&format!("fork C_Initialize\n{fault}"));
        driver.unlock(&ScriptedPinentry::entering(PUK, NEW_PIN));
        let child = std::fs::read_to_string(driver.path("lib/akisp11.child")).unwrap();
        wait_for("the end of the module's process", || !is_running(&format!("/proc/{child}")));
    }
}

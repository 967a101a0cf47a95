//! Judges a run: by OpenSC, by the card itself, and by the calls that were made.

use super::attempt::Attempt;
use super::call::Call;
use super::order::Order;
use crate::removable_card::RemovableCard;
use crate::support::opensc_verifies;
use std::thread;
use std::time::{Duration, Instant};

/// How long a service may take to reset the card of a program that has ended.
const RESET_TIMEOUT: Duration = Duration::from_secs(2);

/// The kind of code that says that another program holds the card.
const BUSY: &str = "card busy";

/// Checks that the fault was hit.
pub fn check_hit(order: &Order, calls: &[Call]) -> Result<(), String> {
    let hit = calls.iter().find(|call| call.is_faulty);
    match hit {
        Some(hit) if hit.function == order.call.function && hit.number == order.call.number => Ok(()),
        other => Err(format!("the fault was not hit: {other:?}")),
    }
}

/// Checks that after a command with a code that failed no other one was sent, and that none was sent more often than
/// without a fault.
pub fn check_codes(calls: &[Call], without_fault: &[Call]) -> Result<(), String> {
    let carrying: Vec<_> = calls.iter().filter(|call| call.carries_code()).collect();
    if let Some(failed) = carrying.iter().position(|call| call.is_faulty)
        && failed + 1 < carrying.len()
    {
        return Err(format!("a code was sent after a command with a code had failed: {carrying:?}"));
    }
    let count = |calls: &[Call], detail: &str| {
        calls.iter().filter(|call| call.carries_code() && call.detail == detail).count()
    };
    for call in carrying {
        if count(calls, &call.detail) > count(without_fault, &call.detail) {
            return Err(format!("{} was sent again", call.detail));
        }
    }
    Ok(())
}

/// Checks that the program has reset a card that received a code, or whose module did. One that another program holds is
/// waited for as long as the program runs.
pub fn check_reset(order: Option<&Order>, calls: &[Call]) -> Result<(), String> {
    let received = |call: &Call| call.carries_code() || call.function == "SCardReconnect";
    let Some(first) = calls.iter().position(received) else { return Ok(()) };
    let is_held_by_others = order.is_some_and(|order| order.is_lasting() && order.code.kind == BUSY);
    let is_waited_for = is_held_by_others
        && calls.iter().filter(|call| call.is_faulty && call.function == "SCardReconnect").count() > 20;
    if is_waited_for || calls[first..].iter().any(Call::has_reset_the_card) {
        Ok(())
    } else {
        Err("the card was not reset".to_owned())
    }
}

/// Checks that no verified code is left on the card.
pub fn check_security_status(card: &mut RemovableCard, order: Option<&Order>) -> Result<(), String> {
    let timeout = if order.is_some() { RESET_TIMEOUT } else { Duration::ZERO };
    let deadline = Instant::now() + timeout;
    while card.is_authenticated() {
        if Instant::now() >= deadline {
            return Err("the card is left authenticated".to_owned());
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Checks that OpenSC says of the card what the card itself says, whose state is `state`.
pub fn check_with_opensc(attempt: Attempt, state: &str) -> Result<(), String> {
    let is_new = state.starts_with("pin=739164");
    if opensc_verifies("739164") != is_new {
        return Err(format!("OpenSC contradicts the card about the new PIN: {state}"));
    }
    // A PIN that is blocked cannot be verified.
    if !attempt.is_blocked() && opensc_verifies("123456") == is_new {
        return Err(format!("OpenSC contradicts the card about the old PIN: {state}"));
    }
    Ok(())
}

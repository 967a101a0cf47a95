//! Any responses and failures of a card: it gets a bounded number of commands, and codes only if it was found
//! to be supported, each at most as often as the standard allows, and none after a refusal.
#![no_main]

use eimza_card::{Card, CodeKind, CodeState, Secret, Transport, TransportError};
use eimza_fuzz::{Exchange, FaultyCard};
use libfuzzer_sys::fuzz_target;

const PIN: &[u8] = b"123456";
const PUK: &[u8] = b"12345678";
const NEW: &[u8] = b"739164";

const VERIFY: u8 = 0x20;
const READ_BINARY: u8 = 0xB0;
const GET_RESPONSE: u8 = 0xC0;

fuzz_target!(|input: &[u8]| {
    let [profile, tries, operation, faults @ ..] = input else { return };
    let (mut transport, profile) = FaultyCard::new(*profile, (*tries, tries >> 2), PIN, PUK, faults);

    let Ok(card) = Card::open(&mut transport, profile.atr) else {
        assert!(transport.exchanges.iter().all(|exchange| !exchange.is_code_command()));
        return;
    };
    let old_code = if *operation % 3 == 1 { CodeKind::Pin } else { CodeKind::Puk };
    let state = card.code_state_after_open(&mut transport, old_code);
    assert!(transport.exchanges.iter().all(|exchange| !exchange.has_code()));
    if !card.family().empty_verify_is_free {
        assert!(transport.exchanges.iter().all(|exchange| !exchange.is_code_command()));
    }
    let Ok(state) = state else { return };

    let start = transport.exchanges.len();
    let succeeded = run_operation(&card, &mut transport, *operation, state);
    check_codes(&transport.exchanges[start..], succeeded);
    check_end_of_connection(&transport.exchanges);
});

/// Unblocks or changes a code; returns whether the operation succeeded.
fn run_operation(card: &Card, transport: &mut dyn Transport, operation: u8, state: CodeState) -> bool {
    let code = |digits: &[u8]| digits.iter().copied().collect::<Secret>();
    let result = match operation % 3 {
        0 => card.unblock(transport, state, code(PUK), code(NEW)),
        1 => card.change(transport, CodeKind::Pin, state, code(PIN), code(NEW)),
        _ => card.change(transport, CodeKind::Puk, state, code(PUK), code(NEW)),
    };
    result.is_ok()
}

/// Checks that no code follows a refusal, that none is sent twice, and that the operation succeeded only if
/// the card accepted the last one.
fn check_codes(exchanges: &[Exchange], succeeded: bool) {
    let with_codes: Vec<_> = exchanges.iter().filter(|exchange| exchange.has_code()).collect();
    for (index, exchange) in with_codes.iter().enumerate() {
        let is_last = index + 1 == with_codes.len();
        assert!(
            allows_another_code(exchange) || is_last,
            "{:02X?} follows a refusal",
            with_codes[index + 1].command
        );
        let repetitions = with_codes.iter().filter(|other| other.command == exchange.command).count();
        assert_eq!(repetitions, 1, "sent twice");
    }
    assert!(with_codes.len() <= 3);
    let accepted = with_codes
        .last()
        .is_some_and(|last| last.command[1] != VERIFY && last.status().is_some_and(is_accepted));
    assert_eq!(succeeded, accepted, "an operation succeeds if and only if the card accepts the last code");
}

/// Checks that no command follows a missing response.
fn check_end_of_connection(exchanges: &[Exchange]) {
    let is_extended = |exchange: &Exchange| exchange.command[1] == READ_BINARY && exchange.command.len() == 7;
    let first_extended = exchanges.iter().position(is_extended).unwrap_or(usize::MAX);
    let first_failure =
        (0..exchanges.len()).find(|&index| is_failure(&exchanges[index], first_extended <= index));
    if let Some(index) = first_failure {
        assert_eq!(index + 1, exchanges.len(), "a command follows a missing response");
    }
}

fn is_accepted(status: u16) -> bool {
    status == 0x9000 || status >> 8 == 0x61
}

/// Returns whether the card accepted the code, or does not support the command, which uses no try.
fn allows_another_code(exchange: &Exchange) -> bool {
    let is_unsupported = |status| [0x6A81, 0x6A86, 0x6A88, 0x6B00, 0x6D00].contains(&status);
    exchange.status().is_some_and(|status| is_accepted(status) || is_unsupported(status))
}

/// Returns whether there was no response, or one without status word. Such a response to an extended READ
/// BINARY is not a failure: the file is then read in parts.
fn is_failure(exchange: &Exchange, uses_extended: bool) -> bool {
    let is_tolerated = uses_extended && matches!(exchange.command[1], READ_BINARY | GET_RESPONSE);
    match &exchange.response {
        Err(TransportError::Silent | TransportError::ReaderFailed) => !is_tolerated,
        Err(_) => true,
        Ok(response) => response.len() < 2 && !is_tolerated,
    }
}

//! Whatever a card answers, and however it fails: it is asked a bounded number of times, gets codes only when it was
//! found to be one for us, each as often as the standard allows, and none after a refusal.
#![no_main]

use eimza_card::{Card, CodeKind, CodeState, TransportError, Secret, Transport};
use eimza_fuzz::{Meddled, Told};
use libfuzzer_sys::fuzz_target;

const PIN: &[u8] = b"123456";
const PUK: &[u8] = b"12345678";
const NEW: &[u8] = b"739164";

fuzz_target!(|input: &[u8]| {
    let [profile, tries, operation, words @ ..] = input else { return };
    let (mut meddled, profile) = Meddled::new(*profile, (*tries, tries >> 2), PIN, PUK, words);

    let Ok(card) = Card::open(&mut meddled, profile.atr) else {
        assert!(meddled.told.iter().all(|told| !told.is_about_codes()));
        return;
    };
    let at_stake = if *operation % 3 == 1 { CodeKind::Pin } else { CodeKind::Puk };
    let state = card.code_state_after_open(&mut meddled, at_stake);
    assert!(meddled.told.iter().all(|told| !told.has_code()));
    if !card.family().empty_verify_is_free {
        assert!(meddled.told.iter().all(|told| !told.is_about_codes()));
    }
    let Ok(state) = state else { return };

    let before = meddled.told.len();
    let done = operate(&card, &mut meddled, *operation, state);
    let told = &meddled.told[before..];
    let codes: Vec<_> = told.iter().filter(|told| told.has_code()).collect();
    for (at, one) in codes.iter().enumerate() {
        let last = at + 1 == codes.len();
        assert!(goes_on(one) || last, "{:02X?} follows a refusal", codes[at + 1].command);
        assert_eq!(codes.iter().filter(|other| other.command == one.command).count(), 1, "sent twice");
    }
    assert!(codes.len() <= 3);
    let took =
        codes.last().is_some_and(|last| last.command[1] != 0x20 && last.status().is_some_and(is_accepted));
    assert_eq!(done, took, "done means that the card took it");
    let is_extended = |told: &Told| told.command[1] == 0xB0 && told.command.len() == 7;
    let extended = meddled.told.iter().position(is_extended).unwrap_or(usize::MAX);
    if let Some(at) = (0..meddled.told.len()).find(|&at| is_broken(&meddled.told[at], extended <= at)) {
        assert_eq!(at + 1, meddled.told.len(), "nothing follows a broken link");
    }
});

fn operate(card: &Card, transport: &mut dyn Transport, operation: u8, state: CodeState) -> bool {
    let code = |digits: &[u8]| digits.iter().copied().collect::<Secret>();
    let outcome = match operation % 3 {
        0 => card.unblock(transport, state, code(PUK), code(NEW)),
        1 => card.change(transport, CodeKind::Pin, state, code(PIN), code(NEW)),
        _ => card.change(transport, CodeKind::Puk, state, code(PUK), code(NEW)),
    };
    outcome.is_ok()
}

fn is_accepted(status: u16) -> bool {
    status == 0x9000 || status >> 8 == 0x61
}

/// The card took it, or does not know the command, which costs no try.
fn goes_on(told: &Told) -> bool {
    let is_not_offered = |status| [0x6A81, 0x6A86, 0x6A88, 0x6B00, 0x6D00].contains(&status);
    told.status().is_some_and(|status| is_accepted(status) || is_not_offered(status))
}

/// No answer, or none with a status word. A file that nobody gives at once, with an extended length, is asked for in parts.
fn is_broken(told: &Told, reads_at_once: bool) -> bool {
    let reads = reads_at_once && matches!(told.command[1], 0xB0 | 0xC0);
    match &told.answer {
        Err(TransportError::Silent) => !reads,
        Err(_) => true,
        Ok(answer) => answer.len() < 2 && !reads,
    }
}

//! Whatever files a card has: it is described or refused. Where it is described, its codes can be entered, and each goes
//! out once, to a card that says yes to everything.
#![no_main]

use eimza_card::{Card, CodeKind, CodeState, Secret, report};
use eimza_fuzz::{Files, cut};
use eimza_virtual_card::PROFILES;
use libfuzzer_sys::fuzz_target;

/// In the first byte of an input; the rest of it chooses the kind of card.
const BYTE_BY_BYTE: u8 = 0x80;

fuzz_target!(|input: &[u8]| {
    let Some((&kind, input)) = input.split_first() else { return };
    let atr = PROFILES[usize::from(kind & !BYTE_BY_BYTE) % PROFILES.len()].atr;
    let files = cut(input);
    let part = if kind & BYTE_BY_BYTE == 0 { 256 } else { 1 };
    let report = report(&mut Files::new(files.clone(), part), atr);
    let (told, outcome) = report.trim_end().rsplit_once('\n').expect("lines");
    assert!(outcome.starts_with("= ") && told.is_ascii(), "no text of a card is in its report: {report}");

    let mut transport = Files::new(files, part);
    let Ok(card) = Card::open(&mut transport, atr) else {
        assert!(transport.codes.is_empty(), "a card that is refused gets no command with codes");
        return;
    };
    assert!(transport.codes.is_empty(), "nor does one that is only looked at");
    let sample = |name| {
        let rule = card.code_format(name);
        assert!(1 <= rule.min && rule.min <= rule.max && rule.max <= 64, "{rule:?}");
        let code = || -> Secret { std::iter::repeat_n(b'7', rule.min).collect() };
        rule.check(&code()).is_ok().then(code)
    };
    let (Some(pin), Some(puk)) = (sample(CodeKind::Pin), sample(CodeKind::Puk)) else { return };
    assert_eq!(card.unblock(&mut transport, CodeState::Unknown, puk, pin), Ok(()));
    let sent = transport.codes.iter().filter(|command| command.len() > 4).count();
    assert_eq!(sent, 2, "the PUK, and the new PIN");
});

//! Any files on a card: the card is described or rejected. If it is described, its codes can be entered, and
//! each is sent once to a card that accepts everything.
#![no_main]

use eimza_card::{Card, CodeKind, CodeState, Secret, report};
use eimza_fuzz::{ScriptedFilesCard, split_files};
use eimza_virtual_card::PROFILES;
use libfuzzer_sys::fuzz_target;

/// A flag in the first byte of an input: READ BINARY returns one byte at a time. The other bits select the
/// profile.
const BYTE_BY_BYTE: u8 = 0x80;

fuzz_target!(|input: &[u8]| {
    let Some((&profile, input)) = input.split_first() else { return };
    let atr = PROFILES[usize::from(profile & !BYTE_BY_BYTE) % PROFILES.len()].atr;
    let files = split_files(input);
    let part_size = if profile & BYTE_BY_BYTE == 0 { 256 } else { 1 };
    let report = report(&mut ScriptedFilesCard::new(files.clone(), part_size), atr);
    let (exchanges, outcome) = report.trim_end().rsplit_once('\n').expect("several lines");
    assert!(
        outcome.starts_with("= ") && exchanges.is_ascii(),
        "the report contains text from the card: {report}"
    );

    let mut transport = ScriptedFilesCard::new(files, part_size);
    let Ok(card) = Card::open(&mut transport, atr) else {
        assert!(transport.code_commands.is_empty(), "a rejected card gets no command with codes");
        return;
    };
    assert!(transport.code_commands.is_empty(), "opening a card sends no command with codes");
    let sample = |kind| {
        let format = card.code_format(kind);
        assert!(1 <= format.min && format.min <= format.max && format.max <= 64, "{format:?}");
        let code = || -> Secret { std::iter::repeat_n(b'7', format.min).collect() };
        format.check(&code()).is_ok().then(code)
    };
    let (Some(pin), Some(puk)) = (sample(CodeKind::Pin), sample(CodeKind::Puk)) else { return };
    assert_eq!(card.unblock(&mut transport, CodeState::Unknown, puk, pin), Ok(()));
    let sent = transport.code_commands.iter().filter(|command| command.len() > 4).count();
    assert_eq!(sent, 2, "the PUK and the new PIN");
});

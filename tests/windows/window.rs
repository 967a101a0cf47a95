//! The host's questions and dialogs for a virtual card in memory: what users of Windows see, testable under
//! Wine, which has no smart-card service. Never shipped.
//!
//! `window unlock|change-pin|change-puk [--puk-tries N] [--lang tr|en] [--seconds N] [--on-reader FILE]` runs an
//! operation, with `--on-reader` on a reader with keys whose user is done when FILE exists, and
//! cancels it at the end of standard input, as the host does when the browser is closed. It prints the
//! outcome, and each command with codes in hex.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a program for tests that includes modules of the host"
)]

#[path = "../../native-host/host/src/operation/mod.rs"]
mod operation;
#[path = "../../native-host/host/src/problem_mapping.rs"]
mod problem_mapping;

use eimza_card::{Card, ControlAnswer, ReaderControl, Transport, TransportError};
use eimza_pcsc::{CardLink, CommandSession, KnownStates, carries_code};
use eimza_prompt::{Cancellation, SystemPrompt};
use eimza_protocol::{Lang, Problem};
use eimza_session::{CodeKind, Error, Operation, ReadStates};
use eimza_virtual_card::{Card as VirtualCard, Code, PROFILES, Settings};
use operation::run::{EntryDevice, run_on_card};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A card in memory that records each command with codes.
struct InMemoryCard {
    card: VirtualCard,
    commands_with_codes: Arc<Mutex<Vec<String>>>,
    /// The file that says that the user has typed the codes on the reader, if it has keys.
    on_reader: Option<PathBuf>,
}

impl Transport for InMemoryCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if carries_code(command) {
            let command = command.iter().map(|byte| format!("{byte:02X}")).collect();
            self.commands_with_codes.lock().unwrap().push(command);
        }
        Ok(self.card.transmit(command))
    }

    fn control(&mut self, control: ReaderControl<'_>) -> Result<ControlAnswer, TransportError> {
        let Some(file) = &self.on_reader else { return Ok(ControlAnswer::Refused) };
        if control == ReaderControl::GetFeatures {
            return Ok(ControlAnswer::Response(vec![6, 4, 0, 0, 0, 6, 7, 4, 0, 0, 0, 7]));
        }
        while !file.exists() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        Ok(ControlAnswer::Response(vec![0x90, 0x00]))
    }
}

impl CardLink for InMemoryCard {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        Ok(work(self))
    }

    fn confirm_same_card(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn reset_now(&mut self) {}

    fn reset(self) {}

    fn disconnect(self) {}
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let operation = match arguments.next().unwrap().as_str() {
        "unlock" => Operation::Unlock,
        "change-pin" => Operation::Change(CodeKind::Pin),
        "change-puk" => Operation::Change(CodeKind::Puk),
        other => panic!("unknown operation: {other}"),
    };
    let code = |digits: &[u8]| Code::parse(digits).unwrap();
    let mut settings = Settings::new(code(b"123456"), code(b"12345678"));
    let (mut lang, mut seconds, mut on_reader) = (Lang::Tr, None, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().unwrap();
        match name.as_str() {
            "--puk-tries" => settings.puk_tries = value.parse().unwrap(),
            "--lang" => lang = Lang::from_code(&value).unwrap(),
            "--on-reader" => on_reader = Some(value.into()),
            "--seconds" => seconds = Some(value.parse().unwrap()),
            other => panic!("unknown option: {other}"),
        }
    }
    let cancellation = Cancellation::default();
    let cancelled = cancellation.clone();
    std::thread::spawn(move || {
        io::stdin().lock().read_to_end(&mut Vec::new()).unwrap();
        cancelled.cancel();
    });
    let profile = &PROFILES[0];
    let commands_with_codes = Arc::default();
    let mut link = InMemoryCard {
        card: VirtualCard::new(profile, settings),
        commands_with_codes: Arc::clone(&commands_with_codes),
        on_reader,
    };
    let card = Card::open(&mut link, profile.atr).unwrap();
    let states = KnownStates::read(&card, &mut link, ReadStates::Of(operation.old_code())).unwrap();
    let session = CommandSession::new(link, "ACS ACR39U ICC Reader 0".into(), Arc::new(card), states);
    let result = run_on_card(operation, Box::new(session), EntryDevice::Reader, lang, &cancellation, || {
        Ok(with_timeout(seconds, SystemPrompt::start(&cancellation).open()?))
    });
    println!("{}", result.map_or_else(|error| Problem::from(error).code(), |()| "done".to_owned()));
    for command in commands_with_codes.lock().unwrap().iter() {
        println!("{command}");
    }
}

/// Sets how many seconds a prompt waits for the user.
#[cfg_attr(not(windows), expect(unused_mut, reason = "the timeout can only be set for dialogs"))]
fn with_timeout(seconds: Option<u64>, mut prompt: SystemPrompt) -> SystemPrompt {
    #[cfg(windows)]
    if let Some(seconds) = seconds {
        prompt.timeout = std::time::Duration::from_secs(seconds);
    }
    #[cfg(not(windows))]
    assert_eq!(seconds, None, "on Windows only");
    prompt
}

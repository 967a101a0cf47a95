//! The host's own questions and windows for a virtual card in memory: what a user of Windows sees, where no smart-card
//! service can be had. Never shipped.
//!
//! `window unlock|change-pin|change-puk [--puk-tries N] [--lang tr|en] [--seconds N]` carries an operation out. At the end of its input
//! it is stopped, as the host is when the browser goes. It prints how it ended, and each command with codes in hex.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a test's program, of parts of the host"
)]

#[path = "../../native-host/host/src/connection.rs"]
mod connection;
#[path = "../../native-host/host/src/ending.rs"]
mod ending;
#[path = "../../native-host/host/src/operation/mod.rs"]
mod operation;
#[path = "../../native-host/host/src/problem.rs"]
mod problem;
#[path = "../../native-host/host/src/prompt/mod.rs"]
mod prompt;
#[path = "../../native-host/host/src/readers.rs"]
mod readers;
#[cfg_attr(not(windows), path = "../../native-host/host/src/service.rs")]
#[cfg_attr(windows, path = "../../native-host/host/src/service/windows.rs")]
mod service;

use connection::carries_code;
use eimza_card::{Card, CodeKind, Transport, TransportError};
use eimza_protocol::Lang;
use eimza_virtual_card::{Card as VirtualCard, Code, PROFILES, Settings};
use operation::{Held, Operation, Subject, with_card};
use prompt::{Prompt, Stop};
use std::io::{self, Read};

/// A card that is always there, and keeps each command with codes.
struct InMemory {
    card: VirtualCard,
    sent: Vec<String>,
}

impl Transport for InMemory {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if carries_code(command) {
            self.sent.push(command.iter().map(|byte| format!("{byte:02X}")).collect());
        }
        Ok(self.card.transmit(command))
    }
}

impl Held for InMemory {
    fn alone<T>(&mut self, with: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        Ok(with(self))
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (operation, at_stake) = match arguments.next().unwrap().as_str() {
        "unlock" => (Operation::Unlock, CodeKind::Puk),
        "change-pin" => (Operation::Change(CodeKind::Pin), CodeKind::Pin),
        "change-puk" => (Operation::Change(CodeKind::Puk), CodeKind::Puk),
        other => panic!("no such operation: {other}"),
    };
    let code = |digits: &[u8]| Code::parse(digits).unwrap();
    let mut settings = Settings::new(code(b"123456"), code(b"12345678"));
    let (mut lang, mut seconds) = (Lang::Tr, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().unwrap();
        match name.as_str() {
            "--puk-tries" => settings.puk_tries = value.parse().unwrap(),
            "--lang" => lang = Lang::from_code(&value).unwrap(),
            "--seconds" => seconds = Some(value.parse().unwrap()),
            other => panic!("no such option: {other}"),
        }
    }
    let stop = Stop::default();
    let stopped = stop.clone();
    std::thread::spawn(move || {
        io::stdin().lock().read_to_end(&mut Vec::new()).unwrap();
        stopped.stop();
    });
    let profile = &PROFILES[0];
    let mut held = InMemory { card: VirtualCard::new(profile, settings), sent: Vec::new() };
    let card = Card::open(&mut held, profile.atr).unwrap();
    let state = card.code_state_after_open(&mut held, at_stake).unwrap();
    let subject = Subject { card: &card, state, reader: "ACS ACR39U ICC Reader 0" };
    let done = with_card(operation, &mut held, &subject, lang, &stop, || {
        Prompt::start(&stop).open().map(|prompt| patient_for(seconds, prompt))
    });
    println!("{}", done.map_or_else(|problem| problem.code(), |()| "done".to_owned()));
    for command in held.sent {
        println!("{command}");
    }
}

/// The same prompt, which waits for so many seconds and no longer.
#[cfg_attr(not(windows), expect(unused_mut, reason = "the window of another program keeps its own time"))]
fn patient_for(seconds: Option<u64>, mut prompt: Prompt) -> Prompt {
    #[cfg(windows)]
    if let Some(seconds) = seconds {
        prompt.patience = std::time::Duration::from_secs(seconds);
    }
    #[cfg(not(windows))]
    assert_eq!(seconds, None, "on Windows only");
    prompt
}

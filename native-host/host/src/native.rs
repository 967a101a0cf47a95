//! Native messaging on standard input and output.

use crate::connection::PATIENT;
use crate::hearing::{Heard, hear};
use crate::operation::{Operation, operate};
use crate::output::Output;
use crate::prompt::Stop;
use crate::turns::Turns;
use crate::{doctor, origin, status, watch};
use eimza_card::CodeKind;
use eimza_protocol::{Command, Hello, Lang, Message, Outcome, PROTOCOL_VERSION, Problem, Request};
use std::io::Read;
use std::sync::Arc;
use std::thread;

/// What the request threads share.
#[derive(Clone)]
struct Host {
    output: Output,
    turns: Arc<Turns>,
    stop: Stop,
}

/// Speaks with the browser until it goes away. An open prompt ends with it.
pub fn serve(arguments: &[String], input: &mut impl Read, output: Output) {
    let host = Host { output, turns: Arc::default(), stop: Stop::default() };
    host.stop.on_signals();
    if !origin::is_allowed(arguments) {
        host.say(&Message::Error { id: None, error: Problem::OriginRefused });
        return;
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    host.say(&Message::Hello { hello: Hello { protocol: PROTOCOL_VERSION, version } });

    let mut watching = false;
    loop {
        match hear(input) {
            Heard::Request(request) => host.handle(request, &mut watching),
            Heard::NoRequest { id, error } => host.say(&Message::Error { id, error }),
            Heard::TooLarge => {
                host.say(&Message::Error { id: None, error: Problem::TooLarge });
                break;
            }
            Heard::End => break,
        }
    }
    // Codes that are at the card are let through to its answer. Nothing else is waited for: another
    // program may keep the card for itself as long as it likes.
    host.stop.stop();
}

impl Host {
    fn handle(&self, request: Request, watching: &mut bool) {
        let Request { id, command, lang, reader } = request;
        match command {
            Command::Watch if *watching => self.answer(id, Err(Problem::Busy)),
            Command::Watch => {
                *watching = true;
                self.answer(id, Ok(Outcome::Watching));
                let host = self.clone();
                thread::spawn(move || {
                    watch::watch(&host.turns, |event| host.output.send(&Message::Event(event)));
                });
            }
            Command::Status => {
                self.answer_later(id, |host| {
                    host.turns.read(|| status::status(PATIENT).map(Outcome::Status))
                });
            }
            Command::Doctor => self.answer_later(id, |host| {
                host.turns.read(|| doctor::examine().map(Outcome::Doctor).map_err(|_| Problem::Internal))
            }),
            Command::Unlock => self.operate(id, Operation::Unlock, reader, lang),
            Command::ChangePin => self.operate(id, Operation::Change(CodeKind::Pin), reader, lang),
            Command::ChangePuk => self.operate(id, Operation::Change(CodeKind::Puk), reader, lang),
        }
    }

    fn operate(&self, id: u32, operation: Operation, reader: Option<String>, lang: Lang) {
        self.answer_later(id, move |host| {
            host.turns.operate(|| {
                let reader = operate(operation, reader.as_deref(), lang, &host.stop)?;
                Ok(match operation {
                    Operation::Unlock => Outcome::Unlocked { reader },
                    Operation::Change(CodeKind::Pin) => Outcome::PinChanged { reader },
                    Operation::Change(CodeKind::Puk) => Outcome::PukChanged { reader },
                })
            })
        });
    }

    /// Works beside the reading of requests; `work` gives nothing where another operation has the cards.
    fn answer_later(
        &self,
        id: u32,
        work: impl FnOnce(&Self) -> Option<Result<Outcome, Problem>> + Send + 'static,
    ) {
        let host = self.clone();
        thread::spawn(move || host.answer(id, work(&host).unwrap_or(Err(Problem::Busy))));
    }

    fn answer(&self, id: u32, result: Result<Outcome, Problem>) {
        self.say(&match result {
            Ok(result) => Message::Result { id, result },
            Err(error) => Message::Error { id: Some(id), error },
        });
    }

    /// Where nobody listens any more, the end of input follows and ends the host.
    fn say(&self, message: &Message) {
        self.output.send(message);
    }
}

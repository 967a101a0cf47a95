//! Native messaging on standard input and output: dispatches requests and sends replies.

use crate::exit::exit_on_signals;
use crate::message_writer::MessageWriter;
use crate::operation::Operation;
use crate::operation::run::operate;
use crate::operation_lock::OperationLock;
use crate::problem_mapping::pcsc_problem;
use crate::request_reader::{Incoming, read_request};
use crate::{caller, doctor, status, watch};
use eimza_card::CodeKind;
use eimza_pcsc::Timeouts;
use eimza_prompt::Cancellation;
use eimza_protocol::{Command, Hello, HostMessage, Lang, Outcome, PROTOCOL_VERSION, Problem, Request};
use std::io::Read;
use std::sync::Arc;
use std::thread;

/// The state that the threads of requests share.
#[derive(Clone)]
struct Host {
    output: MessageWriter,
    lock: Arc<OperationLock>,
    cancellation: Cancellation,
}

/// Serves requests until the browser closes the input, then closes an open prompt.
pub fn serve(arguments: &[String], input: &mut impl Read, output: MessageWriter) {
    let host = Host { output, lock: Arc::default(), cancellation: Cancellation::default() };
    exit_on_signals(&host.cancellation);
    if !caller::is_allowed(arguments) {
        host.send(&HostMessage::Error { id: None, error: Problem::OriginRefused });
        return;
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    host.send(&HostMessage::Hello { hello: Hello { protocol: PROTOCOL_VERSION, version } });

    let mut is_watching = false;
    loop {
        match read_request(input) {
            Incoming::Request(request) => host.handle(request, &mut is_watching),
            Incoming::Invalid { id, reason } => {
                host.send(&HostMessage::Error { id, error: Problem::BadRequest { reason } });
            }
            Incoming::TooLarge => {
                host.send(&HostMessage::Error { id: None, error: Problem::TooLarge });
                break;
            }
            Incoming::End => break,
        }
    }
    // Waits for the card's response if codes are being sent, but for nothing else: another program may hold
    // the card indefinitely.
    host.cancellation.cancel();
}

impl Host {
    fn handle(&self, request: Request, is_watching: &mut bool) {
        let Request { id, command, lang, reader } = request;
        match command {
            Command::Watch if *is_watching => self.reply(id, Err(Problem::Busy)),
            Command::Watch => {
                *is_watching = true;
                self.reply(id, Ok(Outcome::Watching));
                let host = self.clone();
                thread::spawn(move || {
                    watch::watch(&host.lock, |event| host.output.send(&HostMessage::Event(event)));
                });
            }
            Command::Status => {
                self.run(id, |host| {
                    let status = host.lock.try_read(|| status::status(Timeouts::INTERACTIVE));
                    status.map(|status| status.map(Outcome::Status).map_err(pcsc_problem))
                });
            }
            Command::Doctor => self.run(id, |host| {
                host.lock.try_read(|| doctor::examine().map(Outcome::Doctor).map_err(|_| Problem::Internal))
            }),
            Command::Unlock => self.operate(id, Operation::Unlock, reader, lang),
            Command::ChangePin => self.operate(id, Operation::Change(CodeKind::Pin), reader, lang),
            Command::ChangePuk => self.operate(id, Operation::Change(CodeKind::Puk), reader, lang),
        }
    }

    fn operate(&self, id: u32, operation: Operation, reader: Option<String>, lang: Lang) {
        self.run(id, move |host| {
            host.lock.try_operate(|| {
                let reader = operate(operation, reader.as_deref(), lang, &host.cancellation)?;
                Ok(match operation {
                    Operation::Unlock => Outcome::Unlocked { reader },
                    Operation::Change(CodeKind::Pin) => Outcome::PinChanged { reader },
                    Operation::Change(CodeKind::Puk) => Outcome::PukChanged { reader },
                })
            })
        });
    }

    /// Runs `work` on a new thread and sends its result; `None` means that an operation is running.
    fn run(&self, id: u32, work: impl FnOnce(&Self) -> Option<Result<Outcome, Problem>> + Send + 'static) {
        let host = self.clone();
        thread::spawn(move || host.reply(id, work(&host).unwrap_or(Err(Problem::Busy))));
    }

    fn reply(&self, id: u32, result: Result<Outcome, Problem>) {
        self.send(&match result {
            Ok(result) => HostMessage::Result { id, result },
            Err(error) => HostMessage::Error { id: Some(id), error },
        });
    }

    fn send(&self, message: &HostMessage) {
        // If the browser has exited, the end of the input follows and ends the host.
        self.output.send(message);
    }
}

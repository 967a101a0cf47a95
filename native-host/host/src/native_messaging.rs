//! Native messaging on standard input and output: dispatches requests and sends replies.

use crate::exit::exit_on_signals;
use crate::message_writer::MessageWriter;
use crate::operation::run::operate;
use crate::operation_lock::OperationLock;
use crate::problem_mapping::session_problem;
use crate::request_reader::{Incoming, read_request};
use crate::routes::{Memory, cards, cards_in_background, routes};
use crate::workers::Workers;
use crate::{caller, doctor, status, watch};
use eimza_pcsc::ReaderMonitor;
use eimza_prompt::Cancellation;
use eimza_protocol::{Command, Hello, HostMessage, Lang, Outcome, PROTOCOL_VERSION, Problem, Request};
use eimza_session::{CodeKind, Operation};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

/// The number of threads that read cards for requests, and of requests that wait for one. The panel sends a
/// few requests at a time; whatever exceeds this is refused with `busy`.
const READERS: usize = 2;
const WAITING_READS: usize = 64;

/// The state that the threads of requests share.
#[derive(Clone)]
struct Host {
    output: MessageWriter,
    lock: Arc<OperationLock>,
    cancellation: Cancellation,
    /// What a watch has just read, and an operation need not read again.
    memory: Memory,
}

/// The threads of requests. Operations have their own, so that they need not wait for reads.
struct Threads {
    reads: Workers,
    /// Only one operation runs at a time; the next one may begin while the reply of the last one is sent.
    operations: Workers,
    is_watching: bool,
}

/// Serves requests until the browser closes the input, then closes an open prompt.
pub fn serve(arguments: &[String], input: &mut impl Read, output: MessageWriter) {
    let cancellation = Cancellation::default();
    let host = Host { output, lock: Arc::default(), cancellation, memory: Memory::default() };
    exit_on_signals(&host.cancellation);
    if !caller::is_allowed(arguments) {
        host.send(&HostMessage::Error { id: None, error: Problem::OriginRefused });
        return;
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    host.send(&HostMessage::Hello { hello: Hello { protocol: PROTOCOL_VERSION, version } });

    let mut threads = Threads {
        reads: Workers::new("read", READERS, WAITING_READS),
        operations: Workers::new("operation", 1, 1),
        is_watching: false,
    };
    loop {
        match read_request(input) {
            Incoming::Request(request) => host.handle(request, &mut threads),
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
    fn handle(&self, request: Request, threads: &mut Threads) {
        let Request { id, command, lang, reader } = request;
        match command {
            Command::Watch => self.watch(id, threads),
            Command::Status => self.read(id, threads, |host| {
                let status = host.lock.try_read(|| status::status(&cards(&host.memory)));
                status.map(|status| status.map(Outcome::Status).map_err(session_problem))
            }),
            Command::Doctor => self.read(id, threads, |host| {
                let examine = || doctor::examine(&cards(&host.memory));
                host.lock.try_read(|| examine().map(Outcome::Doctor).map_err(|_| Problem::Internal))
            }),
            Command::Unlock => self.operate(id, threads, Operation::Unlock, reader, lang),
            Command::ChangePin => self.operate(id, threads, Operation::Change(CodeKind::Pin), reader, lang),
            Command::ChangePuk => self.operate(id, threads, Operation::Change(CodeKind::Puk), reader, lang),
        }
    }

    /// Sends changes on a thread of its own, once.
    fn watch(&self, id: u32, threads: &mut Threads) {
        if threads.is_watching {
            return self.reply(id, Err(Problem::Busy));
        }
        let host = self.clone();
        let (begin, is_answered) = channel::<()>();
        let watch = move || {
            let _ = is_answered.recv(); // events follow the answer
            let cards = cards_in_background(&host.memory);
            let start = || ReaderMonitor::start(host.memory.clone());
            watch::watch(&cards, start, &host.lock, |event| host.output.send(&HostMessage::Event(event)));
        };
        threads.is_watching = thread::Builder::new().name("watch".to_owned()).spawn(watch).is_ok();
        self.reply(id, if threads.is_watching { Ok(Outcome::Watching) } else { Err(Problem::Busy) });
        drop(begin);
    }

    /// Runs `work` soon and sends its result; `None` means that an operation is running.
    fn read(
        &self,
        id: u32,
        threads: &mut Threads,
        work: impl FnOnce(&Self) -> Option<Result<Outcome, Problem>> + Send + 'static,
    ) {
        let host = self.clone();
        let work = move || host.reply(id, replied(|| work(&host).unwrap_or(Err(Problem::Busy))));
        if !threads.reads.try_run(work) {
            self.reply(id, Err(Problem::Busy));
        }
    }

    fn operate(
        &self,
        id: u32,
        threads: &mut Threads,
        operation: Operation,
        reader: Option<String>,
        lang: Lang,
    ) {
        // Begun here, so that a second operation is refused now instead of waiting for the first one.
        let Some(permit) = OperationLock::begin(&self.lock) else {
            return self.reply(id, Err(Problem::Busy));
        };
        let host = self.clone();
        let work = move || {
            let result = replied(|| {
                let routes = routes(&host.memory);
                let run = || operate(operation, &routes, reader.as_deref(), lang, &host.cancellation);
                let used = permit.operate(run)?;
                let reader = used.into_string();
                Ok(match operation {
                    Operation::Unlock => Outcome::Unlocked { reader },
                    Operation::Change(CodeKind::Pin) => Outcome::PinChanged { reader },
                    Operation::Change(CodeKind::Puk) => Outcome::PukChanged { reader },
                })
            });
            host.reply(id, result);
        };
        if !threads.operations.try_run(work) {
            self.reply(id, Err(Problem::Busy));
        }
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

/// Returns the result of `work`; a panic, which is a bug, is reported instead of leaving the request without a reply.
fn replied(work: impl FnOnce() -> Result<Outcome, Problem>) -> Result<Outcome, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Problem::Internal))
}

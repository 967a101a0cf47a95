//! The command-line interface.

mod describe;
mod options;
mod output;
mod usage;

use crate::card_report::card_report;
use crate::exit::{ExitStatus, exit_on_signals, exit_process};
use crate::operation::run::operate;
use crate::operation_lock::OperationLock;
use crate::problem_mapping::session_problem;
use crate::routes::{Memory, cards, cards_in_background, routes};
use crate::{doctor, registration, status, watch};
use describe::describe_status;
use eimza_display_text::DisplayText;
use eimza_i18n::Catalog;
use eimza_pcsc::ReaderMonitor;
use eimza_prompt::Cancellation;
use eimza_protocol::{Event, Problem};
use eimza_session::{CodeKind, Operation};
use options::Options;
use output::{Failure, write_result};
use serde::Serialize;
use std::io::{self, Read, Write};
use usage::usage_text;

/// Runs a command.
///
/// # Errors
/// If standard output is closed.
pub fn run(arguments: &[String], mut out: impl Write) -> io::Result<ExitStatus> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((&command, rest)) = arguments.split_first() else {
        return print_usage();
    };
    if let "register" | "unregister" = command {
        return registration::command::run(command == "register", rest, &mut out).unwrap_or_else(print_usage);
    }
    let Some(options) = Options::parse(rest).filter(|options| options.are_valid_for(command)) else {
        return print_usage();
    };
    match command {
        "--help" => write!(out, "{}", usage_text()).map(|()| ExitStatus::Success),
        "--version" => {
            writeln!(out, "eimza-host {}", env!("CARGO_PKG_VERSION")).map(|()| ExitStatus::Success)
        }
        "status" if options.reader.is_none() => run_status(&options, &mut out),
        "unlock" => run_operation(Operation::Unlock, &options, &mut out),
        "change-pin" => run_operation(Operation::Change(CodeKind::Pin), &options, &mut out),
        "change-puk" => run_operation(Operation::Change(CodeKind::Puk), &options, &mut out),
        "doctor" if options.reader.is_none() => doctor::command::run(options.json, options.lang, &mut out),
        "watch" if options == Options::default() => {
            run_watch(&options, &mut out);
            Ok(ExitStatus::Success)
        }
        _ => print_usage(),
    }
}

/// Prints the usage text to standard error.
///
/// # Errors
/// If standard error is closed.
pub fn print_usage() -> io::Result<ExitStatus> {
    io::stderr().write_all(usage_text().as_bytes()).map(|()| ExitStatus::UsageError)
}

fn run_status(options: &Options, out: &mut impl Write) -> io::Result<ExitStatus> {
    if options.report {
        let report = card_report(&cards(&Memory::default())).map_err(session_problem);
        return write_result(out, options, report, |text| text.trim_end().to_owned());
    }
    let status = status::status(&cards(&Memory::default())).map_err(session_problem);
    write_result(out, options, status, |status| describe_status(status, Catalog::of(options.lang)))
}

/// The JSON output of `unlock`.
#[derive(Serialize)]
struct Unlocked {
    unlocked: bool,
    reader: String,
}

/// The JSON output of `change-pin` and `change-puk`.
#[derive(Serialize)]
struct Changed {
    changed: bool,
    reader: String,
}

fn run_operation(operation: Operation, options: &Options, out: &mut impl Write) -> io::Result<ExitStatus> {
    let cancellation = Cancellation::default();
    exit_on_signals(&cancellation);
    let mut routes = routes(&Memory::default());
    routes.use_reader_keys &= !options.no_reader_keys;
    let reader = operate(operation, &routes, options.reader.as_deref(), options.lang, &cancellation);
    let reader = reader.map(DisplayText::into_string).map_err(Problem::from);
    let text = |key| Catalog::of(options.lang).text(key, &[]);
    let changed = |reader| Changed { changed: true, reader };
    match operation {
        Operation::Unlock => {
            let result = reader.map(|reader| Unlocked { unlocked: true, reader });
            write_result(out, options, result, |_| text("cli_unlocked"))
        }
        Operation::Change(CodeKind::Pin) => {
            write_result(out, options, reader.map(changed), |_| text("cli_pin_changed"))
        }
        Operation::Change(CodeKind::Puk) => {
            write_result(out, options, reader.map(changed), |_| text("cli_puk_changed"))
        }
    }
}

/// Writes the status as a JSON line now and after every change, until standard output is closed.
fn run_watch(options: &Options, out: &mut impl Write) {
    exit_at_end_of_input();
    let memory = Memory::default();
    let start = || ReaderMonitor::start(memory.clone());
    watch::watch(&cards_in_background(&memory), start, &OperationLock::default(), |event| {
        let line = match event {
            Event::Readers(status) => serde_json::to_string(&status),
            Event::Lost { error } => serde_json::to_string(&Failure::new(error, Catalog::of(options.lang))),
        };
        line.is_ok_and(|line| writeln!(out, "{line}").and_then(|()| out.flush()).is_ok())
    });
}

/// Exits at the end of standard input: the program that started `watch` has exited.
fn exit_at_end_of_input() {
    let wait = || {
        // The content is ignored, and an error counts as the end.
        let _ = io::copy(&mut io::stdin().lock().take(u64::MAX), &mut io::sink());
        exit_process(0);
    };
    // Without a thread, `watch` ends when its output is closed.
    let _ = std::thread::Builder::new().spawn(wait);
}

//! `eimza-host`: the native-messaging host of e-İmza Yardımcısı, also usable from the command line.
#![forbid(unsafe_code)]

mod caller;
mod card_report;
mod clean_output;
mod cli;
mod doctor;
mod exit;
mod message_writer;
mod module_status;
mod native_messaging;
mod operation;
mod operation_lock;
mod problem_mapping;
mod reader_keys;
mod registration;
mod request_reader;
mod routes;
mod status;
mod watch;
mod workers;

use clean_output::CleanOutput;
use eimza_display_text::{DisplayText, ScreenText};
use exit::ExitStatus;
use message_writer::MessageWriter;
use std::io::{self, IsTerminal, Write};

/// The environment variable that enables the log on standard error: `EIMZA_LOG=trace` logs header, length and
/// status word of every command to the card. No level logs user input or the content of a card.
const LOG: &str = "EIMZA_LOG";

fn main() {
    let status = run().unwrap_or_else(|error| {
        // If standard error is closed, the error cannot be reported.
        let _ = writeln!(io::stderr(), "eimza-host: {}", ScreenText::line(&error.to_string()));
        ExitStatus::Failure
    });
    exit::exit_process(status as i32)
}

fn run() -> io::Result<ExitStatus> {
    #[cfg(windows)]
    eimza_win32_dialog::search_libraries_in_system_folder_only()?;
    eimza_memory_protection::forbid_dumps();
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    if arguments.first().is_some_and(|command| command == eimza_module::SUBCOMMAND) {
        return run_module_helper();
    }
    start_log();
    if !caller::is_browser(&arguments) {
        let mut out = CleanOutput::new(io::stdout().lock());
        let status = cli::run(&arguments, &mut out)?;
        return out.flush().map(|()| status);
    }
    if io::stdin().is_terminal() {
        return cli::print_usage();
    }
    native_messaging::serve(&arguments, &mut io::stdin().lock(), MessageWriter::take_stdout()?);
    Ok(ExitStatus::Success)
}

/// Runs the helper process of a host. Started by anybody else, it is a command that does not exist.
fn run_module_helper() -> io::Result<ExitStatus> {
    match eimza_module::run_helper() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => cli::print_usage(),
        result => result.map(|()| ExitStatus::Success),
    }
}

/// Starts the log on standard error, cleaned like all other output.
fn start_log() {
    let filter = std::env::var_os(LOG).unwrap_or_default();
    // A filter that is not valid is reported with its text.
    env_logger::Builder::new()
        .parse_filters(DisplayText::new(&filter.to_string_lossy()).as_str())
        .format(|out, record| {
            let line = format!("{} {}: {}", record.level(), record.target(), record.args());
            writeln!(out, "{}", ScreenText::line(&line))
        })
        .init();
}

//! `eimza-host`: the native-messaging host of e-İmza Yardımcısı, and the same from the command line.

mod card_report;
mod cli;
mod connection;
mod doctor;
mod ending;
mod hearing;
mod native;
mod operation;
mod origin;
mod output;
mod problem;
mod prompt;
mod readers;
mod registration;
#[cfg_attr(windows, path = "service/windows.rs")]
mod service;
mod status;
mod turns;
mod watch;

use ending::Exit;
use std::io::{self, IsTerminal, Write};

/// The environment variable that turns on a log on standard error: `EIMZA_LOG=trace` for every command
/// to the card, by header, length and status word. No level logs what was typed or what a card holds.
const LOG: &str = "EIMZA_LOG";

fn main() {
    let exit = run().unwrap_or_else(|error| {
        let _ = writeln!(io::stderr(), "eimza-host: {error}"); // where nobody takes that either, there is no one to tell
        Exit::NotDone
    });
    ending::end(exit as i32)
}

fn run() -> io::Result<Exit> {
    env_logger::Builder::new().parse_env(LOG).init();
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    if !origin::is_from_browser(&arguments) {
        let mut out = io::stdout().lock();
        let exit = cli::run(&arguments, &mut out)?;
        return out.flush().map(|()| exit);
    }
    if io::stdin().is_terminal() {
        return cli::usage();
    }
    native::serve(&arguments, &mut io::stdin().lock(), output::Output::seal()?);
    Ok(Exit::Done)
}

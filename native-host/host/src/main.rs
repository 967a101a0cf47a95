//! `eimza-host`: the native-messaging host of e-İmza Yardımcısı, and the same from the command line.

mod cli;
mod native;
mod operation;
mod origin;
mod output;
mod problem;
mod prompt;
mod readers;
mod status;
mod turns;
mod watch;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    if !origin::is_from_browser(&arguments) {
        return cli::run(&arguments, io::stdout().lock());
    }
    if io::stdin().is_terminal() {
        return cli::usage();
    }
    native::serve(&arguments, &mut io::stdin().lock(), output::Output::seal()?);
    Ok(ExitCode::SUCCESS)
}

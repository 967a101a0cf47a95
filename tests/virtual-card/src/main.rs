//! `eimza-virtual-card`: puts a virtual card into the virtual reader of `vsmartcard-vpcd`. The card
//! is in the reader for as long as the process lives.

mod apdu_log;
mod options;
mod slot;

use apdu_log::ApduLog;
use options::{Options, Request};
use slot::Slot;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

/// pcscd opens the reader's port some time after it was started.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let done = match options::parse(std::env::args_os().skip(1)) {
        Ok(Request::Insert(options)) => insert(options).map_err(|error| (1, error.to_string())),
        Ok(Request::Help) => say(&options::usage()).map_err(|error| (1, error.to_string())),
        Err(error) => Err((2, format!("{error}; see --help"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err((status, message)) => {
            // Where standard error is closed, the exit status has to say it.
            let _ = writeln!(io::stderr(), "eimza-virtual-card: {message}");
            ExitCode::from(status)
        }
    }
}

/// Runs the card until the reader goes away.
fn insert(options: Options) -> io::Result<()> {
    if options.until_stdin_closes {
        thread::spawn(end_with_standard_input);
    }
    let log = options.apdu_log.as_deref().map(create_log).transpose()?;
    let reader = connect(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)))?;
    say("ready\n")?;
    Slot::new(options.profile, options.settings, log, options.faults).serve(reader)
}

fn create_log(path: &Path) -> io::Result<ApduLog<File>> {
    File::create(path)
        .map(ApduLog::new)
        .map_err(|error| io::Error::new(error.kind(), format!("no log at {}: {error}", path.display())))
}

/// Connects to the card side of the reader as soon as it answers.
fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect(address) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused && Instant::now() < deadline => {
                thread::sleep(PAUSE);
            }
            Err(error) => {
                return Err(io::Error::new(error.kind(), format!("no virtual reader at {address}: {error}")));
            }
            connected => return connected,
        }
    }
}

/// Ends the process when whoever started it closes its standard input, also by dying. Every line
/// of the log is in the file by then: nothing is lost.
fn end_with_standard_input() {
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    std::process::exit(0);
}

fn say(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

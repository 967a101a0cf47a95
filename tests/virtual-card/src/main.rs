//! `eimza-virtual-card`: puts a virtual card into the virtual reader of `vsmartcard-vpcd`. The card
//! is in the reader for as long as the process lives.

mod apdu_log;
mod hand;
mod options;
mod slot;

use apdu_log::ApduLog;
use eimza_virtual_card::Card;
use hand::Hand;
use options::{Options, Request};
use slot::Slot;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// pcscd opens the reader's port some time after it was started.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let done = match options::parse(std::env::args_os().skip(1)) {
        Ok(Request::Insert(options)) => insert(options).map_err(|error| (1, error.to_string())),
        Ok(Request::Help) => {
            say(&options::usage());
            Ok(())
        }
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

/// Runs the card until the reader goes away, or for as long as somebody holds it.
fn insert(options: Options) -> io::Result<()> {
    let log = options.apdu_log.as_deref().map(create_log).transpose()?;
    let card = Arc::new(Mutex::new(Card::new(options.profile, options.settings)));
    let held = Arc::clone(&card);
    let hand = options.held.then(|| Hand::new(move || slot::lock(&held).confess()));
    let mut slot = Slot::new(card, log, options.faults, hand);
    loop {
        slot.serve(connect(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)))?)?;
        if !slot.waits_outside() {
            return Ok(());
        }
    }
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

/// Prints a line. Where nobody listens any more, nobody misses it.
fn say(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{}", line.trim_end()).and_then(|()| output.flush());
}

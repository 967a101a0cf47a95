//! `eimza-virtual-card`: inserts a virtual card into the virtual reader of `vsmartcard-vpcd`, for the
//! lifetime of the process.

mod apdu_log;
mod inserted_card;
mod options;
mod output;
mod remote_control;

use apdu_log::ApduLog;
use eimza_virtual_card::Card;
use inserted_card::{InsertedCard, lock};
use options::{Options, Request};
use output::print_line;
use remote_control::RemoteControl;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long to retry: pcscd opens the port of the reader some time after its start.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let result = match options::parse(std::env::args_os().skip(1)) {
        Ok(Request::Insert(options)) => insert(options).map_err(|error| (1, error.to_string())),
        Ok(Request::Help) => {
            print_line(&options::usage());
            Ok(())
        }
        Err(error) => Err((2, format!("{error}; see --help"))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err((status, message)) => {
            // If standard error is closed, the exit status must suffice.
            let _ = writeln!(io::stderr(), "eimza-virtual-card: {message}");
            ExitCode::from(status)
        }
    }
}

/// Runs the card until the reader closes the connection, or while standard input controls the card.
fn insert(options: Options) -> io::Result<()> {
    let log = options.apdu_log.as_deref().map(create_log).transpose()?;
    let card = Arc::new(Mutex::new(Card::new(options.profile, options.settings)));
    let controlled = Arc::clone(&card);
    let control =
        options.is_controlled.then(|| RemoteControl::start(move |what| tell(&lock(&controlled), what)));
    let mut inserted = InsertedCard::new(card, log, options.faults, control);
    loop {
        inserted.serve(connect(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)))?)?;
        if !inserted.wait_until_reinserted() {
            return Ok(());
        }
    }
}

/// Returns what a test wants to know about the card.
fn tell(card: &Card, what: &str) -> Option<String> {
    match what {
        "" => Some(card.code_summary()),
        "security" => Some(card.security_status().to_owned()),
        _ => None,
    }
}

fn create_log(path: &Path) -> io::Result<ApduLog<File>> {
    File::create(path)
        .map(ApduLog::new)
        .map_err(|error| io::Error::new(error.kind(), format!("no log at {}: {error}", path.display())))
}

/// Connects to the card side of the reader; retries until it listens.
fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let deadline = Instant::now() + CONNECT_TIMEOUT;
    loop {
        match TcpStream::connect(address) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused && Instant::now() < deadline => {
                thread::sleep(RETRY_INTERVAL);
            }
            Err(error) => {
                return Err(io::Error::new(error.kind(), format!("no virtual reader at {address}: {error}")));
            }
            connected => return connected,
        }
    }
}

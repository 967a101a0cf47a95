//! `eimza-virtual-card`: puts a virtual card into the virtual reader vpcd, and pulls it out by ending.

use eimza_virtual_card::{Card, Codes, Profile};
use std::fs::File;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const USAGE: &str = "\
eimza-virtual-card [--profile NAME] [--pin DIGITS] [--puk DIGITS] [--pin-tries LEFT] [--puk-tries LEFT]
                   [--port PORT] [--apdu-log FILE] [--until-stdin-closes]
";

/// vpcd listens here for the card.
const PORT: u16 = 35963;
/// How long the reader may take to appear.
const PATIENCE: Duration = Duration::from_secs(15);

struct Options {
    profile: Profile,
    codes: Codes,
    port: u16,
    log: Option<File>,
}

fn main() -> io::Result<ExitCode> {
    let Some(options) = parse(std::env::args().skip(1)) else {
        let mut out = io::stderr().lock();
        out.write_all(USAGE.as_bytes())?;
        for profile in Profile::ALL {
            writeln!(out, "  {:24} {}", profile.name, profile.about)?;
        }
        return Ok(ExitCode::from(2));
    };
    let stream = connect(options.port)?;
    io::stdout().lock().write_all(b"ready\n")?;
    let atr = options.profile.atr();
    let mut inserted = Inserted { card: Card::new(options.profile, &options.codes), atr, log: options.log };
    // Ends when the reader goes away: the usual end of a card.
    let _ = vpicc::Connection::from(stream).run(&mut inserted);
    Ok(ExitCode::SUCCESS)
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { profile: Profile::ALL[0], codes: Codes::default(), port: PORT, log: None };
    while let Some(argument) = arguments.next() {
        if argument == "--until-stdin-closes" {
            end_with_input();
            continue;
        }
        let value = arguments.next()?;
        match argument.as_str() {
            "--profile" => options.profile = Profile::named(&value)?,
            "--pin" => options.codes.pin = value,
            "--puk" => options.codes.puk = value,
            "--pin-tries" => options.codes.pin_tries = value.parse().ok()?,
            "--puk-tries" => options.codes.puk_tries = value.parse().ok()?,
            "--port" => options.port = value.parse().ok()?,
            "--apdu-log" => options.log = Some(File::create(value).ok()?),
            _ => return None,
        }
    }
    Some(options)
}

/// A test that dies leaves no card behind.
fn end_with_input() {
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(0);
    });
}

/// The virtual reader appears some time after pcscd, and tells nobody.
fn connect(port: u16) -> io::Result<TcpStream> {
    let start = Instant::now();
    loop {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Err(_) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(50)),
            result => return result,
        }
    }
}

/// The card in the reader.
struct Inserted {
    card: Card,
    atr: Vec<u8>,
    log: Option<File>,
}

impl vpicc::VSmartCard for Inserted {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn power_on(&mut self) {
        self.card.reset();
    }

    fn power_off(&mut self) {
        self.card.reset();
    }

    fn reset(&mut self) {
        self.card.reset();
    }

    fn execute(&mut self, command: &[u8]) -> Vec<u8> {
        let answer = self.card.execute(command);
        if let Some(log) = &mut self.log {
            let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
            // Header and lengths only: what follows may be a code.
            let (header, body) = command.split_at(command.len().min(4));
            let (data, status) = answer.split_at(answer.len() - 2);
            // A log that cannot be written fails the test that reads it.
            let _ = writeln!(log, "{} {} {} {}", hex(header), body.len(), hex(status), data.len());
        }
        answer
    }
}

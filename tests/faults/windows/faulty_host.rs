//! The Windows program with a WinSCard that fails on order, in a folder of their own.

use super::attempt::Attempt;
use super::built;
use super::call::Call;
use super::order::Order;
use crate::support::ScriptedPinentry;
use serde_json::Value;
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest time that a run may take: the user types, and a card that others hold is waited for.
const TIMEOUT: Duration = Duration::from_secs(40);

/// The names of the programs.
const PROGRAM: &str = "eimza-host.exe";
const TRUSTING_PROGRAM: &str = "eimza-host-trusting.exe";

/// The folder with the programs and the library.
pub struct FaultyHost {
    folder: TempDir,
    /// How often a program ended by a signal after its answer. Seen under Wine in three of some 4,000 runs; such a
    /// run has to pass all checks, too.
    pub crashes: Cell<u32>,
}

/// What a run of the program has brought.
pub struct Run {
    pub answer: Value,
    pub calls: Vec<Call>,
}

impl FaultyHost {
    /// Copies both into a new folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (built, name) in [
            (built::program(), PROGRAM),
            (built::trusting_program(), TRUSTING_PROGRAM),
            (built::library(), "winscard.dll"),
        ] {
            fs::copy(built, folder.path().join(name)).unwrap();
        }
        Self { folder, crashes: Cell::new(0) }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs an attempt with this fault, or without one. The user answers with `pinentry`.
    pub fn run(
        &self,
        attempt: Attempt,
        order: Option<&Order>,
        _pinentry: &ScriptedPinentry,
    ) -> Result<Run, String> {
        fs::write(self.file("faults"), order.map(Order::line).unwrap_or_default()).unwrap();
        fs::write(self.file("calls"), "").unwrap();
        let program = if attempt == Attempt::UnlockByModule { TRUSTING_PROGRAM } else { PROGRAM };
        let mut child = Command::new("wine")
            .arg(self.file(program))
            .arg(attempt.command())
            .args((attempt != Attempt::Watch).then_some("--json"))
            // The one in the program's folder before the one of the system.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=;winscard=n,b")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(self.file("errors")).unwrap()) // a helper process may keep it open
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), lines(child.stdout.take().unwrap()));
        // A watch goes on until the end of its input.
        let answer = output.recv_timeout(TIMEOUT);
        drop(input);
        let ended = wait(&mut child);
        let errors = fs::read_to_string(self.file("errors")).unwrap();
        if errors.contains("panicked") {
            return Err(format!("the program panicked: {errors}"));
        }
        let answer = answer.map_err(|_| format!("no answer: {errors} {ended:?}"))?;
        let is_crash = ended?;
        let answer = serde_json::from_str(&answer).map_err(|_| format!("no JSON: {answer}"))?;
        self.crashes.set(self.crashes.get() + u32::from(is_crash));
        Ok(Run { answer, calls: Call::read(&fs::read_to_string(self.file("calls")).unwrap()) })
    }
}

/// Returns the lines that are written to a pipe.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    lines
}

/// Waits until the program has ended; returns whether it crashed.
fn wait(child: &mut Child) -> Result<bool, String> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        match child.try_wait().unwrap() {
            Some(status) if matches!(status.code(), Some(0 | 1)) => return Ok(false),
            Some(status) if status.signal().is_some() => return Ok(true),
            Some(status) => return Err(format!("the program ended with {status}")),
            None if Instant::now() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("no end within {} s", TIMEOUT.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
}

//! The Windows program with a WinSCard that fails on order, in a folder of their own.

use super::call::Call;
use super::order::Order;
use crate::support::ScriptedPinentry;
use serde_json::Value;
use std::env;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest time that a run may take: the user types, and a card that others hold is waited for.
const TIMEOUT: Duration = Duration::from_secs(40);

/// The environment variables that name the program and the library; `cargo xtask` sets them.
const PROGRAM: &str = "EIMZA_WINDOWS_HOST";
const LIBRARY: &str = "EIMZA_FAULTY_WINSCARD";

/// The folder with the program and the library.
pub struct FaultyHost(TempDir);

/// What a run of the program has brought.
pub struct Run {
    pub answer: Value,
    pub calls: Vec<Call>,
}

impl FaultyHost {
    /// Copies both into a new folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (variable, name) in [(PROGRAM, "eimza-host.exe"), (LIBRARY, "winscard.dll")] {
            let file = env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set"));
            fs::copy(file, folder.path().join(name)).unwrap();
        }
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs an operation with this fault, or without one. The user answers with `pinentry`.
    pub fn run(
        &self,
        operation: &str,
        order: Option<&Order>,
        _typing: &ScriptedPinentry,
    ) -> Result<Run, String> {
        fs::write(self.file("faults"), order.map(Order::line).unwrap_or_default()).unwrap();
        fs::write(self.file("calls"), "").unwrap();
        let mut child = Command::new("wine")
            .arg(self.file("eimza-host.exe"))
            .args([operation, "--json"])
            // The one in the program's folder before the one of the system.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=;winscard=n,b")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (output, errors) = (read(child.stdout.take().unwrap()), read(child.stderr.take().unwrap()));
        wait(&mut child)?;
        let (output, errors) = (output.join().unwrap(), errors.join().unwrap());
        if errors.contains("panicked") {
            return Err(format!("the program panicked: {errors}"));
        }
        let answer = serde_json::from_str(&output).map_err(|_| format!("no answer: {output} {errors}"))?;
        Ok(Run { answer, calls: Call::read(&fs::read_to_string(self.file("calls")).unwrap()) })
    }
}

fn read(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        let _ = pipe.read_to_string(&mut text);
        text
    })
}

fn wait(child: &mut Child) -> Result<(), String> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        match child.try_wait().unwrap() {
            Some(status) if matches!(status.code(), Some(0 | 1)) => return Ok(()),
            Some(status) => return Err(format!("the program ended with {status}")),
            None if Instant::now() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("no answer within {} s", TIMEOUT.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
}

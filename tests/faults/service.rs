//! Kills and restarts the smart-card service of this namespace, with or without its reader.

use crate::support::{READERS, wait_for};
use pcsc::{Context, ReaderState, Scope, State};
use std::ffi::CString;
use std::fs;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SOCKET: &str = "/run/pcscd/pcscd.comm";
const PROCESS: &str = "/run/pcscd/pcscd.pid";

/// The service: initially the one that `cargo xtask test` started, after a restart a child process.
pub struct Service {
    own: Option<Child>,
    has_reader: bool,
    empty: TempDir,
}

impl Service {
    /// Takes over the running service.
    pub fn adopt() -> Self {
        Self { own: None, has_reader: true, empty: tempfile::tempdir().unwrap() }
    }

    /// Kills and restarts the service.
    pub fn restart(&mut self, with_reader: bool) {
        self.kill();
        let mut command = Command::new("/usr/sbin/pcscd");
        command.arg("--foreground").stdout(Stdio::null()).stderr(Stdio::null());
        if !with_reader {
            command.arg("--config").arg(self.empty.path());
        }
        self.own = Some(command.spawn().unwrap());
        self.has_reader = with_reader;
        wait_for("the smart-card service", || UnixStream::connect(SOCKET).is_ok());
        if with_reader {
            wait_for("the virtual reader", || state().is_some());
        }
    }

    /// Restores the reader if a scenario removed it.
    pub fn restore_reader(&mut self) {
        if !self.has_reader {
            self.restart(true);
        }
    }

    fn kill(&mut self) {
        let process = fs::read_to_string(PROCESS).unwrap();
        assert!(
            Command::new("kill")
                .args(["-KILL", process.trim_matches(|char: char| !char.is_ascii_digit())])
                .status()
                .unwrap()
                .success()
        );
        if let Some(mut own) = self.own.take() {
            own.wait().unwrap();
        }
        // A killed service leaves these files behind.
        for path in [SOCKET, PROCESS] {
            let _ = fs::remove_file(path);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(own) = &mut self.own {
            let _ = own.kill();
            let _ = own.wait();
        }
    }
}

/// Waits until the reader holds a card or, if `present` is false, none; returns false after the timeout.
pub fn holds_card(timeout: Duration, present: bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < timeout {
        if state().is_some_and(|state| state.contains(State::PRESENT) == present) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

/// Returns the state of the reader; `None` without a service or reader.
fn state() -> Option<State> {
    let context = Context::establish(Scope::User).ok()?;
    let mut states = [ReaderState::new(CString::new(READERS[0]).ok()?, State::UNAWARE)];
    context.get_status_change(Duration::ZERO, &mut states).ok()?;
    let state = states[0].event_state();
    (!state.intersects(State::UNKNOWN | State::UNAVAILABLE)).then_some(state)
}

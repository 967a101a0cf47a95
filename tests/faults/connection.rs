//! A native-messaging connection to a host that can be killed or abandoned during an operation.

use crate::support::{HOST, ScriptedPinentry, origin};
use native_messaging::host::decode_message_opt;
use serde_json::Value;
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The timeout for every reply.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// A connection to a host, in the role of the browser.
pub struct HostConnection {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Value>,
    /// The last event, which a watcher considers current.
    seen: RefCell<Value>,
    complaints: File,
}

impl HostConnection {
    /// Starts the host as a browser does, with this pinentry.
    pub fn start(pinentry: &ScriptedPinentry) -> Self {
        let complaints = tempfile::tempfile().unwrap();
        let mut child = Command::new(HOST)
            .arg(origin())
            .env("PATH", pinentry.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(complaints.try_clone().unwrap())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = child.stdout.take().unwrap();
        let (tell, heard) = channel();
        thread::spawn(move || {
            while let Ok(Some(text)) = decode_message_opt(&mut output, usize::MAX) {
                if tell.send(serde_json::from_str(&text).unwrap()).is_err() {
                    break;
                }
            }
        });
        Self { child, input, heard, seen: RefCell::default(), complaints }
    }

    /// Sends a request.
    pub fn send(&mut self, request: &Value) {
        let text = request.to_string();
        let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
        self.input.as_mut().unwrap().write_all(&[&length, text.as_bytes()].concat()).unwrap();
    }

    /// Receives messages until one matches, or until the timeout.
    pub fn receive(&self, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
        let until = Instant::now() + TIMEOUT;
        loop {
            match self.heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    if message["event"].is_string() {
                        *self.seen.borrow_mut() = message.clone();
                    }
                    if wanted(&message) {
                        return Ok(message);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Err("no answer within 10 s".to_owned()),
                Err(RecvTimeoutError::Disconnected) => return Err("it ended without an answer".to_owned()),
            }
        }
    }

    /// Waits until the last event matches; it may match already.
    pub fn sees(&self, wanted: impl Fn(&Value) -> bool) -> Result<(), String> {
        if wanted(&self.seen.borrow()) {
            return Ok(());
        }
        self.receive(|message| message["event"].is_string() && wanted(message)).map(drop)
    }

    /// Kills it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Closes its input, as a closed browser does.
    pub fn leave(&mut self) {
        self.input = None;
    }

    /// Closes its input and waits for its exit, which must be clean unless it was killed.
    pub fn end(mut self) -> Result<(), String> {
        self.leave();
        let until = Instant::now() + TIMEOUT;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() > until => return Err("it has not ended within 10 s".to_owned()),
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        let mut complaints = String::new();
        self.complaints.rewind().unwrap();
        self.complaints.read_to_string(&mut complaints).unwrap();
        // No exit code means that it was killed by this test.
        if status.code().is_some_and(|code| code != 0) || complaints.contains("panicked") {
            return Err(format!("it ended with {status}: {complaints}"));
        }
        Ok(())
    }
}

impl Drop for HostConnection {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

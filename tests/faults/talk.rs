//! A host that may be killed, or left alone, while it is at work.

use crate::support::{HOST, Typist, origin};
use native_messaging::host::decode_message_opt;
use serde_json::Value;
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Nobody waits longer for anything.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A conversation, with us as the browser.
pub struct Talk {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Value>,
    /// The last event: what a watcher takes for true.
    seen: RefCell<Value>,
    complaints: File,
}

impl Talk {
    /// Starts the host as a browser does, with somebody at its prompt.
    pub fn start(typist: &Typist) -> Self {
        let complaints = tempfile::tempfile().unwrap();
        let mut child = Command::new(HOST)
            .arg(origin())
            .env("PATH", typist.path())
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

    /// Asks.
    pub fn ask(&mut self, request: &Value) {
        let text = request.to_string();
        let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
        self.input.as_mut().unwrap().write_all(&[&length, text.as_bytes()].concat()).unwrap();
    }

    /// The first message that is wanted, where it comes in time.
    pub fn hear(&self, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
        let until = Instant::now() + PATIENCE;
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

    /// Waits until the last event is as wanted: it may be already, where nothing has changed since.
    pub fn sees(&self, wanted: impl Fn(&Value) -> bool) -> Result<(), String> {
        if wanted(&self.seen.borrow()) {
            return Ok(());
        }
        self.hear(|message| message["event"].is_string() && wanted(message)).map(drop)
    }

    /// Ends it at once, as no program can prevent.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Goes away, as a browser does that is closed.
    pub fn leave(&mut self) {
        self.input = None;
    }

    /// Goes away and waits until it has ended, by itself and well unless it was killed.
    pub fn end(mut self) -> Result<(), String> {
        self.leave();
        let until = Instant::now() + PATIENCE;
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
        // No code: killed by a signal, which was ours.
        if status.code().is_some_and(|code| code != 0) || complaints.contains("panicked") {
            return Err(format!("it ended with {status}: {complaints}"));
        }
        Ok(())
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! A native-messaging connection to a host that can be killed or abandoned during an operation.

use crate::pin_pad::PinPad;
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
    messages: Receiver<Value>,
    /// The last event that was received.
    last_event: RefCell<Value>,
    stderr: File,
}

impl HostConnection {
    /// Starts the host as a browser does, with this pinentry.
    pub fn start(pinentry: &ScriptedPinentry) -> Self {
        Self::start_with_pad(pinentry, None)
    }

    /// The same with a reader that has this PIN pad.
    pub fn start_with_pad(pinentry: &ScriptedPinentry, pad: Option<&PinPad>) -> Self {
        let stderr = tempfile::tempfile().unwrap();
        let mut command = Command::new(HOST);
        if let Some(pad) = pad {
            pad.attach(&mut command);
        }
        let mut child = command
            .arg(origin())
            .env("PATH", pinentry.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr.try_clone().unwrap())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = child.stdout.take().unwrap();
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Ok(Some(text)) = decode_message_opt(&mut output, usize::MAX) {
                if sender.send(serde_json::from_str(&text).unwrap()).is_err() {
                    break;
                }
            }
        });
        Self { child, input, messages, last_event: RefCell::default(), stderr }
    }

    /// Sends a request.
    pub fn send(&mut self, request: &Value) {
        let text = request.to_string();
        let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
        self.input.as_mut().unwrap().write_all(&[&length, text.as_bytes()].concat()).unwrap();
    }

    /// Receives messages until one matches, or until the timeout.
    pub fn receive(&self, matches: impl Fn(&Value) -> bool) -> Result<Value, String> {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    if message["event"].is_string() {
                        *self.last_event.borrow_mut() = message.clone();
                    }
                    if matches(&message) {
                        return Ok(message);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Err("no reply within 10 s".to_owned()),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err("the host exited without a reply".to_owned());
                }
            }
        }
    }

    /// Waits until the last event matches; it may match already.
    pub fn wait_for_event(&self, matches: impl Fn(&Value) -> bool) -> Result<(), String> {
        if matches(&self.last_event.borrow()) {
            return Ok(());
        }
        self.receive(|message| message["event"].is_string() && matches(message)).map(drop)
    }

    /// Kills the host.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Closes the host's input, as a closed browser does.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Closes the host's input and waits for its exit, which must be clean unless the host was killed.
    pub fn end(mut self) -> Result<(), String> {
        self.close_input();
        let deadline = Instant::now() + TIMEOUT;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() > deadline => {
                    return Err("the host did not exit within 10 s".to_owned());
                }
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        let mut stderr = String::new();
        self.stderr.rewind().unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        // No exit code means that this test killed it.
        if status.code().is_some_and(|code| code != 0) || stderr.contains("panicked") {
            return Err(format!("the host exited with {status}: {stderr}"));
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

//! The tests as the browser: starting the host and speaking its frames.
#![allow(dead_code, reason = "each test binary uses its own part")]

use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

/// The built host.
pub const HOST: &str = env!("CARGO_BIN_EXE_eimza-host");

/// A host that speaks native messaging with us as the browser.
pub struct Host {
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Host {
    /// Starts it as a browser does.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// Starts it and hears its introduction.
    pub fn greeted(command: &mut Command) -> Self {
        let mut host = Self::start(command);
        assert!(host.hear().unwrap().get("hello").is_some());
        host
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        // A host that has ended already is the test's business.
        let _ = self.input.as_mut().unwrap().write_all(bytes);
    }

    /// Sends text as a frame.
    pub fn send_text(&mut self, text: &str) {
        let length = u32::try_from(text.len()).unwrap().to_ne_bytes();
        self.send_raw(&[&length, text.as_bytes()].concat());
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    /// The next message; none at the end.
    pub fn hear(&mut self) -> Option<Value> {
        let mut length = [0; 4];
        self.output.read_exact(&mut length).ok()?;
        let mut text = vec![0; u32::from_ne_bytes(length) as usize];
        self.output.read_exact(&mut text).unwrap();
        Some(serde_json::from_slice(&text).unwrap())
    }

    /// The next message that answers a question.
    pub fn hear_answer(&mut self) -> Value {
        loop {
            let message = self.hear().expect("an answer");
            if message.get("id").is_some() {
                return message;
            }
        }
    }

    /// Asks it to end, as a system does that goes down.
    pub fn terminate(mut self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        self.child.wait().unwrap();
    }

    /// Ends the input; what else it says, and how it ended.
    pub fn end(mut self) -> (Vec<Value>, ExitStatus) {
        self.input = None;
        let rest = std::iter::from_fn(|| self.hear()).collect();
        (rest, self.child.wait().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The id of the extension, from the manifest that allows it.
pub fn origin() -> String {
    let manifest: Value = serde_json::from_str(include_str!("../../../manifest/native-host.json")).unwrap();
    manifest["allowed_origins"][0].as_str().unwrap().to_owned()
}

//! Acts as the browser: starts the host and exchanges native messages with it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

/// The built host.
pub const HOST: &str = env!("CARGO_BIN_EXE_eimza-host");

/// A host that was started for native messaging.
pub struct Host {
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
}

impl Host {
    /// Starts the host as a browser does.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// Starts the host and receives its hello message.
    pub fn start_and_greet(command: &mut Command) -> Self {
        let mut host = Self::start(command);
        assert!(host.receive().unwrap().get("hello").is_some());
        host
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        // The host may have exited, which the test checks itself.
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

    /// Receives the next message; `None` at the end.
    pub fn receive(&mut self) -> Option<Value> {
        let mut length = [0; 4];
        self.output.read_exact(&mut length).ok()?;
        let mut text = vec![0; u32::from_ne_bytes(length) as usize];
        self.output.read_exact(&mut text).unwrap();
        Some(serde_json::from_slice(&text).unwrap())
    }

    /// Receives the next message that answers a request.
    pub fn receive_reply(&mut self) -> Value {
        loop {
            let message = self.receive().expect("an answer");
            if message.get("id").is_some() {
                return message;
            }
        }
    }

    /// Receives the answer to the request with this id.
    pub fn receive_reply_to(&mut self, id: u32) -> Value {
        loop {
            let answer = self.receive_reply();
            if answer["id"] == id {
                return answer;
            }
        }
    }

    /// Returns its input, for another thread to write to.
    pub fn take_input(&mut self) -> ChildStdin {
        self.input.take().unwrap()
    }

    /// Returns its process id.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGQUIT, for which a process leaves a core file unless that is forbidden; returns its exit
    /// status.
    pub fn quit(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-QUIT", &id]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// Sends SIGTERM, as a system shutdown does.
    pub fn terminate(mut self) {
        // The command of the shell: a small system has no such program.
        let process = self.child.id().to_string();
        assert!(Command::new("sh").args(["-c", "kill \"$0\"", &process]).status().unwrap().success());
        self.child.wait().unwrap();
    }

    /// Closes the host's input; returns the remaining messages and the exit status.
    pub fn end(mut self) -> (Vec<Value>, ExitStatus) {
        self.input = None;
        let rest = std::iter::from_fn(|| self.receive()).collect();
        (rest, self.child.wait().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the origin of the extension, from the host manifest.
pub fn origin() -> String {
    let manifest: Value = serde_json::from_str(include_str!("../../../manifest/native-host.json")).unwrap();
    manifest["allowed_origins"][0].as_str().unwrap().to_owned()
}

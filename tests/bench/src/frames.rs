//! Native messaging with a host, in the role of the browser.

use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

/// A host that was started for native messaging. Its input is closed on drop, which ends it.
pub struct Host(Child);

impl Host {
    /// Starts the host with the origin of the extension.
    pub fn start(command: &mut Command, origin: &str) -> Result<Self> {
        Ok(Self(command.arg(origin).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?))
    }

    /// Sends a request.
    pub fn send(&mut self, request: &Value) -> Result<()> {
        let text = request.to_string();
        let length = u32::try_from(text.len())?.to_ne_bytes();
        let input = self.0.stdin.as_mut().context("the host's input")?;
        input.write_all(&[&length, text.as_bytes()].concat())?;
        Ok(input.flush()?)
    }

    /// Receives messages until one matches.
    pub fn receive(&mut self, matches: impl Fn(&Value) -> bool) -> Result<Value> {
        let output = self.0.stdout.as_mut().context("the host's output")?;
        loop {
            let mut length = [0; 4];
            output.read_exact(&mut length)?;
            let mut text = vec![0; usize::try_from(u32::from_ne_bytes(length))?];
            output.read_exact(&mut text)?;
            let message = serde_json::from_slice(&text)?;
            if matches(&message) {
                return Ok(message);
            }
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

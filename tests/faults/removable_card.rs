//! A virtual card that can be stopped at a command, removed, and inserted again.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// The timeout for a message of the card.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A virtual card that keeps its state while it is not in the reader.
pub struct RemovableCard {
    child: Child,
    input: ChildStdin,
    output: Receiver<String>,
    log: PathBuf,
    _folder: TempDir,
}

impl RemovableCard {
    /// Inserts a new card and waits until the smart-card service detects it.
    pub fn insert(arguments: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("apdus");
        let mut child = eimza_virtual_card::program(&log).args(arguments).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, output) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut card = Self { child, input, output, log, _folder: folder };
        card.receive("ready");
        card.wait_until_detected();
        card
    }

    /// Waits until the service detects the card. A reader whose card was just removed may lose the next
    /// card's connection, so the card is inserted again, as a user would do.
    fn wait_until_detected(&mut self) {
        for _ in 0..3 {
            if crate::service::holds_card(Duration::from_secs(5), true) {
                return;
            }
            self.send("out");
            self.send("in");
            self.receive("ready");
        }
        panic!("the reader does not detect the card");
    }

    /// Waits until the card has stopped at its point; returns false if it does not.
    pub fn has_stopped(&self) -> bool {
        self.output.recv_timeout(TIMEOUT).is_ok_and(|line| line == "stopped")
    }

    /// Lets the card continue.
    pub fn resume(&mut self) {
        self.send("go");
    }

    /// Removes the card.
    pub fn remove(&mut self) {
        self.send("out");
    }

    /// Inserts the card again, whether or not it is in the reader.
    pub fn insert_again(&mut self) {
        self.send("out");
        crate::service::holds_card(TIMEOUT, false);
        self.send("in");
        self.receive("ready");
        self.wait_until_detected();
    }

    /// Returns PIN and tries left from the card's process.
    pub fn true_state(&mut self) -> String {
        self.send("tell");
        loop {
            let line = self.output.recv_timeout(TIMEOUT).expect("the card's state");
            if line.starts_with("pin=") {
                return line;
            }
        }
    }

    /// Returns whether another program could use the card with a code that was verified.
    pub fn is_authenticated(&mut self) -> bool {
        self.send("tell security");
        loop {
            match self.output.recv_timeout(TIMEOUT).expect("the card's security status").as_str() {
                "authenticated" => return true,
                "not authenticated" => return false,
                _ => {}
            }
        }
    }

    /// Returns a line for each command that the card received.
    pub fn log(&self) -> Vec<String> {
        fs::read_to_string(&self.log).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    fn receive(&self, expected: &str) {
        while self.output.recv_timeout(TIMEOUT).expect("a message of the card") != expected {}
    }

    fn send(&mut self, command: &str) {
        writeln!(self.input, "{command}").expect("the card's process");
    }
}

impl Drop for RemovableCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        crate::service::holds_card(TIMEOUT, false);
    }
}

/// Returns whether a line of the log is a command with a code.
pub fn carries_code(line: &str) -> bool {
    matches!(line.get(2..4), Some("20" | "24" | "2C")) && !line.contains(" lc=0 ")
}

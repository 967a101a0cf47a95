//! A card in a hand: it stops at a command, is pulled out, and pushed in again.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// More than anything that the card says takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A virtual card that keeps its codes while it is out of the reader.
pub struct HeldCard {
    child: Child,
    hand: ChildStdin,
    said: Receiver<String>,
    log: PathBuf,
    _folder: TempDir,
}

impl HeldCard {
    /// Pushes a new card into the reader and waits until the smart-card service has it.
    pub fn insert(arguments: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("apdus");
        let mut child = eimza_virtual_card::program(&log).args(arguments).spawn().unwrap();
        let hand = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, said) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut card = Self { child, hand, said, log, _folder: folder };
        card.hear("ready");
        card.settle();
        card
    }

    /// Waits until the service sees it; a reader whose card has just left may forget the next one's connection, so
    /// it is pulled out and pushed in again, as a person would.
    fn settle(&mut self) {
        for _ in 0..3 {
            if crate::service::holds_card(Duration::from_secs(5), true) {
                return;
            }
            self.order("out");
            self.order("in");
            self.hear("ready");
        }
        panic!("the reader does not see the card");
    }

    /// Waits until it has stopped where it was told to; false where it never comes there.
    pub fn has_stopped(&self) -> bool {
        self.said.recv_timeout(PATIENCE).is_ok_and(|line| line == "stopped")
    }

    /// Lets it go on.
    pub fn go_on(&mut self) {
        self.order("go");
    }

    /// Pulls it out.
    pub fn pull_out(&mut self) {
        self.order("out");
    }

    /// Pushes it in again, wherever it is.
    pub fn push_in(&mut self) {
        self.order("out");
        crate::service::holds_card(PATIENCE, false);
        self.order("in");
        self.hear("ready");
        self.settle();
    }

    /// PIN and tries left, as the card itself knows them.
    pub fn confess(&mut self) -> String {
        self.order("tell");
        loop {
            let line = self.said.recv_timeout(PATIENCE).expect("the card's confession");
            if line.starts_with("pin=") {
                return line;
            }
        }
    }

    /// A line for each command that it got.
    pub fn log(&self) -> Vec<String> {
        fs::read_to_string(&self.log).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    fn hear(&self, wanted: &str) {
        while self.said.recv_timeout(PATIENCE).expect("a word of the card") != wanted {}
    }

    fn order(&mut self, order: &str) {
        writeln!(self.hand, "{order}").expect("the card's process");
    }
}

impl Drop for HeldCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        crate::service::holds_card(PATIENCE, false);
    }
}

/// Whether a line of the log is a command with a code.
pub fn carries_code(line: &str) -> bool {
    matches!(line.get(2..4), Some("20" | "24" | "2C")) && !line.contains(" lc=0 ")
}

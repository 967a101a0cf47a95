//! The PIN pad of the virtual reader: a library that is preloaded into the host (`tests/pin-pad`).
#![allow(dead_code, reason = "each test binary uses a part of it")]

use crate::support::HOST;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The PIN pad of the virtual reader, and its user.
pub struct PinPad(TempDir);

impl PinPad {
    /// Returns a PIN pad whose user types these codes.
    pub fn typing(codes: &[&str]) -> Self {
        let pad = Self(tempfile::tempdir().unwrap());
        pad.write("codes", &codes.join("\n"));
        pad
    }

    /// Sets what happens instead at the first, second, … entry.
    #[must_use]
    pub fn ordered(self, orders: &[&str]) -> Self {
        self.write("orders", &orders.join("\n"));
        self
    }

    /// Sets the features that the reader announces.
    #[must_use]
    pub fn announcing(self, features: &str) -> Self {
        self.write("features", features);
        self
    }

    /// Lets the user type after `wait`.
    pub fn resume(&self) {
        self.write("go", "");
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.0.path().join(name), content).unwrap();
    }

    /// Returns which entries were requested, with their structures in hex.
    pub fn log(&self) -> Vec<String> {
        let log = fs::read_to_string(self.0.path().join("log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// Gives the host that a command starts this PIN pad.
    pub fn attach(&self, command: &mut Command) {
        let library = Path::new(HOST).with_file_name("libeimza_test_pin_pad.so");
        assert!(library.exists(), "{}", library.display());
        command.env("LD_PRELOAD", library).env("EIMZA_TEST_PIN_PAD", self.0.path());
    }
}

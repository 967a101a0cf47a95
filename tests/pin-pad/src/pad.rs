//! The PIN pad, its user, and its misbehaviour.
//!
//! Files of the folder, each with one item a line:
//! - `codes`: what the user types, one code after the other. A reader whose user types no more times out.
//! - `features`: `verify`, `modify`; without the file both are announced.
//! - `orders`: what happens instead at the first, second, … entry: `type` (nothing special), `unsupported` and
//!   `refuse` (the driver returns an error at once), `parameter`, `cancel`, `timeout` (the reader's own status
//!   words), `slowly` (types at the speed of people), `break` (the card gets the command, and its answer is lost),
//!   `wait` (until a file `go` exists, then `slowly`).
//! - `log`: what the reader was told, without codes.

use crate::entry::{Entry, malformed};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// The numbers of entries begun and of codes typed in this process.
static ENTRIES: AtomicUsize = AtomicUsize::new(0);
static TYPED: AtomicUsize = AtomicUsize::new(0);

/// Longer than anybody needs for a code.
const ENTRY_TIME: Duration = Duration::from_millis(700);

/// A PIN pad with its folder.
pub struct Pad(PathBuf);

/// What the driver returns.
pub enum Reply {
    Data(Vec<u8>),
    /// `SCARD_E_UNSUPPORTED_FEATURE`.
    Unsupported,
    /// `SCARD_E_NOT_TRANSACTED`, as pcscd reports every other error of a driver.
    Failed,
}

impl Pad {
    pub fn from_environment() -> Result<Self, io::Error> {
        std::env::var_os("EIMZA_TEST_PIN_PAD")
            .map(|folder| Self(folder.into()))
            .ok_or(io::Error::other("no folder"))
    }

    /// Returns the list of features, as `CM_IOCTL_GET_FEATURE_REQUEST` does.
    pub fn features(&self, verify: u32, modify: u32) -> Vec<u8> {
        let announced =
            fs::read_to_string(self.0.join("features")).unwrap_or_else(|_| "verify\nmodify".to_owned());
        [("verify", 0x06, verify), ("modify", 0x07, modify)]
            .into_iter()
            .filter(|(name, ..)| announced.lines().any(|line| line == *name))
            .flat_map(|(_, tag, code)| [&[tag, 4][..], &code.to_be_bytes()].concat())
            .collect()
    }

    /// Takes codes for a structure, and sends them to the card.
    pub fn take(
        &mut self,
        kind: &str,
        structure: &[u8],
        transmit: impl Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Reply {
        self.log(kind, structure);
        let orders = self.lines("orders");
        let order = orders.get(ENTRIES.fetch_add(1, Ordering::Relaxed)).map_or("type", String::as_str);
        match order {
            "unsupported" => return Reply::Unsupported,
            "refuse" => return Reply::Failed,
            "parameter" => return Reply::Data(vec![0x64, 0x80]),
            "cancel" => return Reply::Data(vec![0x64, 0x01]),
            "timeout" => return Reply::Data(vec![0x64, 0x00]),
            "wait" => {
                while !self.0.join("go").exists() {
                    thread::sleep(Duration::from_millis(20));
                }
                thread::sleep(ENTRY_TIME);
            }
            "slowly" => thread::sleep(ENTRY_TIME),
            _ => {}
        }
        let Some(entry) = Entry::parse(kind, structure) else { return Reply::Data(vec![0x64, 0x80]) };
        let first = TYPED.fetch_add(entry.codes(), Ordering::Relaxed);
        let all = self.lines("codes");
        let Some(typed) = all.get(first..first + entry.codes()) else { return Reply::Data(vec![0x64, 0x00]) };
        if let Some(status) = malformed(&entry, typed) {
            return Reply::Data(status.to_vec());
        }
        let response = transmit(&entry.command(typed));
        if order == "break" {
            thread::sleep(ENTRY_TIME);
            return Reply::Failed;
        }
        response.map_or(Reply::Failed, Reply::Data)
    }

    fn lines(&self, name: &str) -> Vec<String> {
        fs::read_to_string(self.0.join(name)).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    fn log(&self, kind: &str, structure: &[u8]) {
        let hex: String = structure.iter().map(|byte| format!("{byte:02X}")).collect();
        let log = fs::OpenOptions::new().create(true).append(true).open(self.0.join("log"));
        // A test that misses the line fails.
        let _ = log.and_then(|mut log| writeln!(log, "{kind} {hex}"));
    }
}

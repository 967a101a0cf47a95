//! What the tests of the host binary share: starting it, speaking its frames, and its world.
#![allow(dead_code, reason = "each test binary uses its own part")]

mod browser;

#[allow(unused_imports, reason = "each test binary uses its own part")]
pub use browser::{HOST, Host, origin};

use pcsc::{Card, Context, Protocols, Scope, ShareMode};
use serde_json::{Value, json};
use std::ffi::CString;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder with a pinentry that types by itself, for the front of PATH.
pub struct Typist(TempDir);

impl Typist {
    /// Types these answers; see `tests/host/pinentry.cjs`.
    pub fn new(answers: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("pinentry");
        fs::write(&program, include_str!("../pinentry.cjs")).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("answers.json"), answers.to_string()).unwrap();
        Self(folder)
    }

    /// The same under another name than `pinentry`.
    #[must_use]
    pub fn called(self, name: &str) -> Self {
        fs::rename(self.0.path().join("pinentry"), self.0.path().join(name)).unwrap();
        self
    }

    /// The codes of a user who knows them.
    pub fn knowing(puk: &str, new_pin: &str) -> Self {
        Self::new(&json!({"PUK": [puk], "Yeni PIN": [new_pin], "CONFIRM": ["yes"]}))
    }

    /// The folder that it stands in.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// PATH with this pinentry first.
    pub fn path(&self) -> String {
        format!("{}:{}", self.folder().display(), std::env::var("PATH").unwrap())
    }

    /// Everything that it was told, percent-decoded line ends and all.
    pub fn was_told(&self) -> String {
        fs::read_to_string(self.0.path().join("said")).unwrap_or_default().replace("%0A", "\n")
    }

    /// How often it was asked for a code.
    pub fn times_asked(&self) -> usize {
        self.was_told().lines().filter(|line| *line == "GETPIN").count()
    }

    /// Lets it go on from `<pause>`.
    pub fn go_on(&self) {
        fs::write(self.0.path().join("go"), "").unwrap();
    }

    /// Whether any process runs it, as far as it may have come.
    pub fn is_running(&self) -> bool {
        let folder = self.folder().to_string_lossy().into_owned();
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes
            .filter_map(|process| fs::read(process.path().join("cmdline")).ok())
            .any(|command| String::from_utf8_lossy(&command).contains(&folder))
    }

    /// The process, once it runs.
    pub fn process(&self) -> Option<String> {
        fs::read_to_string(self.0.path().join("pid")).ok().filter(|id| !id.is_empty())
    }
}

/// The virtual readers, which stand for one with two slots.
pub const READERS: [&str; 2] = ["Virtual PCD 00 00", "Virtual PCD 00 01"];

/// The port behind which the first of them takes a card.
const PORT: usize = 35963;

/// A card in a virtual reader; pulled out when dropped.
pub struct VirtualCard {
    child: Child,
    reader: usize,
    log: PathBuf,
    _folder: TempDir,
}

impl VirtualCard {
    /// Inserts a card into the first reader and waits until the reader has it.
    pub fn insert(arguments: &[&str]) -> Self {
        Self::insert_into(0, arguments)
    }

    /// Inserts a card into one of the [`READERS`].
    pub fn insert_into(reader: usize, arguments: &[&str]) -> Self {
        // A reader whose card has just left in the middle of a command may take the next one's
        // connection and forget it: then the card is inserted again, as a person would.
        for _ in 0..3 {
            let card = Self::push_in(reader, arguments);
            if becomes_true(Duration::from_secs(4), || holds_card(reader) == Some(true)) {
                return card;
            }
        }
        panic!("the reader does not see the card");
    }

    fn push_in(reader: usize, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("apdus");
        let mut child = eimza_virtual_card::program(&log)
            .args(arguments)
            .args(["--port", &(PORT + reader).to_string()])
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        Self { child, reader, log, _folder: folder }
    }

    /// Header, length and status of every command that it got, as hex lines.
    pub fn log(&self) -> Vec<String> {
        fs::read_to_string(&self.log).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Whether it got a command with this instruction byte, in hex.
    pub fn got(&self, instruction: &str) -> bool {
        self.log().iter().any(|line| line.replace(' ', "").get(2..4) == Some(instruction))
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        wait_for("the empty reader", || holds_card(self.reader) == Some(false));
    }
}

/// Whether one of the [`READERS`] holds a card; none where nobody knows.
pub fn holds_card(reader: usize) -> Option<bool> {
    let seen = Command::new("opensc-tool").arg("--list-readers").output().ok()?;
    let seen = String::from_utf8_lossy(&seen.stdout).into_owned();
    Some(seen.lines().find(|line| line.ends_with(READERS[reader]))?.contains("Yes"))
}

/// Another program with a connection to the card in the first reader.
pub fn other_program(mode: ShareMode) -> Card {
    let context = Context::establish(Scope::User).unwrap();
    let name = CString::new(READERS[0]).unwrap();
    context.connect(&name, mode, Protocols::ANY).unwrap()
}

/// Runs OpenSC's `pkcs15-tool` with its driver for cards of any maker.
pub fn opensc(arguments: &[&str]) -> Output {
    pkcs15_tool("card_drivers = default; enable_default_driver = true;", arguments)
}

/// Runs OpenSC's `pkcs15-tool` with its driver for the first AKİS.
pub fn opensc_akis(arguments: &[&str]) -> Output {
    pkcs15_tool("card_drivers = akis;", arguments)
}

fn pkcs15_tool(settings: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("opensc.conf");
    fs::write(&configuration, format!("app default {{ {settings} }}")).unwrap();
    Command::new("pkcs15-tool").args(arguments).env("OPENSC_CONF", configuration).output().unwrap()
}

/// What the host's `status` says.
pub fn status() -> Value {
    let output = Command::new(HOST).args(["status", "--json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What `status` says of the first reader.
pub fn reader() -> Value {
    status()["readers"][0].clone()
}

/// Runs one of the host's operations, such as `["unlock"]`, with somebody at its prompt.
pub fn operate(arguments: &[&str], typist: &Typist) -> Value {
    let mut command = Command::new(HOST);
    let output = command.args(arguments).arg("--json").env("PATH", typist.path()).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Unlocks the only e-signature card there is.
pub fn unlock(typist: &Typist) -> Value {
    operate(&["unlock"], typist)
}

/// The code of what went wrong; empty where nothing did.
pub fn error(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_default()
}

/// Whether the card, asked through OpenSC, accepts a PIN.
pub fn opensc_verifies(pin: &str) -> bool {
    opensc(&["--verify-pin", "--auth-id", "01", "--pin", pin]).status.success()
}

/// Looks again and again; fails after ten seconds.
pub fn wait_for(what: &str, ready: impl FnMut() -> bool) {
    assert!(becomes_true(Duration::from_secs(10), ready), "{what}: not within ten seconds");
}

fn becomes_true(patience: Duration, mut ready: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !ready() {
        if start.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

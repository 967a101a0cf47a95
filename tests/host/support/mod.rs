//! Shared by the tests of the host: starting it, native messaging, the scripted pinentry and the virtual
//! card.
#![allow(dead_code, reason = "each test binary uses a part of it")]

mod browser;
pub mod memory;
pub mod own_service;
pub mod window_typist;

#[allow(unused_imports, reason = "each test binary uses a part of it")]
pub use browser::{HOST, Host, origin};

use pcsc::{Card, Context, Protocols, Scope, ShareMode};
use serde_json::{Value, json};
use std::ffi::CString;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use window_typist::WindowTypist;

/// A folder with a scripted pinentry, for the front of PATH. Where the host under test is the Windows program, its
/// window gets the same answers instead.
pub struct ScriptedPinentry(TempDir, Option<WindowTypist>);

impl ScriptedPinentry {
    /// Creates a pinentry that gives these answers; see `tests/host/pinentry.cjs`.
    pub fn new(answers: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("pinentry");
        fs::write(&program, include_str!("../pinentry.cjs")).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("answers.json"), answers.to_string()).unwrap();
        let typist = window_typist::host_has_windows();
        let typist = typist.then(|| WindowTypist::start(answers, folder.path()));
        Self(folder, typist)
    }

    /// Renames the program from `pinentry`.
    #[must_use]
    pub fn renamed_to(self, name: &str) -> Self {
        fs::rename(self.0.path().join("pinentry"), self.0.path().join(name)).unwrap();
        self
    }

    /// Creates a pinentry that enters these codes and confirms everything.
    pub fn entering(puk: &str, new_pin: &str) -> Self {
        Self::new(&json!({"PUK": [puk], "Yeni PIN": [new_pin], "CONFIRM": ["yes"]}))
    }

    /// Returns the folder of the program.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Returns PATH with this folder first.
    pub fn path(&self) -> String {
        format!("{}:{}", self.folder().display(), std::env::var("PATH").unwrap())
    }

    /// Returns all commands that the pinentry received, with decoded line feeds.
    pub fn commands(&self) -> String {
        fs::read_to_string(self.0.path().join("commands")).unwrap_or_default().replace("%0A", "\n")
    }

    /// Returns how often the pinentry was asked for a code.
    pub fn times_asked(&self) -> usize {
        self.commands().lines().filter(|line| *line == "GETPIN").count()
    }

    /// Lets the pinentry continue after `<pause>`.
    pub fn resume(&self) {
        fs::write(self.0.path().join("go"), "").unwrap();
    }

    /// Returns whether any process runs the pinentry, even if it is still starting.
    pub fn is_running(&self) -> bool {
        let folder = self.folder().to_string_lossy().into_owned();
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes
            .filter_map(|process| fs::read(process.path().join("cmdline")).ok())
            .any(|command| String::from_utf8_lossy(&command).contains(&folder))
    }

    /// Returns whether the pinentry that was asked is running; where the host is the Windows program, whether its window is
    /// open.
    pub fn is_open(&self) -> bool {
        if window_typist::host_has_windows() {
            return !window_typist::window().is_null();
        }
        self.process().is_some_and(|process| Path::new("/proc").join(process).exists())
    }

    /// Returns the process id of the pinentry, once it is running.
    pub fn process(&self) -> Option<String> {
        fs::read_to_string(self.0.path().join("pid")).ok().filter(|id| !id.is_empty())
    }
}

/// The virtual readers: two slots of one device.
pub const READERS: [&str; 2] = ["Virtual PCD 00 00", "Virtual PCD 00 01"];

/// The port on which the first one accepts a card.
const PORT: usize = 35963;

/// A card in a virtual reader; removed when dropped.
pub struct VirtualCard {
    child: Child,
    output: BufReader<ChildStdout>,
    reader: usize,
    log: PathBuf,
    _folder: TempDir,
}

impl VirtualCard {
    /// Inserts a card into the first reader and waits until it is detected.
    pub fn insert(arguments: &[&str]) -> Self {
        Self::insert_into(0, arguments)
    }

    /// Inserts a card into one of the [`READERS`].
    pub fn insert_into(reader: usize, arguments: &[&str]) -> Self {
        // A reader whose card was removed during a command may accept the next card's connection and lose it;
        // the card is then inserted again, as a user would do.
        for _ in 0..3 {
            let card = Self::start(reader, arguments);
            if becomes_true(Duration::from_secs(4), || holds_card(reader) == Some(true)) {
                return card;
            }
        }
        panic!("the reader does not detect the card");
    }

    fn start(reader: usize, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("apdus");
        let mut child = eimza_virtual_card::program(&log)
            .args(arguments)
            .args(["--port", &(PORT + reader).to_string()])
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut card = Self { child, output, reader, log, _folder: folder };
        card.receive("ready\n");
        card
    }

    /// Waits until the card has stopped at the command that its arguments name.
    pub fn wait_until_stopped(&mut self) {
        self.receive("stopped\n");
    }

    /// Lets a stopped card continue.
    pub fn resume(&mut self) {
        writeln!(self.child.stdin.as_mut().unwrap(), "go").unwrap();
    }

    fn receive(&mut self, expected: &str) {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert_eq!(line, expected);
    }

    /// Returns header, length and status word of every received command, as hex lines.
    pub fn log(&self) -> Vec<String> {
        fs::read_to_string(&self.log).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Returns the number of commands up to the last one with a code.
    pub fn commands_up_to_the_last_code(&self) -> usize {
        let log = self.log();
        let carries_code =
            |line: &String| matches!(line.get(2..4), Some("20" | "24" | "2C")) && !line.contains(" lc=0 ");
        log.iter().rposition(carries_code).map_or(0, |index| index + 1)
    }

    /// Returns whether the card accepted the last command with a code.
    pub fn accepted_the_last_code(&self) -> bool {
        let index = self.commands_up_to_the_last_code().checked_sub(1);
        index.is_some_and(|index| self.log()[index].ends_with("9000"))
    }

    /// Returns whether the card received a command with this instruction byte, in hex.
    pub fn received(&self, instruction: &str) -> bool {
        self.log().iter().any(|line| line.replace(' ', "").get(2..4) == Some(instruction))
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A second panic would end all tests without their messages.
        if !std::thread::panicking() {
            wait_for("the empty reader", || holds_card(self.reader) == Some(false));
        }
    }
}

/// Returns whether one of the [`READERS`] holds a card; `None` if not known.
pub fn holds_card(reader: usize) -> Option<bool> {
    let readers = Command::new("opensc-tool").arg("--list-readers").output().ok()?;
    let readers = String::from_utf8_lossy(&readers.stdout).into_owned();
    Some(readers.lines().find(|line| line.ends_with(READERS[reader]))?.contains("Yes"))
}

/// Connects to the card in the first reader, as another program.
pub fn other_program(mode: ShareMode) -> Card {
    let context = Context::establish(Scope::User).unwrap();
    let name = CString::new(READERS[0]).unwrap();
    context.connect(&name, mode, Protocols::ANY).unwrap()
}

/// Runs OpenSC's `pkcs15-tool` with its generic PKCS#15 driver.
pub fn opensc(arguments: &[&str]) -> Output {
    pkcs15_tool("card_drivers = default; enable_default_driver = true;", arguments)
}

/// Runs OpenSC's `pkcs15-tool` with its driver for AKİS 1.0.
pub fn opensc_akis(arguments: &[&str]) -> Output {
    pkcs15_tool("card_drivers = akis;", arguments)
}

/// Returns whether OpenSC has a driver that reads the AKİS 1.0 card in the reader. That of Debian 12 has, that of Debian
/// 13 has not.
pub fn opensc_has_akis_driver() -> bool {
    opensc_akis(&["--list-pins"]).status.success()
}

fn pkcs15_tool(settings: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("opensc.conf");
    fs::write(&configuration, format!("app default {{ {settings} }}")).unwrap();
    Command::new("pkcs15-tool").args(arguments).env("OPENSC_CONF", configuration).output().unwrap()
}

/// Returns the host's status.
pub fn status() -> Value {
    let output = Command::new(HOST).args(["status", "--json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Returns the status of the first reader.
pub fn reader() -> Value {
    status()["readers"][0].clone()
}

/// Runs an operation of the host, such as `["unlock"]`, with this pinentry.
pub fn operate(arguments: &[&str], pinentry: &ScriptedPinentry) -> Value {
    let mut command = Command::new(HOST);
    let output = command.args(arguments).arg("--json").env("PATH", pinentry.path()).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Unlocks the only e-signature card.
pub fn unlock(pinentry: &ScriptedPinentry) -> Value {
    operate(&["unlock"], pinentry)
}

/// Returns the code of the error; empty if there is none.
pub fn error(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_default()
}

/// Asserts that `doctor` reports no problem with any part, for a card in the first reader and Chromium.
pub fn assert_every_part_is_well(doctor: &str) {
    for part in [
        "✓ Akıllı kart servisi",
        "✓ Kart Virtual PCD 00 00",
        "✓ PIN/PUK giriş penceresi",
        "✓ Tarayıcı Chromium",
    ] {
        assert!(doctor.contains(part), "{part}\n{doctor}");
    }
}

/// Returns whether the card accepts a PIN that OpenSC verifies.
pub fn opensc_verifies(pin: &str) -> bool {
    opensc(&["--verify-pin", "--auth-id", "01", "--pin", pin]).status.success()
}

/// Polls until the condition is true; fails after ten seconds.
pub fn wait_for(what: &str, ready: impl FnMut() -> bool) {
    assert!(becomes_true(Duration::from_secs(10), ready), "{what}: not within ten seconds");
}

fn becomes_true(timeout: Duration, mut ready: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !ready() {
        if start.elapsed() > timeout {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

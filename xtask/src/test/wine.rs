//! Tests of the Windows program under Wine, with a separate prefix and display.

use crate::build::windows::{self, HOST, TARGET};
use crate::process::{BackgroundProcess, command, run};
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The programs under test and the Wine prefix.
const FOLDER: &str = "target/windows";

/// The font of the symbols on title bar buttons. Wine 8 looks for it in the prefix only.
const SYMBOL_FONT: &str = "/usr/share/wine/fonts/marlett.ttf";

/// Builds everything that the tests need, while there is a network.
pub fn build() -> Result<()> {
    windows::build()?;
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    fs::copy(HOST, folder.join("eimza-host.exe"))?;
    windows::installer(Path::new(HOST), env!("CARGO_PKG_VERSION"), &folder.join("setup.exe"), "0")?;
    // A different file, to act as an older version: Windows ignores data after the end of a program.
    let before = folder.join("eimza-host-before.exe");
    fs::write(&before, [fs::read(HOST)?, b"before".to_vec()].concat())?;
    windows::installer(&before, "0.0.1", &folder.join("setup-before.exe"), "0")?;
    // Wine 8 lacks the library from which Rust's standard library takes random numbers.
    run(Command::new("x86_64-w64-mingw32-gcc")
        .args(["-shared", "-o"])
        .arg(folder.join("bcryptprimitives.dll"))
        .args(["tests/windows/bcryptprimitives.c", "-ladvapi32"]))?;
    run(command("cargo build --quiet -p eimza-host --example window --example module_report --target")
        .arg(TARGET))?;
    run(command("cargo build --quiet -p eimza-test-module --target").arg(TARGET))?;
    run(suite(&mut Command::new("cargo"), &["--no-run", "--quiet"]))?;
    run(unit_tests(&mut Command::new("cargo"), &["--no-run", "--quiet"]))
}

/// Returns the command for the tests that start the Windows program as a process.
pub fn suite<'a>(cargo: &'a mut Command, arguments: &[&str]) -> &'a mut Command {
    cargo.args(["test", "--package", "eimza-host", "--features", "wine-tests", "--test", "windows"]);
    cargo.args(arguments);
    if arguments.contains(&"--no-run") { cargo } else { cargo.args(["--", "--test-threads=1"]) }
}

/// Returns the command for the host's unit tests and the tests of its message framing, built for Windows.
pub fn unit_tests<'a>(cargo: &'a mut Command, arguments: &[&str]) -> &'a mut Command {
    cargo.args(["test", "--target", TARGET, "--lib", "--bins", "--test", "stdio"]);
    cargo.args(
        [
            "eimza-host",
            "eimza-module",
            "eimza-path-trust",
            "eimza-pcsc",
            "eimza-prompt",
            "eimza-win32-dialog",
        ]
        .map(|name| format!("-p{name}")),
    );
    cargo.args(arguments)
}

/// A running display and a new Wine prefix; both end when dropped.
pub struct Wine {
    display: String,
    prefix: PathBuf,
    _server: BackgroundProcess,
}

impl Wine {
    /// Starts a display and initializes a prefix.
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x960x24", "-nolisten", "tcp"]);
        let (server, display) = BackgroundProcess::start_and_read_line(server.stderr(Stdio::null()))?;
        let prefix = env::current_dir()?.join(FOLDER).join("prefix");
        let _ = fs::remove_dir_all(&prefix); // from an earlier run
        let fonts = prefix.join("drive_c/windows/Fonts");
        fs::create_dir_all(&fonts)?;
        fs::copy(SYMBOL_FONT, fonts.join("marlett.ttf")).context("the package fonts-wine")?;
        let wine = Self { display: format!(":{display}"), prefix, _server: server };
        run(wine.apply(Command::new("wineboot").arg("--init").stderr(Stdio::null())))?;
        let library = "bcryptprimitives.dll";
        let system = wine.prefix.join("drive_c/windows/system32");
        fs::copy(Path::new(FOLDER).join(library), system.join(library)).context("Wine's system folder")?;
        // Window frames drawn by Wine, and a high-resolution screen.
        wine.set(r"HKCU\Software\Wine\X11 Driver", "Managed", "REG_SZ", "N")?;
        wine.set(r"HKCU\Control Panel\Desktop", "LogPixels", "REG_DWORD", "144")?;
        Ok(wine)
    }

    /// Makes a program use this prefix and this display. Makes cargo run tests for Windows with Wine.
    pub fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("DISPLAY", &self.display)
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=") // otherwise Wine offers downloads
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine")
    }

    fn set(&self, key: &str, value: &str, kind: &str, data: &str) -> Result<()> {
        let mut command = Command::new("wine");
        command.args(["reg", "add", key, "/v", value, "/t", kind, "/d", data, "/f"]);
        run(self.apply(command.stdout(Stdio::null())))
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // A failure does no harm: its programs end with the PID namespace.
        let _ = run(self.apply(Command::new("wineserver").arg("--kill").stderr(Stdio::null())));
    }
}

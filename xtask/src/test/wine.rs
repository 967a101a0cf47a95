//! Wine with a Windows of its own, and a display, for the tests of the Windows program.

use crate::build::windows::{self, HOST, TARGET};
use crate::process::{Companion, run};
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is tried, and the Windows that it is tried on.
const FOLDER: &str = "target/windows";

/// The font of the signs on windows' buttons, which Wine 8 looks for in its own folder alone.
const SIGNS: &str = "/usr/share/wine/fonts/marlett.ttf";

/// Builds everything that the tests try, where there is a network.
pub fn build() -> Result<()> {
    windows::build()?;
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    fs::copy(HOST, folder.join("eimza-host.exe"))?;
    windows::installer(Path::new(HOST), env!("CARGO_PKG_VERSION"), &folder.join("setup.exe"), "0")?;
    // Another host, as an older version has: what follows a program's end is read by nobody.
    let before = folder.join("eimza-host-before.exe");
    fs::write(&before, [fs::read(HOST)?, b"before".to_vec()].concat())?;
    windows::installer(&before, "0.0.1", &folder.join("setup-before.exe"), "0")?;
    // Wine 8 lacks the library that Rust's random numbers come from.
    run(Command::new("x86_64-w64-mingw32-gcc")
        .args(["-shared", "-o"])
        .arg(folder.join("bcryptprimitives.dll"))
        .args(["tests/windows/bcryptprimitives.c", "-ladvapi32"]))?;
    run(Command::new("cargo")
        .args(["build", "--quiet", "-p", "eimza-host", "--example", "window"])
        .args(["--target", TARGET]))?;
    run(suite(&mut Command::new("cargo"), &["--no-run", "--quiet"]))?;
    run(unit_tests(&mut Command::new("cargo"), &["--no-run", "--quiet"]))
}

/// The tests that look at the Windows program from outside.
pub fn suite<'a>(cargo: &'a mut Command, arguments: &[&str]) -> &'a mut Command {
    cargo.args(["test", "--package", "eimza-host", "--features", "wine-tests", "--test", "windows"]);
    cargo.args(arguments);
    if arguments.contains(&"--no-run") { cargo } else { cargo.args(["--", "--test-threads=1"]) }
}

/// The host's own tests and those of its frames, as a Windows program runs them.
pub fn unit_tests<'a>(cargo: &'a mut Command, arguments: &[&str]) -> &'a mut Command {
    cargo.args(["test", "--package", "eimza-host", "--target", TARGET, "--bins", "--test", "stdio"]);
    cargo.args(arguments)
}

/// A running display and a fresh Windows; both end when dropped.
pub struct Wine {
    display: String,
    prefix: PathBuf,
    _server: Companion,
}

impl Wine {
    /// Starts them.
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x960x24", "-nolisten", "tcp"]);
        let (server, display) = Companion::start_and_hear(server.stderr(Stdio::null()))?;
        let prefix = env::current_dir()?.join(FOLDER).join("prefix");
        let _ = fs::remove_dir_all(&prefix); // from a run before
        let fonts = prefix.join("drive_c/windows/Fonts");
        fs::create_dir_all(&fonts)?;
        fs::copy(SIGNS, fonts.join("marlett.ttf")).context("the package fonts-wine")?;
        let wine = Self { display: format!(":{display}"), prefix, _server: server };
        run(wine.gives(Command::new("wineboot").arg("--init").stderr(Stdio::null())))?;
        let library = "bcryptprimitives.dll";
        let system = wine.prefix.join("drive_c/windows/system32");
        fs::copy(Path::new(FOLDER).join(library), system.join(library)).context("Wine's own folder")?;
        // Frames and titles as Windows draws them, and a screen that is sharper than most.
        wine.set(r"HKCU\Software\Wine\X11 Driver", "Managed", "REG_SZ", "N")?;
        wine.set(r"HKCU\Control Panel\Desktop", "LogPixels", "REG_DWORD", "144")?;
        Ok(wine)
    }

    /// Gives a program this Windows and this display, and to cargo's tests for Windows too.
    pub fn gives<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("DISPLAY", &self.display)
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=") // else it asks for downloads
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine")
    }

    fn set(&self, key: &str, value: &str, kind: &str, data: &str) -> Result<()> {
        let mut command = Command::new("wine");
        command.args(["reg", "add", key, "/v", value, "/t", kind, "/d", data, "/f"]);
        run(self.gives(command.stdout(Stdio::null())))
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // Its programs end with the world around us in any case.
        let _ = run(self.gives(Command::new("wineserver").arg("--kill").stderr(Stdio::null())));
    }
}

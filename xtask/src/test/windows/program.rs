//! Tests of the Windows program without a card: its unit tests, its window and its installer, in the Debian of
//! [`WindowsRoot`].

use super::window_reader;
use crate::build::windows::{self, HOST, TARGET};
use crate::environment::windows_root::WindowsRoot;
use crate::process::{command, run};
use crate::test::count::Count;
use crate::test::test_programs::{self, TestProgram};
use crate::workspace;
use anyhow::Result;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The programs under test.
const FOLDER: &str = "target/windows";

/// The crates of the Windows program whose own tests are run.
const CRATES: &[&str] = &[
    "eimza-host",
    "eimza-module",
    "eimza-path-trust",
    "eimza-pcsc",
    "eimza-prompt",
    "eimza-win32-dialog",
    "eimza-winscard",
];

/// Builds everything that the tests need, while there is a network.
pub fn build() -> Result<()> {
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    fs::copy(HOST, folder.join("eimza-host.exe"))?;
    windows::installer(Path::new(HOST), env!("CARGO_PKG_VERSION"), &folder.join("setup.exe"), "0")?;
    // A different file, to act as an older version: Windows ignores data after the end of a program.
    let before = folder.join("eimza-host-before.exe");
    fs::write(&before, [fs::read(HOST)?, b"before".to_vec()].concat())?;
    windows::installer(&before, "0.0.1", &folder.join("setup-before.exe"), "0")?;
    run(command("cargo build --quiet -p eimza-host --example window --example module_report --target")
        .arg(TARGET))?;
    run(command("cargo build --quiet -p eimza-test-module --target").arg(TARGET))?;
    run(suite().arg("--quiet"))?;
    run(unit_tests().arg("--quiet"))
}

/// The built test programs.
pub struct Programs {
    for_windows: Vec<TestProgram>,
    suite: Vec<TestProgram>,
}

impl Programs {
    pub fn list() -> Result<Self> {
        let for_windows = test_programs::list(&mut unit_tests())?;
        Ok(Self { for_windows, suite: test_programs::list(&mut suite())? })
    }

    /// Runs the tests whose name contains the filter.
    pub fn run(&self, root: &WindowsRoot, count: &mut Count, filter: Option<&str>) -> Result<()> {
        // Like cargo, in the folder of a package.
        let folder = workspace::root().canonicalize()?.join("native-host/host");
        let in_folder = || {
            let mut command = root.command("env");
            command.arg("--chdir").arg(&folder);
            command
        };
        root.set_service_start("4")?;
        for test in &self.for_windows {
            // There is no service, as for those of Linux. Wine's library does not see what a Windows program sets for another.
            let mut command = in_folder();
            command.arg("PCSCLITE_CSOCK_NAME=/nonexistent/pcscd.comm");
            count.run_tests(command.arg("wine").arg(&test.path).args(filter))?;
        }
        root.set_service_start("3")?;
        for test in &self.suite {
            count.run_tests(
                in_folder()
                    .arg(window_reader::variable()?)
                    .arg(&test.path)
                    .arg("--test-threads=1")
                    .args(filter),
            )?; // there is one screen
        }
        Ok(())
    }
}

/// Returns the command for the tests that start the Windows program as a process.
fn suite() -> Command {
    command("cargo test --no-run --package eimza-host --features wine-tests --test windows")
}

/// Returns the command for the host's unit tests and the tests of its message framing, built for Windows.
fn unit_tests() -> Command {
    let mut command = command("cargo test --no-run --lib --bins --test stdio --target");
    command.arg(TARGET).args(CRATES.iter().flat_map(|name| ["--package", name]));
    command
}

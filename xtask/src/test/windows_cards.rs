//! The host's tests with a card, run with the Windows program in a Debian of their own. They are the tests of the Linux
//! program: its place is taken by the Windows program under Wine, and the window gets the answers of the scripted
//! prompt program.

use super::count::Count;
use super::host_card_tests;
use crate::build::windows::{self, HOST, TARGET};
use crate::environment::isolation;
use crate::environment::setup::setup;
use crate::environment::windows_root::{self, WindowsRoot};
use crate::process::{command, output, print_line, run};
use crate::{build, workspace};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The name of the command that runs these tests in isolated namespaces.
pub const ISOLATED: &str = "windows-cards-isolated";

/// The tests that hold for both programs.
const TESTS: &[&str] = &[
    "card",
    "change",
    "certificates",
    "hostile_texts",
    "log",
    "several",
    "unresponsive_cards",
    "recent_card",
    "reader_names",
    "stopped_service",
    "idle_watch",
    FAULTS,
];

/// The test that is the fault matrix of the Windows program instead, if it runs with it.
const FAULTS: &str = "faults";

/// Tests of these files that are about Linux, with the reason.
const OF_LINUX: &[(&str, &str)] = &[
    ("reader_whose_name_is_not_utf_8_is_used", "names that are bytes; those of Windows are UTF-16"),
    ("readers_that_look_alike_are_told_apart", "names that are bytes; those of Windows are UTF-16"),
    ("each_way_to_leave_the_prompt_has_its_own_code", "programs like pinentry"),
    ("graphical_program_is_used_if_the_preferred_one_is_for_terminals", "programs like pinentry"),
    ("missing_prompt_program_has_its_own_code", "programs like pinentry"),
    ("prompt_program_with_one_field_is_asked_twice", "programs like pinentry"),
    ("title_and_buttons_are_sent_once", "programs like pinentry"),
    ("closing_the_browser_closes_the_prompt", "the process of the prompt program"),
    ("terminating_the_host_closes_the_prompt", "the process of the prompt program"),
    (
        "host_exits_cleanly_while_cards_are_being_read",
        "the destructor of libpcsclite; Wine kills the process then",
    ),
    ("prompt_shows_reader_card_and_tries_in_turkish", "a prompt program asks for one code after the other"),
    (
        "three_malformed_entries_end_the_operation_and_reach_no_card",
        "a prompt program asks for each code alone",
    ),
    ("well_formed_entry_after_a_malformed_one_is_used", "a prompt program asks for each code alone"),
];

/// Runs the host's tests with a card with the Windows program; `test` does, too
#[derive(clap::Args)]
pub struct WindowsCards {
    /// Runs only the tests whose name contains this text
    filter: Option<String>,
}

impl WindowsCards {
    pub fn run(self) -> Result<ExitCode> {
        setup()?;
        prepare()?;
        let filter = self.filter.as_deref();
        isolation::rerun(&[ISOLATED].into_iter().chain(filter).collect::<Vec<_>>())
    }
}

/// The same as [`build`], if this machine can run the tests.
pub fn prepare() -> Result<()> {
    windows_root::require()?;
    build()
}

/// Builds everything that the tests need, and makes the Debian, while there is a network.
pub fn build() -> Result<()> {
    windows_root::make()?;
    build::virtual_card()?;
    windows::build()?;
    let programs =
        "--package eimza-window-reader --package eimza-faulty-winscard --package eimza-test-module --target";
    run(command(&format!("cargo build --quiet {programs}")).arg(TARGET))?;
    // Wine has no administrator who could own a module.
    let with_owners = "--package eimza-host --features eimza-module/test-owners --target";
    run(command(&format!("cargo build --quiet {with_owners}")).arg(TARGET))?;
    run(&mut host_card_tests::command(&tests(), &["--no-run", "--quiet"]))
}

fn tests() -> Vec<String> {
    TESTS.iter().map(|&name| name.to_owned()).collect()
}

/// The part that runs in isolated namespaces.
#[derive(clap::Args)]
pub struct Isolated {
    filter: Option<String>,
}

impl Isolated {
    pub fn run(self) -> Result<ExitCode> {
        isolation::end_on_signal()?;
        let mut count = Count::default();
        run_tests(&mut count, self.filter.as_deref())?;
        print_line(count.to_string());
        Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Runs the tests whose name contains the filter.
pub fn run_tests(count: &mut Count, filter: Option<&str>) -> Result<()> {
    let root = start()?;
    for (name, test) in executables()? {
        if name == FAULTS && filter.is_some_and(|filter| !name.contains(filter)) {
            continue; // it has no tests with names
        }
        let mut command = test_command(&root, &test)?;
        command.arg("--test-threads=1").args(filter); // there is one reader
        command.args(OF_LINUX.iter().flat_map(|(name, _)| ["--skip", name]));
        count.run_tests(&mut command)?;
    }
    Ok(())
}

/// Runs the fault matrix of the Windows program with these arguments.
pub fn run_faults(arguments: &[&str]) -> Result<()> {
    let root = start()?;
    let executables = executables()?;
    let (_, test) = executables.iter().find(|(name, _)| name == FAULTS).context("the fault matrix")?;
    run(test_command(&root, test)?.args(arguments))
}

fn start() -> Result<WindowsRoot> {
    let workspace = workspace::root().canonicalize()?;
    WindowsRoot::start(&workspace.join("target/debug/eimza-host"), &workspace.join(HOST))
}

/// Returns the command that runs a test program inside.
fn test_command(root: &WindowsRoot, test: &Path) -> Result<Command> {
    let workspace = workspace::root().canonicalize()?;
    let for_windows = workspace.join("target").join(TARGET).join("debug");
    let mut command = root.command("env");
    // Like cargo, in the folder of the package.
    command.arg("--chdir").arg(workspace.join("native-host/host"));
    for (variable, file) in [
        ("EIMZA_WINDOW_READER", for_windows.join("eimza-window-reader.exe")),
        ("EIMZA_FAULTY_WINSCARD", for_windows.join("winscard.dll")),
        ("EIMZA_WINDOWS_HOST", workspace.join(HOST)),
    ] {
        command.arg(format!("{variable}={}", file.display()));
    }
    command.arg(test);
    Ok(command)
}

/// Returns the built test programs with their names.
fn executables() -> Result<Vec<(String, PathBuf)>> {
    let mut command = host_card_tests::command(&tests(), &["--no-run", "--offline", "--message-format=json"]);
    let messages = output(command.stderr(Stdio::null()))?;
    let executables = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let is_test = message["profile"]["test"] == true;
        let executable = message["executable"].as_str().filter(|_| is_test)?;
        Some((message["target"]["name"].as_str()?.to_owned(), PathBuf::from(executable)))
    });
    let executables: Vec<_> = executables.collect();
    (executables.len() == TESTS.len()).then_some(executables).context("the test programs")
}

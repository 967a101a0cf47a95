//! The host's tests with a card, run with the Windows program. They are the tests of the Linux program: its place is taken
//! by the Windows program under Wine, and the window gets the answers of the scripted prompt program.

use super::window_reader;
use crate::build::windows::{HOST, TARGET};
use crate::environment::windows_root::WindowsRoot;
use crate::process::{command, print_line, run};
use crate::test::count::Count;
use crate::test::host_card_tests;
use crate::test::test_programs::{self, TestProgram};
use crate::{build, workspace};
use anyhow::{Context, Result};
use std::process::Command;

/// The tests that hold for both programs.
const TESTS: [&str; 13] = [
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
    "interrupted_questions",
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

/// Builds everything that the tests need, while there is a network.
pub fn build() -> Result<()> {
    build::virtual_card()?;
    let packages = "--package eimza-faulty-winscard --package eimza-test-module --target";
    run(command(&format!("cargo build --quiet {packages}")).arg(TARGET))?;
    // Wine has no administrator who could own a module.
    let with_owners = "--package eimza-host --features eimza-module/test-owners --target";
    run(command(&format!("cargo build --quiet {with_owners}")).arg(TARGET))?;
    run(command_of_tests().arg("--quiet"))
}

/// The built test programs.
pub struct Programs(Vec<TestProgram>);

impl Programs {
    pub fn list() -> Result<Self> {
        test_programs::list(&mut command_of_tests()).map(Self)
    }

    /// Runs the tests whose name contains the filter.
    pub fn run(&self, root: &WindowsRoot, count: &mut Count, filter: Option<&str>) -> Result<()> {
        for program in &self.0 {
            if program.name == FAULTS && filter.is_some_and(|filter| !FAULTS.contains(filter)) {
                continue; // it has no tests with names
            }
            let mut command = command_inside(root, program)?;
            command.arg("--test-threads=1").args(filter); // there is one reader
            command.args(OF_LINUX.iter().flat_map(|(name, _)| ["--skip", name]));
            let mut once = Count::default();
            once.run_tests(&mut command)?;
            if once.failed > 0 {
                // Wine ends one program in a thousand by a signal, whatever it does. A fault of ours fails twice.
                print_line(format!("again, after {} failed: {}", once.failed, program.name));
                once = Count::default();
                once.run_tests(&mut command)?;
            }
            count.add(once);
        }
        Ok(())
    }

    /// Runs the fault matrix with these arguments.
    pub fn run_faults(&self, root: &WindowsRoot, arguments: &[&str]) -> Result<()> {
        let faults = self.0.iter().find(|program| program.name == FAULTS).context("the fault matrix")?;
        run(command_inside(root, faults)?.args(arguments))
    }
}

/// Returns the command that runs a test program inside.
fn command_inside(root: &WindowsRoot, program: &TestProgram) -> Result<Command> {
    let workspace = workspace::root().canonicalize()?;
    let library = workspace.join("target").join(TARGET).join("debug/winscard.dll");
    let mut command = root.command("env");
    // Like cargo, in the folder of the package.
    command.arg("--chdir").arg(workspace.join("native-host/host")).arg(window_reader::variable()?);
    command.arg(format!("EIMZA_FAULTY_WINSCARD={}", library.display()));
    command.arg(format!("EIMZA_WINDOWS_HOST={}", workspace.join(HOST).display()));
    command.arg(&program.path);
    Ok(command)
}

fn command_of_tests() -> Command {
    host_card_tests::command(&TESTS.map(str::to_owned), &["--no-run"])
}

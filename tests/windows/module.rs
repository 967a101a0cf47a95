//! Tests of the helper process on Windows: job, pipes, system folder.

use crate::wine::{root, run, unix_path, wait_for, wine};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

const LIBRARY: &str = r"C:\windows\system32\akisp11.dll";
const SYSTEM: &str = r"C:\windows\system32";
/// Where the module that misbehaves on order has its files on Windows.
const FOLDER: &str = r"C:\eimza-test";

/// An installed module; removed when dropped.
struct Module;

impl Module {
    fn install(settings: &str) -> Self {
        let built = root().join("target/x86_64-pc-windows-gnu/debug");
        fs::create_dir_all(unix_path(FOLDER)).unwrap();
        fs::copy(built.join("eimza_test_module.dll"), unix_path(LIBRARY)).unwrap();
        fs::write(unix_path(FOLDER).join("akisp11.conf"), settings).unwrap();
        Self
    }

    /// Returns the calls that the module received.
    fn calls(&self) -> String {
        fs::read_to_string(unix_path(FOLDER).join("akisp11.log")).unwrap_or_default()
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = fs::remove_file(unix_path(LIBRARY));
        let _ = fs::remove_dir_all(unix_path(FOLDER));
    }
}

fn program() -> PathBuf {
    root().join("target/x86_64-pc-windows-gnu/debug/examples/module_report.exe")
}

/// Returns what the program prints.
fn report() -> String {
    let output = run(program(), &[]);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

#[test]
fn module_in_the_system_folder_is_loaded_in_a_helper_process() {
    assert_eq!(report(), "Missing\nnothing\n");
    let module = Module::install("token\nflags 4194304\nprint");
    let report = report();
    let (path, rest) = report.split_once('\n').unwrap();
    assert!(path.to_lowercase().contains("system32\\\\akisp11.dll"), "{path}");
    assert_eq!(rest, "TEST[31m MAKER (7, 3) [\"SO_PIN_LOCKED\"]\n", "what it prints leads nowhere");
    assert!(module.calls().contains("C_Finalize"), "it ends by itself");
}

/// Standard input, its copy, and the pipe for replies. The standard output and error of the host are pipes, too: those
/// to the browser.
#[test]
fn helper_inherits_the_handles_that_it_needs_only() {
    let module = Module::install("token\nhandles");
    assert!(!report().ends_with("nothing\n"));
    let calls = module.calls();
    assert!(calls.contains(" pipes 3\n"), "{calls}");
}

/// Wine maps the rights of the file: who may write there is everybody.
#[test]
fn module_that_others_can_change_is_not_loaded() {
    let module = Module::install("token");
    for (path, mode, is_trusted) in
        [(LIBRARY, 0o666, false), (LIBRARY, 0o644, true), (SYSTEM, 0o777, false), (SYSTEM, 0o755, true)]
    {
        fs::set_permissions(unix_path(path), fs::Permissions::from_mode(mode)).unwrap();
        let report = report();
        let is_loaded = !report.ends_with("nothing\n");
        assert_eq!(
            (report.starts_with("Trusted"), is_loaded),
            (is_trusted, is_trusted),
            "{path} {mode:o} {report}"
        );
    }
    assert!(module.calls().contains("C_Initialize"));
}

#[test]
fn module_that_crashes_or_hangs_ends_alone() {
    for fault in ["crash", "hang"] {
        let module = Module::install(&format!("token\n{fault} C_Initialize"));
        let start = Instant::now();
        assert!(report().ends_with("nothing\n"), "{fault}");
        assert!(start.elapsed() < Duration::from_secs(60));
        assert_eq!(module.calls().matches("C_Initialize").count(), 1);
    }
}

/// A process that the module keeps has no use for the end of its input.
#[test]
fn helper_whose_module_hangs_ends_with_a_host_that_is_killed() {
    let module = Module::install("token\nhang C_Initialize");
    let mut host = wine(program()).stdout(Stdio::null()).spawn().unwrap();
    wait_for("the module", || module.calls().contains("C_Initialize").then_some(()));
    assert!(is_helper_running());
    host.kill().unwrap();
    host.wait().unwrap();
    wait_for("the end of the helper", || (!is_helper_running()).then_some(()));
}

fn is_helper_running() -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut commands = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    commands.any(|command| String::from_utf8_lossy(&command).contains("module-helper"))
}

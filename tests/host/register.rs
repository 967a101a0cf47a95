//! Tests of `register` on the command line: what it refuses, and its exit status.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::HOST;
use tempfile::TempDir;

/// The user id of "nobody" on most systems; any id but root's does.
const NOBODY: u32 = 65534;

/// A copy of the host in a folder that only its owner may write to, and a home folder.
struct Computer {
    folder: TempDir,
}

impl Computer {
    fn new() -> Self {
        let computer = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["program", "home", "home/.config"] {
            fs::create_dir(computer.path(folder)).unwrap();
        }
        copy(HOST, &computer.path("program/eimza-host"));
        for path in ["", "program", "program/eimza-host"] {
            set_mode(&computer.path(path), 0o755);
        }
        computer
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Returns the profile folder of a browser that the user has run.
    fn run_chromium(&self) -> PathBuf {
        let profile = self.path("home/.config/chromium");
        fs::create_dir_all(&profile).unwrap();
        profile
    }

    fn host(&self, arguments: &[&str]) -> Command {
        let mut host = Command::new(self.path("program/eimza-host"));
        host.args(arguments).env("HOME", self.path("home"));
        host.env_remove("XDG_CONFIG_HOME").env_remove("SUDO_USER");
        host
    }

    fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        outcome(&mut self.host(arguments))
    }
}

/// Copies a program in another process: a process that another test starts meanwhile would keep a file open that
/// this one is writing, and a program that is open for writing cannot be started.
fn copy(program: &str, to: &Path) {
    assert!(Command::new("cp").arg(program).arg(to).status().unwrap().success());
}

fn outcome(host: &mut Command) -> (String, Option<i32>) {
    let output = host.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").unwrap().uid() == 0
}

#[test]
fn registration_that_told_no_browser_fails_and_says_so() {
    let computer = Computer::new();
    for arguments in [&["register"][..], &["register", "--dry-run"], &["register", "--browser", "firefox"]] {
        let (output, status) = computer.run(arguments);
        assert!(output.contains("hiçbir tarayıcıya tanıtılmadı") && output.contains("--browser"), "{output}");
        assert_eq!(status, Some(1), "{arguments:?}");
    }
    computer.run_chromium();
    for _ in 0..2 {
        let (output, status) = computer.run(&["register"]);
        assert!(!output.contains("hiçbir tarayıcıya"), "{output}");
        assert_eq!(status, Some(0), "{output}");
    }
    for _ in 0..2 {
        assert_eq!(computer.run(&["unregister"]).1, Some(0), "nothing to remove is no failure");
    }
}

#[test]
fn program_that_others_can_change_is_refused_for_everybody() {
    let computer = Computer::new();
    for part in ["program/eimza-host", "program", ""] {
        let path = computer.path(part);
        set_mode(&path, 0o777);
        let (output, status) = computer.run(&["register", "--system", "--dry-run"]);
        let path_text = path.display().to_string();
        let named = path_text.trim_end_matches('/');
        if is_root() {
            assert!(output.contains(&format!("{named} yolunun")), "{named}: {output}");
        }
        assert!(output.contains("herkes için tanıtılmadı"), "{output}");
        assert_eq!(status, Some(1), "{part}");
        set_mode(&path, 0o755);
    }
}

#[test]
fn program_that_a_user_owns_is_refused_for_everybody() {
    let computer = Computer::new();
    if !is_root() {
        // This user is no administrator.
        assert_eq!(computer.run(&["register", "--system", "--dry-run"]).1, Some(1));
        return;
    }
    let (output, status) = computer.run(&["register", "--system", "--dry-run"]);
    assert_eq!(status, Some(0), "{output}");
    for part in ["program/eimza-host", "program", ""] {
        chown(computer.path(part), Some(NOBODY), None).unwrap();
        let (output, status) = computer.run(&["register", "--system", "--dry-run"]);
        assert!(output.contains(computer.path(part).to_str().unwrap().trim_end_matches('/')), "{output}");
        assert_eq!(status, Some(1), "{part}");
        chown(computer.path(part), Some(0), None).unwrap();
    }
}

#[test]
fn root_writes_nothing_into_the_home_folder_of_a_user() {
    if !is_root() {
        return;
    }
    let computer = Computer::new();
    let profile = computer.run_chromium();
    let victim = computer.path("victim");
    fs::create_dir(&victim).unwrap();
    symlink(&victim, profile.join("NativeMessagingHosts")).unwrap();
    for path in [&computer.path("home"), &computer.path("home/.config"), &profile] {
        chown(path, Some(NOBODY), None).unwrap();
    }
    let (output, status) = computer.run(&["register", "--browser", "chromium", "--force"]);
    assert!(
        output.contains(computer.path("home").to_str().unwrap()) && output.contains("--system"),
        "{output}"
    );
    assert_eq!(status, Some(1));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 0);

    // The configuration folder may be elsewhere.
    chown(computer.path("home"), Some(0), None).unwrap();
    let mut host = computer.host(&["register", "--browser", "chromium"]);
    let (output, status) = outcome(host.env("XDG_CONFIG_HOME", computer.path("home/.config")));
    assert!(output.contains("home/.config"), "{output}");
    assert_eq!(status, Some(1));

    // A single folder of another user below root's own home.
    chown(computer.path("home/.config"), Some(0), None).unwrap();
    let (output, status) = computer.run(&["register", "--browser", "chromium"]);
    assert!(output.contains(profile.to_str().unwrap()), "{output}");
    assert_eq!(status, Some(1));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 0);

    chown(&profile, Some(0), None).unwrap();
    assert_eq!(computer.run(&["register", "--browser", "chromium"]).1, Some(0), "root's own link");
}

#[test]
fn under_sudo_registration_for_one_user_says_what_to_do() {
    let computer = Computer::new();
    computer.run_chromium();
    let (output, status) = outcome(computer.host(&["register"]).env("SUDO_USER", "ayse"));
    assert!(output.contains("--system") && output.contains("sudo olmadan"), "{output}");
    assert_eq!(status, Some(1));
    assert!(!computer.path("home/.config/chromium/NativeMessagingHosts").exists());
}

/// Regression: a path with a line break in a manifest drew a line of its own in the output of `doctor`.
#[test]
fn paths_in_manifests_add_no_line_to_the_diagnosis() {
    let computer = Computer::new();
    let folder = computer.run_chromium().join("NativeMessagingHosts");
    fs::create_dir(&folder).unwrap();
    let manifest = serde_json::json!({
        "name": "eimza.yardimcisi.host", "path": "/yok\n✓ Tarayıcı Chromium\u{1b}[2J/eimza-host", "type": "stdio",
    });
    fs::write(folder.join("eimza.yardimcisi.host.json"), manifest.to_string()).unwrap();
    let (text, status) = computer.run(&["doctor"]);
    assert!(text.contains("/yok ✓ Tarayıcı Chromium[2J/eimza-host"), "{text}");
    assert!(
        !text.contains('\u{1b}') && !text.lines().any(|line| line.starts_with("✓ Tarayıcı Chromium")),
        "{text}"
    );
    assert_eq!(status, Some(1));
    let (json, _) = computer.run(&["doctor", "--json"]);
    assert!(!json.contains("\\u001b") && !json.contains("\\n✓"), "{json}");
}

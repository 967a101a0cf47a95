//! Tests `register` on a full and on a read-only file system, and killed at each of its file system changes.

use crate::support::HOST;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The system calls that change the file system.
const CHANGES: &str =
    "mkdir,mkdirat,write,fsync,fchmod,chmod,fchmodat,rename,renameat,renameat2,unlink,unlinkat";

/// The home folder of a user who has run Chromium and Chrome.
struct Home(TempDir);

/// Runs all scenarios; returns how many passed, and the failures.
pub fn run() -> (usize, Vec<String>) {
    let scenarios = [
        ("disk full", run_on_mounted_folder("size=4k", true)),
        ("read-only folder", run_on_mounted_folder("ro", false)),
        ("killed", run_killed()),
    ];
    let mut passed = 0;
    let mut failed = Vec::new();
    for (name, scenario) in scenarios {
        match scenario {
            Ok(count) => passed += count,
            Err(reason) => failed.push(format!("register, {name}: {reason}")),
        }
    }
    (passed, failed)
}

/// Registers with the folder of manifests on a separate file system.
fn run_on_mounted_folder(options: &str, fill: bool) -> Result<usize, String> {
    let home = Home::new();
    let folder = home.manifests();
    fs::create_dir_all(&folder).unwrap();
    system("mount", &["-t", "tmpfs", "-o", options, "tmpfs", folder.to_str().unwrap()]);
    if fill {
        let _ = fs::write(folder.join("filler"), vec![0; 64 * 1024]);
    }
    let output = home.register();
    let outcome = home.count_complete_manifests().and_then(|count| match (output.status.code(), count) {
        (Some(1), 0) => Ok(()),
        (status, count) => Err(format!("{status:?}, {count} manifests: {}", text(&output))),
    });
    let names_folder = text(&output).contains(folder.to_str().unwrap());
    system("umount", &[folder.to_str().unwrap()]);
    outcome?;
    if !names_folder {
        return Err(format!("the output does not name the folder: {}", text(&output)));
    }
    home.register_again()?;
    Ok(1)
}

/// Kills `register` at each change in turn, until it completes.
fn run_killed() -> Result<usize, String> {
    for change in 1.. {
        let home = Home::new();
        let inject = format!("inject={CHANGES}:signal=KILL:when={change}");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qqq", "-o", "/dev/null", "-e", &inject, HOST, "register"]);
        let output = home.run(&mut strace);
        home.count_complete_manifests().map_err(|reason| format!("at change {change}: {reason}"))?;
        home.register_again().map_err(|reason| format!("after change {change}: {reason}"))?;
        if output.status.success() {
            return if change > 5 {
                Ok(change - 1)
            } else {
                Err(format!("only {change} changes: {}", text(&output)))
            };
        }
    }
    unreachable!("it ends")
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for profile in [".config/chromium", ".config/google-chrome"] {
            fs::create_dir_all(folder.path().join(profile)).unwrap();
        }
        Self(folder)
    }

    fn manifests(&self) -> PathBuf {
        self.0.path().join(".config/chromium/NativeMessagingHosts")
    }

    fn run(&self, command: &mut Command) -> Output {
        command
            .env("HOME", self.0.path())
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("SUDO_USER")
            .output()
            .unwrap()
    }

    fn register(&self) -> Output {
        self.run(Command::new(HOST).args(["register", "--browser", "chromium"]))
    }

    /// Returns the number of manifests, or an error if one is incomplete.
    fn count_complete_manifests(&self) -> Result<usize, String> {
        let folders = [self.manifests(), self.0.path().join(".config/google-chrome/NativeMessagingHosts")];
        let paths = folders.map(|folder| folder.join("eimza.yardimcisi.host.json"));
        let existing: Vec<_> = paths.iter().filter(|path| path.exists()).collect();
        for path in &existing {
            let text = fs::read_to_string(path).unwrap();
            let names = serde_json::from_str::<Value>(&text).ok().map(|manifest| manifest["path"].clone());
            if names.is_none_or(|path| path != HOST) {
                return Err(format!("{}: {text:?}", path.display()));
            }
        }
        Ok(existing.len())
    }

    /// Registers again, which must succeed.
    fn register_again(&self) -> Result<(), String> {
        let output = self.run(Command::new(HOST).arg("register"));
        match (output.status.success(), self.count_complete_manifests()?) {
            (true, 2) => Ok(()),
            (_, count) => Err(format!("second attempt: {count} manifests: {}", text(&output))),
        }
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn system(program: &str, arguments: &[&str]) {
    assert!(Command::new(program).args(arguments).status().unwrap().success(), "{program}");
}

//! Access to programs, files and the registry under Wine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Where `cargo xtask test` places the built programs.
const BUILT: &str = "target/windows";

/// The installation folder.
pub const INSTALLED: &str = r"C:\Program Files\eimza-yardimcisi";

/// The name of the native-messaging host.
pub const NAME: &str = "eimza.yardimcisi.host";

/// A browser that is registered in the registry.
pub struct Browser {
    /// The parent of the key with its hosts, below HKLM or HKCU.
    pub key: String,
    /// The file name of its host manifest.
    pub manifest: &'static str,
}

/// Returns the browsers of `data/browsers.json` that have registry keys.
pub fn browsers() -> Vec<Browser> {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../native-host/host/data/browsers.json")).unwrap();
    let with_extension = rows.iter().filter(|row| row["has_extension"] != false);
    let keys = with_extension.filter_map(|row| {
        Some(row["windows"]["hosts"].as_str()?.strip_suffix(r"\NativeMessagingHosts")?.to_owned())
    });
    let keys: BTreeSet<_> = keys.collect();
    assert!(keys.len() >= 3);
    keys.into_iter().map(|key| Browser { key, manifest: "eimza.yardimcisi.host.json" }).collect()
}

/// The two views of the registry.
pub const VIEWS: [&str; 2] = ["/reg:32", "/reg:64"];

/// Returns the workspace folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns the path of a program that was built for these tests.
pub fn built(name: &str) -> PathBuf {
    root().join(BUILT).join(name)
}

/// Returns a command for a Windows program, by its Windows or Unix path.
pub fn wine(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("wine");
    command.arg(program);
    command
}

/// Runs a program to its end.
pub fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Output {
    wine(program).args(arguments).output().unwrap()
}

/// Converts a Windows path on drive C to a Unix path.
pub fn unix_path(path: &str) -> PathBuf {
    let drive = PathBuf::from(std::env::var_os("WINEPREFIX").unwrap()).join("drive_c");
    drive.join(path.strip_prefix(r"C:\").unwrap().replace('\\', "/"))
}

/// Reads a registry value; `None` if it does not exist.
pub fn registry(key: &str, value: Option<&str>, view: &str) -> Option<String> {
    let value = value.map_or(vec!["/ve"], |value| vec!["/v", value]);
    let output = wine("reg").args(["query", key]).args(value).arg(view).output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = output.lines().find(|line| line.contains(" REG_"))?;
    Some(line.split_once(" REG_")?.1.split_once("    ")?.1.trim_end().to_owned())
}

/// Writes a registry value of type `REG_SZ` or `REG_DWORD`.
pub fn set(key: &str, value: Option<&str>, kind: &str, data: &str) {
    let value = value.map_or(vec!["/ve"], |value| vec!["/v", value]);
    let output =
        wine("reg").args(["add", key]).args(value).args(["/t", kind, "/d", data, "/f"]).output().unwrap();
    assert!(output.status.success(), "{key}: {output:?}");
}

/// Deletes a registry key with its content, in both views.
pub fn delete_key(key: &str) {
    for view in VIEWS {
        run("reg", &["delete", key, "/f", view]);
    }
}

/// Returns the key in which a browser looks for the host.
pub fn host_key(hive: &str, browser: &str) -> String {
    format!(r"{hive}\{browser}\NativeMessagingHosts\{NAME}")
}

/// Polls until there is a value; fails after twenty seconds.
pub fn wait_for<T>(what: &str, mut poll: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = poll() {
            return value;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: not within twenty seconds");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The installed program; uninstalled when dropped.
pub struct Installed;

impl Installed {
    /// Installs the current version silently.
    pub fn newest() -> Self {
        let installed = Self;
        installed.run("setup.exe", Some(0));
        installed
    }

    /// Runs an installer of `target/windows` silently and checks its exit status.
    pub fn run(&self, name: &str, status: Option<i32>) {
        assert_eq!(run(built(name), &["/S"]).status.code(), status, "{name}");
    }

    /// Returns the Windows path of the program.
    pub fn host(&self) -> String {
        format!(r"{INSTALLED}\eimza-host.exe")
    }

    /// Runs the uninstaller silently and waits until it is done: it continues in a copy of itself.
    pub fn uninstall() {
        let uninstaller = format!(r"{INSTALLED}\uninstall.exe");
        if unix_path(&uninstaller).exists() {
            run(&uninstaller, &["/S"]);
            wait_for("the uninstaller's end", || (!unix_path(&uninstaller).exists()).then_some(()));
            wait_for("the folder's end", || (!unix_path(INSTALLED).exists()).then_some(()));
        }
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            Self::uninstall();
        } else {
            let _ = fs::remove_dir_all(unix_path(INSTALLED));
        }
    }
}

/// A portable copy of the program; removed when dropped.
pub struct Portable(&'static str);

impl Portable {
    /// Copies the program.
    pub fn new() -> Self {
        let portable = Self(r"C:\tasinabilir");
        fs::create_dir_all(unix_path(portable.0)).unwrap();
        fs::copy(built("eimza-host.exe"), unix_path(&portable.host())).unwrap();
        portable
    }

    /// Returns the Windows path of the program.
    pub fn host(&self) -> String {
        format!(r"{}\eimza-host.exe", self.0)
    }

    /// Returns the Windows path of a file in its folder.
    pub fn sibling(&self, name: &str) -> String {
        format!(r"{}\{name}", self.0)
    }

    /// Runs the program; returns its output and exit status.
    pub fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = run(self.host(), arguments);
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    }
}

impl Drop for Portable {
    fn drop(&mut self) {
        for browser in browsers() {
            delete_key(&format!(r"HKCU\{}", browser.key));
        }
        let _ = fs::remove_dir_all(unix_path(self.0));
    }
}

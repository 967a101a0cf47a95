//! Programs, files and the registry of Windows, as Wine has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Where `cargo xtask test` leaves what is tried.
const BUILT: &str = "target/windows";

/// Where the installer puts the program.
pub const INSTALLED: &str = r"C:\Program Files\eimza-yardimcisi";

/// The host's name in every browser's list.
pub const NAME: &str = "eimza.yardimcisi.host";

/// Where the browsers of the installer look, below HKLM or HKCU, and the manifest that each wants.
pub const BROWSERS: [(&str, &str); 4] = [
    (r"Software\Google\Chrome", "eimza.yardimcisi.host.json"),
    (r"Software\Chromium", "eimza.yardimcisi.host.json"),
    (r"Software\Microsoft\Edge", "eimza.yardimcisi.host.json"),
    (r"Software\Mozilla", "eimza.yardimcisi.host.firefox.json"),
];

/// The two faces of the registry.
pub const VIEWS: [&str; 2] = ["/reg:32", "/reg:64"];

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Something that was built for these tests.
pub fn built(name: &str) -> PathBuf {
    root().join(BUILT).join(name)
}

/// A program of Windows, by its path on Windows or here.
pub fn wine(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("wine");
    command.arg(program);
    command
}

/// Runs a program to its end.
pub fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Output {
    wine(program).args(arguments).output().unwrap()
}

/// Where a path of Windows's drive C is here.
pub fn here(path: &str) -> PathBuf {
    let drive = PathBuf::from(std::env::var_os("WINEPREFIX").unwrap()).join("drive_c");
    drive.join(path.strip_prefix(r"C:\").unwrap().replace('\\', "/"))
}

/// What a value of the registry says; none where it is not there.
pub fn registry(key: &str, value: Option<&str>, view: &str) -> Option<String> {
    let value = value.map_or(vec!["/ve"], |value| vec!["/v", value]);
    let said = wine("reg").args(["query", key]).args(value).arg(view).output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = said.lines().find(|line| line.contains(" REG_"))?;
    Some(line.split_once(" REG_")?.1.split_once("    ")?.1.trim_end().to_owned())
}

/// Writes into the registry; the value's kind is text or, for numbers, `REG_DWORD`.
pub fn set(key: &str, value: Option<&str>, kind: &str, data: &str) {
    let value = value.map_or(vec!["/ve"], |value| vec!["/v", value]);
    let done =
        wine("reg").args(["add", key]).args(value).args(["/t", kind, "/d", data, "/f"]).output().unwrap();
    assert!(done.status.success(), "{key}: {done:?}");
}

/// Takes a key and all in it out of the registry, in both views.
pub fn forget(key: &str) {
    for view in VIEWS {
        run("reg", &["delete", key, "/f", view]);
    }
}

/// The key in which a browser looks for us.
pub fn host_key(hive: &str, browser: &str) -> String {
    format!(r"{hive}\{browser}\NativeMessagingHosts\{NAME}")
}

/// Asks again and again; fails after twenty seconds.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: not within twenty seconds");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The program as the installer leaves it; taken away again when dropped.
pub struct Installed;

impl Installed {
    /// Installs the newest silently.
    pub fn newest() -> Self {
        let installed = Self;
        installed.run("setup.exe", Some(0));
        installed
    }

    /// Runs an installer of `target/windows` silently, which is to exit so.
    pub fn run(&self, name: &str, status: Option<i32>) {
        assert_eq!(run(built(name), &["/S"]).status.code(), status, "{name}");
    }

    /// The program's path on Windows.
    pub fn host(&self) -> String {
        format!(r"{INSTALLED}\eimza-host.exe")
    }

    /// Runs the uninstaller silently and waits until it is done: it goes on in a copy of itself.
    pub fn uninstall() {
        let uninstaller = format!(r"{INSTALLED}\uninstall.exe");
        if here(&uninstaller).exists() {
            run(&uninstaller, &["/S"]);
            wait_for("the uninstaller's end", || (!here(&uninstaller).exists()).then_some(()));
            wait_for("the folder's end", || (!here(INSTALLED).exists()).then_some(()));
        }
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            Self::uninstall();
        } else {
            let _ = fs::remove_dir_all(here(INSTALLED));
        }
    }
}

/// A copy of the program in a folder of its own, as a user may have one; taken away when dropped.
pub struct Portable(&'static str);

impl Portable {
    /// Puts it there.
    pub fn new() -> Self {
        let portable = Self(r"C:\tasinabilir");
        fs::create_dir_all(here(portable.0)).unwrap();
        fs::copy(built("eimza-host.exe"), here(&portable.host())).unwrap();
        portable
    }

    /// The program's path on Windows.
    pub fn host(&self) -> String {
        format!(r"{}\eimza-host.exe", self.0)
    }

    /// A file beside it, by its path on Windows.
    pub fn beside(&self, name: &str) -> String {
        format!(r"{}\{name}", self.0)
    }

    /// Runs it; what it says, and its exit status.
    pub fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let output = run(self.host(), arguments);
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    }
}

impl Drop for Portable {
    fn drop(&mut self) {
        for (browser, _) in BROWSERS {
            forget(&format!(r"HKCU\{browser}"));
        }
        let _ = fs::remove_dir_all(here(self.0));
    }
}

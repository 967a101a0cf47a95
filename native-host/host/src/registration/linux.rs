//! Linux: a browser looks for manifests in folders of its own.

use super::browser::Browser;
use super::manifest::{manifest, may_touch};
use super::{Outcome, Scope, Task, write};
use eimza_protocol::HOST_NAME;
use serde_json::Value;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// This program's own absolute path, as it stands in manifests.
///
/// # Errors
/// Where the system does not tell.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()?.canonicalize()
}

/// The folders that everything lies under; other ones in tests.
#[derive(Debug, Clone)]
pub struct Roots {
    /// The user's home folder.
    pub home: PathBuf,
    /// The user's configuration; `.config` in the home folder unless `XDG_CONFIG_HOME` names another.
    pub config: PathBuf,
    /// The root folder.
    pub system: PathBuf,
}

impl Roots {
    /// The real ones.
    ///
    /// # Errors
    /// Where the user has no home folder.
    pub fn of_this_computer() -> io::Result<Self> {
        // Where HOME is not set, as in services that install packages, the system's list of users tells.
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let home = home.ok_or_else(|| io::Error::other("this user has no home folder"))?;
        let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let config = config.filter(|config| config.is_absolute()).unwrap_or_else(|| home.join(".config"));
        Ok(Self { home, config, system: PathBuf::from("/") })
    }

    /// A folder of the user's.
    fn of_user(&self, path: &str) -> PathBuf {
        match path.strip_prefix(".config/") {
            Some(path) => self.config.join(path),
            None => self.home.join(path),
        }
    }

    fn under(&self, path: &str) -> PathBuf {
        self.system.join(path.trim_start_matches('/'))
    }
}

impl Browser {
    /// The folder in which it looks for host manifests; none where that is not known.
    fn folder(&self, scope: Scope, roots: &Roots) -> Option<PathBuf> {
        match scope {
            Scope::User => Some(roots.of_user(&self.linux.user)),
            Scope::System => Some(roots.under(self.linux.system.as_deref()?)),
        }
    }

    /// The manifest that it is told of for a scope; none where there is none. A link that leads nowhere is one too:
    /// registering stumbles over it.
    pub fn manifest_for(&self, scope: Scope, roots: &Roots) -> Option<PathBuf> {
        Some(path_in(&self.folder(scope, roots)?)).filter(|path| path.symlink_metadata().is_ok())
    }

    /// The policies that an administrator has set, file by file, each with its place, the one that counts most last. A
    /// file that the browser cannot read counts for nothing there either.
    pub fn policies(&self, roots: &Roots) -> Vec<(String, Value)> {
        let folder = self.linux.policies.as_deref().and_then(|folder| fs::read_dir(roots.under(folder)).ok());
        let mut files: Vec<_> = folder.into_iter().flatten().flatten().map(|file| file.path()).collect();
        files.sort();
        let read = |path: &PathBuf| {
            // Browsers take comments and a comma too many; so does JSON5.
            let policy = json5::from_str(&fs::read_to_string(path).ok()?).ok()?;
            Some((path.display().to_string(), policy))
        };
        files.iter().filter_map(read).collect()
    }

    /// Whether it is here as a snap or flatpak.
    pub fn is_confined(&self, roots: &Roots) -> bool {
        let snap = self.linux.snap.iter().map(|name| roots.under("snap").join(name));
        let flatpak = self.linux.flatpak.iter().flat_map(|name| {
            let shared = roots.under("var/lib/flatpak/app").join(name);
            [shared, roots.home.join(".local/share/flatpak/app").join(name)]
        });
        snap.chain(flatpak).any(|folder| folder.is_dir())
    }

    /// Whether the user has run it.
    pub fn was_run(&self, roots: &Roots) -> bool {
        roots.of_user(&self.linux.profile).is_dir()
    }
}

/// Brings one browser's manifest to what a task asks for.
pub(super) fn one(browser: &Browser, task: &Task, roots: &Roots, host: &Path) -> Outcome {
    let named = !task.browsers.is_empty();
    let Some(folder) = browser.folder(task.scope, roots) else { return Outcome::NoPlace { named } };
    let path = path_in(&folder);
    let there = match look(&path) {
        Ok(there) => there,
        Err(error) => return Outcome::Failed(path, error.kind()),
    };
    // A path that is no text cannot be written into a manifest.
    let wanted = match task.register.then(|| manifest(browser.reads, host)) {
        Some(None) => return Outcome::Failed(host.to_owned(), ErrorKind::InvalidFilename),
        wanted => wanted.flatten(),
    };
    match (&there, &wanted) {
        (There::Nothing, None) => return Outcome::Unchanged,
        (There::File { text, for_all: true }, Some(wanted)) if text == wanted => return Outcome::Unchanged,
        (There::Nothing, Some(_)) if task.scope == Scope::User && !named && !browser.was_run(roots) => {
            return Outcome::NotRun;
        }
        (There::SomethingElse, _) if !task.force => return Outcome::NotOurs(path),
        (There::File { text, .. }, wanted) if !task.force && !may_touch(text, wanted.is_some(), host) => {
            return Outcome::NotOurs(path);
        }
        _ => {}
    }
    let done = match wanted {
        _ if task.dry_run => Ok(()),
        Some(text) => write_for(task.scope, &folder, &path, &text),
        None => fs::remove_file(&path).map(|()| {
            if task.scope == Scope::System {
                tidy_up(&folder);
            }
        }),
    };
    match done {
        Ok(()) => Outcome::Done(path),
        Err(error) => Outcome::Failed(path, error.kind()),
    }
}

/// What stands where a manifest belongs.
enum There {
    Nothing,
    /// A file that everybody may read, or not.
    File {
        text: String,
        for_all: bool,
    },
    /// A link, a pipe, a folder, or no text: somebody else's.
    SomethingElse,
}

fn look(path: &Path) -> io::Result<There> {
    let data = match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => data,
        Ok(_) => return Ok(There::SomethingElse),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(There::Nothing),
        Err(error) => return Err(error),
    };
    match fs::read_to_string(path) {
        Ok(text) => Ok(There::File { text, for_all: is_for_all(&data) }),
        Err(error) if error.kind() == ErrorKind::InvalidData => Ok(There::SomethingElse),
        Err(error) => Err(error),
    }
}

fn is_for_all(data: &fs::Metadata) -> bool {
    data.permissions().mode() & 0o444 == 0o444
}

/// What was made for a browser that is not there goes with the manifest: its folder and the one above, where
/// nothing else is in them.
fn tidy_up(folder: &Path) {
    for folder in folder.ancestors().take(2) {
        if fs::remove_dir(folder).is_err() {
            return; // something is in it
        }
    }
}

/// Writes a manifest into a folder that may have to be made. Browsers of all users read it, whatever rights new
/// files have here.
fn write_for(scope: Scope, folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let made: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder)?;
    write(path, text, |file| file.set_permissions(fs::Permissions::from_mode(0o644)))?;
    if scope == Scope::System {
        made.iter().try_for_each(|made| fs::set_permissions(made, fs::Permissions::from_mode(0o755)))?;
    }
    Ok(())
}

/// Where the manifest stands in the folder that a browser looks into.
fn path_in(folder: &Path) -> PathBuf {
    folder.join(format!("{HOST_NAME}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::{browsers, carry_out};
    use tempfile::TempDir;

    const HOST: &str = "/opt/eimza/eimza-host";

    /// A computer whose user has run Chromium and Firefox.
    fn computer() -> (TempDir, Roots) {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let roots = Roots { config: home.join(".config"), home, system: folder.path().join("root") };
        for profile in [".config/chromium", ".mozilla/firefox"] {
            fs::create_dir_all(roots.home.join(profile)).unwrap();
        }
        (folder, roots)
    }

    fn task(register: bool) -> Task {
        Task { register, scope: Scope::User, browsers: Vec::new(), dry_run: false, force: false }
    }

    fn outcome(task: &Task, roots: &Roots, id: &str) -> Outcome {
        let all = carry_out(task, roots, Path::new(HOST));
        all.into_iter().find(|(browser, _)| browser.id == id).unwrap().1
    }

    fn chromium(roots: &Roots) -> PathBuf {
        roots.home.join(".config/chromium/NativeMessagingHosts/eimza.yardimcisi.host.json")
    }

    #[test]
    fn the_users_own_browsers_are_told_and_no_others() {
        let (_folder, roots) = computer();
        assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::Done(chromium(&roots)));
        assert_eq!(outcome(&task(true), &roots, "edge"), Outcome::NotRun);
        assert!(fs::read_to_string(chromium(&roots)).unwrap().contains(HOST));
        assert!(roots.home.join(".mozilla/native-messaging-hosts/eimza.yardimcisi.host.json").exists());
        assert!(!roots.home.join(".config/microsoft-edge").exists());
    }

    #[test]
    fn a_browser_that_is_named_is_told_though_it_was_never_run() {
        let (_folder, roots) = computer();
        let edge = Task { browsers: vec!["edge".to_owned()], ..task(true) };
        assert!(matches!(outcome(&edge, &roots, "edge"), Outcome::Done(_)));
        assert_eq!(carry_out(&edge, &roots, Path::new(HOST)).len(), 1);
    }

    #[test]
    fn for_everybody_all_are_told_whether_they_are_there_or_not() {
        let (_folder, roots) = computer();
        let system = Task { scope: Scope::System, ..task(true) };
        let all = carry_out(&system, &roots, Path::new(HOST));
        let done = all.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Done(_))).count();
        assert_eq!(done, 4);
        assert!(roots.system.join("etc/opt/edge/native-messaging-hosts/eimza.yardimcisi.host.json").exists());
        assert!(all.iter().all(|(_, outcome)| outcome.is_well()));
    }

    #[test]
    fn only_what_differs_is_written() {
        let (_folder, roots) = computer();
        carry_out(&task(true), &roots, Path::new(HOST));
        assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::Unchanged);
        let moved = carry_out(&task(true), &roots, Path::new("/usr/lib/eimza-host"));
        assert!(
            moved
                .iter()
                .any(|(browser, outcome)| browser.id == "chromium" && matches!(outcome, Outcome::Done(_)))
        );
    }

    #[test]
    fn a_dry_run_changes_nothing() {
        let (_folder, roots) = computer();
        let dry = Task { dry_run: true, ..task(true) };
        assert_eq!(outcome(&dry, &roots, "chromium"), Outcome::Done(chromium(&roots)));
        assert!(!chromium(&roots).exists());
    }

    #[test]
    fn somebody_elses_manifest_is_left_alone_without_force() {
        let (_folder, roots) = computer();
        fs::create_dir_all(chromium(&roots).parent().unwrap()).unwrap();
        let wrapper = br#"{"name": "eimza.yardimcisi.host", "path": "/usr/local/bin/wrapper"}"#;
        for theirs in [&b"{\"name\": \"eimza.yardimcisi.host\"}"[..], b"\xFF\xFE", wrapper] {
            fs::write(chromium(&roots), theirs).unwrap();
            for register in [true, false] {
                let outcome = outcome(&task(register), &roots, "chromium");
                assert_eq!(outcome, Outcome::NotOurs(chromium(&roots)));
                assert!(!outcome.is_well());
            }
            assert_eq!(fs::read(chromium(&roots)).unwrap(), theirs);
        }
        let force = Task { force: true, ..task(true) };
        assert!(matches!(outcome(&force, &roots, "chromium"), Outcome::Done(_)));
    }

    #[test]
    fn links_and_pipes_are_somebody_elses_and_nobody_waits_for_them() {
        let (_folder, roots) = computer();
        fs::create_dir_all(chromium(&roots).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink("/nonexistent", chromium(&roots)).unwrap();
        assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
        assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
        fs::remove_file(chromium(&roots)).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(chromium(&roots)).status().unwrap().success());
        assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
    }

    #[test]
    fn everybody_can_read_what_is_for_everybody() {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (_folder, roots) = computer();
        let system = Task { scope: Scope::System, ..task(true) };
        carry_out(&system, &roots, Path::new(HOST));
        let folder = roots.system.join("etc/chromium/native-messaging-hosts");
        let file = folder.join("eimza.yardimcisi.host.json");
        assert_eq!((mode(&folder), mode(&file)), (0o755, 0o644));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(outcome(&system, &roots, "chromium"), Outcome::Done(_)));
        assert_eq!(mode(&file), 0o644);
    }

    #[test]
    fn a_browser_that_was_named_and_has_no_place_is_not_well() {
        let (_folder, roots) = computer();
        let brave = Task { scope: Scope::System, browsers: vec!["brave".to_owned()], ..task(true) };
        assert!(!outcome(&brave, &roots, "brave").is_well());
    }

    #[test]
    fn a_place_that_cannot_be_written_down_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let (_folder, roots) = computer();
        let host = Path::new(std::ffi::OsStr::from_bytes(b"/opt/\xFF/eimza-host"));
        let all = carry_out(&task(true), &roots, host);
        assert!(all.iter().any(|(_, outcome)| matches!(outcome, Outcome::Failed(..))));
        assert!(!chromium(&roots).exists());
    }

    #[test]
    fn unregistering_leaves_nothing_behind() {
        let (_folder, roots) = computer();
        carry_out(&task(true), &roots, Path::new(HOST));
        assert!(matches!(outcome(&task(false), &roots, "chromium"), Outcome::Done(_)));
        assert!(!chromium(&roots).exists());
        assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::Unchanged);
        let left = fs::read_dir(chromium(&roots).parent().unwrap()).unwrap().count();
        assert_eq!(left, 0, "no half-written file either");
    }

    #[test]
    fn what_an_older_version_wrote_is_brought_up_to_date_and_another_copys_is_not_removed() {
        let (folder, roots) = computer();
        carry_out(&task(true), &roots, Path::new(HOST));
        let older = fs::read_to_string(chromium(&roots)).unwrap().replace("dikcb", "aaaaa");
        fs::write(chromium(&roots), older).unwrap();
        assert!(matches!(outcome(&task(true), &roots, "chromium"), Outcome::Done(_)));

        let other = folder.path().join("eimza-host");
        fs::write(&other, "").unwrap();
        carry_out(&task(true), &roots, &other);
        assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
        fs::remove_file(other).unwrap();
        assert!(matches!(outcome(&task(false), &roots, "chromium"), Outcome::Done(_)));
    }

    #[test]
    fn for_everybody_empty_folders_go_too_and_others_stay() {
        let (_folder, roots) = computer();
        let system = |register| Task { scope: Scope::System, ..task(register) };
        carry_out(&system(true), &roots, Path::new(HOST));
        let policies = roots.system.join("etc/opt/edge/policies");
        fs::create_dir_all(&policies).unwrap();
        carry_out(&system(false), &roots, Path::new(HOST));
        assert!(!roots.system.join("etc/opt/chrome").exists());
        assert!(roots.system.join("etc/opt").exists());
        assert!(policies.exists());
        assert!(!roots.system.join("etc/opt/edge/native-messaging-hosts").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told() {
        let (_folder, roots) = computer();
        // A file where a folder should be: so it fails for root too.
        fs::write(roots.home.join(".config/chromium/NativeMessagingHosts"), "").unwrap();
        assert!(matches!(outcome(&task(true), &roots, "chromium"), Outcome::Failed(..)));
    }

    #[test]
    fn folders_lie_under_the_home_folder_or_the_root() {
        let roots = Roots { home: "/home/a".into(), config: "/home/a/.config".into(), system: "/mnt".into() };
        let chrome = &browsers()[0];
        let user = chrome.folder(Scope::User, &roots).unwrap();
        assert_eq!(user, Path::new("/home/a/.config/google-chrome/NativeMessagingHosts"));
        let system = chrome.folder(Scope::System, &roots).unwrap();
        assert_eq!(system, Path::new("/mnt/etc/opt/chrome/native-messaging-hosts"));
    }

    #[test]
    fn a_configuration_in_another_place_is_used() {
        let roots = Roots { home: "/home/a".into(), config: "/conf".into(), system: "/".into() };
        let of = |id: &str| {
            browsers().iter().find(|browser| browser.id == id).unwrap().folder(Scope::User, &roots)
        };
        assert_eq!(of("chromium").unwrap(), Path::new("/conf/chromium/NativeMessagingHosts"));
        assert_eq!(of("firefox").unwrap(), Path::new("/home/a/.mozilla/native-messaging-hosts"));
    }

    #[test]
    fn what_is_not_known_is_none() {
        let brave = browsers().iter().find(|browser| browser.id == "brave").unwrap();
        assert_eq!(
            brave.folder(Scope::System, &Roots { home: "/".into(), config: "/".into(), system: "/".into() }),
            None
        );
    }
}

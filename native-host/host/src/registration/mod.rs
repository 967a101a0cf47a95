//! Telling browsers where the host is: `register` and `unregister`.

mod browser;
pub mod command;
mod manifest;

pub use browser::{Browser, Roots, Scope, browsers};
pub use manifest::{manifest, path_in, program_of};

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// This program's own absolute path, as it stands in manifests.
///
/// # Errors
/// Where the system does not tell.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()?.canonicalize()
}

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Task {
    /// Whether manifests are to be there, or gone.
    pub register: bool,
    /// For whom.
    pub scope: Scope,
    /// Browsers by their ids; none means all, of a user those that were run.
    pub browsers: Vec<String>,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Also replace or remove a manifest that this product did not write.
    pub force: bool,
}

/// What became of one browser.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The manifest was, or would be, written or removed.
    Done(PathBuf),
    /// It is as it should be.
    Unchanged,
    /// The user has not run this browser.
    NotRun,
    /// Where this browser looks is not known.
    NoPlace {
        /// It was asked for by name.
        named: bool,
    },
    /// A manifest of this name is there that this product did not write.
    NotOurs(PathBuf),
    /// The file system refused.
    Failed(PathBuf, ErrorKind),
}

impl Outcome {
    /// Whether the browser is now as was asked for, as far as that is possible.
    pub fn is_well(&self) -> bool {
        !matches!(self, Self::NotOurs(_) | Self::Failed(..) | Self::NoPlace { named: true })
    }
}

/// Carries a task out for a host at this absolute path, browser by browser.
pub fn carry_out(task: &Task, roots: &Roots, host: &Path) -> Vec<(&'static Browser, Outcome)> {
    let named = |browser: &&Browser| task.browsers.is_empty() || task.browsers.contains(&browser.id);
    browsers().iter().filter(named).map(|browser| (browser, one(browser, task, roots, host))).collect()
}

fn one(browser: &Browser, task: &Task, roots: &Roots, host: &Path) -> Outcome {
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
        Some(text) => write(&folder, &path, &text, task.scope),
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

/// Whether a manifest is ours to replace, or to remove: another copy of this program that is still there keeps the
/// one that it wrote.
fn may_touch(text: &str, replace: bool, host: &Path) -> bool {
    let Some(program) = program_of(text) else { return false };
    replace || program == host || !program.exists()
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

#[cfg(unix)]
fn is_for_all(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    data.permissions().mode() & 0o444 == 0o444
}

#[cfg(not(unix))]
fn is_for_all(_: &fs::Metadata) -> bool {
    true
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

/// The whole file or none of it: under another name first, then in one step under its own.
fn write(folder: &Path, path: &Path, text: &str, scope: Scope) -> io::Result<()> {
    let made: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Browsers of all users read it, whatever rights new files have here.
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        if scope == Scope::System {
            made.iter().try_for_each(|made| fs::set_permissions(made, fs::Permissions::from_mode(0o755)))?;
        }
    }
    #[cfg(not(unix))]
    let _ = (made, scope);
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[cfg(unix)]
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

    #[cfg(unix)]
    #[test]
    fn everybody_can_read_what_is_for_everybody() {
        use std::os::unix::fs::PermissionsExt;
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

    #[cfg(unix)]
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
}

//! Registration on Linux: each browser has a folder of host manifests.

use super::atomic_write::write;
use super::browser::{Browser, Scope};
use super::manifest::{manifest, may_modify, program_of};
use super::task::{Outcome, Task};
use eimza_path_trust::{PathFault, TrustedOwners};
use eimza_protocol::HOST_NAME;
use rustix::fs::OFlags;
use serde_json::Value;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The permissions of a manifest: browsers of all users read it, and nobody else writes it.
const FILE_MODE: u32 = 0o644;

/// Returns the absolute path of this program, for manifests.
///
/// # Errors
/// If the system does not provide it.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()?.canonicalize()
}

/// The base folders of all paths; temporary ones in tests.
#[derive(Debug, Clone)]
pub struct Roots {
    /// The user's home folder.
    pub home: PathBuf,
    /// The user's configuration folder: `XDG_CONFIG_HOME`, by default `.config` in the home folder.
    pub config: PathBuf,
    /// The root folder.
    pub system: PathBuf,
    /// Who may own system-wide files.
    pub trusted: TrustedOwners,
}

impl Roots {
    /// Returns the base folders of this computer.
    ///
    /// # Errors
    /// If the user has no home folder.
    pub fn of_this_computer() -> io::Result<Self> {
        // Without HOME, as in services that install packages, this reads the user database.
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let home = home.ok_or_else(|| io::Error::other("this user has no home folder"))?;
        let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let config = config.filter(|config| config.is_absolute()).unwrap_or_else(|| home.join(".config"));
        Ok(Self { home, config, system: PathBuf::from("/"), trusted: TrustedOwners::administrator() })
    }

    /// Resolves a path in the home folder.
    fn user_path(&self, path: &str) -> PathBuf {
        match path.strip_prefix(".config/") {
            Some(path) => self.config.join(path),
            None => self.home.join(path),
        }
    }

    /// Resolves an absolute path.
    fn system_path(&self, path: &str) -> PathBuf {
        self.system.join(path.trim_start_matches('/'))
    }

    /// Returns the folder of a browser's host manifests; `None` if not known.
    fn manifest_folder(&self, browser: &Browser, scope: Scope) -> Option<PathBuf> {
        match scope {
            Scope::User => Some(self.user_path(&browser.linux.user)),
            Scope::System => Some(self.system_path(browser.linux.system.as_deref()?)),
        }
    }

    /// Returns the path of the host's manifest for a browser if it exists. A dangling link counts as
    /// existing, because it prevents registration.
    pub fn manifest_for(&self, browser: &Browser, scope: Scope) -> Option<PathBuf> {
        Some(manifest_path(&self.manifest_folder(browser, scope)?))
            .filter(|path| path.symlink_metadata().is_ok())
    }

    /// Returns the part of a path that somebody else than the administrator can change.
    pub fn unsafe_part(&self, path: &Path) -> Option<PathBuf> {
        match self.trusted.check(path) {
            Err(PathFault::Unsafe(part)) => Some(part),
            // What this user cannot examine, an administrator's doctor can.
            Ok(()) | Err(PathFault::Failed(..)) => None,
        }
    }

    /// Returns the policy files of a browser, each with its path, in ascending order of precedence. Invalid
    /// files are skipped, as browsers do.
    pub fn policies(&self, browser: &Browser) -> Vec<(String, Value)> {
        let folder =
            browser.linux.policies.as_deref().and_then(|folder| fs::read_dir(self.system_path(folder)).ok());
        let mut files: Vec<_> = folder.into_iter().flatten().flatten().map(|file| file.path()).collect();
        files.sort();
        let read = |path: &PathBuf| {
            // Browsers accept comments and trailing commas; so does JSON5.
            let policy = json5::from_str(&fs::read_to_string(path).ok()?).ok()?;
            Some((path.display().to_string(), policy))
        };
        files.iter().filter_map(read).collect()
    }

    /// Returns whether a browser is installed as a snap or flatpak, which confine it.
    pub fn is_confined(&self, browser: &Browser) -> bool {
        let snap = browser.linux.snap.iter().map(|name| self.system_path("snap").join(name));
        let flatpak = browser.linux.flatpak.iter().flat_map(|name| {
            let shared = self.system_path("var/lib/flatpak/app").join(name);
            [shared, self.home.join(".local/share/flatpak/app").join(name)]
        });
        snap.chain(flatpak).any(|folder| folder.is_dir())
    }

    /// Returns whether the user has run a browser.
    pub fn was_run(&self, browser: &Browser) -> bool {
        self.user_path(&browser.linux.profile).is_dir()
    }
}

/// Checks that the program may be registered for all users: only the administrator can change it.
///
/// # Errors
/// The part of its path that somebody else can change, or that cannot be examined.
pub(super) fn check_program(roots: &Roots, host: &Path) -> Result<(), PathFault> {
    roots.trusted.check(host)
}

/// Checks the home folder if root runs this program, which may have kept the HOME of another user.
///
/// # Errors
/// The part of its path that a user can change, or that cannot be examined.
pub(super) fn check_home(roots: &Roots) -> Result<(), PathFault> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    roots.trusted.check_folder(&roots.home)?;
    roots.trusted.check_folder(&roots.config)
}

/// Reads a manifest as browsers do; `None` if it cannot be read or is no file.
pub fn read_manifest(path: &Path) -> Option<String> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::read_to_string(path).ok()
}

/// Returns the permissions of a manifest if they differ from those that registration sets.
pub fn permission_fault(path: &Path) -> Option<String> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o7777;
    (mode != FILE_MODE).then(|| format!("{mode:04o}"))
}

/// Carries out a task for one browser.
pub(super) fn carry_out(browser: &Browser, task: &Task, roots: &Roots, host: &Path) -> Outcome {
    let named = !task.browsers.is_empty();
    let Some(folder) = roots.manifest_folder(browser, task.scope) else {
        return Outcome::UnknownLocation { named };
    };
    // Root does not follow links of a user, and writes nothing where a user could replace it.
    let is_for_everybody = task.scope == Scope::System || rustix::process::geteuid().is_root();
    if is_for_everybody {
        match roots.trusted.check_folder(&folder) {
            Ok(()) => {}
            Err(PathFault::Unsafe(path)) => return Outcome::Unsafe(path),
            Err(PathFault::Failed(path, reason)) => return Outcome::Failed(path, reason),
        }
    }
    let path = manifest_path(&folder);
    if !browser.has_extension {
        return remove_leftover(task, &folder, path);
    }
    let existing = match read_existing(&path) {
        Ok(existing) => existing,
        Err(error) => return Outcome::Failed(path, error.kind()),
    };
    // A path that is not Unicode cannot be written into a manifest.
    let new_text = match task.register.then(|| manifest(host)) {
        Some(None) => return Outcome::Failed(host.to_owned(), ErrorKind::InvalidFilename),
        new_text => new_text.flatten(),
    };
    match (&existing, &new_text) {
        (Existing::Nothing, None) => return Outcome::Unchanged,
        (Existing::File { text, mode: FILE_MODE }, Some(new_text))
            if text == new_text && (!is_for_everybody || roots.trusted.check(&path).is_ok()) =>
        {
            return Outcome::Unchanged;
        }
        (Existing::Nothing, Some(_)) if task.scope == Scope::User && !named && !roots.was_run(browser) => {
            return Outcome::NotRun;
        }
        (Existing::Other, _) if !task.force => return Outcome::NotOurs(path),
        (Existing::File { text, .. }, new_text)
            if !task.force && !may_modify(text, new_text.is_some(), host) =>
        {
            return Outcome::NotOurs(path);
        }
        _ => {}
    }
    let result = match new_text {
        _ if task.dry_run => Ok(()),
        Some(text) => write_manifest(task.scope, &folder, &path, &text),
        None => remove(task.scope, &folder, &path),
    };
    match result {
        Ok(()) => Outcome::Done(path),
        Err(error) => Outcome::Failed(path, error.kind()),
    }
}

/// Removes the manifest of an earlier version for a browser without an extension.
fn remove_leftover(task: &Task, folder: &Path, path: PathBuf) -> Outcome {
    let is_leftover = match read_existing(&path) {
        Ok(Existing::File { text, .. }) => program_of(&text).is_some(),
        Ok(_) => false,
        Err(error) => return Outcome::Failed(path, error.kind()),
    };
    if !is_leftover {
        return Outcome::NoExtension;
    }
    match if task.dry_run { Ok(()) } else { remove(task.scope, folder, &path) } {
        Ok(()) => Outcome::LeftoverRemoved(path),
        Err(error) => Outcome::Failed(path, error.kind()),
    }
}

fn remove(scope: Scope, folder: &Path, path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    if scope == Scope::System {
        remove_empty_folders(folder);
    }
    Ok(())
}

/// What exists at the path of a manifest.
enum Existing {
    Nothing,
    File {
        text: String,
        mode: u32,
    },
    /// A link, a pipe, a folder, or a file that is not UTF-8: not written by this product.
    Other,
}

/// Reads what exists at `path`, without following a link and without waiting for the writer of a pipe.
fn read_existing(path: &Path) -> io::Result<Existing> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => {}
        Ok(_) => return Ok(Existing::Other),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Existing::Nothing),
        Err(error) => return Err(error),
    }
    // If it was replaced by a link in the meantime, opening fails.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut file = fs::OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    let mode = file.metadata()?.permissions().mode() & 0o7777;
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) => Ok(Existing::File { text, mode }),
        Err(error) if error.kind() == ErrorKind::InvalidData => Ok(Existing::Other),
        Err(error) => Err(error),
    }
}

/// Removes the folder of manifests and its parent if they are empty: registration may have created them for a
/// browser that is not installed.
fn remove_empty_folders(folder: &Path) {
    for folder in folder.ancestors().take(2) {
        if fs::remove_dir(folder).is_err() {
            return; // not empty
        }
    }
}

/// Writes a manifest and creates its folder if necessary. The permissions do not depend on the umask:
/// browsers of all users read a system-wide manifest.
fn write_manifest(scope: Scope, folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let created: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder)?;
    write(path, text, |file| file.set_permissions(fs::Permissions::from_mode(FILE_MODE)))?;
    if scope == Scope::System {
        created
            .iter()
            .try_for_each(|folder| fs::set_permissions(folder, fs::Permissions::from_mode(0o755)))?;
    }
    Ok(())
}

fn manifest_path(folder: &Path) -> PathBuf {
    folder.join(format!("{HOST_NAME}.json"))
}

#[cfg(test)]
#[path = "linux_tests.rs"]
mod tests;

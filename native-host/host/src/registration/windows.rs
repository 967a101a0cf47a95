//! Registration on Windows: each browser reads the path of the manifest from a registry key with the host's
//! name. The manifests are in the folder of the program.

use super::atomic_write::write;
use super::browser::{Browser, Scope, WindowsKeys, browsers};
use super::manifest::{manifest, may_modify, program_of};
use super::task::{Outcome, Task};
use eimza_path_trust::PathFault;
use eimza_protocol::HOST_NAME;
use serde_json::{Map, Value};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use winreg::RegKey;
use winreg::enums::{
    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_32KEY, KEY_WOW64_64KEY, KEY_WRITE,
};

/// The registry views for 32-bit and 64-bit programs; a browser may be either.
const VIEWS: [u32; 2] = [KEY_WOW64_32KEY, KEY_WOW64_64KEY];

/// Returns the absolute path of this program, for manifests; not in the form with `\\?\`, which browsers may
/// not support.
///
/// # Errors
/// If the system does not provide it.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// Stands for the registry, which needs no base folders.
#[derive(Debug, Clone)]
pub struct Roots;

impl Roots {
    /// Returns the registry of this computer.
    ///
    /// # Errors
    /// Never.
    pub fn of_this_computer() -> io::Result<Self> {
        Ok(Self)
    }

    /// Returns the path of the host's manifest if a browser has a key for it.
    pub fn manifest_for(&self, browser: &Browser, scope: Scope) -> Option<PathBuf> {
        let keys = browser.windows.as_ref()?;
        VIEWS
            .into_iter()
            .find_map(|view| registered_path(scope, keys, view).ok().flatten())
            .map(PathBuf::from)
    }

    /// Returns nothing: Windows has no simple permissions.
    pub fn unsafe_part(&self, _: &Path) -> Option<PathBuf> {
        None
    }

    /// Returns the policies of a browser, each with its key, in ascending order of precedence.
    pub fn policies(&self, browser: &Browser) -> Vec<(String, Value)> {
        let Some(path) = browser.windows.as_ref().and_then(|keys| keys.policies.as_deref()) else {
            return Vec::new();
        };
        let read = |scope| {
            let key = hive(scope).open_subkey(path).ok()?;
            Some((display(scope, path), read_policies(&key)))
        };
        [Scope::User, Scope::System].into_iter().filter_map(read).collect()
    }

    /// Returns false: no browser is confined on Windows.
    pub fn is_confined(&self, _: &Browser) -> bool {
        false
    }

    /// Returns whether the user has run a browser.
    pub fn was_run(&self, browser: &Browser) -> bool {
        let user_hive = hive(Scope::User);
        browser.windows.as_ref().is_some_and(|keys| user_hive.open_subkey(&keys.profile).is_ok())
    }
}

/// Checks nothing: the installer sets the rights of the program's folder.
pub(super) fn check_program(_: &Roots, _: &Path) -> Result<(), PathFault> {
    Ok(())
}

/// Checks nothing: each user has an own registry.
pub(super) fn check_home(_: &Roots) -> Result<(), PathFault> {
    Ok(())
}

/// Reads a manifest as browsers do; `None` if it cannot be read.
pub fn read_manifest(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Returns nothing: a manifest inherits the permissions of its folder.
pub fn permission_fault(_: &Path) -> Option<String> {
    None
}

/// Carries out a task for one browser.
pub(super) fn carry_out(browser: &Browser, task: &Task, roots: &Roots, host: &Path) -> Outcome {
    let named = !task.browsers.is_empty();
    let Some(keys) = &browser.windows else { return Outcome::UnknownLocation { named } };
    let key = PathBuf::from(display(task.scope, &host_key(keys)));
    let existing: io::Result<Vec<_>> =
        VIEWS.into_iter().map(|view| registered_path(task.scope, keys, view)).collect();
    let existing = match existing {
        Ok(existing) => existing,
        Err(error) => return Outcome::Failed(key, error.kind()),
    };
    if !browser.has_extension {
        return remove_leftover(task, keys, key, &existing, host);
    }
    if let Some(theirs) =
        existing.iter().flatten().find(|path| !is_ours(Path::new(path), task.register, host))
        && !task.force
    {
        return Outcome::NotOurs(PathBuf::from(theirs));
    }
    let file = host.with_file_name(format!("{HOST_NAME}.json"));
    if !task.register {
        return if existing.iter().all(Option::is_none) {
            Outcome::Unchanged
        } else {
            outcome(key, task, || unregister(task.scope, keys, &file, host))
        };
    }
    let (Some(path), Some(text)) = (file.to_str(), manifest(host)) else {
        return Outcome::Failed(host.to_owned(), ErrorKind::InvalidFilename);
    };
    let is_registered = existing.iter().all(|existing| existing.as_deref() == Some(path));
    let is_written = fs::read_to_string(&file).is_ok_and(|existing| existing == text);
    if is_registered && is_written {
        return Outcome::Unchanged;
    }
    if task.scope == Scope::User && !named && !roots.was_run(browser) && existing.iter().all(Option::is_none)
    {
        return Outcome::NotRun;
    }
    if !is_written && file.exists() && !is_ours(&file, true, host) && !task.force {
        return Outcome::NotOurs(file);
    }
    outcome(key, task, || {
        if !is_written {
            write(&file, &text, |_| Ok(()))?; // inherits the permissions of the folder
        }
        VIEWS.into_iter().try_for_each(|view| {
            hive(task.scope)
                .create_subkey_with_flags(host_key(keys), KEY_WRITE | view)?
                .0
                .set_value("", &path)
        })
    })
}

fn outcome(key: PathBuf, task: &Task, work: impl FnOnce() -> io::Result<()>) -> Outcome {
    match if task.dry_run { Ok(()) } else { work() } {
        Ok(()) => Outcome::Done(key),
        Err(error) => Outcome::Failed(key, error.kind()),
    }
}

/// Removes the keys and the manifest of an earlier version for a browser without an extension.
fn remove_leftover(
    task: &Task,
    keys: &WindowsKeys,
    key: PathBuf,
    existing: &[Option<String>],
    host: &Path,
) -> Outcome {
    let is_own = |path: &Path| match fs::read_to_string(path) {
        Ok(text) => program_of(&text).is_some(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let paths = existing.iter().flatten().map(Path::new);
    if paths.clone().next().is_none() || !paths.clone().all(is_own) {
        return Outcome::NoExtension;
    }
    let result = if task.dry_run {
        Ok(())
    } else {
        paths.into_iter().try_for_each(|file| unregister(task.scope, keys, file, host))
    };
    match result {
        Ok(()) => Outcome::LeftoverRemoved(key),
        Err(error) => Outcome::Failed(key, error.kind()),
    }
}

/// Returns whether a manifest may be replaced or, if `replace` is false, removed; true if it does not exist.
fn is_ours(file: &Path, replace: bool, host: &Path) -> bool {
    match fs::read_to_string(file) {
        Ok(text) => may_modify(&text, replace, host),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

/// Returns the path of the manifest that is registered in one view of the registry.
fn registered_path(scope: Scope, keys: &WindowsKeys, view: u32) -> io::Result<Option<String>> {
    let key = hive(scope).open_subkey_with_flags(host_key(keys), KEY_READ | view);
    match key.and_then(|key| key.get_value("")) {
        Ok(path) => Ok(Some(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Removes the keys, empty keys above them, and the manifest once no key refers to it.
fn unregister(scope: Scope, keys: &WindowsKeys, file: &Path, host: &Path) -> io::Result<()> {
    for view in VIEWS {
        match hive(scope).delete_subkey_with_flags(host_key(keys), view) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => remove_empty_keys(scope, keys, view),
        }
    }
    let is_in_use = browsers().iter().filter_map(|browser| browser.windows.as_ref()).any(|keys| {
        [Scope::User, Scope::System]
            .into_iter()
            .flat_map(|scope| VIEWS.map(|view| registered_path(scope, keys, view)))
            .any(|path| path.is_ok_and(|path| path.as_deref().map(Path::new) == Some(file)))
    });
    if is_in_use || !file.exists() || !is_ours(file, false, host) { Ok(()) } else { fs::remove_file(file) }
}

/// Removes the key of hosts and those above it while they are empty.
fn remove_empty_keys(scope: Scope, keys: &WindowsKeys, view: u32) {
    let mut path = keys.hosts.as_str();
    while let Some((above, _)) = path.rsplit_once('\\') {
        let is_empty = hive(scope)
            .open_subkey_with_flags(path, KEY_READ | view)
            .is_ok_and(|key| key.enum_keys().next().is_none() && key.enum_values().next().is_none());
        if !is_empty || hive(scope).delete_subkey_with_flags(path, view).is_err() {
            return;
        }
        path = above;
    }
}

fn hive(scope: Scope) -> RegKey {
    RegKey::predef(match scope {
        Scope::User => HKEY_CURRENT_USER,
        Scope::System => HKEY_LOCAL_MACHINE,
    })
}

fn host_key(keys: &WindowsKeys) -> String {
    format!("{}\\{HOST_NAME}", keys.hosts)
}

/// Formats a key for display.
fn display(scope: Scope, path: &str) -> String {
    let hive = match scope {
        Scope::User => "HKCU",
        Scope::System => "HKLM",
    };
    format!("{hive}\\{path}")
}

/// Reads the policies that can block the host, in the form of a policy file. In the registry, lists are keys
/// with numbered values and dictionaries are JSON text.
fn read_policies(key: &RegKey) -> Value {
    let mut policies = Map::new();
    for name in [
        "NativeMessagingBlocklist",
        "NativeMessagingAllowlist",
        "ExtensionInstallBlocklist",
        "ExtensionInstallAllowlist",
        "ExtensionInstallForcelist",
    ] {
        if let Ok(list) = key.open_subkey(name) {
            let names = list.enum_values().flatten();
            let names = names.filter_map(|(number, _)| list.get_value::<String, _>(number).ok());
            policies.insert(name.to_owned(), names.collect());
        }
    }
    if let Ok(allowed) = key.get_value::<u32, _>("NativeMessagingUserLevelHosts") {
        policies.insert("NativeMessagingUserLevelHosts".to_owned(), (allowed != 0).into());
    }
    let settings = key.get_value::<String, _>("ExtensionSettings").ok();
    if let Some(settings) = settings.and_then(|text| serde_json::from_str(&text).ok()) {
        policies.insert("ExtensionSettings".to_owned(), settings);
    }
    Value::Object(policies)
}

//! Windows: a browser looks up a key of the host's name, whose value is the manifest's place. The manifests stand
//! beside the program.

use super::browser::{Browser, Kind, Windows, browsers};
use super::manifest::{manifest, may_touch};
use super::{Outcome, Scope, Task, write};
use eimza_protocol::HOST_NAME;
use serde_json::{Map, Value};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use winreg::RegKey;
use winreg::enums::{
    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_32KEY, KEY_WOW64_64KEY, KEY_WRITE,
};

/// A key has two faces, one for programs of 32 bits and one for those of 64; a browser may be either.
const VIEWS: [u32; 2] = [KEY_WOW64_32KEY, KEY_WOW64_64KEY];

/// This program's own absolute path, as it stands in manifests: not the form with `\\?\`, which browsers need not
/// know.
///
/// # Errors
/// Where the system does not tell.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// Where everything lies: in the registry, which has but one root.
#[derive(Debug, Clone)]
pub struct Roots;

impl Roots {
    /// The real one.
    ///
    /// # Errors
    /// Never.
    pub fn of_this_computer() -> io::Result<Self> {
        Ok(Self)
    }
}

impl Browser {
    /// The manifest that it is told of for a scope; none where it is told of none.
    pub fn manifest_for(&self, scope: Scope, _: &Roots) -> Option<PathBuf> {
        let keys = self.windows.as_ref()?;
        VIEWS.into_iter().find_map(|view| told(scope, keys, view).ok().flatten()).map(PathBuf::from)
    }

    /// The policies that an administrator has set, each with its place, the one that counts most last.
    pub fn policies(&self, _: &Roots) -> Vec<(String, Value)> {
        let Some(place) = self.windows.as_ref().and_then(|keys| keys.policies.as_deref()) else {
            return Vec::new();
        };
        let read = |scope| {
            let key = hive(scope).open_subkey(place).ok()?;
            Some((shown(scope, place), policy(&key)))
        };
        [Scope::User, Scope::System].into_iter().filter_map(read).collect()
    }

    /// Whether it is kept away from other programs. No browser is, on Windows.
    pub fn is_confined(&self, _: &Roots) -> bool {
        false
    }

    /// Whether the user has run it.
    pub fn was_run(&self, _: &Roots) -> bool {
        let of_user = hive(Scope::User);
        self.windows.as_ref().is_some_and(|keys| of_user.open_subkey(&keys.profile).is_ok())
    }
}

/// Brings one browser's keys, and the manifest beside the program, to what a task asks for.
pub(super) fn one(browser: &Browser, task: &Task, roots: &Roots, host: &Path) -> Outcome {
    let named = !task.browsers.is_empty();
    let Some(keys) = &browser.windows else { return Outcome::NoPlace { named } };
    let key = PathBuf::from(shown(task.scope, &host_key(keys)));
    let there: io::Result<Vec<_>> = VIEWS.into_iter().map(|view| told(task.scope, keys, view)).collect();
    let there = match there {
        Ok(there) => there,
        Err(error) => return Outcome::Failed(key, error.kind()),
    };
    if let Some(theirs) =
        there.iter().flatten().find(|place| is_of_others(Path::new(place), task.register, host))
        && !task.force
    {
        return Outcome::NotOurs(PathBuf::from(theirs));
    }
    let file = host.with_file_name(file_name(browser.reads));
    if !task.register {
        return if there.iter().all(Option::is_none) {
            Outcome::Unchanged
        } else {
            outcome(key, task, || unregister(task.scope, keys, &file, host))
        };
    }
    let (Some(place), Some(text)) = (file.to_str(), manifest(browser.reads, host)) else {
        return Outcome::Failed(host.to_owned(), ErrorKind::InvalidFilename);
    };
    let is_told = there.iter().all(|there| there.as_deref() == Some(place));
    let is_written = fs::read_to_string(&file).is_ok_and(|there| there == text);
    if is_told && is_written {
        return Outcome::Unchanged;
    }
    if task.scope == Scope::User && !named && !browser.was_run(roots) && there.iter().all(Option::is_none) {
        return Outcome::NotRun;
    }
    if !is_written && file.exists() && is_of_others(&file, true, host) && !task.force {
        return Outcome::NotOurs(file);
    }
    outcome(key, task, || {
        if !is_written {
            write(&file, &text, |_| Ok(()))?; // the folder gives it its rights
        }
        VIEWS.into_iter().try_for_each(|view| {
            hive(task.scope)
                .create_subkey_with_flags(host_key(keys), KEY_WRITE | view)?
                .0
                .set_value("", &place)
        })
    })
}

fn outcome(key: PathBuf, task: &Task, work: impl FnOnce() -> io::Result<()>) -> Outcome {
    match if task.dry_run { Ok(()) } else { work() } {
        Ok(()) => Outcome::Done(key),
        Err(error) => Outcome::Failed(key, error.kind()),
    }
}

/// The manifest's name beside the program: the two kinds of browser want one each.
fn file_name(kind: Kind) -> String {
    match kind {
        Kind::Chromium => format!("{HOST_NAME}.json"),
        Kind::Firefox => format!("{HOST_NAME}.firefox.json"),
    }
}

/// Whether a manifest is there that is not ours to replace, or to remove. One that is gone is nobody's.
fn is_of_others(file: &Path, replace: bool, host: &Path) -> bool {
    match fs::read_to_string(file) {
        Ok(text) => !may_touch(&text, replace, host),
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

/// What a browser is told in one view of the registry.
fn told(scope: Scope, keys: &Windows, view: u32) -> io::Result<Option<String>> {
    let place = hive(scope).open_subkey_with_flags(host_key(keys), KEY_READ | view);
    match place.and_then(|key| key.get_value("")) {
        Ok(place) => Ok(Some(place)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes the keys away, what was made above them for a browser that is not there, and the manifest with the last key
/// that leads to it.
fn unregister(scope: Scope, keys: &Windows, file: &Path, host: &Path) -> io::Result<()> {
    for view in VIEWS {
        match hive(scope).delete_subkey_with_flags(host_key(keys), view) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => tidy_up(scope, keys, view),
        }
    }
    let is_wanted = browsers().iter().filter_map(|browser| browser.windows.as_ref()).any(|keys| {
        [Scope::User, Scope::System]
            .into_iter()
            .flat_map(|scope| VIEWS.map(|view| told(scope, keys, view)))
            .any(|place| place.is_ok_and(|place| place.as_deref().map(Path::new) == Some(file)))
    });
    if is_wanted || !file.exists() || is_of_others(file, false, host) {
        Ok(())
    } else {
        fs::remove_file(file)
    }
}

/// The key of hosts and those above it, as long as nothing is in them.
fn tidy_up(scope: Scope, keys: &Windows, view: u32) {
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

fn host_key(keys: &Windows) -> String {
    format!("{}\\{HOST_NAME}", keys.hosts)
}

fn shown(scope: Scope, path: &str) -> String {
    let hive = match scope {
        Scope::User => "HKCU",
        Scope::System => "HKLM",
    };
    format!("{hive}\\{path}")
}

/// The policies that may forbid us, in the form of a policy file: lists are keys with numbered values, what has keys of
/// its own is a text of JSON.
fn policy(key: &RegKey) -> Value {
    let mut policy = Map::new();
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
            policy.insert(name.to_owned(), names.collect());
        }
    }
    if let Ok(allowed) = key.get_value::<u32, _>("NativeMessagingUserLevelHosts") {
        policy.insert("NativeMessagingUserLevelHosts".to_owned(), (allowed != 0).into());
    }
    let settings = key.get_value::<String, _>("ExtensionSettings").ok();
    if let Some(settings) = settings.and_then(|text| serde_json::from_str(&text).ok()) {
        policy.insert("ExtensionSettings".to_owned(), settings);
    }
    Value::Object(policy)
}

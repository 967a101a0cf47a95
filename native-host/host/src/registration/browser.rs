//! Which browsers there are and where each looks for native hosts: the rows of `data/browsers.json`.

use serde::Deserialize;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A browser.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// Its name on the command line.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Which kind of manifest it reads.
    pub reads: Kind,
    linux: Linux,
    /// Below HKLM or HKCU; the host's name is a key in it.
    #[cfg_attr(not(test), expect(dead_code, reason = "there is no Windows registration yet"))]
    windows: Option<String>,
    /// The folder for all users of a Mac.
    #[cfg_attr(not(test), expect(dead_code, reason = "there is no macOS version yet"))]
    macos: Option<String>,
    /// Where the row comes from.
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    source: String,
}

/// The two kinds of host manifest, which differ in how they name the extensions that are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `allowed_origins`.
    Chromium,
    /// `allowed_extensions`.
    Firefox,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Linux {
    /// Below the home folder; it is there once the browser has run.
    profile: String,
    /// Below the home folder.
    user: String,
    /// From the root on; none where it is not known.
    system: Option<String>,
    /// Where administrators set policies, from the root on; none where that is not known.
    policies: Option<String>,
    /// Its name as a snap.
    snap: Option<String>,
    /// Its name as a flatpak.
    flatpak: Option<String>,
}

/// For whom a host is registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// The user who runs the program.
    #[default]
    User,
    /// Everybody on this computer.
    System,
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

/// All browsers, in the order of the file.
pub fn browsers() -> &'static [Browser] {
    static BROWSERS: OnceLock<Vec<Browser>> = OnceLock::new();
    // The file is part of the program and a test reads it: an unreadable one never ships.
    BROWSERS
        .get_or_init(|| serde_json::from_str(include_str!("../../data/browsers.json")).unwrap_or_default())
}

impl Browser {
    /// The folder in which it looks for host manifests; none where that is not known.
    pub fn folder(&self, scope: Scope, roots: &Roots) -> Option<PathBuf> {
        match scope {
            Scope::User => Some(roots.of_user(&self.linux.user)),
            Scope::System => Some(roots.under(self.linux.system.as_deref()?)),
        }
    }

    /// The folder of the policies that administrators set; none where that is not known.
    pub fn policies(&self, roots: &Roots) -> Option<PathBuf> {
        Some(roots.under(self.linux.policies.as_deref()?))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_row_has_a_source_and_a_name_of_its_own() {
        assert!(browsers().len() >= 6);
        for (at, browser) in browsers().iter().enumerate() {
            assert!(!browser.source.is_empty());
            assert!(browser.windows.as_ref().is_none_or(|key| key.starts_with("Software\\")));
            assert!(browser.macos.as_ref().is_none_or(|folder| folder.starts_with("/Library/")));
            assert!(browsers()[..at].iter().all(|other| other.id != browser.id), "{}", browser.id);
        }
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

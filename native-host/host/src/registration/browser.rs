//! The supported browsers and where each looks for host manifests: the rows of `data/browsers.json`.

use serde::Deserialize;
use std::sync::OnceLock;

/// A browser.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// The name on the command line.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Whether there is an extension for this browser. The host is not registered for a browser without one:
    /// its id would belong to nobody, and anybody could publish an extension with it. What earlier versions
    /// registered is removed.
    #[serde(default = "yes")]
    pub has_extension: bool,
    #[cfg_attr(windows, allow(dead_code, reason = "for another system"))]
    pub(super) linux: LinuxPaths,
    #[cfg_attr(not(windows), allow(dead_code, reason = "for another system"))]
    pub(super) windows: Option<WindowsKeys>,
    /// The folder of system-wide manifests on macOS.
    #[cfg_attr(not(test), expect(dead_code, reason = "there is no macOS version yet"))]
    macos: Option<String>,
    /// The source of this row.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the file"))]
    source: String,
}

fn yes() -> bool {
    true
}

/// The paths on Linux.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(windows, allow(dead_code, reason = "for another system"))]
pub(super) struct LinuxPaths {
    /// The profile folder in the home folder; it exists once the user has run the browser.
    pub profile: String,
    /// The folder of the user's manifests in the home folder.
    pub user: String,
    /// The absolute path of the folder of system-wide manifests, which the channels of a browser share; `None`
    /// if not known.
    pub system: Option<String>,
    /// The absolute path of the folder of policies; `None` if not known.
    pub policies: Option<String>,
    /// The name of the snap.
    pub snap: Option<String>,
    /// The name of the flatpak.
    pub flatpak: Option<String>,
}

/// The registry keys on Windows, below HKLM or HKCU.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(windows), allow(dead_code, reason = "for another system"))]
pub(super) struct WindowsKeys {
    /// The profile key, which exists in HKCU once the user has run the browser.
    pub profile: String,
    /// Contains a key named like each host, whose default value is the path of the manifest. The channels of a
    /// browser share it.
    pub hosts: String,
    /// The key of policies; `None` if they do not cover native hosts.
    pub policies: Option<String>,
}

/// The users for whom a host is registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// The user who runs the program.
    #[default]
    User,
    /// All users of this computer.
    System,
}

/// Returns all browsers, in the order of the file.
pub fn browsers() -> &'static [Browser] {
    static BROWSERS: OnceLock<Vec<Browser>> = OnceLock::new();
    // The file is compiled in and parsed by a test, so an invalid one never ships.
    BROWSERS
        .get_or_init(|| serde_json::from_str(include_str!("../../data/browsers.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_source_and_a_unique_id() {
        assert!(browsers().len() >= 6);
        for (index, browser) in browsers().iter().enumerate() {
            assert!(!browser.source.is_empty());
            let keys = browser.windows.as_ref();
            assert!(keys.is_none_or(|keys| keys.hosts.ends_with("\\NativeMessagingHosts")));
            assert!(browser.macos.as_ref().is_none_or(|folder| folder.starts_with("/Library/")));
            assert!(browsers()[..index].iter().all(|other| other.id != browser.id), "{}", browser.id);
        }
    }
}

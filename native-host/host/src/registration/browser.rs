//! Which browsers there are and where each looks for native hosts: the rows of `data/browsers.json`.

use serde::Deserialize;
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
    #[cfg_attr(windows, allow(dead_code, reason = "another system's"))]
    pub(super) linux: Linux,
    #[cfg_attr(not(windows), allow(dead_code, reason = "another system's"))]
    pub(super) windows: Option<Windows>,
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

/// Where it looks on Linux.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(windows, allow(dead_code, reason = "another system's"))]
pub(super) struct Linux {
    /// Below the home folder; it is there once the browser has run.
    pub profile: String,
    /// Below the home folder.
    pub user: String,
    /// From the root on; none where it is not known.
    pub system: Option<String>,
    /// Where administrators set policies, from the root on; none where that is not known.
    pub policies: Option<String>,
    /// Its name as a snap.
    pub snap: Option<String>,
    /// Its name as a flatpak.
    pub flatpak: Option<String>,
}

/// Where it looks on Windows: keys below HKLM or HKCU.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(windows), allow(dead_code, reason = "another system's"))]
pub(super) struct Windows {
    /// The user's is there once the browser has run.
    pub profile: String,
    /// The host's name is a key in it, whose value is the manifest's place.
    pub hosts: String,
    /// Where administrators set policies; none where hosts are not among them.
    pub policies: Option<String>,
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

/// All browsers, in the order of the file.
pub fn browsers() -> &'static [Browser] {
    static BROWSERS: OnceLock<Vec<Browser>> = OnceLock::new();
    // The file is part of the program and a test reads it: an unreadable one never ships.
    BROWSERS
        .get_or_init(|| serde_json::from_str(include_str!("../../data/browsers.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_source_and_a_name_of_its_own() {
        assert!(browsers().len() >= 6);
        for (at, browser) in browsers().iter().enumerate() {
            assert!(!browser.source.is_empty());
            assert!(browser.windows.as_ref().is_none_or(|keys| keys.hosts.starts_with(&keys.profile)));
            assert!(browser.macos.as_ref().is_none_or(|folder| folder.starts_with("/Library/")));
            assert!(browsers()[..at].iter().all(|other| other.id != browser.id), "{}", browser.id);
        }
    }
}

//! The policies that administrators set for a browser, as far as they may forbid this product.

use crate::registration::{Browser, Roots};
use eimza_protocol::HOST_NAME;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a browser makes of all that is set: of each key the last place's value, nothing is merged (tried with
/// Chromium 156's policy files).
#[derive(Default)]
pub(super) struct Policies(BTreeMap<String, (Value, String)>);

impl Policies {
    /// Reads them.
    pub(super) fn of(browser: &Browser, roots: &Roots) -> Self {
        let mut all = Self::default();
        for (place, policies) in browser.policies(roots) {
            let Value::Object(policies) = policies else { continue };
            for (key, value) in policies {
                all.0.insert(key, (value, place.clone()));
            }
        }
        all
    }

    /// The place that forbids the host.
    pub(super) fn block_host(&self) -> Option<&str> {
        let (blocked, path) = self.names("NativeMessagingBlocklist")?;
        let is_blocked = blocked.iter().any(|name| [HOST_NAME, "*"].contains(name));
        (is_blocked && !self.lists("NativeMessagingAllowlist", HOST_NAME)).then_some(path)
    }

    /// The place that lets no hosts of users' own be used.
    pub(super) fn pass_over_users_hosts(&self) -> Option<&str> {
        let (value, path) = self.0.get("NativeMessagingUserLevelHosts")?;
        (*value == false).then_some(path)
    }

    /// The place that keeps the extension from being installed.
    pub(super) fn block_extension(&self) -> Option<&str> {
        let id = extension_id();
        if let Some((settings, path)) = self.0.get("ExtensionSettings") {
            let mode = |id: &str| settings[id]["installation_mode"].as_str();
            let forbids = |mode| matches!(mode, "blocked" | "removed");
            if let Some(mode) = mode(&id) {
                return forbids(mode).then_some(path);
            }
            if mode("*").is_some_and(forbids) {
                return Some(path);
            }
        }
        let (blocked, path) = self.names("ExtensionInstallBlocklist")?;
        let is_blocked = blocked.iter().any(|name| *name == id || *name == "*");
        let is_allowed = self.lists("ExtensionInstallAllowlist", &id) || self.is_forced(&id);
        (is_blocked && !is_allowed).then_some(path)
    }

    /// A list of extensions with the place where each comes from, "id;address".
    fn is_forced(&self, id: &str) -> bool {
        self.names("ExtensionInstallForcelist")
            .is_some_and(|(names, _)| names.iter().any(|name| name.split(';').next() == Some(id)))
    }

    fn lists(&self, key: &str, wanted: &str) -> bool {
        self.names(key).is_some_and(|(names, _)| names.contains(&wanted))
    }

    fn names(&self, key: &str) -> Option<(Vec<&str>, &str)> {
        let (value, path) = self.0.get(key)?;
        Some((value.as_array()?.iter().filter_map(Value::as_str).collect(), path))
    }
}

/// The extension's id, as the host's manifest lets it in.
fn extension_id() -> String {
    let manifest: Value =
        serde_json::from_str(include_str!("../../../../manifest/native-host.json")).unwrap_or_default();
    let origin = manifest["allowed_origins"][0].as_str().unwrap_or_default();
    origin.trim_start_matches("chrome-extension://").trim_end_matches('/').to_owned()
}

#[cfg(test)]
#[cfg(not(windows))] // with a computer of files
mod tests {
    use super::*;
    use crate::registration::browsers;
    use std::fs;
    use std::path::Path;

    const ID: &str = "dikcbamgapmgbcpfijofjmdgmkeokojp";

    /// What is made of these files, by their names.
    fn policies(files: &[(&str, &str)]) -> Policies {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            home: "/nonexistent".into(),
            config: "/nonexistent".into(),
            system: folder.path().into(),
        };
        let managed = folder.path().join("etc/chromium/policies/managed");
        fs::create_dir_all(&managed).unwrap();
        for (name, text) in files {
            fs::write(managed.join(name), text).unwrap();
        }
        Policies::of(browsers().iter().find(|browser| browser.id == "chromium").unwrap(), &roots)
    }

    fn name(path: Option<&str>) -> Option<&str> {
        Path::new(path?).file_name()?.to_str()
    }

    #[test]
    fn a_host_is_blocked_by_name_or_with_all_others_and_allowed_by_name() {
        for (policy, blocked) in [
            (r#"{"NativeMessagingBlocklist": ["*"]}"#, true),
            (r#"{"NativeMessagingBlocklist": ["eimza.yardimcisi.host"]}"#, true),
            (
                r#"{"NativeMessagingBlocklist": ["*"], "NativeMessagingAllowlist": ["eimza.yardimcisi.host"]}"#,
                false,
            ),
            (r#"{"NativeMessagingBlocklist": ["other.host"]}"#, false),
            ("no json", false),
        ] {
            assert_eq!(policies(&[("a.json", policy)]).block_host().is_some(), blocked, "{policy}");
        }
    }

    #[test]
    fn of_each_key_the_last_file_counts() {
        let block = ("00-il.json", r#"{"NativeMessagingBlocklist": ["*"]}"#);
        let allow = ("eimza.json", r#"{"NativeMessagingAllowlist": ["eimza.yardimcisi.host"]}"#);
        assert_eq!(name(policies(&[block, allow]).block_host()), None);
        let later = ("il.json", r#"{"NativeMessagingAllowlist": ["baska.host"]}"#);
        assert_eq!(name(policies(&[block, allow, later]).block_host()), Some("00-il.json"));
    }

    #[test]
    fn what_browsers_forgive_is_forgiven() {
        let policy = ("a.json", "{\"NativeMessagingBlocklist\": [\"*\"], /* all */ }");
        assert_eq!(name(policies(&[policy]).block_host()), Some("a.json"));
    }

    #[test]
    fn an_extension_is_blocked_with_all_others_unless_it_is_let_in_by_its_id() {
        for (policy, blocked) in [
            (r#"{"ExtensionInstallBlocklist": ["*"]}"#.to_owned(), true),
            (
                format!(r#"{{"ExtensionInstallBlocklist": ["*"], "ExtensionInstallAllowlist": ["{ID}"]}}"#),
                false,
            ),
            (
                format!(r#"{{"ExtensionInstallBlocklist": ["*"], "ExtensionInstallForcelist": ["{ID};x"]}}"#),
                false,
            ),
            (r#"{"ExtensionInstallBlocklist": ["aaaa"]}"#.to_owned(), false),
            (r#"{"ExtensionSettings": {"*": {"installation_mode": "blocked"}}}"#.to_owned(), true),
            (
                format!(
                    r#"{{"ExtensionSettings": {{"*": {{"installation_mode": "blocked"}},
                        "{ID}": {{"installation_mode": "force_installed"}}}}}}"#
                ),
                false,
            ),
            (format!(r#"{{"ExtensionSettings": {{"{ID}": {{"installation_mode": "removed"}}}}}}"#), true),
        ] {
            assert_eq!(policies(&[("a.json", &policy)]).block_extension().is_some(), blocked, "{policy}");
        }
    }
}

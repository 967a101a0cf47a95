//! Browser policies that can block this product.

use crate::registration::{Browser, Roots};
use eimza_protocol::HOST_NAME;
use serde_json::Value;
use std::collections::BTreeMap;

/// The effective policies, each with the location where it is set. The last location takes precedence, and
/// values are not merged (tested with policy files of Chromium 156).
#[derive(Default)]
pub(super) struct Policies(BTreeMap<String, (Value, String)>);

impl Policies {
    /// Reads the policies of a browser.
    pub(super) fn of(browser: &Browser, roots: &Roots) -> Self {
        let mut policies_by_key = Self::default();
        for (location, policies) in roots.policies(browser) {
            let Value::Object(policies) = policies else { continue };
            for (key, value) in policies {
                policies_by_key.0.insert(key, (value, location.clone()));
            }
        }
        policies_by_key
    }

    /// Returns the location of the policy that blocks the host.
    pub(super) fn blocking_host(&self) -> Option<&str> {
        let (blocked, path) = self.list("NativeMessagingBlocklist")?;
        let is_blocked = blocked.iter().any(|name| [HOST_NAME, "*"].contains(name));
        (is_blocked && !self.contains("NativeMessagingAllowlist", HOST_NAME)).then_some(path)
    }

    /// Returns the location of the policy that disables hosts registered by users.
    pub(super) fn disabling_user_hosts(&self) -> Option<&str> {
        let (value, path) = self.0.get("NativeMessagingUserLevelHosts")?;
        (*value == false).then_some(path)
    }

    /// Returns the location of the policy that blocks the installation of the extension.
    pub(super) fn blocking_extension(&self) -> Option<&str> {
        let id = extension_id();
        if let Some((settings, path)) = self.0.get("ExtensionSettings") {
            let mode = |id: &str| settings[id]["installation_mode"].as_str();
            let blocks = |mode| matches!(mode, "blocked" | "removed");
            if let Some(mode) = mode(&id) {
                return blocks(mode).then_some(path);
            }
            if mode("*").is_some_and(blocks) {
                return Some(path);
            }
        }
        let (blocked, path) = self.list("ExtensionInstallBlocklist")?;
        let is_blocked = blocked.iter().any(|name| *name == id || *name == "*");
        let is_allowed = self.contains("ExtensionInstallAllowlist", &id) || self.is_forced(&id);
        (is_blocked && !is_allowed).then_some(path)
    }

    /// Returns whether the extension is force-installed; the entries of that list are "id;update URL".
    fn is_forced(&self, id: &str) -> bool {
        self.list("ExtensionInstallForcelist")
            .is_some_and(|(names, _)| names.iter().any(|name| name.split(';').next() == Some(id)))
    }

    fn contains(&self, key: &str, value: &str) -> bool {
        self.list(key).is_some_and(|(names, _)| names.contains(&value))
    }

    fn list(&self, key: &str) -> Option<(Vec<&str>, &str)> {
        let (value, path) = self.0.get(key)?;
        Some((value.as_array()?.iter().filter_map(Value::as_str).collect(), path))
    }
}

/// Returns the id of the extension that the host manifest allows.
fn extension_id() -> String {
    let manifest: Value =
        serde_json::from_str(include_str!("../../../../manifest/native-host.json")).unwrap_or_default();
    let origin = manifest["allowed_origins"][0].as_str().unwrap_or_default();
    origin.trim_start_matches("chrome-extension://").trim_end_matches('/').to_owned()
}

#[cfg(test)]
#[cfg(not(windows))] // uses policy files
mod tests {
    use super::*;
    use crate::registration::browsers;
    use eimza_path_trust::TrustedOwners;
    use std::fs;
    use std::path::Path;

    const ID: &str = "dikcbamgapmgbcpfijofjmdgmkeokojp";

    /// Returns the effective policies of these files.
    fn policies(files: &[(&str, &str)]) -> Policies {
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            home: "/nonexistent".into(),
            config: "/nonexistent".into(),
            system: folder.path().into(),
            trusted: TrustedOwners::in_tests(),
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
    fn host_is_blocked_by_name_or_wildcard_and_allowed_by_name() {
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
            assert_eq!(policies(&[("a.json", policy)]).blocking_host().is_some(), blocked, "{policy}");
        }
    }

    #[test]
    fn last_file_takes_precedence_for_each_key() {
        let block = ("00-il.json", r#"{"NativeMessagingBlocklist": ["*"]}"#);
        let allow = ("eimza.json", r#"{"NativeMessagingAllowlist": ["eimza.yardimcisi.host"]}"#);
        assert_eq!(name(policies(&[block, allow]).blocking_host()), None);
        let later = ("il.json", r#"{"NativeMessagingAllowlist": ["baska.host"]}"#);
        assert_eq!(name(policies(&[block, allow, later]).blocking_host()), Some("00-il.json"));
    }

    #[test]
    fn comments_and_trailing_commas_are_accepted() {
        let policy = ("a.json", "{\"NativeMessagingBlocklist\": [\"*\"], /* all */ }");
        assert_eq!(name(policies(&[policy]).blocking_host()), Some("a.json"));
    }

    #[test]
    fn extension_is_blocked_by_id_or_wildcard_and_allowed_by_id() {
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
            assert_eq!(policies(&[("a.json", &policy)]).blocking_extension().is_some(), blocked, "{policy}");
        }
    }
}

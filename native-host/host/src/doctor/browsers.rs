//! Diagnoses whether each browser can start the host: its host manifest and the policies that forbid it.

use super::policies::Policies;
use crate::registration::{
    Browser, Roots, Scope, browsers, differing_keys, permission_fault, program_of, read_manifest,
};
use eimza_protocol::{Diagnostic, HOST_NAME, Part, Problem};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Returns a diagnostic for each browser that the user has run or that has a host manifest. A browser without
/// an extension has one only for what an earlier version left behind.
pub(super) fn examine(roots: &Roots, host: &Path) -> Vec<Diagnostic> {
    let diagnostic = |browser: &Browser, problem| {
        let name = Some(browser.name.clone());
        Diagnostic { part: Part::Browser, name, problem, route: None }
    };
    let with_extension = browsers().iter().filter(|browser| browser.has_extension);
    let known = with_extension.filter_map(|browser| {
        let policies = Policies::of(browser, roots);
        match effective_manifest(browser, roots, &policies) {
            Some((path, scope)) => {
                let problem = problem_with_manifest(&path, host)
                    .or_else(|| problem_with_rights(&path, scope, roots, host))
                    .or_else(|| problem_with_policies(scope, &policies));
                Some(diagnostic(browser, problem))
            }
            None => roots.was_run(browser).then(|| diagnostic(browser, Some(Problem::NotRegistered))),
        }
    });
    let leftover = browsers().iter().filter(|browser| !browser.has_extension).flat_map(|browser| {
        let leftovers = leftover_manifests(browser, roots).into_iter();
        leftovers.map(|path| diagnostic(browser, Some(Problem::RegisteredWithoutExtension { path })))
    });
    let confined = browsers().iter().filter(|browser| browser.has_extension && roots.is_confined(browser));
    let confined = confined.map(|browser| diagnostic(browser, Some(Problem::Confined)));
    known.chain(leftover).chain(confined).collect()
}

/// Returns the manifest that the browser uses, and its scope. The user's takes precedence over the system's,
/// unless a policy disables manifests of users.
fn effective_manifest(browser: &Browser, roots: &Roots, policies: &Policies) -> Option<(PathBuf, Scope)> {
    let mut scopes = [Scope::User, Scope::System];
    if policies.disabling_user_hosts().is_some() {
        scopes.reverse();
    }
    scopes.into_iter().find_map(|scope| roots.manifest_for(browser, scope).map(|path| (path, scope)))
}

/// Returns the paths of our manifests for a browser for which there is no extension.
fn leftover_manifests(browser: &Browser, roots: &Roots) -> Vec<String> {
    let manifests = [Scope::User, Scope::System].map(|scope| roots.manifest_for(browser, scope));
    let ours = manifests
        .into_iter()
        .flatten()
        .filter(|path| read_manifest(path).is_some_and(|text| program_of(&text).is_some()));
    ours.map(|path| path.display().to_string()).collect()
}

/// Returns the problem with a manifest at `path`: each difference from what registration writes for this host.
fn problem_with_manifest(path: &Path, host: &Path) -> Option<Problem> {
    let manifest_path = path.display().to_string();
    // An unreadable file counts as broken, like one that is not JSON: the empty text is not JSON.
    let text = read_manifest(path).unwrap_or_default();
    let Some(mut keys) = differing_keys(&text, host) else {
        return Some(Problem::ManifestBroken { path: manifest_path });
    };
    let program = Value::as_str(&serde_json::from_str::<Value>(&text).unwrap_or_default()["path"])
        .map(PathBuf::from)
        .filter(|program| program.file_stem().is_some_and(|name| name == env!("CARGO_PKG_NAME")));
    let Some(program) = program else {
        return Some(Problem::ManifestOfOthers { path: manifest_path });
    };
    let is_this_program =
        program.canonicalize().is_ok_and(|program| host.canonicalize().is_ok_and(|host| host == program));
    if program.is_absolute() && !is_this_program {
        return Some(Problem::HostMoved { path: program.display().to_string() });
    }
    if cfg!(windows) && program.is_absolute() {
        keys.retain(|key| key != "path"); // the same file has several spellings
    }
    keys.extend(permission_fault(path));
    if path.file_stem().is_none_or(|name| name != HOST_NAME) {
        keys.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    }
    (!keys.is_empty()).then_some(Problem::ManifestDiffers { path: manifest_path, keys })
}

/// Returns whether somebody else than the administrator can change a system-wide registration.
fn problem_with_rights(path: &Path, scope: Scope, roots: &Roots, host: &Path) -> Option<Problem> {
    let paths = (scope == Scope::System).then_some([path, host]);
    let part = paths.into_iter().flatten().find_map(|path| roots.unsafe_part(path))?;
    Some(Problem::RegistrationUnsafe { path: part.display().to_string() })
}

/// Returns the problem with the policies that apply to a browser.
fn problem_with_policies(scope: Scope, policies: &Policies) -> Option<Problem> {
    if let Some(path) = policies.blocking_host() {
        return Some(Problem::PolicyBlocksHost { path: path.to_owned() });
    }
    if let Some(path) = policies.disabling_user_hosts().filter(|_| scope == Scope::User) {
        return Some(Problem::PolicyUserLevel { path: path.to_owned() });
    }
    policies.blocking_extension().map(|path| Problem::PolicyBlocksExtension { path: path.to_owned() })
}

#[cfg(test)]
#[cfg(not(windows))] // uses files; on Windows tests/windows covers it
mod tests {
    use super::*;
    use crate::registration::{Task, carry_out};
    use eimza_path_trust::TrustedOwners;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    /// A computer with Chromium, registered for this host.
    fn computer() -> (TempDir, Roots, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        let home = path.join("home");
        let (config, system) = (home.join(".config"), path.join("root"));
        let roots = Roots { config, home, system, trusted: TrustedOwners::in_tests() };
        fs::create_dir_all(roots.home.join(".config/chromium")).unwrap();
        let host = path.join("eimza-host");
        fs::write(&host, "").unwrap();
        register(&roots, &host);
        (folder, roots, host)
    }

    fn register(roots: &Roots, host: &Path) {
        let task =
            Task { register: true, scope: Scope::User, browsers: vec![], dry_run: false, force: false };
        carry_out(&task, roots, host);
    }

    fn manifest(roots: &Roots) -> PathBuf {
        roots.home.join(".config/chromium/NativeMessagingHosts/eimza.yardimcisi.host.json")
    }

    fn problem(roots: &Roots, host: &Path) -> Option<Problem> {
        let diagnostics = examine(roots, host);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        diagnostics.into_iter().next().unwrap().problem
    }

    fn set_policy(roots: &Roots, policy: &str) {
        let folder = roots.system.join("etc/chromium/policies/managed");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("okul.json"), policy).unwrap();
    }

    #[test]
    fn registered_browser_has_no_problem_and_others_are_not_reported() {
        let (_folder, roots, host) = computer();
        assert_eq!(problem(&roots, &host), None);
    }

    #[test]
    fn each_kind_of_broken_manifest_is_reported() {
        let (_folder, roots, host) = computer();
        let path = manifest(&roots).display().to_string();
        fs::write(manifest(&roots), "{").unwrap();
        assert_eq!(problem(&roots, &host), Some(Problem::ManifestBroken { path: path.clone() }));
        fs::write(manifest(&roots), "{}").unwrap();
        assert_eq!(problem(&roots, &host), Some(Problem::ManifestOfOthers { path }));
        fs::remove_file(manifest(&roots)).unwrap();
        assert_eq!(problem(&roots, &host), Some(Problem::NotRegistered));
    }

    fn keys(problem: Option<Problem>) -> Vec<String> {
        match problem {
            Some(Problem::ManifestDiffers { keys, .. }) => keys,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_difference_from_what_registration_writes_is_named() {
        let (_folder, roots, host) = computer();
        let written = fs::read_to_string(manifest(&roots)).unwrap();
        for (from, to, key) in [
            ("kojp/", "kojp", "allowed_origins"),
            ("chrome-extension://dikcb", "chrome-extension://aaaaa", "allowed_origins"),
            ("stdio", "pipe", "type"),
            ("eimza.yardimcisi.host\"", "eimza.yardimcisi\"", "name"),
            ("\"type\"", "\"extra\": [], \"type\"", "extra"),
        ] {
            let changed = written.replace(from, to);
            assert_ne!(changed, written, "{from}");
            fs::write(manifest(&roots), changed).unwrap();
            assert_eq!(keys(problem(&roots, &host)), [key], "{to}");
        }
        let mut empty: Value = serde_json::from_str(&written).unwrap();
        empty["allowed_origins"] = Value::Array(Vec::new());
        fs::write(manifest(&roots), empty.to_string()).unwrap();
        assert_eq!(keys(problem(&roots, &host)), ["allowed_origins"]);
        fs::write(manifest(&roots), written.replace(host.to_str().unwrap(), "eimza-host")).unwrap();
        assert_eq!(keys(problem(&roots, &host)), ["path"], "a relative path");
        fs::write(manifest(&roots), format!("\u{feff}{written}")).unwrap();
        assert!(matches!(problem(&roots, &host), Some(Problem::ManifestBroken { .. })), "a byte order mark");
        register(&roots, &host);
        assert!(matches!(problem(&roots, &host), Some(Problem::ManifestBroken { .. })), "needs --force");
    }

    #[test]
    fn manifest_that_others_may_write_or_may_not_read_differs() {
        let (_folder, roots, host) = computer();
        for mode in [0o600, 0o640, 0o666] {
            fs::set_permissions(manifest(&roots), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(keys(problem(&roots, &host)), [format!("{mode:04o}")]);
            register(&roots, &host);
            assert_eq!(problem(&roots, &host), None);
        }
    }

    #[test]
    fn manifest_with_other_white_space_has_no_problem() {
        let (_folder, roots, host) = computer();
        let written: Value = serde_json::from_str(&fs::read_to_string(manifest(&roots)).unwrap()).unwrap();
        fs::write(manifest(&roots), written.to_string()).unwrap();
        assert_eq!(problem(&roots, &host), None);
    }

    fn register_for_everybody(roots: &Roots, host: &Path) {
        let task = Task {
            register: true,
            scope: Scope::System,
            browsers: vec!["chromium".to_owned()],
            dry_run: false,
            force: false,
        };
        carry_out(&task, roots, host);
    }

    #[test]
    fn pipe_instead_of_a_manifest_is_broken() {
        let (_folder, roots, host) = computer();
        fs::remove_file(manifest(&roots)).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(manifest(&roots)).status().unwrap().success());
        assert!(matches!(problem(&roots, &host), Some(Problem::ManifestBroken { .. })));
    }

    #[test]
    fn registration_for_everybody_that_others_can_change_is_unsafe() {
        let (_folder, roots, host) = computer();
        fs::remove_file(manifest(&roots)).unwrap();
        register_for_everybody(&roots, &host);
        assert_eq!(problem(&roots, &host), None);
        for part in [roots.system.join("etc/chromium"), host.clone()] {
            let mode = fs::metadata(&part).unwrap().permissions().mode();
            fs::set_permissions(&part, fs::Permissions::from_mode(0o777)).unwrap();
            let path = part.display().to_string();
            assert_eq!(problem(&roots, &host), Some(Problem::RegistrationUnsafe { path }));
            fs::set_permissions(&part, fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    #[test]
    fn leftover_in_a_browser_without_an_extension_is_reported_in_each_scope() {
        let (_folder, roots, host) = computer();
        let folders = [
            roots.home.join(".mozilla/native-messaging-hosts"),
            roots.system.join("usr/lib/mozilla/native-messaging-hosts"),
        ];
        let paths = folders.each_ref().map(|folder| folder.join("eimza.yardimcisi.host.json"));
        for (folder, path) in folders.iter().zip(&paths) {
            fs::create_dir_all(folder).unwrap();
            fs::copy(manifest(&roots), path).unwrap();
        }
        fs::create_dir_all(roots.home.join(".mozilla/firefox")).unwrap();
        let leftovers = |roots| {
            let firefox = examine(roots, &host)
                .into_iter()
                .filter(|one| one.name.as_deref() == Some("Mozilla Firefox"));
            firefox.map(|one| (one.is_warning(), one.problem)).collect::<Vec<_>>()
        };
        let expected = paths.each_ref().map(|path| {
            (false, Some(Problem::RegisteredWithoutExtension { path: path.display().to_string() }))
        });
        assert_eq!(leftovers(&roots), expected);
        register(&roots, &host);
        assert_eq!(leftovers(&roots), expected[1..], "registration removed the user's");
        fs::write(&paths[1], "{}").unwrap();
        assert_eq!(leftovers(&roots), [], "of another program");
    }

    #[test]
    fn manifest_of_another_or_a_missing_program_is_reported() {
        let (_folder, roots, host) = computer();
        let elsewhere = host.with_file_name("other").join("eimza-host");
        fs::create_dir(elsewhere.parent().unwrap()).unwrap();
        register(&roots, &elsewhere);
        let moved = Some(Problem::HostMoved { path: elsewhere.display().to_string() });
        assert_eq!(problem(&roots, &host), moved);
        fs::write(&elsewhere, "").unwrap();
        assert_eq!(problem(&roots, &host), moved);
    }

    #[test]
    fn blocking_policies_are_reported() {
        let (_folder, roots, host) = computer();
        let path = || roots.system.join("etc/chromium/policies/managed/okul.json").display().to_string();
        for (policy, expected) in [
            (r#"{"NativeMessagingUserLevelHosts": false}"#, Problem::PolicyUserLevel { path: path() }),
            (r#"{"NativeMessagingBlocklist": ["*"]}"#, Problem::PolicyBlocksHost { path: path() }),
            (r#"{"ExtensionInstallBlocklist": ["*"]}"#, Problem::PolicyBlocksExtension { path: path() }),
        ] {
            set_policy(&roots, policy);
            assert_eq!(problem(&roots, &host), Some(expected), "{policy}");
        }
    }

    #[test]
    fn system_manifest_is_used_if_user_hosts_are_disabled() {
        let (_folder, roots, host) = computer();
        set_policy(&roots, r#"{"NativeMessagingUserLevelHosts": false}"#);
        register_for_everybody(&roots, &host);
        assert_eq!(problem(&roots, &host), None);
    }

    #[test]
    fn dangling_link_is_broken_not_missing() {
        let (_folder, roots, host) = computer();
        fs::remove_file(manifest(&roots)).unwrap();
        std::os::unix::fs::symlink("/nonexistent", manifest(&roots)).unwrap();
        let path = manifest(&roots).display().to_string();
        assert_eq!(problem(&roots, &host), Some(Problem::ManifestBroken { path }));
    }

    #[test]
    fn confined_browser_is_reported_in_addition() {
        let (_folder, roots, host) = computer();
        fs::create_dir_all(roots.system.join("snap/chromium")).unwrap();
        let diagnostics = examine(&roots, &host);
        assert_eq!(diagnostics.len(), 2);
        assert_eq!(diagnostics[1].problem, Some(Problem::Confined));
    }
}

//! Diagnoses whether each browser can start the host: its host manifest and the policies that forbid it.

use super::policies::Policies;
use crate::registration::{Browser, Roots, Scope, browsers, program_of};
use eimza_protocol::{Diagnostic, Part, Problem};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns a diagnostic for each browser that the user has run or that has a host manifest.
pub(super) fn examine(roots: &Roots, host: &Path) -> Vec<Diagnostic> {
    let diagnostic = |browser: &Browser, problem| {
        let name = Some(browser.name.clone());
        Diagnostic { part: Part::Browser, name, problem }
    };
    let known = browsers().iter().filter_map(|browser| {
        let policies = Policies::of(browser, roots);
        match effective_manifest(browser, roots, &policies) {
            Some((path, scope)) => Some(diagnostic(browser, problem_with(&path, scope, &policies, host))),
            None => roots.was_run(browser).then(|| diagnostic(browser, Some(Problem::NotRegistered))),
        }
    });
    let confined = browsers().iter().filter(|browser| roots.is_confined(browser));
    known.chain(confined.map(|browser| diagnostic(browser, Some(Problem::Confined)))).collect()
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

/// Returns the problem with a browser's manifest at `path`, or with the policies that apply to it.
fn problem_with(path: &Path, scope: Scope, policies: &Policies, host: &Path) -> Option<Problem> {
    let display = |path: &Path| path.display().to_string();
    // An unreadable file counts as broken, like one that is not JSON: the empty text is not JSON.
    let text = fs::read_to_string(path).unwrap_or_default();
    if serde_json::from_str::<Value>(&text).is_err() {
        return Some(Problem::ManifestBroken { path: display(path) });
    }
    let Some(program) = program_of(&text) else {
        return Some(Problem::ManifestOfOthers { path: display(path) });
    };
    if program.canonicalize().ok().is_none_or(|program| Some(program) != host.canonicalize().ok()) {
        return Some(Problem::HostMoved { path: display(&program) });
    }
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
    use tempfile::TempDir;

    /// A computer with Chromium, registered for this host.
    fn computer() -> (TempDir, Roots, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        let home = path.join("home");
        let roots = Roots { config: home.join(".config"), home, system: path.join("root") };
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
        let task = Task {
            register: true,
            scope: Scope::System,
            browsers: vec!["chromium".to_owned()],
            dry_run: false,
            force: false,
        };
        carry_out(&task, &roots, &host);
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

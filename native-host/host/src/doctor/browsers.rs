//! Each browser's way to this program: its manifest, and the policies that forbid it.

use super::policies::Policies;
use crate::registration::{Browser, Roots, Scope, browsers, program_of};
use eimza_protocol::{Diagnostic, Part, Problem};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A finding for each browser that the user has run, or that has a manifest of ours.
pub(super) fn examine(roots: &Roots, host: &Path) -> Vec<Diagnostic> {
    let finding = |browser: &Browser, problem| {
        let name = Some(browser.name.clone());
        Diagnostic { part: Part::Browser, name, problem }
    };
    let told = browsers().iter().filter_map(|browser| {
        let policies = Policies::of(browser, roots);
        match manifest_of(browser, roots, &policies) {
            Some((path, scope)) => Some(finding(browser, problem_of(&path, scope, &policies, host))),
            None => browser.was_run(roots).then(|| finding(browser, Some(Problem::NotRegistered))),
        }
    });
    let confined = browsers().iter().filter(|browser| browser.is_confined(roots));
    told.chain(confined.map(|browser| finding(browser, Some(Problem::Confined)))).collect()
}

/// The manifest that the browser takes, the user's before everybody's unless a policy passes over it, and for whom it
/// is.
fn manifest_of(browser: &Browser, roots: &Roots, policies: &Policies) -> Option<(PathBuf, Scope)> {
    let mut scopes = [Scope::User, Scope::System];
    if policies.pass_over_users_hosts().is_some() {
        scopes.reverse();
    }
    scopes.into_iter().find_map(|scope| browser.manifest_for(scope, roots).map(|path| (path, scope)))
}

/// What is wrong with a browser's manifest at `path`, or with what the policies make of it.
fn problem_of(path: &Path, scope: Scope, policies: &Policies, host: &Path) -> Option<Problem> {
    let shown = |path: &Path| path.display().to_string();
    // What cannot be read is as broken as what is no JSON: nothing is none.
    let text = fs::read_to_string(path).unwrap_or_default();
    if serde_json::from_str::<Value>(&text).is_err() {
        return Some(Problem::ManifestBroken { path: shown(path) });
    }
    let Some(program) = program_of(&text) else {
        return Some(Problem::ManifestOfOthers { path: shown(path) });
    };
    if program.canonicalize().ok().is_none_or(|program| Some(program) != host.canonicalize().ok()) {
        return Some(Problem::HostMoved { path: shown(&program) });
    }
    if let Some(path) = policies.block_host() {
        return Some(Problem::PolicyBlocksHost { path: path.to_owned() });
    }
    if let Some(path) = policies.pass_over_users_hosts().filter(|_| scope == Scope::User) {
        return Some(Problem::PolicyUserLevel { path: path.to_owned() });
    }
    policies.block_extension().map(|path| Problem::PolicyBlocksExtension { path: path.to_owned() })
}

#[cfg(test)]
#[cfg(not(windows))] // with a computer of files; on Windows it is asked from outside
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

    fn fault(roots: &Roots, host: &Path) -> Option<Problem> {
        let findings = examine(roots, host);
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings.into_iter().next().unwrap().problem
    }

    fn set_policy(roots: &Roots, policy: &str) {
        let folder = roots.system.join("etc/chromium/policies/managed");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("okul.json"), policy).unwrap();
    }

    #[test]
    fn a_browser_that_was_told_is_well_and_one_that_was_never_run_is_not_spoken_of() {
        let (_folder, roots, host) = computer();
        assert_eq!(fault(&roots, &host), None);
    }

    #[test]
    fn each_broken_manifest_is_named() {
        let (_folder, roots, host) = computer();
        let path = manifest(&roots).display().to_string();
        fs::write(manifest(&roots), "{").unwrap();
        assert_eq!(fault(&roots, &host), Some(Problem::ManifestBroken { path: path.clone() }));
        fs::write(manifest(&roots), "{}").unwrap();
        assert_eq!(fault(&roots, &host), Some(Problem::ManifestOfOthers { path }));
        fs::remove_file(manifest(&roots)).unwrap();
        assert_eq!(fault(&roots, &host), Some(Problem::NotRegistered));
    }

    #[test]
    fn a_manifest_that_names_another_program_or_none_is_told() {
        let (_folder, roots, host) = computer();
        let elsewhere = host.with_file_name("other").join("eimza-host");
        fs::create_dir(elsewhere.parent().unwrap()).unwrap();
        register(&roots, &elsewhere);
        let moved = Some(Problem::HostMoved { path: elsewhere.display().to_string() });
        assert_eq!(fault(&roots, &host), moved);
        fs::write(&elsewhere, "").unwrap();
        assert_eq!(fault(&roots, &host), moved);
    }

    #[test]
    fn policies_that_forbid_something_are_named() {
        let (_folder, roots, host) = computer();
        let path = || roots.system.join("etc/chromium/policies/managed/okul.json").display().to_string();
        for (policy, expected) in [
            (r#"{"NativeMessagingUserLevelHosts": false}"#, Problem::PolicyUserLevel { path: path() }),
            (r#"{"NativeMessagingBlocklist": ["*"]}"#, Problem::PolicyBlocksHost { path: path() }),
            (r#"{"ExtensionInstallBlocklist": ["*"]}"#, Problem::PolicyBlocksExtension { path: path() }),
        ] {
            set_policy(&roots, policy);
            assert_eq!(fault(&roots, &host), Some(expected), "{policy}");
        }
    }

    #[test]
    fn where_users_hosts_are_passed_over_everybodys_counts() {
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
        assert_eq!(fault(&roots, &host), None);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_broken_and_not_missing() {
        let (_folder, roots, host) = computer();
        fs::remove_file(manifest(&roots)).unwrap();
        std::os::unix::fs::symlink("/nonexistent", manifest(&roots)).unwrap();
        let path = manifest(&roots).display().to_string();
        assert_eq!(fault(&roots, &host), Some(Problem::ManifestBroken { path }));
    }

    #[test]
    fn a_confined_browser_is_told_beside_the_others() {
        let (_folder, roots, host) = computer();
        fs::create_dir_all(roots.system.join("snap/chromium")).unwrap();
        let findings = examine(&roots, &host);
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[1].problem, Some(Problem::Confined));
    }
}

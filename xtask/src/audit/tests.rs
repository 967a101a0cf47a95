//! Tests with a small synthetic database.

use super::*;
use serde_json::json;
use std::fs;
use tempfile::TempDir;

/// A project with one crate and one package, each in version 1.2.3.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in CARGO_LOCKS {
        let source = "registry+https://github.com/rust-lang/crates.io-index";
        let lock = format!(
            "version = 4\n\n[[package]]\nname = \"bad\"\nversion = \"1.2.3\"\nsource = \"{source}\"\n"
        );
        write(&folder.path().join(file), &lock);
    }
    for file in NPM_LOCKS {
        let lock = json!({"lockfileVersion": 3, "packages": {
            "": {"name": "project"},
            "node_modules/bad": {"version": "1.2.3"},
            "node_modules/other/node_modules/@scope/bad": {"version": "1.2.3"},
            "node_modules/alias": {"name": "renamed", "version": "1.2.3"},
        }});
        write(&folder.path().join(file), &lock.to_string());
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn add_crate_advisory(database: &Path, id: &str, package: &str, rest: &str) {
    let text = format!(
        "```toml\n[advisory]\nid = \"{id}\"\npackage = \"{package}\"\ndate = \"2026-01-01\"\n{rest}\n```\n\n# A synthetic advisory\n\nDescription.\n"
    );
    write(&database.join(format!("crates/{package}/{id}.md")), &text);
}

fn add_npm_advisory(database: &Path, id: &str, package: &str, affected: serde_json::Value) {
    let mut affected = affected;
    affected["package"] = json!({"ecosystem": "npm", "name": package});
    let advisory = json!({"id": id, "summary": "A synthetic advisory", "affected": [affected]});
    write(&database.join(format!("npm/{id}.json")), &advisory.to_string());
}

fn semver(events: &serde_json::Value) -> serde_json::Value {
    json!({"ranges": [{"type": "SEMVER", "events": events}]})
}

/// Returns the advisories and lock files of the findings.
fn findings(database: &Path) -> Vec<(String, String)> {
    let outcome = audit(database, project().path()).unwrap();
    outcome.findings.into_iter().map(|finding| (finding.advisory, finding.lock_file)).collect()
}

#[test]
fn affected_crate_is_found_in_each_lock_file() {
    let database = tempfile::tempdir().unwrap();
    add_crate_advisory(database.path(), "RUSTSEC-2026-0001", "bad", "\n[versions]\npatched = [\">= 1.2.4\"]");
    let expected = CARGO_LOCKS.map(|file| ("RUSTSEC-2026-0001".to_owned(), file.to_owned()));
    assert_eq!(findings(database.path()), expected);
}

#[test]
fn patched_other_withdrawn_and_informational_crates_are_no_findings() {
    let database = tempfile::tempdir().unwrap();
    let versions = "\n[versions]\npatched = []";
    add_crate_advisory(database.path(), "RUSTSEC-2026-0002", "bad", "\n[versions]\npatched = [\">= 1.2.3\"]");
    add_crate_advisory(database.path(), "RUSTSEC-2026-0003", "good", versions);
    let withdrawn = format!("withdrawn = \"2026-02-01\"\n{versions}");
    add_crate_advisory(database.path(), "RUSTSEC-2026-0004", "bad", &withdrawn);
    let informational = format!("informational = \"unmaintained\"\n{versions}");
    add_crate_advisory(database.path(), "RUSTSEC-2026-0005", "bad", &informational);
    assert_eq!(findings(database.path()), []);
}

#[test]
fn affected_package_is_found_by_range_and_by_version() {
    for affected in [
        semver(&json!([{"introduced": "0"}])),
        semver(&json!([{"introduced": "1.2.3"}, {"fixed": "1.2.4"}])),
        semver(&json!([{"fixed": "1.3.0"}, {"introduced": "1.0.0"}])),
        semver(&json!([{"introduced": "0"}, {"last_affected": "1.2.3"}])),
        semver(&json!([{"introduced": "0"}, {"fixed": "1.0.0"}, {"introduced": "1.2.0"}])),
        json!({"versions": ["1.2.2", "1.2.3"]}),
    ] {
        let database = tempfile::tempdir().unwrap();
        for package in ["bad", "@scope/bad", "renamed"] {
            add_npm_advisory(database.path(), &package.replace('/', "-"), package, affected.clone());
        }
        assert_eq!(findings(database.path()).len(), 6, "{affected}");
    }
}

#[test]
fn package_outside_of_the_ranges_is_no_finding() {
    for (package, affected) in [
        ("bad", semver(&json!([{"introduced": "1.2.4"}]))),
        ("bad", semver(&json!([{"introduced": "0"}, {"fixed": "1.2.3"}]))),
        ("bad", semver(&json!([{"introduced": "0"}, {"last_affected": "1.2.2"}]))),
        ("bad", json!({"versions": ["1.2.30"]})),
        ("alias", semver(&json!([{"introduced": "0"}]))),
        ("scope/bad", semver(&json!([{"introduced": "0"}]))),
    ] {
        let database = tempfile::tempdir().unwrap();
        add_npm_advisory(database.path(), "GHSA-1", package, affected.clone());
        assert_eq!(findings(database.path()), [], "{package}: {affected}");
    }
}

#[test]
fn lock_files_without_advisories_are_named_as_not_checked() {
    let database = tempfile::tempdir().unwrap();
    add_npm_advisory(database.path(), "GHSA-1", "other", json!({"versions": ["1.0.0"]}));
    let outcome = audit(database.path(), project().path()).unwrap();
    assert_eq!(outcome.unchecked, CARGO_LOCKS);
    assert!(outcome.lines().iter().any(|line| line.starts_with("Cargo.lock: NOT CHECKED")));
    assert!(outcome.lines().iter().any(|line| line == "package-lock.json: 3 packages checked"));
}

#[test]
fn empty_missing_or_broken_database_is_an_error() {
    let database = tempfile::tempdir().unwrap();
    let project = project();
    assert!(audit(database.path(), project.path()).is_err(), "empty");
    assert!(audit(&database.path().join("missing"), project.path()).is_err(), "missing");
    write(&database.path().join("npm/broken.json"), "{");
    assert!(audit(database.path(), project.path()).is_err(), "broken");
    fs::remove_dir_all(database.path().join("npm")).unwrap();
    add_npm_advisory(database.path(), "GHSA-1", "bad", semver(&json!([{"introduced": "first"}])));
    assert!(audit(database.path(), project.path()).is_err(), "a version that is none");
}

#[test]
fn locks_of_this_project_can_be_read() {
    let database = tempfile::tempdir().unwrap();
    add_crate_advisory(database.path(), "RUSTSEC-2026-0001", "none-such", "\n[versions]\npatched = []");
    add_npm_advisory(database.path(), "GHSA-1", "none-such", json!({"versions": ["1.0.0"]}));
    let outcome = audit(database.path(), crate::workspace::root()).unwrap();
    assert!(outcome.findings.is_empty() && outcome.unchecked.is_empty());
    assert!(outcome.checked.iter().all(|(_, count)| *count > 10), "{:?}", outcome.checked);
}

//! Generates the extension's manifest: `manifest/manifest.json5` with a browser's differences merged over it.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The manifest that all browsers share.
const COMMON: &str = "manifest";

/// Returns the browsers that the extension is built for: each has a file `manifest/<browser>.json5`.
pub fn browsers() -> Result<Vec<String>> {
    let folder = crate::workspace::root().join("manifest"); // also before `main` has changed to the root
    let mut browsers = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "json5") {
            browsers.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
        }
    }
    browsers.retain(|name| name != COMMON);
    browsers.sort();
    Ok(browsers)
}

/// Returns the complete manifest for a browser.
pub fn for_browser(browser: &str) -> Result<Value> {
    let mut manifest = read(COMMON)?;
    merge(&mut manifest, read(browser)?);
    if let Some(entries) = manifest.as_object_mut() {
        entries.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    }
    Ok(manifest)
}

fn read(name: &str) -> Result<Value> {
    let path = Path::new("manifest").join(name).with_extension("json5");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    json5::from_str(&text).with_context(|| path.display().to_string())
}

/// JSON merge patch (RFC 7396): objects are merged, null removes, anything else replaces.
fn merge(target: &mut Value, patch: Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    target.remove(&key);
                } else {
                    merge(target.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (target, patch) => *target = patch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn in_root() {
        std::env::set_current_dir(crate::workspace::root()).unwrap();
    }

    #[test]
    fn patch_merges_replaces_and_removes() {
        let mut target = json!({"a": {"b": 1, "c": 2}, "d": [1], "e": 1});
        merge(&mut target, json!({"a": {"b": 3}, "d": [2], "e": null, "f": {"g": 1}}));
        assert_eq!(target, json!({"a": {"b": 3, "c": 2}, "d": [2], "f": {"g": 1}}));
    }

    #[test]
    fn browsers_are_those_with_a_manifest() {
        assert_eq!(browsers().unwrap(), ["chrome", "edge"]);
    }

    #[test]
    fn requests_no_permissions_but_these() {
        in_root();
        for browser in browsers().unwrap() {
            let manifest = for_browser(&browser).unwrap();
            assert_eq!(manifest["permissions"], json!(["nativeMessaging", "storage", "sidePanel", "alarms"]));
            assert_eq!(manifest["optional_permissions"], json!(["notifications"]));
            for absent in [
                "host_permissions",
                "web_accessible_resources",
                "externally_connectable",
                "optional_host_permissions",
            ] {
                assert!(manifest.get(absent).is_none(), "{absent}");
            }
        }
    }

    /// Splits a match pattern into scheme and host.
    fn parts(pattern: &serde_json::Value) -> (String, String) {
        let pattern = pattern.as_str().unwrap().strip_suffix("/*").unwrap();
        let (scheme, host) = pattern.split_once("://").unwrap();
        (scheme.to_owned(), host.to_owned())
    }

    #[test]
    fn content_scripts_run_only_on_hosts_of_the_guide_and_their_files_exist() {
        in_root();
        let manifest = for_browser("chrome").unwrap();
        for script in manifest["content_scripts"].as_array().unwrap() {
            for (scheme, name) in script["matches"].as_array().unwrap().iter().map(parts) {
                let host = eimza_guide::hosts().iter().find(|host| host.name == name && !host.link_only);
                let host = host.unwrap_or_else(|| panic!("{name}"));
                assert_eq!(scheme, if host.http { "*" } else { "https" }, "{name}");
            }
            for file in script["js"].as_array().unwrap() {
                assert!(Path::new("extension").join(file.as_str().unwrap()).is_file(), "{file}");
            }
        }
    }

    #[test]
    fn every_host_of_the_guide_gets_the_content_script() {
        in_root();
        let manifest = for_browser("chrome").unwrap();
        let patterns = manifest["content_scripts"][0]["matches"].as_array().unwrap();
        let matched: Vec<String> = patterns.iter().map(|pattern| parts(pattern).1).collect();
        for host in eimza_guide::hosts().iter().filter(|host| !host.link_only) {
            assert!(matched.contains(&host.name), "{}", host.name);
        }
    }
}

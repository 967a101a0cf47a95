//! Rules for the sources that neither crate boundaries nor lints can enforce.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the text files with these extensions below these folders, with their content.
fn sources(folders: &[&str], kinds: &[&str]) -> Vec<(PathBuf, String)> {
    let mut pending: Vec<PathBuf> =
        folders.iter().map(|folder| crate::workspace::root().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|allowed| *allowed == kind)) {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.strip_prefix(crate::workspace::root()).unwrap().to_owned(), text));
        }
    }
    assert!(!found.is_empty(), "{folders:?}");
    found.sort();
    found
}

/// Returns the files that contain a text, by path from the root.
fn files_with(text: &str, folders: &[&str], kinds: &[&str]) -> Vec<String> {
    let found = sources(folders, kinds).into_iter().filter(|(_, content)| content.contains(text));
    found.map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

const PRODUCT: [&str; 3] = ["wasm", "native-host", "extension"];
const CODE: [&str; 2] = ["rs", "js"];

#[test]
fn one_file_opens_the_native_port() {
    assert_eq!(files_with("connectNative", &PRODUCT, &CODE), ["extension/platform/chromium.js"]);
}

#[test]
fn only_webext_binds_chrome() {
    for name in ["js_namespace = chrome", "\"chrome\"", "\"chrome."] {
        let files = files_with(name, &["wasm"], &["rs"]);
        let other: Vec<_> = files.iter().filter(|file| !file.starts_with("wasm/webext/")).collect();
        assert_eq!(other, [""; 0], "{name}");
    }
    assert!(!files_with("\"chrome\"", &["wasm/webext"], &["rs"]).is_empty());
}

#[test]
fn only_prompt_asks_for_codes() {
    for name in ["GETPIN", "\"pinentry"] {
        let files = files_with(name, &["native-host"], &["rs"]);
        let (own, other): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| file.starts_with("native-host/prompt/"));
        assert!(!own.is_empty(), "{name}");
        assert_eq!(other, [""; 0], "{name}");
    }
}

/// Returns the lints of a section of a Cargo.toml, with their levels.
fn lints(manifest: &str, section: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(crate::workspace::root().join(manifest)).unwrap();
    let lines = text.lines().skip_while(|line| *line != format!("[{section}]")).skip(1);
    let entries = lines.take_while(|line| !line.starts_with('[')).filter_map(|line| {
        let (lint, level) = line.split('#').next()?.split_once('=')?;
        Some((lint.trim().to_owned(), level.trim().to_owned()))
    });
    entries.collect()
}

#[test]
fn crates_with_unsafe_code_repeat_the_workspace_lints() {
    for tool in ["rust", "clippy"] {
        let mut workspace = lints("Cargo.toml", &format!("workspace.lints.{tool}"));
        assert!(!workspace.is_empty(), "{tool}");
        workspace.remove("unsafe_code");
        for name in ["win32-dialog", "memory-protection", "module", "path-trust", "winscard"] {
            let own = lints(&format!("native-host/{name}/Cargo.toml"), &format!("lints.{tool}"));
            for (lint, level) in &workspace {
                assert_eq!(own.get(lint), Some(level), "{name}: {lint}");
            }
        }
    }
}

#[test]
fn nothing_is_sent_over_a_network() {
    // The extension's own files are loaded the same way, so the text of each call must show that it is one.
    for (path, text) in sources(&["extension"], &["js"]) {
        let own_files = text.matches("fetch(chrome.runtime.getURL('").count();
        assert_eq!(text.matches("fetch(").count(), own_files, "{}", path.display());
    }
    for call in ["XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "importScripts"] {
        assert_eq!(files_with(call, &["extension"], &["js"]), [""; 0], "{call}");
    }
}

/// Returns the number of lines before a Rust file's test module.
fn product_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].starts_with("#[cfg(test)]") && pair[1].starts_with("mod ") && pair[1].ends_with('{')
    });
    tests.unwrap_or(lines.len())
}

/// Returns whether a file holds tests: by its name, or as a module declared under `#[cfg(test)]` or below
/// one.
fn is_test_module(path: &Path, files: &[(PathBuf, String)]) -> bool {
    let declares = |text: &str, name: &str| {
        text.lines().collect::<Vec<_>>().windows(2).any(|pair| {
            pair[0].starts_with("#[cfg(test)]")
                && pair[1].trim_start_matches("pub(crate) ") == format!("mod {name};")
        })
    };
    let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
    if name == "tests" || name.ends_with("_tests") {
        return true;
    }
    path.ancestors().filter(|part| part.file_stem().is_some()).any(|part| {
        let name = part.file_stem().unwrap().to_string_lossy();
        let folder = part.with_file_name("");
        let parents = ["lib.rs", "main.rs", "mod.rs"].map(|file| folder.join(file));
        let parents = parents.into_iter().chain([folder.with_extension("rs")]);
        parents
            .filter_map(|parent| files.iter().find(|(file, _)| *file == parent))
            .any(|(_, text)| declares(text, &name))
    })
}

#[test]
fn no_product_file_has_more_than_350_lines() {
    const MAX_LINES: usize = 350;
    let rust = sources(&["wasm", "native-host", "xtask"], &["rs"]);
    let is_product =
        |path: &Path| path.components().any(|part| part.as_os_str() == "src") && !is_test_module(path, &rust);
    let mut long: Vec<_> = rust
        .iter()
        .filter(|(path, text)| product_lines(text) > MAX_LINES && is_product(path))
        .map(|(path, _)| path.clone())
        .collect();
    let scripts = sources(&["extension"], &["js"]).into_iter();
    long.extend(scripts.filter(|(_, text)| text.lines().count() > MAX_LINES).map(|(path, _)| path));
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn test_modules_are_recognised() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let files = [
        file("a/src/lib.rs", "mod one;\n#[cfg(test)]\nmod two;\n"),
        file("a/src/one.rs", "#[cfg(test)]\nmod three;\n"),
    ];
    for (path, expected) in [
        ("one.rs", false),
        ("two.rs", true),
        ("two/deep.rs", true),
        ("one/three.rs", true),
        ("one_tests.rs", true),
    ] {
        assert_eq!(is_test_module(&Path::new("a/src").join(path), &files), expected, "{path}");
    }
    assert_eq!(product_lines("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"), 2);
}

/// Returns whether a text looks like a key of the message catalog.
fn is_key(text: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    text.contains('_') && text.chars().all(is_allowed)
}

#[test]
fn every_message_is_used() {
    let catalog = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    let text: String = sources(&["wasm", "native-host", "manifest"], &["rs", "json", "json5"])
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let mut used: BTreeSet<String> =
        text.split(['"', '\'']).filter(|piece| is_key(piece)).map(str::to_owned).collect();
    used.extend(text.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()).map(str::to_owned));
    let composed = |key: &str| key.starts_with("problem_") || key.starts_with("remedy_");
    let unused: Vec<_> = catalog.keys().filter(|key| !used.contains(*key) && !composed(key)).collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn every_message_key_in_the_code_exists() {
    let catalog = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    for (path, text) in sources(&["wasm/app/src", "native-host/host/src"], &["rs"]) {
        let named = text.split('"').filter(|piece| is_key(piece));
        for key in named.filter(|key| {
            ["panel_", "prompt_", "code_", "cli_", "card_"].iter().any(|start| key.starts_with(start))
        }) {
            assert!(catalog.has(key), "{}: {key}", path.display());
        }
    }
}

#[test]
fn every_problem_has_a_message_and_a_remedy() {
    let catalog = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    for code in eimza_protocol::problem_codes() {
        let name = code.replace('-', "_");
        for key in [format!("problem_{name}"), format!("remedy_{name}")] {
            assert!(catalog.has(&key), "{key}");
        }
    }
}

//! Rules over the sources themselves; all of it is tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The project's own text files below these folders, with their content.
fn sources(folders: &[&str], kinds: &[&str]) -> Vec<(PathBuf, String)> {
    let mut left: Vec<PathBuf> = folders.iter().map(|folder| crate::workspace::root().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|wanted| *wanted == kind)) {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.strip_prefix(crate::workspace::root()).unwrap().to_owned(), text));
        }
    }
    assert!(!found.is_empty(), "{folders:?}");
    found.sort();
    found
}

/// The files that contain a text, by path from the root.
fn that_say(text: &str, folders: &[&str], kinds: &[&str]) -> Vec<String> {
    let said = sources(folders, kinds).into_iter().filter(|(_, content)| content.contains(text));
    said.map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

const RUST: [&str; 3] = ["wasm", "native-host", "extension"];
const CODE: [&str; 2] = ["rs", "js"];

#[test]
fn one_file_opens_the_native_port() {
    assert_eq!(that_say("connectNative", &RUST, &CODE), ["extension/platform/chromium.js"]);
}

#[test]
fn one_file_links_the_smart_card_service() {
    assert_eq!(that_say("use pcsc", &RUST, &CODE), ["native-host/host/src/readers.rs"]);
}

#[test]
fn one_file_asks_for_codes() {
    assert_eq!(
        that_say("\"GETPIN\"", &["native-host/host/src"], &["rs"]).len(),
        2,
        "and the protocol's own test"
    );
    assert_eq!(
        that_say("Command::new(program)", &["native-host"], &["rs"]),
        ["native-host/host/src/prompt/pinentry.rs"]
    );
}

#[test]
fn one_file_calls_win32() {
    let unsafe_code = ["unsafe {", "unsafe fn", "unsafe extern", "unsafe impl", "unsafe_code"];
    let mut files: Vec<_> = unsafe_code
        .iter()
        .flat_map(|text| that_say(text, &["wasm", "native-host", "tests", "fuzz/fuzz_targets"], &["rs"]))
        .collect();
    files.dedup();
    assert_eq!(files, ["native-host/host/src/prompt/windows/dialog.rs"]);
    let (_, text) = sources(&["native-host/host/src/prompt/windows"], &["rs"])
        .into_iter()
        .find(|(path, _)| path.ends_with("dialog.rs"))
        .unwrap();
    assert_eq!(text.matches("unsafe {").count(), text.matches("// SAFETY: ").count());
}

#[test]
fn nothing_is_sent_over_a_network() {
    for call in ["fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "importScripts"] {
        assert_eq!(that_say(call, &["extension"], &["js"]), [""; 0], "{call}");
    }
}

/// The pure crates decide; whoever does input and output is named here by absence.
#[test]
fn what_decides_does_no_input_or_output_and_knows_no_clock() {
    for taboo in ["std::fs", "std::net", "std::process", "std::time", "web_sys", "js_sys", "pcsc::"] {
        let pure = [
            "wasm/guide/src",
            "wasm/address/src",
            "wasm/payment/src",
            "wasm/turkish/src",
            "wasm/i18n/src",
            "native-host/card/src",
            "native-host/protocol/src",
        ];
        assert_eq!(that_say(taboo, &pure, &["rs"]), [""; 0], "{taboo}");
    }
}

fn is_key(text: &str) -> bool {
    let of_a_key = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    text.contains('_') && text.chars().all(of_a_key)
}

#[test]
fn every_sentence_is_used() {
    let words = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    let text: String = sources(&["wasm", "native-host", "manifest"], &["rs", "json", "json5"])
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let mut used: BTreeSet<String> =
        text.split(['"', '\'']).filter(|piece| is_key(piece)).map(str::to_owned).collect();
    used.extend(text.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()).map(str::to_owned));
    let composed = |key: &str| key.starts_with("problem_") || key.starts_with("remedy_");
    let unused: Vec<_> = words.keys().filter(|key| !used.contains(*key) && !composed(key)).collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn every_sentence_that_the_code_names_exists() {
    let words = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    for (path, text) in sources(&["wasm/app/src", "native-host/host/src"], &["rs"]) {
        let named = text.split('"').filter(|piece| is_key(piece));
        for key in named.filter(|key| {
            ["panel_", "prompt_", "code_", "cli_", "card_"].iter().any(|start| key.starts_with(start))
        }) {
            assert!(words.has(key), "{}: {key}", path.display());
        }
    }
}

#[test]
fn every_problem_has_its_sentence_and_its_remedy() {
    let words = eimza_i18n::Catalog::of(eimza_protocol::Lang::Tr);
    for code in eimza_protocol::problem_codes() {
        let name = code.replace('-', "_");
        for key in [format!("problem_{name}"), format!("remedy_{name}")] {
            assert!(words.has(&key), "{key}");
        }
    }
}

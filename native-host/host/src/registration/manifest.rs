//! Host manifests: the files that tell a browser the path of the host.

use eimza_protocol::HOST_NAME;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The most letters of an unknown key that are shown.
const MAX_KEY_LEN: usize = 40;

/// Returns the manifest for a host at this absolute path; `None` if the path is not valid Unicode.
pub fn manifest(host: &Path) -> Option<String> {
    let mut manifest: Value = serde_json::from_str(template()).ok()?;
    manifest["path"] = Value::from(host.to_str()?);
    Some(serde_json::to_string_pretty(&manifest).ok()? + "\n")
}

/// Returns the path of the program in a manifest if any version of this product wrote it: it has the host's
/// name, and the program has the host's file name. Extension ids and descriptions differ between versions; an
/// administrator's wrapper program has another file name.
pub fn program_of(text: &str) -> Option<PathBuf> {
    let manifest: Value = serde_json::from_str(text).ok()?;
    let program = PathBuf::from(manifest["path"].as_str()?);
    let is_host = program.file_stem().is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    (manifest["name"] == HOST_NAME && is_host).then_some(program)
}

/// Returns the keys whose values differ from those that [`manifest`] writes, missing and unknown keys
/// included; `None` if the text is not a JSON object. Browsers refuse a manifest for most of these differences
/// (Chromium, `native_messaging_host_manifest.cc`), and the others let something else start the host.
pub fn differing_keys(text: &str, host: &Path) -> Option<Vec<String>> {
    let found: Map<String, Value> = serde_json::from_str(text).ok()?;
    let expected: Map<String, Value> = serde_json::from_str(&manifest(host)?).ok()?;
    let differing = expected.iter().filter(|(key, value)| found.get(*key) != Some(value));
    let mut keys: Vec<_> = differing.map(|(key, _)| key.clone()).collect();
    keys.extend(found.keys().filter(|key| !expected.contains_key(*key)).map(|key| shown(key)));
    Some(keys)
}

/// Returns an unknown key without letters that could change how a terminal shows it.
fn shown(key: &str) -> String {
    let replaced =
        key.chars().map(|letter| if letter.is_alphanumeric() || letter == '_' { letter } else { '?' });
    replaced.take(MAX_KEY_LEN).collect()
}

/// Returns whether a manifest may be replaced or, if `replace` is false, removed. The manifest of another
/// copy of this program is not removed while that copy exists.
pub(super) fn may_modify(text: &str, replace: bool, host: &Path) -> bool {
    let Some(program) = program_of(text) else { return false };
    replace || program == host || !program.exists()
}

fn template() -> &'static str {
    include_str!("../../../../manifest/native-host.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "/opt/eimza-host";

    fn own() -> String {
        manifest(Path::new(HOST)).unwrap()
    }

    #[test]
    fn manifest_has_the_path_and_the_allowed_extension() {
        let manifest: Value = serde_json::from_str(&own()).unwrap();
        assert_eq!(manifest["name"], HOST_NAME);
        assert_eq!(manifest["path"], HOST);
        assert_eq!(manifest["allowed_origins"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn distinguishes_own_manifests_from_others() {
        let path = Path::new(HOST);
        assert_eq!(program_of(&own()).as_deref(), Some(path));
        let older = own().replace("dikcb", "aaaaa").replace("kart programı", "kart okuma programı");
        assert_eq!(program_of(&older).as_deref(), Some(path), "the manifest of an older version");
        for other in [
            "",
            "{}",
            "[]",
            &own().replace("eimza.yard", "baska.yard"),
            &own().replace("/eimza-host", "/wrapper"),
        ] {
            assert_eq!(program_of(other), None, "{other}");
        }
    }

    #[test]
    fn white_space_and_order_are_no_difference() {
        let mut value: Value = serde_json::from_str(&own()).unwrap();
        let name = value.as_object_mut().unwrap().remove("name").unwrap();
        value["name"] = name;
        for same in [own(), value.to_string(), format!("\n{value}\n\n")] {
            assert_eq!(differing_keys(&same, Path::new(HOST)), Some(vec![]), "{same}");
        }
    }

    #[test]
    fn each_key_that_browsers_would_refuse_is_named() {
        for (from, to, key) in [
            ("dikcb", "aaaaa", "allowed_origins"),
            ("kojp/\"", "kojp\"", "allowed_origins"),
            (
                "kojp/\"",
                "kojp/\", \"chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/\"",
                "allowed_origins",
            ),
            ("stdio", "stdin", "type"),
            ("\"type\": \"stdio\"", "\"type\": 1", "type"),
            ("eimza.yardimcisi.host", "Eimza.Yardimcisi.Host", "name"),
            (HOST, "eimza-host", "path"),
            ("kart programı", "", "description"),
            ("\"type\"", r#""tipi\u001b[1m": 1, "type""#, "tipi??1m"),
        ] {
            let text = own().replace(from, to);
            assert_ne!(text, own(), "{from}");
            assert_eq!(differing_keys(&text, Path::new(HOST)), Some(vec![key.to_owned()]), "{text}");
        }
        let mut empty: Value = serde_json::from_str(&own()).unwrap();
        empty["allowed_origins"] = Value::Array(vec![]);
        assert_eq!(differing_keys(&empty.to_string(), Path::new(HOST)), Some(vec!["allowed_origins".into()]));
        empty.as_object_mut().unwrap().remove("allowed_origins");
        assert_eq!(differing_keys(&empty.to_string(), Path::new(HOST)), Some(vec!["allowed_origins".into()]));
    }

    #[test]
    fn text_that_is_no_json_object_has_no_keys() {
        for text in ["", "{", "[]", "1", &format!("\u{feff}{}", own()), &format!("{} // not JSON", own())] {
            assert_eq!(differing_keys(text, Path::new(HOST)), None, "{text}");
        }
    }
}

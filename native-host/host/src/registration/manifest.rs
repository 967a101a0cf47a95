//! The file by which a browser finds the host.

use super::browser::Kind;
use eimza_protocol::HOST_NAME;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The manifest for a host at this absolute path; none where the path is no text.
pub fn manifest(kind: Kind, host: &Path) -> Option<String> {
    let mut manifest: Value = serde_json::from_str(template(kind)).ok()?;
    manifest["path"] = Value::from(host.to_str()?);
    Some(serde_json::to_string_pretty(&manifest).ok()? + "\n")
}

/// The program that a manifest names, where this product wrote the manifest, in whatever version: under the host's
/// name, for a program of the host's own file name. Extensions and descriptions differ from version to version; who
/// puts a program of their own in between gives it another name.
pub fn program_of(text: &str) -> Option<PathBuf> {
    let found: Value = serde_json::from_str(text).ok()?;
    let program = PathBuf::from(found["path"].as_str()?);
    let is_host = program.file_stem().is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    (found["name"] == HOST_NAME && is_host).then_some(program)
}

/// Whether a manifest is ours to replace, or to remove: another copy of this program that is still there keeps the
/// one that it wrote.
pub(super) fn may_touch(text: &str, replace: bool, host: &Path) -> bool {
    let Some(program) = program_of(text) else { return false };
    replace || program == host || !program.exists()
}

fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Chromium => include_str!("../../../../manifest/native-host.json"),
        Kind::Firefox => include_str!("../../../../manifest/native-host.firefox.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_the_host_and_who_may_use_it() {
        for (kind, lets_in) in [(Kind::Chromium, "allowed_origins"), (Kind::Firefox, "allowed_extensions")] {
            let written: Value =
                serde_json::from_str(&manifest(kind, Path::new("/opt/eimza-host")).unwrap()).unwrap();
            assert_eq!(written["name"], HOST_NAME);
            assert_eq!(written["path"], "/opt/eimza-host");
            assert_eq!(written[lets_in].as_array().unwrap().len(), 1);
        }
    }

    #[test]
    fn ours_is_told_from_others() {
        let path = Path::new("/old/place/eimza-host");
        for kind in [Kind::Chromium, Kind::Firefox] {
            assert_eq!(program_of(&manifest(kind, path).unwrap()).as_deref(), Some(path));
        }
        let own = manifest(Kind::Chromium, path).unwrap();
        let older = own.replace("dikcb", "aaaaa").replace("kart programı", "kart okuma programı");
        assert_eq!(program_of(&older).as_deref(), Some(path), "an older version's");
        for other in [
            "",
            "{}",
            "[]",
            &own.replace("eimza.yard", "baska.yard"),
            &own.replace("/eimza-host", "/wrapper"),
        ] {
            assert_eq!(program_of(other), None, "{other}");
        }
    }
}

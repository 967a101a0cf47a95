//! Host manifests: the files that tell a browser the path of the host.

use super::browser::ManifestFormat;
use eimza_protocol::HOST_NAME;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Returns the manifest for a host at this absolute path; `None` if the path is not valid Unicode.
pub fn manifest(format: ManifestFormat, host: &Path) -> Option<String> {
    let mut manifest: Value = serde_json::from_str(template(format)).ok()?;
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

/// Returns whether a manifest may be replaced or, if `replace` is false, removed. The manifest of another
/// copy of this program is not removed while that copy exists.
pub(super) fn may_modify(text: &str, replace: bool, host: &Path) -> bool {
    let Some(program) = program_of(text) else { return false };
    replace || program == host || !program.exists()
}

fn template(format: ManifestFormat) -> &'static str {
    match format {
        ManifestFormat::Chromium => include_str!("../../../../manifest/native-host.json"),
        ManifestFormat::Firefox => include_str!("../../../../manifest/native-host.firefox.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifest_has_the_path_and_the_allowed_extension() {
        for (format, allowed) in
            [(ManifestFormat::Chromium, "allowed_origins"), (ManifestFormat::Firefox, "allowed_extensions")]
        {
            let manifest: Value =
                serde_json::from_str(&manifest(format, Path::new("/opt/eimza-host")).unwrap()).unwrap();
            assert_eq!(manifest["name"], HOST_NAME);
            assert_eq!(manifest["path"], "/opt/eimza-host");
            assert_eq!(manifest[allowed].as_array().unwrap().len(), 1);
        }
    }

    #[test]
    fn distinguishes_own_manifests_from_others() {
        let path = Path::new("/old/place/eimza-host");
        for format in [ManifestFormat::Chromium, ManifestFormat::Firefox] {
            assert_eq!(program_of(&manifest(format, path).unwrap()).as_deref(), Some(path));
        }
        let own = manifest(ManifestFormat::Chromium, path).unwrap();
        let older = own.replace("dikcb", "aaaaa").replace("kart programı", "kart okuma programı");
        assert_eq!(program_of(&older).as_deref(), Some(path), "the manifest of an older version");
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

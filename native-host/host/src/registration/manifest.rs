//! The file by which a browser finds the host.

use super::browser::Kind;
use serde_json::Value;
use std::path::Path;

/// The manifest for a host at this absolute path; none where the path is no text.
pub fn manifest(kind: Kind, host: &Path) -> Option<String> {
    let mut manifest: Value = serde_json::from_str(template(kind)).ok()?;
    manifest["path"] = Value::from(host.to_str()?);
    Some(serde_json::to_string_pretty(&manifest).ok()? + "\n")
}

/// Whether this product wrote a manifest: its name and description, and for none but its own extensions.
pub fn is_ours(text: &str) -> bool {
    let Ok(found) = serde_json::from_str::<Value>(text) else { return false };
    [Kind::Chromium, Kind::Firefox].into_iter().any(|kind| {
        let own: Value = serde_json::from_str(template(kind)).unwrap_or_default();
        let (Some(own), Some(found)) = (own.as_object(), found.as_object()) else { return false };
        own.len() == found.len()
            && own.iter().all(|(key, value)| key == "path" || found.get(key) == Some(value))
    })
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
    use eimza_protocol::HOST_NAME;

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
        assert!(is_ours(&manifest(Kind::Chromium, Path::new("/old/place")).unwrap()));
        assert!(is_ours(&manifest(Kind::Firefox, Path::new("/old/place")).unwrap()));
        let own = manifest(Kind::Chromium, Path::new("/a")).unwrap();
        for other in ["", "{}", "[]", &own.replace("kart programı", "başka"), &own.replace("dikcb", "aaaaa")]
        {
            assert!(!is_ours(other), "{other}");
        }
    }
}

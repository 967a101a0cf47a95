//! Identifies the caller of the host from the command line: browsers pass the origin of the extension.

use serde::Deserialize;
use std::path::Path;

/// The part of the host manifest that the host itself checks.
#[derive(Deserialize)]
struct Manifest {
    allowed_origins: Vec<String>,
}

/// Returns whether a browser started the host. Chromium passes an origin or a parent window, or nothing at
/// all (the portals of snap and flatpak omit both); Firefox passes its manifest and the add-on id (MDN,
/// Native messaging).
pub fn is_browser(arguments: &[String]) -> bool {
    let is_from_chromium = |argument: &String| is_origin(argument) || argument.starts_with("--parent-window");
    arguments.iter().all(is_from_chromium) || add_on_id(arguments).is_some()
}

/// Returns whether the calling extension is this product. A missing origin is accepted: the browser itself
/// has checked the host manifest. No add-on for Firefox is accepted: this product has none.
pub fn is_allowed(arguments: &[String]) -> bool {
    if add_on_id(arguments).is_some() {
        return false;
    }
    let allowed = allowed_by(include_str!("../../../manifest/native-host.json"));
    arguments.iter().filter(|argument| is_origin(argument)).all(|origin| allowed.contains(origin))
}

fn allowed_by(manifest: &str) -> Vec<String> {
    serde_json::from_str(manifest).map_or_else(|_| Vec::new(), |manifest: Manifest| manifest.allowed_origins)
}

/// Returns the add-on id that Firefox passes after the path of the host manifest.
fn add_on_id(arguments: &[String]) -> Option<&String> {
    match arguments {
        [manifest, id] if Path::new(manifest).is_absolute() && manifest.ends_with(".json") => Some(id),
        _ => None,
    }
}

fn is_origin(argument: &str) -> bool {
    argument.contains("-extension://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(arguments: &[&str]) -> Vec<String> {
        arguments.iter().map(|&argument| argument.to_owned()).collect()
    }

    fn own_origin() -> String {
        let manifest: Manifest =
            serde_json::from_str(include_str!("../../../manifest/native-host.json")).unwrap();
        manifest.allowed_origins[0].clone()
    }

    #[test]
    fn own_extension_is_allowed_with_and_without_a_parent_window() {
        assert!(is_allowed(&line(&[&own_origin()])));
        assert!(is_allowed(&line(&[&own_origin(), "--parent-window=123"])));
        assert!(is_allowed(&line(&[])));
    }

    #[test]
    fn other_extensions_are_refused() {
        assert!(!is_allowed(&line(&["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"])));
        assert!(!is_allowed(&line(&["moz-extension://x/"])));
        assert!(!is_allowed(&line(&[own_origin().trim_end_matches('/')])));
    }

    #[test]
    fn every_firefox_add_on_is_refused() {
        let manifest = std::env::temp_dir().join("eimza.yardimcisi.host.json").display().to_string();
        for add_on in ["eklenti@eimza.yardimcisi", "baska@eimza.yardimcisi", ""] {
            let arguments = line(&[&manifest, add_on]);
            assert!(is_browser(&arguments) && !is_allowed(&arguments), "{add_on}");
        }
    }

    #[test]
    fn distinguishes_browsers_from_users() {
        assert!(is_browser(&line(&[&own_origin(), "--parent-window=0"])));
        assert!(!is_browser(&line(&["status", "--json"])));
    }
}

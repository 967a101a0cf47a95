//! Who started the host: browsers give the extension's origin as an argument.

use serde::Deserialize;
use std::path::Path;

/// The part of the host manifests that the host itself keeps to.
#[derive(Deserialize)]
struct Manifest {
    #[serde(alias = "allowed_extensions")]
    allowed_origins: Vec<String>,
}

/// Whether this command line is a browser's: it names an origin or a parent window, or nothing at
/// all (portals in snap and flatpak leave both out). Firefox names its manifest and the add-on (MDN, Native messaging).
pub fn is_from_browser(arguments: &[String]) -> bool {
    let of_chromium = |argument: &String| is_origin(argument) || argument.starts_with("--parent-window");
    arguments.iter().all(of_chromium) || add_on(arguments).is_some()
}

/// Whether the extension that a browser names is this product. No name is accepted: the browser
/// has checked the host manifest itself before.
pub fn is_allowed(arguments: &[String]) -> bool {
    if let Some(add_on) = add_on(arguments) {
        return allowed(include_str!("../../../manifest/native-host.firefox.json")).contains(add_on);
    }
    let allowed = allowed(include_str!("../../../manifest/native-host.json"));
    arguments.iter().filter(|argument| is_origin(argument)).all(|origin| allowed.contains(origin))
}

fn allowed(manifest: &str) -> Vec<String> {
    serde_json::from_str(manifest).map_or_else(|_| Vec::new(), |manifest: Manifest| manifest.allowed_origins)
}

/// The add-on that Firefox names after the path of the host's manifest.
fn add_on(arguments: &[String]) -> Option<&String> {
    match arguments {
        [manifest, add_on] if Path::new(manifest).is_absolute() && manifest.ends_with(".json") => {
            Some(add_on)
        }
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

    fn own() -> String {
        let manifest: Manifest =
            serde_json::from_str(include_str!("../../../manifest/native-host.json")).unwrap();
        manifest.allowed_origins[0].clone()
    }

    #[test]
    fn the_product_is_allowed_with_and_without_a_window() {
        assert!(is_allowed(&line(&[&own()])));
        assert!(is_allowed(&line(&[&own(), "--parent-window=123"])));
        assert!(is_allowed(&line(&[])));
    }

    #[test]
    fn other_extensions_are_refused() {
        assert!(!is_allowed(&line(&["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"])));
        assert!(!is_allowed(&line(&["moz-extension://x/"])));
        assert!(!is_allowed(&line(&[own().trim_end_matches('/')])));
    }

    #[test]
    fn firefox_names_the_add_on_after_the_manifest() {
        let manifest = std::env::temp_dir().join("eimza.yardimcisi.host.json").display().to_string();
        let [ours, other] =
            ["eklenti@eimza.yardimcisi", "baska@eimza.yardimcisi"].map(|add_on| line(&[&manifest, add_on]));
        assert!(is_from_browser(&ours) && is_allowed(&ours));
        assert!(is_from_browser(&other) && !is_allowed(&other));
    }

    #[test]
    fn a_persons_command_line_is_not_a_browsers() {
        assert!(is_from_browser(&line(&[&own(), "--parent-window=0"])));
        assert!(!is_from_browser(&line(&["status", "--json"])));
    }
}

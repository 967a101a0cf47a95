//! Who started the host: browsers give the extension's origin as an argument.

use serde::Deserialize;

/// The part of the host manifest that the host itself keeps to.
#[derive(Deserialize)]
struct Manifest {
    allowed_origins: Vec<String>,
}

/// Whether this command line is a browser's: it names an origin or a parent window, or nothing at
/// all (portals in snap and flatpak leave both out).
pub fn is_from_browser(arguments: &[String]) -> bool {
    arguments.iter().all(|argument| is_origin(argument) || argument.starts_with("--parent-window"))
}

/// Whether the extension that a browser names is this product. No name is accepted: the browser
/// has checked the host manifest itself before.
pub fn is_allowed(arguments: &[String]) -> bool {
    let allowed: Vec<String> = serde_json::from_str(include_str!("../../../manifest/native-host.json"))
        .map_or_else(|_| Vec::new(), |manifest: Manifest| manifest.allowed_origins);
    arguments.iter().filter(|argument| is_origin(argument)).all(|origin| allowed.contains(origin))
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
    fn a_persons_command_line_is_not_a_browsers() {
        assert!(is_from_browser(&line(&[&own(), "--parent-window=0"])));
        assert!(!is_from_browser(&line(&["status", "--json"])));
    }
}

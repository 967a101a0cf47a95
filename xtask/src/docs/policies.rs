//! Generates `manifest/policies/`: browser policies for Linux, Windows and macOS, from one list so that they
//! agree.

use super::profiles::EXAMPLE;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::fs;

/// A browser that reads such policies, with the names under which each system stores them.
struct Browser {
    /// The name of the file for Linux and Windows.
    name: &'static str,
    /// The registry key below `HKEY_LOCAL_MACHINE\SOFTWARE\Policies`.
    key: &'static str,
    /// The preference domain on macOS.
    domain: &'static str,
    /// The update URL of its extension store.
    store: &'static str,
    /// The key and value that pin an extension's button to the toolbar; Edge has a key of its own
    /// (<https://learn.microsoft.com/deployedge/microsoft-edge-manage-extensions-ref-guide>).
    button: [&'static str; 2],
}

const CHROME_STORE: &str = "https://clients2.google.com/service/update2/crx";
const CHROME_BUTTON: [&str; 2] = ["toolbar_pin", "force_pinned"];
/// The browsers, one row for each.
const BROWSERS: &[Browser] = &[
    Browser {
        name: "chrome",
        key: r"Google\Chrome",
        domain: "com.google.Chrome",
        store: CHROME_STORE,
        button: CHROME_BUTTON,
    },
    Browser {
        name: "chromium",
        key: "Chromium",
        domain: "org.chromium.Chromium",
        store: CHROME_STORE,
        button: CHROME_BUTTON,
    },
    Browser {
        name: "edge",
        key: r"Microsoft\Edge",
        domain: "com.microsoft.Edge",
        store: "https://edge.microsoft.com/extensionwebstorebase/v1/crx",
        button: ["toolbar_state", "force_shown"],
    },
];

/// Returns the id of the extension, which follows from the key in its manifest, as named in the host
/// manifest.
fn extension_id() -> String {
    let text =
        fs::read_to_string(crate::workspace::root().join("manifest/native-host.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    let origin = manifest["allowed_origins"][0].as_str().unwrap_or_default();
    origin.trim_start_matches("chrome-extension://").trim_end_matches('/').to_owned()
}

/// Returns the policies of the browser itself: <https://chromeenterprise.google/policies/>.
fn browser_policies(browser: &Browser) -> Map<String, Value> {
    let [button, shown] = browser.button;
    let installed =
        json!({"installation_mode": "force_installed", "update_url": browser.store, button: shown});
    let policies = json!({
        "ExtensionSettings": { extension_id(): installed },
        "NativeMessagingAllowlist": ["eimza.yardimcisi.host"],
    });
    policies.as_object().cloned().unwrap_or_default()
}

/// Returns the policies of the extension, whose schema is `manifest/managed.json`.
fn extension_policies(profile: &str) -> Map<String, Value> {
    let mut profile: Value = serde_json::from_str(profile).unwrap_or_default();
    if let Some(keys) = profile.as_object_mut() {
        keys.remove("$schema");
    }
    Map::from_iter([("institution".to_owned(), profile)])
}

/// Generates the files of `manifest/policies/`, for a fictitious institution.
pub fn examples() -> Vec<(String, String)> {
    files(EXAMPLE)
}

/// Generates the files for an institution's profile, by path below the folder.
pub fn files(profile: &str) -> Vec<(String, String)> {
    let managed = extension_policies(profile);
    let files = |browser: &Browser| {
        let domain = browser.domain;
        vec![
            (format!("linux/{}.json", browser.name), linux(browser, &managed)),
            (format!("windows/{}.reg", browser.name), windows(browser, &managed)),
            (format!("macos/{domain}.plist"), plist(&browser_policies(browser))),
            (format!("macos/{domain}.extensions.{}.plist", extension_id()), plist(&managed)),
        ]
    };
    BROWSERS.iter().flat_map(files).collect()
}

fn linux(browser: &Browser, managed: &Map<String, Value>) -> String {
    let mut all = browser_policies(browser);
    all.insert("3rdparty".to_owned(), json!({"extensions": { extension_id(): managed }}));
    format!("{:#}\n", Value::Object(all))
}

/// Generates a registry file. A list has a value for each entry; an object is one JSON text. The file is
/// ASCII, because the registry editor decodes other characters with the computer's code page.
fn windows(browser: &Browser, managed: &Map<String, Value>) -> String {
    let root = format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{}", browser.key);
    let mut file = "Windows Registry Editor Version 5.00\r\n".to_owned();
    let mut section = |key: &str, values: Vec<(String, String)>| {
        // Writing into a String cannot fail.
        let _ = write!(file, "\r\n[{key}]\r\n");
        for (name, value) in values {
            let escaped = ascii(&value).replace('\\', r"\\").replace('"', "\\\"");
            let _ = write!(file, "\"{name}\"=\"{escaped}\"\r\n");
        }
    };
    let mut plain = Vec::new();
    for (name, value) in browser_policies(browser) {
        match value {
            Value::Array(entries) => {
                let entries = entries
                    .iter()
                    .enumerate()
                    .map(|(index, entry)| (index + 1, entry.as_str().unwrap_or_default()));
                section(
                    &format!(r"{root}\{name}"),
                    entries.map(|(index, entry)| (index.to_string(), entry.to_owned())).collect(),
                );
            }
            other => plain.push((name, other.to_string())),
        }
    }
    section(&root, plain);
    let managed = managed.iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
    section(&format!(r"{root}\3rdparty\extensions\{}\policy", extension_id()), managed);
    file
}

/// Escapes the characters of a JSON text that are not ASCII as `\uXXXX`.
fn ascii(json: &str) -> String {
    json.chars().fold(String::new(), |mut text, char| {
        if char.is_ascii() {
            text.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
        text
    })
}

fn plist(policies: &Map<String, Value>) -> String {
    let mut file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
        <plist version=\"1.0\">\n"
        .to_owned();
    element(&mut file, &Value::Object(policies.clone()), 0);
    file + "</plist>\n"
}

fn element(file: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Writing into a String cannot fail.
    let _ = match value {
        Value::Object(entries) => {
            let _ = writeln!(file, "{indent}<dict>");
            for (key, value) in entries {
                let _ = writeln!(file, "{indent}  <key>{}</key>", escaped(key));
                element(file, value, depth + 1);
            }
            writeln!(file, "{indent}</dict>")
        }
        Value::Array(entries) => {
            let _ = writeln!(file, "{indent}<array>");
            entries.iter().for_each(|entry| element(file, entry, depth + 1));
            writeln!(file, "{indent}</array>")
        }
        Value::Bool(value) => writeln!(file, "{indent}<{value}/>"),
        Value::Number(number) => writeln!(file, "{indent}<integer>{number}</integer>"),
        Value::String(text) => writeln!(file, "{indent}<string>{}</string>", escaped(text)),
        Value::Null => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn written(path: &str) -> String {
        fs::read_to_string(crate::workspace::root().join("manifest/policies").join(path)).unwrap()
    }

    /// Parses a Linux file into the browser's policies and the extension's.
    fn read_linux(browser: &Browser) -> (Value, Value) {
        let mut all: Value = serde_json::from_str(&written(&format!("linux/{}.json", browser.name))).unwrap();
        let third = all.as_object_mut().unwrap().remove("3rdparty").unwrap();
        (all, third["extensions"][extension_id()].clone())
    }

    /// Parses a registry file into the browser's policies and the extension's.
    fn read_windows(browser: &Browser) -> (Value, Value) {
        let text = written(&format!("windows/{}.reg", browser.name));
        let root = format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{}", browser.key);
        let (mut policies, mut managed) = (json!({}), json!({}));
        let mut at = String::new();
        for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
            if let Some(key) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                at = key.strip_prefix(&root).unwrap_or_else(|| panic!("{key}")).to_owned();
                continue;
            }
            let (name, value) = line.split_once("\"=\"").unwrap();
            let name = name.strip_prefix('"').unwrap();
            let value = value.strip_suffix('"').unwrap().replace("\\\"", "\"").replace(r"\\", r"\");
            if at.starts_with(r"\3rdparty") {
                managed[name] = serde_json::from_str(&value).unwrap();
            } else if let Some(list) = at.strip_prefix('\\') {
                if policies[list].is_null() {
                    policies[list] = json!([]);
                }
                policies[list].as_array_mut().unwrap().push(value.into());
            } else {
                policies[name] = serde_json::from_str(&value).unwrap();
            }
        }
        (policies, managed)
    }

    /// Parses a property list with Python's standard library.
    fn read_macos(path: &str) -> Value {
        let program = "import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))))";
        let file = crate::workspace::root().join("manifest/policies/macos").join(path);
        let output = Command::new("python3").args(["-c", program]).arg(file).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }

    #[test]
    fn windows_and_macos_policies_equal_those_of_linux() {
        for browser in BROWSERS {
            let (policies, managed) = read_linux(browser);
            assert!(policies["ExtensionSettings"][extension_id()].is_object(), "{}", browser.name);
            assert_eq!(read_windows(browser), (policies.clone(), managed.clone()), "{}", browser.name);
            assert_eq!(read_macos(&format!("{}.plist", browser.domain)), policies, "{}", browser.name);
            let extension = format!("{}.extensions.{}.plist", browser.domain, extension_id());
            assert_eq!(read_macos(&extension), managed, "{}", browser.name);
        }
    }

    #[test]
    fn files_are_up_to_date_and_there_are_no_others() {
        for (path, text) in examples() {
            assert!(!path.starts_with("windows") || text.is_ascii(), "{path}");
            assert!(written(&path) == text, "{path} is stale: run `cargo xtask docs`");
        }
        let folders = ["linux", "windows", "macos"]
            .map(|folder| crate::workspace::root().join("manifest/policies").join(folder));
        let count: usize = folders.iter().map(|folder| fs::read_dir(folder).unwrap().count()).sum();
        assert_eq!(count, examples().len());
    }

    #[test]
    fn sources_contain_no_private_key() {
        let mut search = Command::new("git");
        search
            .args(["grep", "-l", "-I", "-E", "BEGIN ([A-Z]+ )?PRIVATE KEY"])
            .current_dir(crate::workspace::root());
        let found = search.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&found.stdout), "");
    }
}

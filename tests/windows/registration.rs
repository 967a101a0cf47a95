//! Tests of `register` and `unregister` in the user scope, with a portable copy of the program.

use crate::wine::{Portable, VIEWS, host_key, registry, set, unix_path};
use std::fs;

const CHROME: &str = r"Software\Google\Chrome";

fn registered_paths() -> Vec<Option<String>> {
    VIEWS.iter().map(|view| registry(&host_key("HKCU", CHROME), None, view)).collect()
}

#[test]
fn registers_only_browsers_that_the_user_has_run_and_only_once() {
    let portable = Portable::new();
    set(&format!(r"HKCU\{CHROME}\BLBeacon"), Some("version"), "REG_SZ", "1");
    let (output, status) = portable.run(&["register"]);
    assert_eq!(status, Some(0), "{output}");
    assert!(output.contains("Google Chrome: tanıtıldı: HKCU\\"), "{output}");
    assert!(output.contains("Microsoft Edge: bu kullanıcıda hiç açılmamış"), "{output}");
    let manifest = portable.sibling("eimza.yardimcisi.host.json");
    assert_eq!(registered_paths(), [Some(manifest.clone()), Some(manifest.clone())]);
    assert!(portable.run(&["register"]).0.contains("Google Chrome: zaten biliyor"));

    let (output, _) = portable.run(&["unregister"]);
    assert!(output.contains("Google Chrome: kayıt silindi"), "{output}");
    assert_eq!(registered_paths(), [None, None]);
    assert!(!unix_path(&manifest).exists());
    assert!(registry(&format!(r"HKCU\{CHROME}\BLBeacon"), Some("version"), "/reg:64").is_some());
}

#[test]
fn manifest_is_kept_while_a_browser_refers_to_it() {
    let portable = Portable::new();
    portable.run(&["register", "--browser", "chrome", "--browser", "edge"]);
    portable.run(&["unregister", "--browser", "edge"]);
    assert!(unix_path(&portable.sibling("eimza.yardimcisi.host.json")).exists());
    portable.run(&["unregister", "--browser", "chrome"]);
    assert!(!unix_path(&portable.sibling("eimza.yardimcisi.host.json")).exists());
}

#[test]
fn dry_run_writes_nothing() {
    let portable = Portable::new();
    let (output, status) = portable.run(&["register", "--browser", "chrome", "--dry-run"]);
    assert!(output.contains("tanıtılacaktı") && status == Some(0), "{output}");
    assert_eq!(registered_paths(), [None, None]);
    assert!(!unix_path(&portable.sibling("eimza.yardimcisi.host.json")).exists());
}

#[test]
fn registration_of_another_program_is_kept_without_force() {
    let portable = Portable::new();
    let other_manifest = portable.sibling("baska.json");
    fs::write(unix_path(&other_manifest), r#"{"name": "eimza.yardimcisi.host"}"#).unwrap();
    set(&host_key("HKCU", CHROME), None, "REG_SZ", &other_manifest);
    for command in ["register", "unregister"] {
        let (output, status) = portable.run(&[command, "--browser", "chrome"]);
        assert!(output.contains(&other_manifest) && output.contains("bu program yazmamış"), "{output}");
        assert_eq!(status, Some(1));
        assert!(registered_paths().iter().all(|path| path.as_ref() == Some(&other_manifest)));
    }
    portable.run(&["register", "--browser", "chrome", "--force"]);
    assert!(
        registered_paths().iter().all(|path| path.as_ref().is_some_and(|path| path.ends_with("host.json")))
    );
    assert!(unix_path(&other_manifest).exists());
}

#[test]
fn earlier_registration_with_firefox_is_removed() {
    let portable = Portable::new();
    let manifest = portable.sibling("eimza.yardimcisi.host.firefox.json");
    let firefox = host_key("HKCU", r"Software\Mozilla");
    for command in ["register", "unregister"] {
        let text = serde_json::json!({"name": "eimza.yardimcisi.host", "path": portable.host()}).to_string();
        fs::write(unix_path(&manifest), text).unwrap();
        set(&firefox, None, "REG_SZ", &manifest);
        let (output, _) = portable.run(&[command]);
        assert!(
            output.contains("Mozilla Firefox: ") && output.contains("önceki sürümün kaydı silindi"),
            "{output}"
        );
        assert!(VIEWS.iter().all(|view| registry(&firefox, None, view).is_none()), "{command}");
        assert!(!unix_path(&manifest).exists(), "{command}");
    }
}

#[test]
fn registration_that_told_no_browser_fails() {
    let (output, status) = Portable::new().run(&["register"]);
    assert!(output.contains("hiçbir tarayıcıya tanıtılmadı"), "{output}");
    assert_eq!(status, Some(1));
}

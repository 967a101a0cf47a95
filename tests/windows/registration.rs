//! Tests of `register` and `unregister` in the user scope, with a portable copy of the program.

use crate::wine::{Portable, VIEWS, here, host_key, registry, set};
use std::fs;

const CHROME: &str = r"Software\Google\Chrome";

fn registered_paths() -> Vec<Option<String>> {
    VIEWS.iter().map(|view| registry(&host_key("HKCU", CHROME), None, view)).collect()
}

#[test]
fn registers_only_browsers_that_the_user_has_run_and_only_once() {
    let portable = Portable::new();
    set(&format!(r"HKCU\{CHROME}\BLBeacon"), Some("version"), "REG_SZ", "1");
    let (said, status) = portable.run(&["register"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("Google Chrome: tanıtıldı: HKCU\\"), "{said}");
    assert!(said.contains("Microsoft Edge: bu kullanıcıda hiç açılmamış"), "{said}");
    let manifest = portable.beside("eimza.yardimcisi.host.json");
    assert_eq!(registered_paths(), [Some(manifest.clone()), Some(manifest.clone())]);
    assert!(portable.run(&["register"]).0.contains("Google Chrome: zaten biliyor"));

    let (said, _) = portable.run(&["unregister"]);
    assert!(said.contains("Google Chrome: kayıt silindi"), "{said}");
    assert_eq!(registered_paths(), [None, None]);
    assert!(!here(&manifest).exists());
    assert!(registry(&format!(r"HKCU\{CHROME}\BLBeacon"), Some("version"), "/reg:64").is_some());
}

#[test]
fn manifest_is_kept_while_a_browser_refers_to_it() {
    let portable = Portable::new();
    portable.run(&["register", "--browser", "chrome", "--browser", "edge"]);
    portable.run(&["unregister", "--browser", "edge"]);
    assert!(here(&portable.beside("eimza.yardimcisi.host.json")).exists());
    portable.run(&["unregister", "--browser", "chrome"]);
    assert!(!here(&portable.beside("eimza.yardimcisi.host.json")).exists());
}

#[test]
fn dry_run_writes_nothing() {
    let portable = Portable::new();
    let (said, status) = portable.run(&["register", "--browser", "chrome", "--dry-run"]);
    assert!(said.contains("tanıtılacaktı") && status == Some(0), "{said}");
    assert_eq!(registered_paths(), [None, None]);
    assert!(!here(&portable.beside("eimza.yardimcisi.host.json")).exists());
}

#[test]
fn registration_of_another_program_is_kept_without_force() {
    let portable = Portable::new();
    let theirs = portable.beside("baska.json");
    fs::write(here(&theirs), r#"{"name": "eimza.yardimcisi.host"}"#).unwrap();
    set(&host_key("HKCU", CHROME), None, "REG_SZ", &theirs);
    for command in ["register", "unregister"] {
        let (said, status) = portable.run(&[command, "--browser", "chrome"]);
        assert!(said.contains(&theirs) && said.contains("bu program yazmamış"), "{said}");
        assert_eq!(status, Some(1));
        assert!(registered_paths().iter().all(|path| path.as_ref() == Some(&theirs)));
    }
    portable.run(&["register", "--browser", "chrome", "--force"]);
    assert!(
        registered_paths().iter().all(|path| path.as_ref().is_some_and(|path| path.ends_with("host.json")))
    );
    assert!(here(&theirs).exists());
}

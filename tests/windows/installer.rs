//! Tests of the installer in silent mode, as used for managed computers.

use crate::program::start_as_browser;
use crate::wine::{
    Browser, INSTALLED, Installed, NAME, VIEWS, browsers, built, delete_key, host_key, registry, run, set,
    unix_path, wait_for,
};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The manifest that the host writes beside itself.
const MANIFEST: &str = "eimza.yardimcisi.host.json";
const UNINSTALL: &str = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\eimza-yardimcisi";

#[test]
fn every_browser_is_registered_in_both_views() {
    let installed = Installed::newest();
    for Browser { key: browser, manifest } in browsers() {
        for view in VIEWS {
            let registered = registry(&host_key("HKLM", &browser), None, view);
            assert_eq!(registered, Some(format!(r"{INSTALLED}\{manifest}")), "{browser} {view}");
        }
        let manifest = fs::read_to_string(unix_path(&format!(r"{INSTALLED}\{manifest}"))).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["path"], installed.host());
        assert_eq!(manifest["name"], NAME);
    }
    let version = registry(UNINSTALL, Some("DisplayVersion"), "/reg:64");
    assert_eq!(version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
}

#[test]
fn upgrade_replaces_a_running_host() {
    let installed = Installed;
    installed.run("setup-before.exe", Some(0));
    let same = |name: &str| fs::read(unix_path(&installed.host())).unwrap() == fs::read(built(name)).unwrap();
    assert!(same("eimza-host-before.exe"));

    let mut host = start_as_browser(&installed.host());
    installed.run("setup.exe", Some(0));
    assert!(same("eimza-host.exe"));
    host.send(&json!({"id": 7, "command": "status"}));
    assert_eq!(host.receive().unwrap()["id"], 7, "the old host keeps running until its browser closes it");
    drop(host);
    let version = run(installed.host(), &["--version"]);
    assert!(version.status.success());

    installed.run("setup.exe", Some(0));
    let old_files = fs::read_dir(unix_path(INSTALLED)).unwrap().map(|entry| entry.unwrap().file_name());
    let old_files: Vec<_> = old_files.filter(|name| name.to_string_lossy().contains("old")).collect();
    assert!(old_files.is_empty(), "{old_files:?}");
}

#[test]
fn uninstalling_removes_only_own_keys() {
    let other = r"HKLM\Software\Google\Chrome\NativeMessagingHosts\baska.program";
    set(other, None, "REG_SZ", r"C:\baska.json");
    drop(Installed::newest());
    for Browser { key: browser, .. } in browsers() {
        for view in VIEWS {
            assert_eq!(registry(&host_key("HKLM", &browser), None, view), None, "{browser} {view}");
        }
    }
    assert_eq!(registry(UNINSTALL, Some("DisplayName"), "/reg:64"), None);
    assert_eq!(registry(other, None, "/reg:64").as_deref(), Some(r"C:\baska.json"));
    delete_key(r"HKLM\Software\Google\Chrome\NativeMessagingHosts");
}

/// Wine shows rights as permissions: those of Administrators as the group's, those of everybody as the others'.
#[test]
fn folder_outside_of_program_files_is_closed_to_users() {
    const FOLDER: &str = r"C:\Programlar\eimza";
    let folder = unix_path(FOLDER);
    let set_mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    fs::create_dir_all(&folder).unwrap();
    let planted = ["eimza-host.exe", "winscard.dll", "userenv.dll", "bcryptprimitives.dll", MANIFEST];
    set_mode(&folder, 0o777);
    for name in planted {
        fs::write(folder.join(name), "planted").unwrap();
        set_mode(&folder.join(name), 0o777);
    }
    let installed = run(built("setup.exe"), &["/S", &format!("/D={FOLDER}")]);
    assert_eq!(installed.status.code(), Some(0));
    for path in [folder.clone(), folder.join("eimza-host.exe"), folder.join("uninstall.exe")] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o002, 0, "{}: {mode:o}", path.display());
    }
    // A file that is left was written anew.
    for path in planted.map(|name| folder.join(name)).iter().filter(|path| path.exists()) {
        assert_ne!(fs::read(path).unwrap(), b"planted", "{}", path.display());
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o002, 0, "{}", path.display());
    }
    run(format!(r"{FOLDER}\uninstall.exe"), &["/S"]);
    wait_for("the folder's end", || (!folder.exists()).then_some(()));
    fs::remove_dir(folder.parent().unwrap()).unwrap();
}

/// Windows deletes the file and its folder at the next start.
#[test]
fn uninstalling_keeps_the_file_of_a_running_host() {
    let installed = Installed::newest();
    let mut host = start_as_browser(&installed.host());
    run(format!(r"{INSTALLED}\uninstall.exe"), &["/S"]);
    wait_for("the uninstaller's end", || {
        registry(UNINSTALL, Some("DisplayName"), "/reg:64").is_none().then_some(())
    });
    let names = || {
        let files = fs::read_dir(unix_path(INSTALLED)).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    wait_for("the folder to be emptied", || (names() == ["eimza-host.exe.old"]).then_some(()));
    assert_eq!(registry(&host_key("HKLM", &browsers()[0].key), None, "/reg:64"), None);
    host.send(&json!({"id": 7, "command": "status"}));
    assert_eq!(host.receive().unwrap()["id"], 7);
    drop(host);
    wait_for("the file to be free", || fs::remove_dir_all(unix_path(INSTALLED)).ok());
}

#[test]
fn registration_by_another_program_is_kept_and_reported() {
    let other_manifest = r"C:\baska.json";
    fs::write(unix_path(other_manifest), "{}").unwrap();
    set(&host_key("HKLM", r"Software\Chromium"), None, "REG_SZ", other_manifest);
    let installed = Installed;
    installed.run("setup.exe", Some(2));
    let registered = registry(&host_key("HKLM", r"Software\Chromium"), None, "/reg:64");
    assert_eq!(registered.as_deref(), Some(other_manifest));
    drop(installed);
    delete_key(&host_key("HKLM", r"Software\Chromium"));
    fs::remove_file(unix_path(other_manifest)).unwrap();
}

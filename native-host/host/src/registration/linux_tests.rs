//! Tests of registration on Linux, with temporary base folders.

use super::*;
use crate::registration::{browsers, carry_out, check_paths};
use tempfile::TempDir;

const HOST: &str = "/opt/eimza/eimza-host";

/// Base folders of a user who has run Chromium and Firefox.
fn computer() -> (TempDir, Roots) {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let (config, system) = (home.join(".config"), folder.path().join("root"));
    let roots = Roots { config, home, system, trusted: TrustedOwners::in_tests() };
    for profile in [".config/chromium", ".mozilla/firefox"] {
        fs::create_dir_all(roots.home.join(profile)).unwrap();
    }
    (folder, roots)
}

fn task(register: bool) -> Task {
    Task { register, scope: Scope::User, browsers: Vec::new(), dry_run: false, force: false }
}

fn outcome(task: &Task, roots: &Roots, id: &str) -> Outcome {
    let all = carry_out(task, roots, Path::new(HOST));
    all.into_iter().find(|(browser, _)| browser.id == id).unwrap().1
}

fn chromium(roots: &Roots) -> PathBuf {
    roots.home.join(".config/chromium/NativeMessagingHosts/eimza.yardimcisi.host.json")
}

#[test]
fn registers_only_browsers_that_the_user_has_run() {
    let (_folder, roots) = computer();
    assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::Done(chromium(&roots)));
    assert_eq!(outcome(&task(true), &roots, "edge"), Outcome::NotRun);
    assert!(fs::read_to_string(chromium(&roots)).unwrap().contains(HOST));
    assert!(!roots.home.join(".config/microsoft-edge").exists());
}

#[test]
fn registers_a_named_browser_that_was_never_run() {
    let (_folder, roots) = computer();
    let edge = Task { browsers: vec!["edge".to_owned()], ..task(true) };
    assert!(matches!(outcome(&edge, &roots, "edge"), Outcome::Done(_)));
    assert_eq!(carry_out(&edge, &roots, Path::new(HOST)).len(), 1);
}

#[test]
fn system_scope_registers_all_browsers_with_a_known_folder() {
    let (_folder, roots) = computer();
    let system = Task { scope: Scope::System, ..task(true) };
    let all = carry_out(&system, &roots, Path::new(HOST));
    let registered = all.iter().filter(|(_, outcome)| outcome.is_registered()).count();
    let known = browsers().iter().filter(|browser| browser.has_extension && browser.linux.system.is_some());
    assert_eq!(registered, known.count());
    assert!(registered > 1);
    assert!(roots.system.join("etc/opt/edge/native-messaging-hosts/eimza.yardimcisi.host.json").exists());
    assert!(all.iter().all(|(_, outcome)| outcome.is_success()));
}

#[test]
fn writes_only_manifests_that_differ() {
    let (_folder, roots) = computer();
    carry_out(&task(true), &roots, Path::new(HOST));
    assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::Unchanged);
    let moved = carry_out(&task(true), &roots, Path::new("/usr/lib/eimza-host"));
    assert!(
        moved
            .iter()
            .any(|(browser, outcome)| browser.id == "chromium" && matches!(outcome, Outcome::Done(_)))
    );
}

#[test]
fn dry_run_changes_nothing() {
    let (_folder, roots) = computer();
    let dry = Task { dry_run: true, ..task(true) };
    assert_eq!(outcome(&dry, &roots, "chromium"), Outcome::Done(chromium(&roots)));
    assert!(!chromium(&roots).exists());
}

#[test]
fn manifest_of_another_product_is_kept_without_force() {
    let (_folder, roots) = computer();
    fs::create_dir_all(chromium(&roots).parent().unwrap()).unwrap();
    let wrapper = br#"{"name": "eimza.yardimcisi.host", "path": "/usr/local/bin/wrapper"}"#;
    for theirs in [&b"{\"name\": \"eimza.yardimcisi.host\"}"[..], b"\xFF\xFE", wrapper] {
        fs::write(chromium(&roots), theirs).unwrap();
        for register in [true, false] {
            let outcome = outcome(&task(register), &roots, "chromium");
            assert_eq!(outcome, Outcome::NotOurs(chromium(&roots)));
            assert!(!outcome.is_success());
        }
        assert_eq!(fs::read(chromium(&roots)).unwrap(), theirs);
    }
    let force = Task { force: true, ..task(true) };
    assert!(matches!(outcome(&force, &roots, "chromium"), Outcome::Done(_)));
}

#[test]
fn links_and_pipes_are_not_ours_and_are_not_opened() {
    let (_folder, roots) = computer();
    fs::create_dir_all(chromium(&roots).parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/nonexistent", chromium(&roots)).unwrap();
    assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
    assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
    fs::remove_file(chromium(&roots)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(chromium(&roots)).status().unwrap().success());
    assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
}

#[test]
fn system_wide_manifests_are_world_readable() {
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (_folder, roots) = computer();
    let system = Task { scope: Scope::System, ..task(true) };
    carry_out(&system, &roots, Path::new(HOST));
    let folder = roots.system.join("etc/chromium/native-messaging-hosts");
    let file = folder.join("eimza.yardimcisi.host.json");
    assert_eq!((mode(&folder), mode(&file)), (0o755, 0o644));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(outcome(&system, &roots, "chromium"), Outcome::Done(_)));
    assert_eq!(mode(&file), 0o644);
}

#[test]
fn named_browser_without_a_known_folder_is_a_failure() {
    let (_folder, roots) = computer();
    let brave = Task { scope: Scope::System, browsers: vec!["brave".to_owned()], ..task(true) };
    assert!(!outcome(&brave, &roots, "brave").is_success());
}

#[test]
fn host_path_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let (_folder, roots) = computer();
    let host = Path::new(std::ffi::OsStr::from_bytes(b"/opt/\xFF/eimza-host"));
    let all = carry_out(&task(true), &roots, host);
    assert!(all.iter().any(|(_, outcome)| matches!(outcome, Outcome::Failed(..))));
    assert!(!chromium(&roots).exists());
}

#[test]
fn unregistering_leaves_no_file_behind() {
    let (_folder, roots) = computer();
    carry_out(&task(true), &roots, Path::new(HOST));
    assert!(matches!(outcome(&task(false), &roots, "chromium"), Outcome::Done(_)));
    assert!(!chromium(&roots).exists());
    assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::Unchanged);
    let file_count = fs::read_dir(chromium(&roots).parent().unwrap()).unwrap().count();
    assert_eq!(file_count, 0, "no temporary file is left");
}

#[test]
fn manifest_of_an_older_version_is_updated_and_that_of_another_copy_is_kept() {
    let (folder, roots) = computer();
    carry_out(&task(true), &roots, Path::new(HOST));
    let older = fs::read_to_string(chromium(&roots)).unwrap().replace("dikcb", "aaaaa");
    fs::write(chromium(&roots), older).unwrap();
    assert!(matches!(outcome(&task(true), &roots, "chromium"), Outcome::Done(_)));

    let other = folder.path().join("eimza-host");
    fs::write(&other, "").unwrap();
    carry_out(&task(true), &roots, &other);
    assert_eq!(outcome(&task(false), &roots, "chromium"), Outcome::NotOurs(chromium(&roots)));
    fs::remove_file(other).unwrap();
    assert!(matches!(outcome(&task(false), &roots, "chromium"), Outcome::Done(_)));
}

#[test]
fn system_scope_removes_empty_folders_only() {
    let (_folder, roots) = computer();
    let system = |register| Task { scope: Scope::System, ..task(register) };
    carry_out(&system(true), &roots, Path::new(HOST));
    let policies = roots.system.join("etc/opt/edge/policies");
    fs::create_dir_all(&policies).unwrap();
    carry_out(&system(false), &roots, Path::new(HOST));
    assert!(!roots.system.join("etc/opt/chrome").exists());
    assert!(roots.system.join("etc/opt").exists());
    assert!(policies.exists());
    assert!(!roots.system.join("etc/opt/edge/native-messaging-hosts").exists());
}

#[test]
fn unwritable_folder_is_a_failure() {
    let (_folder, roots) = computer();
    // A file instead of a folder, so that it fails for root too.
    fs::write(roots.home.join(".config/chromium/NativeMessagingHosts"), "").unwrap();
    assert!(matches!(outcome(&task(true), &roots, "chromium"), Outcome::Failed(..)));
}

#[test]
fn manifest_folders_are_in_the_home_folder_or_the_root() {
    let roots = Roots {
        home: "/home/a".into(),
        config: "/home/a/.config".into(),
        system: "/mnt".into(),
        trusted: TrustedOwners::in_tests(),
    };
    let chrome = &browsers()[0];
    let user = roots.manifest_folder(chrome, Scope::User).unwrap();
    assert_eq!(user, Path::new("/home/a/.config/google-chrome/NativeMessagingHosts"));
    let system = roots.manifest_folder(chrome, Scope::System).unwrap();
    assert_eq!(system, Path::new("/mnt/etc/opt/chrome/native-messaging-hosts"));
}

#[test]
fn xdg_config_home_is_respected() {
    let roots = Roots {
        home: "/home/a".into(),
        config: "/conf".into(),
        system: "/".into(),
        trusted: TrustedOwners::in_tests(),
    };
    let user_folder = |id: &str| {
        roots.manifest_folder(browsers().iter().find(|browser| browser.id == id).unwrap(), Scope::User)
    };
    assert_eq!(user_folder("chromium").unwrap(), Path::new("/conf/chromium/NativeMessagingHosts"));
    assert_eq!(user_folder("firefox").unwrap(), Path::new("/home/a/.mozilla/native-messaging-hosts"));
}

#[test]
fn unknown_folder_is_none() {
    let brave = browsers().iter().find(|browser| browser.id == "brave").unwrap();
    let roots = Roots {
        home: "/".into(),
        config: "/".into(),
        system: "/".into(),
        trusted: TrustedOwners::in_tests(),
    };
    assert_eq!(roots.manifest_folder(brave, Scope::System), None);
}

fn firefox(roots: &Roots) -> PathBuf {
    roots.home.join(".mozilla/native-messaging-hosts/eimza.yardimcisi.host.json")
}

/// Writes what an earlier version wrote for Firefox, for a program at this path.
fn write_leftover(path: &Path, program: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let manifest = r#"{"name": "eimza.yardimcisi.host", "description": "", "path": "PATH", "type": "stdio",
        "allowed_extensions": ["eklenti@eimza.yardimcisi"]}"#;
    fs::write(path, manifest.replace("PATH", program)).unwrap();
}

#[test]
fn browser_without_an_extension_is_never_registered() {
    let (_folder, roots) = computer();
    for task in [task(true), Task { browsers: vec!["firefox".to_owned()], force: true, ..task(true) }] {
        assert_eq!(outcome(&task, &roots, "firefox"), Outcome::NoExtension);
        assert!(!roots.home.join(".mozilla/native-messaging-hosts").exists());
    }
}

#[test]
fn earlier_registration_without_an_extension_is_removed_by_both_commands() {
    let (folder, roots) = computer();
    let other_copy = folder.path().join("eimza-host");
    fs::write(&other_copy, "").unwrap();
    for program in [HOST, "/gone/eimza-host", other_copy.to_str().unwrap()] {
        for register in [true, false] {
            write_leftover(&firefox(&roots), program);
            let dry = Task { dry_run: true, ..task(register) };
            assert_eq!(outcome(&dry, &roots, "firefox"), Outcome::LeftoverRemoved(firefox(&roots)));
            assert!(firefox(&roots).exists());
            assert_eq!(
                outcome(&task(register), &roots, "firefox"),
                Outcome::LeftoverRemoved(firefox(&roots))
            );
            assert!(!firefox(&roots).exists());
        }
    }
    let system = roots.system.join("usr/lib/mozilla/native-messaging-hosts/eimza.yardimcisi.host.json");
    write_leftover(&system, HOST);
    let everybody = Task { scope: Scope::System, ..task(true) };
    assert_eq!(outcome(&everybody, &roots, "firefox"), Outcome::LeftoverRemoved(system.clone()));
    assert!(!system.exists());
}

#[test]
fn what_others_wrote_for_a_browser_without_an_extension_is_kept() {
    let (_folder, roots) = computer();
    write_leftover(&firefox(&roots), "/usr/local/bin/wrapper");
    for register in [true, false] {
        assert_eq!(outcome(&task(register), &roots, "firefox"), Outcome::NoExtension);
        assert!(firefox(&roots).exists());
    }
}

#[test]
fn channels_have_their_own_folders_and_share_the_system_wide_one() {
    let (_folder, roots) = computer();
    fs::create_dir_all(roots.home.join(".config/google-chrome-beta")).unwrap();
    let path = roots.home.join(".config/google-chrome-beta/NativeMessagingHosts/eimza.yardimcisi.host.json");
    assert_eq!(outcome(&task(true), &roots, "chrome-beta"), Outcome::Done(path));
    assert_eq!(outcome(&task(true), &roots, "chrome"), Outcome::NotRun);
    let system = Task { scope: Scope::System, browsers: vec!["chrome-dev".to_owned()], ..task(true) };
    let shared = roots.system.join("etc/opt/chrome/native-messaging-hosts/eimza.yardimcisi.host.json");
    assert_eq!(outcome(&system, &roots, "chrome-dev"), Outcome::Done(shared));
}

/// Regression: a manifest with the right text that a user owns counted as unchanged, and the user could change it
/// later.
#[test]
fn system_wide_manifest_of_a_user_is_replaced() {
    if !rustix::process::geteuid().is_root() {
        return; // only root can give a file to another user
    }
    let (_folder, roots) = computer();
    let system = Task { scope: Scope::System, ..task(true) };
    let Outcome::Done(manifest) = outcome(&system, &roots, "chromium") else { panic!("not written") };
    assert_eq!(outcome(&system, &roots, "chromium"), Outcome::Unchanged);
    std::os::unix::fs::chown(&manifest, Some(65534), None).unwrap();
    assert_eq!(outcome(&system, &roots, "chromium"), Outcome::Done(manifest.clone()));
    assert!(roots.unsafe_part(&manifest).is_none());
}

#[test]
fn permissions_of_a_manifest_are_restored() {
    let (_folder, roots) = computer();
    for mode in [0o600, 0o666, 0o646, 0o755] {
        carry_out(&task(true), &roots, Path::new(HOST));
        fs::set_permissions(chromium(&roots), fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(outcome(&task(true), &roots, "chromium"), Outcome::Done(chromium(&roots)), "{mode:o}");
        assert_eq!(fs::metadata(chromium(&roots)).unwrap().permissions().mode() & 0o777, 0o644);
    }
}

/// Every part of the path of a system-wide manifest, from its folder up.
const PARTS: [&str; 4] = ["etc/chromium/native-messaging-hosts", "etc/chromium", "etc", ""];

#[test]
fn system_wide_manifest_is_not_written_where_others_can_write() {
    let system = |register| Task { scope: Scope::System, ..task(register) };
    for part in PARTS {
        let (_folder, roots) = computer();
        carry_out(&system(true), &roots, Path::new(HOST));
        let unsafe_part = roots.system.join(part);
        fs::set_permissions(&unsafe_part, fs::Permissions::from_mode(0o777)).unwrap();
        let manifest = roots.system.join("etc/chromium/native-messaging-hosts/eimza.yardimcisi.host.json");
        fs::set_permissions(&manifest, fs::Permissions::from_mode(0o600)).unwrap();
        for register in [true, false] {
            let outcome = outcome(&system(register), &roots, "chromium");
            assert_eq!(outcome, Outcome::Unsafe(unsafe_part.clone()), "{part}");
            assert!(!outcome.is_success() && !outcome.is_registered());
        }
        assert_eq!(fs::metadata(&manifest).unwrap().permissions().mode() & 0o777, 0o600, "{part}");
    }
}

#[test]
fn system_wide_manifest_is_not_written_through_a_link_to_a_users_folder() {
    let (folder, roots) = computer();
    let victim = folder.path().join("victim");
    fs::create_dir(&victim).unwrap();
    fs::set_permissions(&victim, fs::Permissions::from_mode(0o777)).unwrap();
    fs::create_dir_all(roots.system.join("etc/chromium")).unwrap();
    let link = roots.system.join("etc/chromium/native-messaging-hosts");
    std::os::unix::fs::symlink(&victim, &link).unwrap();
    let system = Task { scope: Scope::System, force: true, ..task(true) };
    assert_eq!(outcome(&system, &roots, "chromium"), Outcome::Unsafe(victim.clone()));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 0);
    fs::set_permissions(&victim, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(outcome(&system, &roots, "chromium").is_registered(), "the administrator's own link");
}

#[test]
fn program_that_others_can_change_is_not_registered_for_everybody() {
    let (folder, roots) = computer();
    let path = folder.path().canonicalize().unwrap().join("program");
    let host = path.join("eimza-host");
    fs::create_dir(&path).unwrap();
    fs::write(&host, "").unwrap();
    let system = Task { scope: Scope::System, ..task(true) };
    let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set_mode(&path, 0o755);
    set_mode(&host, 0o755);
    assert!(check_paths(&system, &roots, &host).is_ok());
    for unsafe_part in [&path, &host] {
        set_mode(unsafe_part, 0o775);
        let fault = check_paths(&system, &roots, &host).unwrap_err();
        assert_eq!(fault.path(), unsafe_part);
        assert!(check_paths(&Task { register: false, ..system.clone() }, &roots, &host).is_ok());
        assert!(check_paths(&task(true), &roots, &host).is_ok(), "for the user only");
        set_mode(unsafe_part, 0o755);
    }
}

//! Which module is loaded.

use crate::driver::{Driver, NEW_PIN, PUK};
use crate::helper::pausing_pinentry;
use crate::insert_unconfirmed_card;
use crate::questions::declining;
use crate::support::{Host, error, origin, wait_for};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, lchown, symlink};
use std::path::Path;

/// Returns whether the module is loaded where `change` has changed its installation.
fn is_loaded(change: impl FnOnce(&Driver)) -> bool {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    change(&driver);
    let pinentry = declining();
    assert_eq!(error(&driver.unlock(&pinentry)), "cancelled");
    let is_loaded = !driver.calls().is_empty();
    assert_eq!(pinentry.commands().contains("sürücüsü kurulu değil"), !is_loaded, "{}", pinentry.commands());
    is_loaded
}

pub fn set_mode(path: impl AsRef<std::path::Path>, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn module_of_the_administrator_is_loaded() {
    assert!(is_loaded(|_| ()));
}

#[test]
fn writable_module_is_not_loaded() {
    for mode in [0o666, 0o664, 0o646] {
        assert!(!is_loaded(|driver| set_mode(driver.library(), mode)), "{mode:o}");
    }
}

#[test]
fn module_in_a_writable_folder_is_not_loaded() {
    for mode in [0o777, 0o775, 0o757, 0o1777] {
        assert!(!is_loaded(|driver| set_mode(driver.path("lib"), mode)), "{mode:o}");
    }
}

#[test]
fn module_of_another_owner_is_not_loaded() {
    assert!(!is_loaded(|driver| chown(driver.library(), Some(1), None).unwrap()));
    assert!(!is_loaded(|driver| chown(driver.path("lib"), Some(1), None).unwrap()));
}

#[test]
fn link_is_loaded_only_if_all_that_it_leads_through_is_trusted() {
    let link_to = |driver: &Driver, target: &str| {
        fs::rename(driver.library(), driver.path("lib/real.so")).unwrap();
        symlink(target, driver.library()).unwrap();
    };
    assert!(is_loaded(|driver| link_to(driver, "real.so")));
    // The test's own folder is in `/tmp`, where others may create files.
    assert!(!is_loaded(|driver| {
        fs::copy(driver.library(), driver.path("elsewhere.so")).unwrap();
        let target = driver.path("elsewhere.so").display().to_string();
        link_to(driver, &target);
    }));
    assert!(!is_loaded(|driver| {
        link_to(driver, "real.so");
        lchown(driver.library(), Some(1), None).unwrap();
    }));
}

#[test]
fn file_that_is_no_module_is_no_module() {
    for content in [&b""[..], b"not a library"] {
        assert!(!is_loaded(|driver| fs::write(driver.library(), content).unwrap()));
    }
}

/// Environment and arguments name no module.
#[test]
fn no_variable_and_no_argument_names_a_module() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let elsewhere = driver.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(driver.library(), elsewhere.join("libakisp11.so")).unwrap();
    let pinentry = pausing_pinentry(PUK, NEW_PIN);
    let mut command = driver.host(&[&origin()]);
    for name in ["LD_LIBRARY_PATH", "PKCS11_MODULE", "EIMZA_MODULE", "AKIS_MODULE"] {
        command.env(name, &elsewhere);
    }
    command.env("LD_PRELOAD", elsewhere.join("libakisp11.so"));
    let mut host = Host::start_and_greet(command.env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second question", || pinentry.times_asked() == 2);
    let inode = |path: &Path| fs::metadata(path).unwrap().ino();
    let (trusted, other) = (inode(&driver.library()), inode(&elsewhere.join("libakisp11.so")));
    assert!(maps(host.process(), other), "the variables reach the host");
    let helper = driver.process().unwrap();
    assert!(maps(helper, trusted) && !maps(helper, other));
}

/// Returns whether a process has mapped the file with this inode.
fn maps(process: u32, inode: u64) -> bool {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    maps.lines().any(|line| line.split_whitespace().nth(4) == Some(&inode.to_string()))
}

//! A module of the card's maker in the Windows of the tests: `tests/module`, which has the card's codes.

use super::built;
use crate::driver::{NEW_PIN, PIN, PUK, card_certificate};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the program looks for the module, and where that has its files.
const LIBRARY: &str = "windows/system32/akisp11.dll";
const FOLDER: &str = "eimza-test";

/// An installed module; removed when dropped.
pub struct InstalledModule;

impl InstalledModule {
    /// Installs a module that shows the card in the reader.
    pub fn showing_card() -> Self {
        let folder = drive(FOLDER);
        fs::create_dir_all(&folder).unwrap();
        fs::copy(built::module(), drive(LIBRARY)).unwrap();
        for (name, content) in [
            ("akisp11.pin", PIN.as_bytes()),
            ("akisp11.puk", PUK.as_bytes()),
            ("card.der", &card_certificate()),
            ("akisp11.conf", b"token card.der"),
        ] {
            fs::write(folder.join(name), content).unwrap();
        }
        Self
    }

    /// Returns whether the module has set the new PIN.
    pub fn has_new_pin(&self) -> bool {
        fs::read_to_string(drive(FOLDER).join("akisp11.pin")).unwrap() == NEW_PIN
    }
}

impl Drop for InstalledModule {
    fn drop(&mut self) {
        let _ = fs::remove_file(drive(LIBRARY));
        let _ = fs::remove_dir_all(drive(FOLDER));
    }
}

/// Returns a path on drive C.
fn drive(path: &str) -> PathBuf {
    Path::new(&env::var_os("WINEPREFIX").unwrap()).join("drive_c").join(path)
}

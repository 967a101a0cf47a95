//! Diagnostic the programs that can ask.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The name under which a system has its preferred program, then those of the programs with windows:
/// the preferred one may know only a terminal.
const PROGRAMS: [&str; 7] = [
    "pinentry",
    "pinentry-gnome3",
    "pinentry-qt",
    "pinentry-qt5",
    "pinentry-gtk-2",
    "pinentry-gtk",
    "pinentry-fltk",
];

/// The programs on PATH, each name's first. Only absolute folders count: a relative one would let the
/// folder that the browser was started in choose the program that is given the codes.
pub(super) fn pinentries(path: &OsStr) -> impl Iterator<Item = PathBuf> + use<> {
    let folders: Vec<_> = std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
    PROGRAMS.into_iter().filter_map(move |name| {
        folders.iter().map(|folder| folder.join(name)).find(|program| is_program(program))
    })
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, Permissions};

    #[test]
    fn each_names_first_program_in_an_absolute_folder_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let [plain, first, second] = ["plain", "first", "second"].map(|name| folder.path().join(name));
        let place = |folder: &Path, name: &str, mode| {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join(name), "").unwrap();
            fs::set_permissions(folder.join(name), Permissions::from_mode(mode)).unwrap();
        };
        place(&plain, "pinentry", 0o644);
        place(&first, "pinentry", 0o755);
        place(&second, "pinentry", 0o755);
        place(&second, "pinentry-qt", 0o755);
        place(&second, "pinentry-curses", 0o755);
        let path = std::env::join_paths([Path::new("."), Path::new("bin"), &plain, &first, &second]).unwrap();
        let found: Vec<_> = pinentries(&path).collect();
        assert_eq!(found, [first.join("pinentry"), second.join("pinentry-qt")]);
    }

    #[test]
    fn relative_folders_are_passed_over() {
        assert_eq!(pinentries(OsStr::new(".:bin::")).count(), 0);
    }
}

//! Finds the installed pinentry programs.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The system's preferred program, then the graphical ones: the preferred one may only support terminals.
const PROGRAMS: [&str; 7] = [
    "pinentry",
    "pinentry-gnome3",
    "pinentry-qt",
    "pinentry-qt5",
    "pinentry-gtk-2",
    "pinentry-gtk",
    "pinentry-fltk",
];

/// Returns the first program of each name on PATH. Relative folders are skipped: they would let the working
/// directory of the browser determine which program receives the codes.
pub(crate) fn pinentry_programs(path: &OsStr) -> impl Iterator<Item = PathBuf> + use<> {
    let folders: Vec<_> = std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
    PROGRAMS.into_iter().filter_map(move |name| {
        folders.iter().map(|folder| folder.join(name)).find(|program| is_executable(program))
    })
}

fn is_executable(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, Permissions};

    #[test]
    fn returns_the_first_program_of_each_name() {
        let folder = tempfile::tempdir().unwrap();
        let [plain, first, second] = ["plain", "first", "second"].map(|name| folder.path().join(name));
        let add_program = |folder: &Path, name: &str, mode| {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join(name), "").unwrap();
            fs::set_permissions(folder.join(name), Permissions::from_mode(mode)).unwrap();
        };
        add_program(&plain, "pinentry", 0o644);
        add_program(&first, "pinentry", 0o755);
        add_program(&second, "pinentry", 0o755);
        add_program(&second, "pinentry-qt", 0o755);
        add_program(&second, "pinentry-curses", 0o755);
        let path = std::env::join_paths([Path::new("."), Path::new("bin"), &plain, &first, &second]).unwrap();
        let found: Vec<_> = pinentry_programs(&path).collect();
        assert_eq!(found, [first.join("pinentry"), second.join("pinentry-qt")]);
    }

    #[test]
    fn skips_relative_folders() {
        assert_eq!(pinentry_programs(OsStr::new(".:bin::")).count(), 0);
    }
}

//! Finding the program `pinentry`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

#[cfg(windows)]
const PROGRAM: &str = "pinentry.exe";
#[cfg(not(windows))]
const PROGRAM: &str = "pinentry";

/// The first `pinentry` on PATH. Only absolute folders count: a relative one would let the folder
/// that the browser was started in choose the program that is given the codes.
pub(super) fn pinentry(path: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(PROGRAM))
        .find(|program| is_program(program))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_first_program_in_an_absolute_folder_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let [plain, first, second] = ["plain", "first", "second"].map(|name| folder.path().join(name));
        for (place, mode) in [(&plain, 0o644), (&first, 0o755), (&second, 0o755)] {
            fs::create_dir(place).unwrap();
            fs::write(place.join("pinentry"), "").unwrap();
            fs::set_permissions(place.join("pinentry"), Permissions::from_mode(mode)).unwrap();
        }
        let path = std::env::join_paths([Path::new("."), Path::new("bin"), &plain, &first, &second]).unwrap();
        assert_eq!(pinentry(&path), Some(first.join("pinentry")));
    }

    #[test]
    fn relative_folders_are_passed_over() {
        assert_eq!(pinentry(OsStr::new(".:bin::")), None);
    }
}

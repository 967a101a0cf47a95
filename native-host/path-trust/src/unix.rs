//! Owners and permissions of each part of a path.

use crate::PathFault;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

/// As many links as Linux follows in one path (path_resolution(7)).
const MAX_LINKS: usize = 40;

/// Write permission of group and others. Where a file has an access control list, the group bits show what it
/// grants at most (acl(5)).
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// In such a folder only the owner of an entry can rename or remove it (inode(7)).
const STICKY: u32 = 0o1000;

/// The owners who may own system-wide files.
#[derive(Debug, Clone)]
pub struct TrustedOwners(HashSet<u32>);

impl TrustedOwners {
    /// Returns the administrator, root.
    #[must_use]
    pub fn administrator() -> Self {
        Self([Some(0), unmapped_owner()].into_iter().flatten().collect())
    }

    /// Returns root and the user who runs the tests.
    #[cfg(any(test, feature = "test-owners"))]
    #[must_use]
    pub fn in_tests() -> Self {
        Self([0, rustix::process::geteuid().as_raw()].into_iter().chain(unmapped_owner()).collect())
    }

    /// Checks every part of an absolute path, those of links included. Parts that do not exist are not
    /// checked, but nobody else may be able to create them.
    ///
    /// # Errors
    /// The first part that somebody else can change, or that cannot be examined.
    pub fn check(&self, path: &Path) -> Result<(), PathFault> {
        self.resolve(path, true).map(drop)
    }

    /// Returns the real path of a file that nobody else can change or replace: no part of it is writable for
    /// others, not even a sticky folder.
    ///
    /// # Errors
    /// The first part that somebody else can change, or that is missing or not a file.
    pub fn real_file(&self, path: &Path) -> Result<PathBuf, PathFault> {
        let resolved = self.resolve(path, false)?;
        match fs::symlink_metadata(&resolved) {
            Ok(data) if data.is_file() => Ok(resolved),
            Ok(_) => Err(PathFault::Failed(resolved, ErrorKind::InvalidInput)),
            Err(error) => Err(PathFault::Failed(resolved, error.kind())),
        }
    }

    /// Follows a path and checks every part; returns the part that it leads to, or the last one that exists.
    fn resolve(&self, path: &Path, may_be_sticky: bool) -> Result<PathBuf, PathFault> {
        let mut resolved = PathBuf::from("/");
        self.check_entry(&resolved, may_be_sticky)?;
        let mut remaining = parts(path);
        let mut links = 0;
        while let Some(name) = remaining.pop() {
            if name == ".." {
                resolved.pop();
                continue;
            }
            let entry = resolved.join(&name);
            let Some(data) = self.check_entry(&entry, may_be_sticky)? else {
                Self::check_closed(&resolved)?;
                return if may_be_sticky {
                    Ok(resolved)
                } else {
                    Err(PathFault::Failed(entry, ErrorKind::NotFound))
                };
            };
            if !data.is_symlink() {
                resolved = entry;
                continue;
            }
            links += 1;
            if links > MAX_LINKS {
                return Err(PathFault::Failed(entry, ErrorKind::InvalidFilename));
            }
            let target = fs::read_link(&entry).map_err(|error| PathFault::Failed(entry, error.kind()))?;
            if target.is_absolute() {
                resolved = PathBuf::from("/");
            }
            remaining.extend(parts(&target));
        }
        Ok(resolved)
    }

    /// Checks a folder in which a file is created or replaced, which may not exist yet.
    ///
    /// # Errors
    /// Those of [`Self::check`], and the folder itself if others may create files in it.
    pub fn check_folder(&self, folder: &Path) -> Result<(), PathFault> {
        self.check(folder)?;
        if folder.exists() { Self::check_closed(folder) } else { Ok(()) }
    }

    /// Checks owner and permissions of one entry; returns `None` if it does not exist.
    fn check_entry(&self, entry: &Path, may_be_sticky: bool) -> Result<Option<Metadata>, PathFault> {
        let data = match fs::symlink_metadata(entry) {
            Ok(data) => data,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PathFault::Failed(entry.to_owned(), error.kind())),
        };
        // Links have no permissions of their own.
        let is_protected = data.is_symlink()
            || data.mode() & WRITABLE_BY_OTHERS == 0
            || (may_be_sticky && data.is_dir() && data.mode() & STICKY != 0);
        if is_protected && self.0.contains(&data.uid()) {
            Ok(Some(data))
        } else {
            Err(PathFault::Unsafe(entry.to_owned()))
        }
    }

    /// Checks that others may create nothing in a folder, not even in a sticky one.
    fn check_closed(folder: &Path) -> Result<(), PathFault> {
        match fs::metadata(folder) {
            Ok(data) if data.mode() & WRITABLE_BY_OTHERS == 0 => Ok(()),
            Ok(_) => Err(PathFault::Unsafe(folder.to_owned())),
            Err(error) => Err(PathFault::Failed(folder.to_owned(), error.kind())),
        }
    }
}

/// Returns the names of a path, the last one first.
fn parts(path: &Path) -> Vec<OsString> {
    let names = path.components().rev().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    names.collect()
}

/// Returns the owner that stands for root in a user namespace to which root does not belong. It also stands
/// for all other users outside, so it is accepted there only.
fn unmapped_owner() -> Option<u32> {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    if !is_root_unmapped(&read("/proc/self/uid_map")) {
        return None;
    }
    read("/proc/sys/kernel/overflowuid").trim().parse().ok()
}

/// Returns whether a map of user numbers (user_namespaces(7): lines of number inside, number outside, count)
/// leaves out root of the namespace outside. Outside of a user namespace everybody is mapped; a map that cannot
/// be read counts as that.
fn is_root_unmapped(map: &str) -> bool {
    let outside = |line: &str| line.split_whitespace().nth(1).map(str::to_owned);
    !map.trim().is_empty() && map.lines().all(|line| outside(line).is_some_and(|first| first != "0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::TempDir;

    #[test]
    fn overflow_owner_stands_for_root_only_where_root_is_not_mapped() {
        for (map, is_unmapped) in [
            ("         0          0 4294967295\n", false),
            ("0 0 1\n", false),
            ("1000 0 1\n", false),
            ("0 1000 1\n1 0 1\n", false),
            ("", false),
            ("unreadable\n", false),
            ("0 1000 1\n", true),
            ("0 1000 1\n1 100000 65536\n", true),
        ] {
            assert_eq!(is_root_unmapped(map), is_unmapped, "{map:?}");
        }
    }

    /// A folder with `program/eimza-host`, in which only its owner may write.
    fn folder() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        fs::create_dir(path.join("program")).unwrap();
        fs::write(path.join("program/eimza-host"), "").unwrap();
        for entry in ["program", "program/eimza-host"] {
            set_mode(&path.join(entry), 0o755);
        }
        (folder, path)
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn unsafe_part(result: Result<(), PathFault>) -> Option<PathBuf> {
        match result {
            Ok(()) => None,
            Err(PathFault::Unsafe(path)) => Some(path),
            Err(PathFault::Failed(path, kind)) => panic!("{}: {kind}", path.display()),
        }
    }

    fn check(path: &Path) -> Option<PathBuf> {
        unsafe_part(TrustedOwners::in_tests().check(path))
    }

    #[test]
    fn path_that_only_its_owner_can_change_is_trusted() {
        let (_folder, path) = folder();
        assert_eq!(check(&path.join("program/eimza-host")), None);
        assert_eq!(check(&path.join("program/../program/eimza-host")), None);
        assert_eq!(check(&path.join("missing/below")), None);
        assert_eq!(unsafe_part(TrustedOwners::in_tests().check_folder(&path.join("program"))), None);
    }

    #[test]
    fn each_part_that_others_may_write_to_is_named() {
        for part in ["program/eimza-host", "program", ""] {
            for mode in [0o775, 0o757, 0o777] {
                let (_folder, path) = folder();
                set_mode(&path.join(part), mode);
                let expected = path.join(part);
                assert_eq!(check(&path.join("program/eimza-host")), Some(expected), "{part} {mode:o}");
            }
        }
    }

    #[test]
    fn sticky_folder_protects_what_exists_in_it_only() {
        let (_folder, path) = folder();
        set_mode(&path.join("program"), 0o1777);
        assert_eq!(check(&path.join("program/eimza-host")), None);
        assert_eq!(check(&path.join("program/missing")), Some(path.join("program")));
        let folder = TrustedOwners::in_tests().check_folder(&path.join("program"));
        assert_eq!(unsafe_part(folder), Some(path.join("program")));
    }

    #[test]
    fn part_of_another_owner_is_named() {
        let (_folder, path) = folder();
        let nobody = TrustedOwners([0x7FFF_FFFF].into());
        assert_eq!(unsafe_part(nobody.check(&path)), Some("/".into()));
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(path.join("program"), Some(1), None).unwrap();
            assert_eq!(check(&path.join("program/eimza-host")), Some(path.join("program")));
        }
    }

    #[test]
    fn links_are_followed_and_their_targets_are_checked() {
        let (_folder, path) = folder();
        symlink("program/eimza-host", path.join("relative")).unwrap();
        symlink(path.join("relative"), path.join("absolute")).unwrap();
        assert_eq!(check(&path.join("absolute")), None);
        set_mode(&path.join("program"), 0o777);
        assert_eq!(check(&path.join("absolute")), Some(path.join("program")));
        symlink("loop", path.join("loop")).unwrap();
        let circular = TrustedOwners::in_tests().check(&path.join("loop"));
        assert!(matches!(circular, Err(PathFault::Failed(..))), "{circular:?}");
    }

    #[test]
    fn link_of_another_owner_is_named() {
        if !rustix::process::geteuid().is_root() {
            return; // only root can give a link away
        }
        let (_folder, path) = folder();
        symlink("program/eimza-host", path.join("link")).unwrap();
        std::os::unix::fs::lchown(path.join("link"), Some(1), None).unwrap();
        assert_eq!(check(&path.join("link")), Some(path.join("link")));
    }

    fn real_file(path: &Path) -> Result<PathBuf, PathFault> {
        TrustedOwners::in_tests().real_file(path)
    }

    /// A folder in the home folder of whoever runs the tests: no sticky folder such as `/tmp` contains it.
    fn closed_folder() -> (TempDir, PathBuf) {
        let home = std::env::home_dir().unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let folder = tempfile::tempdir_in(home).unwrap();
        let path = folder.path().canonicalize().unwrap();
        fs::write(path.join("library"), "").unwrap();
        set_mode(&path.join("library"), 0o644);
        (folder, path)
    }

    #[test]
    fn real_file_is_that_behind_all_links() {
        let (_folder, path) = closed_folder();
        symlink("library", path.join("one")).unwrap();
        symlink(path.join("one"), path.join("two")).unwrap();
        assert_eq!(real_file(&path.join("two")), Ok(path.join("library")));
        fs::create_dir(path.join("folder")).unwrap();
        assert_eq!(real_file(&path.join("folder/../library")), Ok(path.join("library")));
    }

    #[test]
    fn real_file_exists_and_is_a_file() {
        let (_folder, path) = closed_folder();
        let missing = path.join("missing");
        assert_eq!(real_file(&missing), Err(PathFault::Failed(missing.clone(), ErrorKind::NotFound)));
        assert_eq!(real_file(&path), Err(PathFault::Failed(path.clone(), ErrorKind::InvalidInput)));
    }

    #[test]
    fn real_file_is_in_no_folder_that_others_may_write_to() {
        let (_folder, path) = closed_folder();
        for mode in [0o1777, 0o777, 0o775] {
            set_mode(&path, mode);
            assert_eq!(real_file(&path.join("library")), Err(PathFault::Unsafe(path.clone())), "{mode:o}");
        }
        set_mode(&path, 0o755);
        set_mode(&path.join("library"), 0o666);
        assert_eq!(real_file(&path.join("library")), Err(PathFault::Unsafe(path.join("library"))));
    }

    #[test]
    fn real_file_behind_a_link_is_checked_where_it_is() {
        let (_folder, path) = closed_folder();
        let (_other, elsewhere) = folder();
        symlink(elsewhere.join("program/eimza-host"), path.join("link")).unwrap();
        set_mode(&elsewhere.join("program"), 0o777);
        let fault = real_file(&path.join("link")).unwrap_err();
        assert!(!fault.path().starts_with(&path), "{fault:?}");
    }

    #[test]
    fn as_many_links_are_followed_as_the_system_follows() {
        let (_folder, path) = closed_folder();
        symlink("library", path.join("1")).unwrap();
        for number in 2..=MAX_LINKS + 1 {
            symlink((number - 1).to_string(), path.join(number.to_string())).unwrap();
        }
        assert_eq!(real_file(&path.join(MAX_LINKS.to_string())), Ok(path.join("library")));
        assert!(real_file(&path.join((MAX_LINKS + 1).to_string())).is_err());
    }

    #[test]
    fn part_that_cannot_be_examined_is_named() {
        let (_folder, path) = folder();
        let below_a_file = path.join("program/eimza-host/below");
        let fault = TrustedOwners::in_tests().check(&below_a_file);
        assert_eq!(fault, Err(PathFault::Failed(below_a_file, ErrorKind::NotADirectory)));
    }
}

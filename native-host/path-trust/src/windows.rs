//! Owners and rights of each part of a path on Windows.
#![expect(unsafe_code, reason = "security descriptors have no safe interface")]

use crate::PathFault;
use crate::security_descriptor::{SecurityDescriptor, Sid};
use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::os::windows::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use windows_sys::Win32::Foundation::{ERROR_INSUFFICIENT_BUFFER, GENERIC_ALL, GENERIC_WRITE};
use windows_sys::Win32::Security::{DACL_SECURITY_INFORMATION, GetFileSecurityW, OWNER_SECURITY_INFORMATION};
use windows_sys::Win32::Storage::FileSystem::{
    DELETE, FILE_APPEND_DATA, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, FILE_WRITE_DATA, FILE_WRITE_EA,
    WRITE_DAC, WRITE_OWNER,
};

/// The rights to remove or replace an entry, or to give oneself more rights.
const REPLACE: u32 = DELETE | WRITE_DAC | WRITE_OWNER | FILE_DELETE_CHILD | GENERIC_WRITE | GENERIC_ALL;

/// The rights to change a file, or what is in a folder. For folders the first two create entries.
const CHANGE: u32 = REPLACE | FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES;

/// The owners who may own system-wide files.
#[derive(Debug, Clone)]
pub struct TrustedOwners(HashSet<Sid>);

impl TrustedOwners {
    /// Returns the administrators, the system, and the service that installs Windows' own files (Microsoft Learn,
    /// “Well-known SIDs”; the last one is derived from the name of the service). A right of the owner is one of those.
    #[must_use]
    pub fn administrator() -> Self {
        const NT: u64 = 5;
        let installer = [80, 956_008_885, 3_418_522_649, 1_831_038_044, 1_853_292_631, 2_271_478_464];
        let owner_rights = Sid::new(3, &[4]);
        Self([Sid::new(NT, &[32, 544]), Sid::new(NT, &[18]), Sid::new(NT, &installer), owner_rights].into())
    }

    /// Returns those and the owner of the running program, who runs the tests.
    #[cfg(any(test, feature = "test-owners"))]
    #[must_use]
    pub fn in_tests() -> Self {
        let mut owners = Self::administrator();
        let own = std::env::current_exe().and_then(|program| security_descriptor(&program));
        owners.0.extend(own.map(|descriptor| descriptor.owner));
        owners
    }

    /// Returns the real path of a file that nobody else can change or replace: neither the file nor its folder is
    /// writable for others, and no folder above can be replaced by them. A link that leads to another folder is not
    /// followed.
    ///
    /// # Errors
    /// The first part that somebody else can change, or that is missing or not a file.
    pub fn real_file(&self, path: &Path) -> Result<PathBuf, PathFault> {
        let (file, folder) = (real(path)?, real(path.parent().unwrap_or(path))?);
        if file.parent() != Some(&folder) {
            return Err(PathFault::Unsafe(file));
        }
        if !file.is_file() {
            return Err(PathFault::Failed(file, ErrorKind::InvalidInput));
        }
        for (index, part) in file.ancestors().enumerate() {
            let descriptor =
                security_descriptor(part).map_err(|error| PathFault::Failed(part.into(), error.kind()))?;
            let rights = if index < 2 { CHANGE } else { REPLACE };
            if descriptor.is_open_to_others(rights, |sid| self.0.contains(sid)) {
                return Err(PathFault::Unsafe(part.into()));
            }
        }
        Ok(file)
    }
}

fn real(path: &Path) -> Result<PathBuf, PathFault> {
    path.canonicalize().map_err(|error| PathFault::Failed(path.to_owned(), error.kind()))
}

/// Reads the security descriptor of a file or a folder.
fn security_descriptor(path: &Path) -> io::Result<SecurityDescriptor> {
    let path: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    let mut bytes = Vec::<u8>::new();
    // Once for the length; the descriptor may grow meanwhile.
    for _ in 0..4 {
        let mut length = 0;
        // SAFETY: the path ends with a NUL, and the buffer has the stated length.
        let result = unsafe {
            GetFileSecurityW(
                path.as_ptr(),
                OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                bytes.as_mut_ptr().cast(),
                bytes.len() as u32,
                &raw mut length,
            )
        };
        if result != 0 {
            return SecurityDescriptor::read(&bytes).ok_or(ErrorKind::InvalidData.into());
        }
        let error = io::Error::last_os_error();
        if error.raw_os_error() != Some(ERROR_INSUFFICIENT_BUFFER as i32) {
            return Err(error);
        }
        bytes.resize(length as usize, 0);
    }
    Err(ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn file_of_the_user_is_not_one_of_the_administrator() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("library");
        fs::write(&file, "").unwrap();
        let found = TrustedOwners::administrator().real_file(&file);
        assert_eq!(found, Err(PathFault::Unsafe(file.canonicalize().unwrap())));
    }

    #[test]
    fn real_file_exists_and_is_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        let owners = TrustedOwners::in_tests();
        assert_eq!(owners.real_file(&missing), Err(PathFault::Failed(missing.clone(), ErrorKind::NotFound)));
        let below = folder.path().join("below");
        fs::create_dir(&below).unwrap();
        let expected = PathFault::Failed(below.canonicalize().unwrap(), ErrorKind::InvalidInput);
        assert_eq!(owners.real_file(&below), Err(expected));
    }
}

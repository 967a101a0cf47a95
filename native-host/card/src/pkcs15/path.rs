//! The `Path` type of PKCS#15 (ISO 7816-15, section 7.3): file identifiers, and optionally a part of the
//! file.

use crate::iso7816::select::{FileName, MASTER_FILE};
use crate::iso7816::tlv::{find, unsigned};
use alloc::vec::Vec;

/// `SEQUENCE { OCTET STRING path, INTEGER index OPTIONAL, [0] INTEGER length OPTIONAL }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    identifiers: Vec<u8>,
    index: usize,
    length: Option<usize>,
}

/// The maximum length of a path in bytes: eight levels, more than any card uses.
const MAX_LENGTH: usize = 16;

impl Path {
    /// Reads the path in the first SEQUENCE of `object`; `None` if it does not identify a file.
    pub(crate) fn in_object(object: &[u8]) -> Option<Self> {
        let fields = find(object, 0x30)?;
        let identifiers = find(fields, 0x04)?;
        let number = |tag| Some(usize::try_from(unsigned(find(fields, tag)?)?).unwrap_or(usize::MAX));
        let is_valid = (2..=MAX_LENGTH).contains(&identifiers.len()) && identifiers.len().is_multiple_of(2);
        is_valid.then(|| Self {
            identifiers: identifiers.to_vec(),
            index: number(0x02).unwrap_or(0),
            length: number(0x80),
        })
    }

    /// Returns the file identifiers below the master file if the path starts there.
    pub(crate) fn absolute(&self) -> Option<&[u8]> {
        self.identifiers.strip_prefix(MASTER_FILE)
    }

    /// Returns the name for SELECT of a path that starts in the current directory.
    pub(crate) fn relative_name(&self) -> FileName<'_> {
        match self.identifiers[..] {
            [_, _] => FileName::FileIdentifier(&self.identifiers),
            _ => FileName::PathFromCurrentDf(&self.identifiers),
        }
    }

    /// Returns whether the part starts with the first byte of the file.
    pub(crate) fn starts_at_first_byte(&self) -> bool {
        self.index == 0
    }

    /// Returns whether both paths identify the same file or directory.
    pub(crate) fn is_same_file(&self, other: &Self) -> bool {
        self.identifiers == other.identifiers
    }

    /// Cuts out the part of the file that the path refers to; `None` if the file ends before it.
    pub(crate) fn part_of(&self, mut file: Vec<u8>) -> Option<Vec<u8>> {
        if self.index > file.len() {
            return None;
        }
        file.drain(..self.index);
        file.truncate(self.length.unwrap_or(usize::MAX));
        Some(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;
    use alloc::{format, vec};

    fn path(hex: &str) -> Option<Path> {
        Path::in_object(&unhex(hex))
    }

    #[test]
    fn distinguishes_absolute_from_relative_paths() {
        let absolute = path("300804063F0050154401").unwrap();
        assert_eq!(absolute.absolute(), Some(&[0x50, 0x15, 0x44, 0x01][..]));
        let relative = path("300404024401").unwrap();
        assert_eq!(relative.absolute(), None);
        assert!(matches!(relative.relative_name(), FileName::FileIdentifier(&[0x44, 0x01])));
    }

    #[test]
    fn cuts_out_a_part_of_the_file() {
        let part = path("300A 04024401 020102 800103").unwrap();
        assert_eq!(part.part_of(vec![0, 1, 2, 3, 4, 5]), Some(vec![2, 3, 4]));
        assert_eq!(part.part_of(vec![0, 1, 2]), Some(vec![2]));
        assert_eq!(part.part_of(vec![0]), None);
        assert_eq!(path("300404024401").unwrap().part_of(vec![7, 8]), Some(vec![7, 8]));
    }

    #[test]
    fn rejects_paths_without_complete_file_identifiers() {
        for hex in ["", "3000", "30020400", "3003040144", "30050403440102"] {
            assert_eq!(path(hex), None, "{hex}");
        }
        assert_eq!(path(&format!("301404 12{}", "3F00".repeat(9))), None);
    }
}

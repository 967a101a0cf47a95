//! Where an object of a PKCS#15 application lies (ISO 7816-15, section 7.3): file identifiers, and a part
//! of the file.

use crate::tlv::{find, unsigned};

/// `SEQUENCE { OCTET STRING path, INTEGER index OPTIONAL, [0] INTEGER length OPTIONAL }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    identifiers: Vec<u8>,
    index: usize,
    length: Option<usize>,
}

/// The root of the file system: its identifier (ISO 7816-4, section 5.3.1).
pub(crate) const MASTER_FILE: &[u8] = &[0x3F, 0x00];

/// Eight levels; no card nests deeper.
const LONGEST: usize = 16;

impl Path {
    /// The path in the sequence that is the first one of `object`; none where it names no file.
    pub(crate) fn in_object(object: &[u8]) -> Option<Self> {
        let fields = find(object, 0x30)?;
        let identifiers = find(fields, 0x04)?;
        let number = |tag| Some(usize::try_from(unsigned(find(fields, tag)?)?).unwrap_or(usize::MAX));
        let fits = (2..=LONGEST).contains(&identifiers.len()) && identifiers.len().is_multiple_of(2);
        fits.then(|| Self {
            identifiers: identifiers.to_vec(),
            index: number(0x02).unwrap_or(0),
            length: number(0x80),
        })
    }

    /// The identifiers below the master file, where it begins there.
    pub(crate) fn absolute(&self) -> Option<&[u8]> {
        self.identifiers.strip_prefix(MASTER_FILE)
    }

    /// The identifiers below the application's directory, where it begins there.
    pub(crate) fn relative(&self) -> &[u8] {
        &self.identifiers
    }

    /// Whether the file's first byte is meant.
    pub(crate) fn begins_its_file(&self) -> bool {
        self.index == 0
    }

    /// Whether both name the same file or directory.
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        self.identifiers == other.identifiers
    }

    /// The part of the file that is meant; none where the file ends before it.
    pub(crate) fn part(&self, mut file: Vec<u8>) -> Option<Vec<u8>> {
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
    use crate::scripted::unhex;

    fn path(hex: &str) -> Option<Path> {
        Path::in_object(&unhex(hex))
    }

    #[test]
    fn a_path_begins_at_the_master_file_or_in_the_application() {
        let absolute = path("300804063F0050154401").unwrap();
        assert_eq!(absolute.absolute(), Some(&[0x50, 0x15, 0x44, 0x01][..]));
        let relative = path("300404024401").unwrap();
        assert_eq!((relative.absolute(), relative.relative()), (None, &[0x44, 0x01][..]));
    }

    #[test]
    fn a_part_of_a_file_is_cut_out() {
        let part = path("300A 04024401 020102 800103").unwrap();
        assert_eq!(part.part(vec![0, 1, 2, 3, 4, 5]), Some(vec![2, 3, 4]));
        assert_eq!(part.part(vec![0, 1, 2]), Some(vec![2]));
        assert_eq!(part.part(vec![0]), None);
        assert_eq!(path("300404024401").unwrap().part(vec![7, 8]), Some(vec![7, 8]));
    }

    #[test]
    fn what_names_no_file_is_no_path() {
        for hex in ["", "3000", "30020400", "3003040144", "30050403440102"] {
            assert_eq!(path(hex), None, "{hex}");
        }
        assert_eq!(path(&format!("301404 12{}", "3F00".repeat(9))), None);
    }
}

//! Selecting and reading the transparent files of a card (ISO 7816-4, sections 7.1.1 and 7.2.3).

use crate::apdu::{Command, exchange};
use crate::{LinkError, StatusWord, Transport};

/// How a file is named in SELECT.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name<'a> {
    /// A two-byte file identifier below the current directory.
    Id(&'a [u8]),
    /// An application identifier or other directory name.
    Directory(&'a [u8]),
    /// File identifiers from the master file on, itself left out.
    Path(&'a [u8]),
}

/// A file larger than this is read no further: no PKCS#15 directory comes near it.
const LARGEST: usize = 16 * 1024;

/// Selects; the card's status word says whether the file is there.
pub(crate) fn select(card: &mut dyn Transport, name: Name<'_>) -> Result<StatusWord, LinkError> {
    let (p1, data) = match name {
        Name::Id(id) => (0x00, id),
        Name::Directory(name) => (0x04, name),
        Name::Path(path) => (0x08, path),
    };
    Ok(exchange(card, Command { ins: 0xA4, p1, p2: 0x00, data, le: Some(0) })?.status)
}

/// Reads a whole file; none where it is not there or may not be read.
pub(crate) fn read(card: &mut dyn Transport, name: Name<'_>) -> Result<Option<Vec<u8>>, LinkError> {
    if select(card, name)? != StatusWord::Ok {
        return Ok(None);
    }
    let mut content = Vec::new();
    while content.len() < LARGEST {
        // Below 0x8000, as READ BINARY with an offset in P1-P2 demands.
        let [p1, p2] = u16::try_from(content.len()).unwrap_or_default().to_be_bytes();
        let part = exchange(card, Command { ins: 0xB0, p1, p2, data: &[], le: Some(0) })?;
        let complete = part.data.len() < 256;
        match part.status {
            StatusWord::Ok | StatusWord::EndOfFile => content.extend(part.data),
            StatusWord::WrongOffset if !content.is_empty() => break,
            _ if content.is_empty() => return Ok(None),
            _ => break,
        }
        if complete {
            break;
        }
    }
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::Script;

    #[test]
    fn a_file_longer_than_one_answer_is_read_to_its_end() {
        let full = "AB".repeat(256) + "9000";
        let mut card =
            Script::new(&[("00A40000025031 00", "9000"), ("00B0000000", &full), ("00B0010000", "CD9000")]);
        let content = read(&mut card, Name::Id(&[0x50, 0x31])).unwrap().unwrap();
        assert_eq!(content.len(), 257);
    }

    #[test]
    fn a_file_that_ends_with_a_full_answer_is_complete() {
        let full = "AB".repeat(256) + "9000";
        let mut card =
            Script::new(&[("00A40000025031 00", "9000"), ("00B0000000", &full), ("00B0010000", "6B00")]);
        let content = read(&mut card, Name::Id(&[0x50, 0x31])).unwrap().unwrap();
        assert_eq!(content.len(), 256);
    }

    #[test]
    fn missing_and_protected_files_are_none() {
        let mut missing = Script::new(&[("00A40000025031 00", "6A82")]);
        assert_eq!(read(&mut missing, Name::Id(&[0x50, 0x31])), Ok(None));
        let mut protected = Script::new(&[("00A40000025031 00", "9000"), ("00B0000000", "6982")]);
        assert_eq!(read(&mut protected, Name::Id(&[0x50, 0x31])), Ok(None));
    }
}

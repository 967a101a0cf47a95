//! Selecting and reading the transparent files of a card (ISO 7816-4, sections 7.1.1 and 7.2.3).

use crate::apdu::{Command, Response, exchange};
use crate::tlv::{find, objects, unsigned};
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
    Ok(select_with_answer(card, name)?.status)
}

/// Selects; the answer carries the control information.
pub(crate) fn select_with_answer(card: &mut dyn Transport, name: Name<'_>) -> Result<Response, LinkError> {
    let (p1, data) = match name {
        Name::Id(id) => (0x00, id),
        Name::Directory(name) => (0x04, name),
        Name::Path(path) => (0x08, path),
    };
    exchange(card, Command { ins: 0xA4, p1, p2: 0x00, data, le: Some(0) })
}

/// The number of bytes in a file, from its control information (ISO 7816-4, section 5.3.3: template
/// 6F or 62, object 80 or 81).
fn size(control_information: &[u8]) -> Option<usize> {
    let template = objects(control_information).find(|object| matches!(object.tag, 0x6F | 0x62))?;
    let bytes = find(template.value, 0x80).or_else(|| find(template.value, 0x81))?;
    usize::try_from(unsigned(bytes)?).ok()
}

/// Reads a whole file; none where it is not there or may not be read.
pub(crate) fn read(card: &mut dyn Transport, name: Name<'_>) -> Result<Option<Vec<u8>>, LinkError> {
    let selected = select_with_answer(card, name)?;
    if selected.status != StatusWord::Ok {
        return Ok(None);
    }
    // Cards and readers may give less than was asked for: only the size, or a part that says so,
    // tells the end.
    let size = size(&selected.data).unwrap_or(LARGEST).min(LARGEST);
    let mut content = Vec::new();
    while content.len() < size {
        // Below 0x8000, as READ BINARY with an offset in P1-P2 demands.
        let [p1, p2] = u16::try_from(content.len()).unwrap_or_default().to_be_bytes();
        let part = exchange(card, Command { ins: 0xB0, p1, p2, data: &[], le: Some(0) })?;
        match part.status {
            StatusWord::Ok if !part.data.is_empty() => content.extend(part.data),
            StatusWord::EndOfFile => {
                content.extend(part.data);
                break;
            }
            StatusWord::Ok => break,
            _ if content.is_empty() => return Ok(None),
            _ => break,
        }
    }
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::Script;

    const SELECT: &str = "00A40000025031 00";

    fn content(lines: &[(&str, &str)]) -> Option<Vec<u8>> {
        read(&mut Script::new(lines), Name::Id(&[0x50, 0x31])).unwrap()
    }

    #[test]
    fn a_file_is_read_to_the_size_that_the_card_tells() {
        let full = "AB".repeat(256) + "9000";
        let lines = [(SELECT, "6F0480020101 9000"), ("00B0000000", &full), ("00B0010000", "CD9000")];
        assert_eq!(content(&lines).unwrap().len(), 257);
    }

    /// A part of less than 256 bytes was taken for the end of the file.
    #[test]
    fn a_card_that_gives_short_parts_is_asked_for_the_rest() {
        let lines = [(SELECT, "6204 80020003 9000"), ("00B0000000", "AABB9000"), ("00B0000200", "CC9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA, 0xBB, 0xCC]);
    }

    #[test]
    fn without_a_size_the_card_says_where_the_file_ends() {
        for end in ["6B00", "9000", "6282"] {
            let lines = [(SELECT, "9000"), ("00B0000000", "AA9000"), ("00B0000100", end)];
            assert_eq!(content(&lines).unwrap(), [0xAA], "{end}");
        }
        assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", "AA6282")]).unwrap(), [0xAA]);
    }

    #[test]
    fn missing_and_protected_files_are_none() {
        assert_eq!(content(&[(SELECT, "6A82")]), None);
        assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", "6982")]), None);
    }
}

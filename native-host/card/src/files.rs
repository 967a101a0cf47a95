//! Selecting and reading the transparent files of a card (ISO 7816-4, sections 7.1.1 and 7.2.3).

use crate::apdu::{Command, Le, Response, exchange};
use crate::path::MASTER_FILE;
use crate::tlv::{find, objects, unsigned};
use crate::{StatusWord, Transport, TransportError};

/// How a file is named in SELECT.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name<'a> {
    /// A two-byte file identifier below the current directory.
    Id(&'a [u8]),
    /// An application identifier or other directory name.
    Directory(&'a [u8]),
    /// File identifiers from the master file on, itself left out.
    Path(&'a [u8]),
    /// File identifiers from the current directory on, itself left out.
    Below(&'a [u8]),
}

/// How a card wants files to be named: as ISO 7816-4 says, unless it refused that and took the other.
///
/// The first AKİS tells files from directories in P1 and wants paths with the master file in them
/// (CERTAIN: OpenSC's driver, written by the card's maker); other generations may too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Manner {
    file_has_its_own_p1: bool,
    paths_begin_with_master_file: bool,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// No answer.
    Transport(TransportError),
    /// The card neither gave it nor said that it is missing or protected.
    Failed(StatusWord),
}

impl From<TransportError> for ReadError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// The most that OpenSC's driver asks of the first AKİS.
const OPENSCS: Le = Le::Short(244);

/// A file larger than this is read no further: no PKCS#15 directory comes near it.
const LARGEST: usize = 16 * 1024;

/// Selects; the answer carries the control information, the status word says whether it is there.
pub(crate) fn select(
    card: &mut dyn Transport,
    name: Name<'_>,
    manner: &mut Manner,
) -> Result<Response, TransportError> {
    let mut ask =
        |p1, data| exchange(card, Command { ins: 0xA4, p1, p2: 0x00, data, le: Some(Le::Short(0)) });
    let (other, way, usual, unusual) = match name {
        Name::Directory(name) => return ask(0x04, name),
        Name::Below(path) => return ask(0x09, path),
        Name::Path([]) => return ask(0x00, MASTER_FILE),
        Name::Id(id) => {
            let way = &mut manner.file_has_its_own_p1;
            (*way, way, (0x00, id.to_vec()), (0x02, id.to_vec()))
        }
        Name::Path(path) => {
            let way = &mut manner.paths_begin_with_master_file;
            (*way, way, (0x08, path.to_vec()), (0x08, [MASTER_FILE, path].concat()))
        }
    };
    let (first, second) = if other { (unusual, usual) } else { (usual, unusual) };
    let refused = ask(first.0, &first.1)?;
    if refused.status == StatusWord::Ok {
        return Ok(refused);
    }
    let answer = ask(second.0, &second.1)?;
    match answer.status {
        StatusWord::Ok => *way = !other,
        StatusWord::FileNotFound => {}
        // It does not know this way at all: what it said to the other counts.
        _ => return Ok(refused),
    }
    Ok(answer)
}

/// An object of the control information that SELECT gives (ISO 7816-4, section 5.3.3: template 6F or 62).
pub(crate) fn in_control_information(control_information: &[u8], tag: u16) -> Option<&[u8]> {
    let template = objects(control_information).find(|object| matches!(object.tag, 0x6F | 0x62))?;
    find(template.value, tag)
}

/// The number of bytes in a file (ISO 7816-4, section 5.3.3: object 80 or 81).
fn size(control_information: &[u8]) -> Option<usize> {
    let object = |tag| in_control_information(control_information, tag);
    let bytes = object(0x80).or_else(|| object(0x81))?;
    usize::try_from(unsigned(bytes)?).ok()
}

/// Reads a whole file; none where it is not there or may not be read.
pub(crate) fn read(
    card: &mut dyn Transport,
    name: Name<'_>,
    manner: &mut Manner,
) -> Result<Option<Vec<u8>>, ReadError> {
    read_in_parts(card, name, manner, &[Le::Short(0), OPENSCS], |_| None)
}

/// Reads a file as [`read`] does for as many bytes as its own beginning says, where it says so; at once where card and
/// reader take `extended` lengths.
pub(crate) fn read_large(
    card: &mut dyn Transport,
    name: Name<'_>,
    manner: &mut Manner,
    extended: bool,
    wanted: impl Fn(&[u8]) -> Option<usize>,
) -> Result<Option<Vec<u8>>, ReadError> {
    let lengths = [Le::Extended, Le::Short(0), OPENSCS];
    read_in_parts(card, name, manner, if extended { &lengths } else { &lengths[1..] }, wanted)
}

/// `lengths` are tried in turn until the card gives something.
fn read_in_parts(
    card: &mut dyn Transport,
    name: Name<'_>,
    manner: &mut Manner,
    lengths: &[Le],
    wanted: impl Fn(&[u8]) -> Option<usize>,
) -> Result<Option<Vec<u8>>, ReadError> {
    let selected = select(card, name, manner)?;
    if selected.status != StatusWord::Ok {
        return missing_or_failed(selected.status);
    }
    // Cards and readers may give less than was asked for: only the size, or a part that says so,
    // tells the end.
    let size = size(&selected.data).unwrap_or(LARGEST).min(LARGEST);
    let mut content = Vec::new();
    let mut lengths = lengths.iter().copied().peekable();
    while content.len() < wanted(&content).unwrap_or(size).min(size) {
        let Some(&le) = lengths.peek() else { return Err(ReadError::Failed(StatusWord::WrongLength)) };
        // Below 0x8000, as READ BINARY with an offset in P1-P2 demands.
        let [p1, p2] = u16::try_from(content.len()).unwrap_or_default().to_be_bytes();
        let part = match exchange(card, Command { ins: 0xB0, p1, p2, data: &[], le: Some(le) }) {
            // Readers that pass short commands only.
            Err(TransportError::Silent) if le == Le::Extended && content.is_empty() => {
                lengths.next();
                continue;
            }
            answer => answer?,
        };
        match part.status {
            StatusWord::Ok if !part.data.is_empty() => content.extend(part.data),
            StatusWord::Ok | StatusWord::EndOfFile => {
                content.extend(part.data);
                break;
            }
            StatusWord::WrongOffset if !content.is_empty() => break,
            StatusWord::SecurityStatusNotSatisfied if content.is_empty() => return Ok(None),
            StatusWord::WrongLength if content.is_empty() => _ = lengths.next(),
            // Whatever a card may say that does not know extended lengths.
            _ if le == Le::Extended && content.is_empty() => _ = lengths.next(),
            status if content.is_empty() => return missing_or_failed(status),
            status => return Err(ReadError::Failed(status)),
        }
    }
    content.truncate(size);
    Ok(Some(content))
}

/// A card that says so has no such file, or gives it to nobody who has not entered a code.
fn missing_or_failed(status: StatusWord) -> Result<Option<Vec<u8>>, ReadError> {
    match status {
        StatusWord::FileNotFound
        | StatusWord::SecurityStatusNotSatisfied
        | StatusWord::ConditionsNotSatisfied
        | StatusWord::WrongOffset => Ok(None),
        other => Err(ReadError::Failed(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::Script;

    const SELECT: &str = "00A40000025031 00";
    const SELECT_AS_FILE: &str = "00A40200025031 00";

    fn content(lines: &[(&str, &str)]) -> Option<Vec<u8>> {
        read(&mut Script::new(lines), Name::Id(&[0x50, 0x31]), &mut Manner::default()).unwrap()
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
    fn the_master_file_itself_has_no_path_and_is_selected_by_its_identifier() {
        let lines = [("00A40000023F0000", "9000")];
        let selected = select(&mut Script::new(&lines), Name::Path(&[]), &mut Manner::default());
        assert_eq!(selected.unwrap().status, StatusWord::Ok);
    }

    #[test]
    fn missing_and_protected_files_are_none() {
        assert_eq!(content(&[(SELECT, "6A82"), (SELECT_AS_FILE, "6A82")]), None);
        assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", "6982")]), None);
    }

    #[test]
    fn the_first_akis_is_asked_in_its_own_way_where_the_standards_is_refused() {
        let lines = [(SELECT, "6A82"), (SELECT_AS_FILE, "6F0480020001 9000"), ("00B0000000", "AA9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA]);
        let lines = [("00A4080002501500", "6A82"), ("00A40800043F00501500", "9000")];
        let path = Name::Path(&[0x50, 0x15]);
        let mut manner = Manner::default();
        assert_eq!(select(&mut Script::new(&lines), path, &mut manner).unwrap().status, StatusWord::Ok);
        // Then at once in its own way.
        let lines = [("00A40800043F00501500", "9000")];
        assert_eq!(select(&mut Script::new(&lines), path, &mut manner).unwrap().status, StatusWord::Ok);
    }

    #[test]
    fn a_card_that_does_not_take_256_bytes_is_asked_for_fewer() {
        let lines = [(SELECT, "6F0480020002 9000"), ("00B0000000", "6700"), ("00B00000F4", "AABB9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA, 0xBB]);
    }

    #[test]
    fn a_large_file_is_read_at_once_or_else_in_parts() {
        const EXTENDED: &str = "00B00000000000";
        let selected = (SELECT, "6F0480020101 9000");
        let (whole, most) = ("AB".repeat(257) + "9000", "AB".repeat(256) + "9000");
        let file = |lines: &[(&str, &str)]| {
            let manner = &mut Manner::default();
            let name = Name::Id(&[0x50, 0x31]);
            read_large(&mut Script::new(lines), name, manner, true, |_| None).unwrap().unwrap().len()
        };
        assert_eq!(file(&[selected, (EXTENDED, &whole)]), 257);
        for refused in ["6700", "6E00", "6D00", "6F00", "90"] {
            let lines = [selected, (EXTENDED, refused), ("00B0000000", &most), ("00B0010000", "AB9000")];
            assert_eq!(file(&lines), 257, "{refused}");
        }
    }

    /// What had been read of a file was taken for all of it, also where the card then failed.
    #[test]
    fn a_reading_that_breaks_off_is_no_file() {
        let lines = [(SELECT, "6F0480020003 9000"), ("00B0000000", "AABB9000"), ("00B0000200", "6F00")];
        let read = read(&mut Script::new(&lines), Name::Id(&[0x50, 0x31]), &mut Manner::default());
        assert_eq!(read, Err(ReadError::Failed(StatusWord::Other(0x6F00))));
    }

    #[test]
    fn a_card_that_fails_at_once_has_not_said_that_a_file_is_missing() {
        let lines = [(SELECT, "6F00"), (SELECT_AS_FILE, "6F00")];
        let read = read(&mut Script::new(&lines), Name::Id(&[0x50, 0x31]), &mut Manner::default());
        assert_eq!(read, Err(ReadError::Failed(StatusWord::Other(0x6F00))));
    }

    #[test]
    fn a_card_that_gives_more_than_the_file_has_is_cut_off() {
        let lines = [(SELECT, "6F0480020001 9000"), ("00B0000000", "AABB9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA]);
    }
}

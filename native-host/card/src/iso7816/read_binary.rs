//! READ BINARY: reads transparent files (ISO 7816-4, section 7.2.3).

use super::apdu::{Command, Le, exchange};
use super::select::{FileName, SelectMode, file_size, select};
use super::{StatusWord, Transport, TransportError};
use alloc::vec::Vec;

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReadError {
    /// The card did not respond.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The card returned an error other than "not found" or "access denied".
    #[error("the card returned status {0}")]
    Failed(StatusWord),
}

/// The longest read that OpenSC's driver requests from AKİS 1.0.
const OPENSC_LE: Le = Le::Short(244);

/// The maximum number of bytes read from a file; PKCS#15 directories are much smaller.
const MAX_FILE_SIZE: usize = 16 * 1024;

/// Reads a whole file. Returns `None` if the file does not exist or is protected.
pub(crate) fn read(
    transport: &mut dyn Transport,
    name: FileName<'_>,
    mode: &mut SelectMode,
) -> Result<Option<Vec<u8>>, ReadError> {
    read_in_parts(transport, name, mode, &[Le::Short(0), OPENSC_LE], |_| None)
}

/// Reads the start of a file. `needed` returns the required length for the part that was read so far, or
/// `None` to read the whole file. Uses one extended READ BINARY if `extended` is set and both card and reader
/// support it; otherwise like [`read`].
pub(crate) fn read_prefix(
    transport: &mut dyn Transport,
    name: FileName<'_>,
    mode: &mut SelectMode,
    extended: bool,
    needed: impl Fn(&[u8]) -> Option<usize>,
) -> Result<Option<Vec<u8>>, ReadError> {
    let lengths = [Le::Extended, Le::Short(0), OPENSC_LE];
    read_in_parts(transport, name, mode, if extended { &lengths } else { &lengths[1..] }, needed)
}

/// Reads a file with the first of `lengths` that the card accepts.
fn read_in_parts(
    transport: &mut dyn Transport,
    name: FileName<'_>,
    mode: &mut SelectMode,
    lengths: &[Le],
    needed: impl Fn(&[u8]) -> Option<usize>,
) -> Result<Option<Vec<u8>>, ReadError> {
    let selected = select(transport, name, mode)?;
    if selected.status != StatusWord::Ok {
        return none_if_inaccessible(selected.status);
    }
    // Cards and readers may return less than requested: only the size, or a status word, marks the end.
    let size = file_size(&selected.data).unwrap_or(MAX_FILE_SIZE).min(MAX_FILE_SIZE);
    let mut content = Vec::new();
    let mut lengths = lengths.iter().copied().peekable();
    while content.len() < needed(&content).unwrap_or(size).min(size) {
        let Some(&le) = lengths.peek() else { return Err(ReadError::Failed(StatusWord::WrongLength)) };
        // The offset in P1-P2 must be below 0x8000.
        let [p1, p2] = u16::try_from(content.len()).unwrap_or_default().to_be_bytes();
        let part = match exchange(transport, Command { ins: 0xB0, p1, p2, data: &[], le: Some(le) }) {
            // Some readers support short commands only, and some of their drivers fail with any others.
            Err(TransportError::Silent | TransportError::ReaderFailed)
                if le == Le::Extended && content.is_empty() =>
            {
                lengths.next();
                continue;
            }
            response => response?,
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
            // A card without extended lengths may return any error.
            _ if le == Le::Extended && content.is_empty() => _ = lengths.next(),
            status if content.is_empty() => return none_if_inaccessible(status),
            status => return Err(ReadError::Failed(status)),
        }
    }
    content.truncate(size);
    Ok(Some(content))
}

/// Maps status words for a missing or protected file to `None`, all others to an error.
fn none_if_inaccessible(status: StatusWord) -> Result<Option<Vec<u8>>, ReadError> {
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
    use crate::scripted_transport::ScriptedTransport;

    const SELECT: &str = "00A40000025031 00";
    const SELECT_AS_FILE: &str = "00A40200025031 00";
    const FILE: FileName<'_> = FileName::FileIdentifier(&[0x50, 0x31]);

    fn try_read(lines: &[(&str, &str)]) -> Result<Option<Vec<u8>>, ReadError> {
        read(&mut ScriptedTransport::new(lines), FILE, &mut SelectMode::default())
    }

    fn content(lines: &[(&str, &str)]) -> Option<Vec<u8>> {
        try_read(lines).unwrap()
    }

    #[test]
    fn reads_up_to_the_size_in_the_control_information() {
        let full = "AB".repeat(256) + "9000";
        let lines = [(SELECT, "6F0480020101 9000"), ("00B0000000", &full), ("00B0010000", "CD9000")];
        assert_eq!(content(&lines).unwrap().len(), 257);
    }

    /// Regression: a part of less than 256 bytes was mistaken for the end of the file.
    #[test]
    fn continues_after_a_part_that_is_shorter_than_requested() {
        let lines = [(SELECT, "6204 80020003 9000"), ("00B0000000", "AABB9000"), ("00B0000200", "CC9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA, 0xBB, 0xCC]);
    }

    #[test]
    fn without_a_size_reads_until_the_card_signals_the_end() {
        for end in ["6B00", "9000", "6282"] {
            let lines = [(SELECT, "9000"), ("00B0000000", "AA9000"), ("00B0000100", end)];
            assert_eq!(content(&lines).unwrap(), [0xAA], "{end}");
        }
        assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", "AA6282")]).unwrap(), [0xAA]);
    }

    #[test]
    fn returns_none_for_missing_and_protected_files() {
        assert_eq!(content(&[(SELECT, "6A82"), (SELECT_AS_FILE, "6A82")]), None);
        assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", "6982")]), None);
    }

    #[test]
    fn selects_in_the_form_of_akis_1_if_the_standard_form_is_refused() {
        let lines = [(SELECT, "6A82"), (SELECT_AS_FILE, "6F0480020001 9000"), ("00B0000000", "AA9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA]);
    }

    #[test]
    fn requests_fewer_bytes_if_the_card_refuses_256() {
        let lines = [(SELECT, "6F0480020002 9000"), ("00B0000000", "6700"), ("00B00000F4", "AABB9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA, 0xBB]);
    }

    #[test]
    fn reads_a_large_file_with_one_extended_command_or_else_in_parts() {
        const EXTENDED: &str = "00B00000000000";
        let selected = (SELECT, "6F0480020101 9000");
        let (whole, first_part) = ("AB".repeat(257) + "9000", "AB".repeat(256) + "9000");
        let length = |lines: &[(&str, &str)]| {
            let mut card = ScriptedTransport::new(lines);
            read_prefix(&mut card, FILE, &mut SelectMode::default(), true, |_| None).unwrap().unwrap().len()
        };
        assert_eq!(length(&[selected, (EXTENDED, &whole)]), 257);
        for refused in ["6700", "6E00", "6D00", "6F00", "90"] {
            let lines =
                [selected, (EXTENDED, refused), ("00B0000000", &first_part), ("00B0010000", "AB9000")];
            assert_eq!(length(&lines), 257, "{refused}");
        }
    }

    /// Regression: the part that had been read was returned as the whole file when the card failed.
    #[test]
    fn an_error_after_the_first_part_fails_the_read() {
        let lines = [(SELECT, "6F0480020003 9000"), ("00B0000000", "AABB9000"), ("00B0000200", "6F00")];
        assert_eq!(try_read(&lines), Err(ReadError::Failed(StatusWord::Other(0x6F00))));
    }

    #[test]
    fn an_unexpected_error_does_not_count_as_a_missing_file() {
        let lines = [(SELECT, "6F00"), (SELECT_AS_FILE, "6F00")];
        assert_eq!(try_read(&lines), Err(ReadError::Failed(StatusWord::Other(0x6F00))));
    }

    #[test]
    fn truncates_data_beyond_the_file_size() {
        let lines = [(SELECT, "6F0480020001 9000"), ("00B0000000", "AABB9000")];
        assert_eq!(content(&lines).unwrap(), [0xAA]);
    }

    /// A card with one file of this length, which does not tell its size.
    struct LongFile(usize);

    impl Transport for LongFile {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            if command[1] == 0xA4 {
                return Ok([0x90, 0x00].to_vec());
            }
            let offset = usize::from(u16::from_be_bytes([command[2], command[3]]));
            let length = self.0.saturating_sub(offset).min(256);
            let status = if length == 0 { [0x6B, 0x00] } else { [0x90, 0x00] };
            Ok([&[0xAB].repeat(length)[..], &status].concat())
        }
    }

    #[test]
    fn reads_files_of_up_to_16_kib() {
        for (length, expected) in [(2000, 2000), (16_384, 16_384), (20_000, 16_384)] {
            let content = read(&mut LongFile(length), FILE, &mut SelectMode::default());
            assert_eq!(
                content.map(|content| content.map(|bytes| bytes.len())),
                Ok(Some(expected)),
                "{length}"
            );
        }
    }

    #[test]
    fn the_first_response_tells_inaccessible_files_from_failures() {
        for status in ["6982", "6985", "6A82", "6B00"] {
            assert_eq!(content(&[(SELECT, "9000"), ("00B0000000", status)]), None, "{status}");
        }
        let failed = try_read(&[(SELECT, "9000"), ("00B0000000", "6F00")]);
        assert_eq!(failed, Err(ReadError::Failed(StatusWord::Other(0x6F00))));
        let silent = try_read(&[(SELECT, "9000"), ("00B0000000", "")]);
        assert_eq!(silent, Err(ReadError::Transport(TransportError::Silent)));
    }

    #[test]
    fn any_error_after_the_first_part_fails_the_read() {
        for status in ["6982", "6985", "6A82", "6700", "6F00"] {
            let lines = [(SELECT, "6F0480020003 9000"), ("00B0000000", "AABB9000"), ("00B0000200", status)];
            let word = StatusWord::from(u16::from_str_radix(status, 16).unwrap());
            assert_eq!(try_read(&lines), Err(ReadError::Failed(word)), "{status}");
        }
    }

    #[test]
    fn extended_lengths_are_given_up_only_if_the_first_read_fails() {
        const FIRST: &str = "00B00000000000";
        const SECOND: &str = "00B00002000000";
        let read_all = |lines: &[(&str, &str)]| {
            let mut card = ScriptedTransport::new(lines);
            read_prefix(&mut card, FILE, &mut SelectMode::default(), true, |_| None)
        };
        let selected = (SELECT, "6F0480020003 9000");
        // A protected file is not asked for again.
        assert_eq!(read_all(&[selected, (FIRST, "6982")]), Ok(None));
        let silent = read_all(&[selected, (FIRST, "AABB9000"), (SECOND, "")]);
        assert_eq!(silent, Err(ReadError::Transport(TransportError::Silent)));
        let failed = read_all(&[selected, (FIRST, "AABB9000"), (SECOND, "6E00")]);
        assert_eq!(failed, Err(ReadError::Failed(StatusWord::UnknownClass)));
    }
}

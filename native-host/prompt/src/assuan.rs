//! The subset of the Assuan protocol that pinentry uses: a command is one line, answered by lines up to OK or
//! ERR.
//!
//! Not a library, because the available crates read into buffers that are never wiped.

use eimza_card::Secret;
use eimza_memory_protection::LockedBuffer;
use std::io::{self, Read, Write};

/// The longest line of the protocol in bytes, including the line feed.
const MAX_LINE: usize = 1000;

/// A connection to a pinentry.
pub(crate) struct Assuan<R, W> {
    reader: R,
    writer: W,
    /// Bytes that were read and not yet parsed. A buffer for codes, because answers carry them.
    buffer: LockedBuffer,
    filled: usize,
}

/// A positive reply.
#[derive(Default)]
pub(crate) struct Reply {
    /// The data of its D lines.
    pub data: Secret,
    /// Whether the pinentry asked for the code twice and both entries were equal.
    pub repeated: bool,
}

/// A negative reply, or none.
#[derive(Debug)]
pub(crate) enum Failure {
    /// ERR with the error code of libgpg-error, without the error source.
    Refused(u16),
    /// The program ended, or violated the protocol.
    Broken,
}

impl From<io::Error> for Failure {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl<R: Read, W: Write> Assuan<R, W> {
    /// Waits for the greeting.
    pub(crate) fn connect(reader: R, writer: W) -> Result<Self, Failure> {
        let buffer = LockedBuffer::zeroed(MAX_LINE).ok_or(Failure::Broken)?;
        let mut assuan = Self { reader, writer, buffer, filled: 0 };
        assuan.read_reply()?;
        Ok(assuan)
    }

    pub(crate) fn reader(&mut self) -> &mut R {
        &mut self.reader
    }

    /// Sends a command with its argument, percent-escaped and truncated to the longest line, and reads the
    /// reply.
    pub(crate) fn command(&mut self, verb: &str, text: &str) -> Result<Reply, Failure> {
        self.send(verb, text)?;
        self.read_reply()
    }

    /// Sends a command like [`Self::command`], and waits for no reply.
    pub(crate) fn send(&mut self, verb: &str, text: &str) -> Result<(), Failure> {
        let mut line = verb.to_owned();
        if !text.is_empty() {
            line.push(' ');
        }
        for character in text.chars() {
            let escaped = match character {
                '%' => "%25".to_owned(),
                '\n' => "%0A".to_owned(),
                other if other.is_control() => continue,
                other => other.to_string(),
            };
            if line.len() + escaped.len() >= MAX_LINE {
                break;
            }
            line += &escaped;
        }
        line.push('\n');
        self.writer.write_all(line.as_bytes())?;
        Ok(self.writer.flush()?)
    }

    fn read_reply(&mut self) -> Result<Reply, Failure> {
        let mut reply = Reply::default();
        loop {
            let end = self.read_line()?;
            let last = parse_line(&self.buffer.bytes()[..end], &mut reply);
            self.drop_line(end);
            if let Some(outcome) = last {
                return outcome.map(|()| reply);
            }
        }
    }

    /// Reads until the buffer starts with a complete line; returns its length without the line feed.
    fn read_line(&mut self) -> Result<usize, Failure> {
        loop {
            if let Some(end) = self.buffer.bytes()[..self.filled].iter().position(|&byte| byte == b'\n') {
                return Ok(end);
            }
            match self.reader.read(&mut self.buffer.bytes_mut()[self.filled..])? {
                // End of file, or a line that is too long.
                0 => return Err(Failure::Broken),
                read => self.filled += read,
            }
        }
    }

    fn drop_line(&mut self, end: usize) {
        let buffer = self.buffer.bytes_mut();
        buffer.copy_within(end + 1..self.filled, 0);
        let left = self.filled - end - 1;
        buffer[left..self.filled].fill(0); // the buffer stays in use, so the compiler keeps this
        self.filled = left;
    }
}

/// Parses a line into the reply; returns the outcome if it is the last line.
fn parse_line(line: &[u8], reply: &mut Reply) -> Option<Result<(), Failure>> {
    let (verb, text) = line.split_at(line.iter().position(|&byte| byte == b' ').unwrap_or(line.len()));
    let text = text.strip_prefix(b" ").unwrap_or(text);
    match verb {
        b"OK" => return Some(Ok(())),
        b"ERR" => return Some(Err(Failure::Refused(error_code(text)))),
        b"D" => return unescape(text, &mut reply.data).err().map(Err),
        b"S" => reply.repeated |= text == b"PIN_REPEATED",
        _ if line.is_empty() || line.starts_with(b"#") => {}
        _ => return Some(Err(Failure::Broken)),
    }
    None
}

fn unescape(text: &[u8], into: &mut Secret) -> Result<(), Failure> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        let byte = match byte {
            b'%' => {
                let (Some(high), Some(low)) = (digit(bytes.next()), digit(bytes.next())) else {
                    return Err(Failure::Broken);
                };
                u8::try_from(high << 4 | low).map_err(|_| Failure::Broken)?
            }
            other => other,
        };
        if !into.push(byte) {
            break; // longer than any card's code; the format check rejects it as too long
        }
    }
    Ok(())
}

/// Returns the error code of an ERR line: the lower half of the number before the description. The upper half
/// is the error source.
fn error_code(text: &[u8]) -> u16 {
    text.iter()
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_u32, |number, digit| number.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'))) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns one byte for each read, as a slow pipe may.
    struct OneByteReader<'a>(&'a [u8]);

    impl Read for OneByteReader<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((&first, rest)) = self.0.split_first() else { return Ok(0) };
            let Some(place) = into.first_mut() else { return Ok(0) };
            *place = first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn ask(answers: &str) -> Result<Reply, Failure> {
        let script = format!("OK hello\n{answers}");
        Assuan::connect(OneByteReader(script.as_bytes()), Vec::new())?.command("GETPIN", "")
    }

    fn equals(code: &Secret, text: &str) -> bool {
        code.constant_time_eq(&text.bytes().collect())
    }

    #[test]
    fn code_is_unescaped() {
        assert!(equals(&ask("D 12%2534\nOK\n").unwrap().data, "12%34"));
        assert!(equals(&ask("D 12\nD 34\nOK\n").unwrap().data, "1234"));
        assert!(equals(&ask("OK\n").unwrap().data, ""));
    }

    #[test]
    fn repeated_code_is_reported() {
        assert!(ask("S PIN_REPEATED\nD 1\nOK\n").unwrap().repeated);
        assert!(!ask("# S PIN_REPEATED\nD 1\nOK\n").unwrap().repeated);
    }

    #[test]
    fn refusal_has_the_error_code_without_its_source() {
        assert!(matches!(ask("ERR 83886179 Operation cancelled\n"), Err(Failure::Refused(99))));
        assert!(matches!(ask("ERR 62\n"), Err(Failure::Refused(62))));
    }

    #[test]
    fn connection_stays_usable_after_a_refusal() {
        let mut assuan = Assuan::connect(&b"OK\nERR 275 Unknown\nOK\n"[..], Vec::new()).unwrap();
        assert!(assuan.command("GETINFO", "flavor").is_err());
        assert!(assuan.command("SETTIMEOUT", "300").is_ok());
    }

    #[test]
    fn end_of_file_and_protocol_violations_break_the_connection() {
        let long = "#".repeat(2 * MAX_LINE);
        for answers in ["", "D 12", "HELLO\n", "D 1%2\nOK\n", "D %zz\nOK\n", &long] {
            assert!(matches!(ask(answers), Err(Failure::Broken)), "{answers:.20}");
        }
    }

    #[test]
    fn parsed_bytes_are_wiped_from_the_buffer() {
        let mut assuan = Assuan::connect(&b"OK\nD 987654\nOK\n"[..], Vec::new()).unwrap();
        assuan.command("GETPIN", "").unwrap();
        assert!(assuan.buffer.bytes().iter().all(|&byte| byte == 0));
    }

    #[test]
    fn argument_cannot_inject_a_command() {
        let mut sent = Vec::new();
        let mut assuan = Assuan::connect(&b"OK\nOK\n"[..], &mut sent).unwrap();
        assuan.command("SETDESC", "bir\nGETPIN\r%\u{7}").unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), "SETDESC bir%0AGETPIN%25\n");
    }

    #[test]
    fn long_argument_is_truncated_to_the_longest_line() {
        let mut sent = Vec::new();
        let mut assuan = Assuan::connect(&b"OK\nOK\n"[..], &mut sent).unwrap();
        assuan.command("SETDESC", &"ş".repeat(2000)).unwrap();
        assert!(sent.len() <= MAX_LINE && std::str::from_utf8(&sent).is_ok());
    }
}

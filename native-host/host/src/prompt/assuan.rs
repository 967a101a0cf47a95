//! The Assuan protocol as pinentry speaks it: a line a command, lines until OK or ERR.
//!
//! Own code, because the crates for it read into buffers that are never wiped.

use eimza_card::Secret;
use std::io::{self, Read, Write};
use zeroize::{Zeroize, Zeroizing};

/// Longest line of the protocol, its end included.
const LINE: usize = 1000;

/// A conversation with a pinentry.
pub(super) struct Assuan<R, W> {
    from: R,
    to: W,
    /// Bytes that were read and not yet used. Fixed and wiped: answers carry codes.
    buffer: Zeroizing<Vec<u8>>,
    filled: usize,
}

/// A positive answer.
#[derive(Default)]
pub(super) struct Reply {
    /// The data of its D lines.
    pub data: Secret,
    /// The pinentry had the code typed twice, and both were the same.
    pub repeated: bool,
}

/// No positive answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// ERR with the error number of libgpg-error, source bits left out.
    Refused(u16),
    /// The program ended, or spoke something else.
    Broken,
}

impl From<io::Error> for Failure {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl<R: Read, W: Write> Assuan<R, W> {
    /// Waits for the greeting.
    pub(super) fn greet(from: R, to: W) -> Result<Self, Failure> {
        let buffer = Zeroizing::new(vec![0; LINE]);
        let mut assuan = Self { from, to, buffer, filled: 0 };
        assuan.reply()?;
        Ok(assuan)
    }

    /// Where the answers come from.
    pub(super) fn from(&mut self) -> &mut R {
        &mut self.from
    }

    /// Sends a command with its text, percent-escaped and cut where a line would be too long.
    pub(super) fn command(&mut self, verb: &str, text: &str) -> Result<Reply, Failure> {
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
            if line.len() + escaped.len() >= LINE {
                break;
            }
            line += &escaped;
        }
        line.push('\n');
        self.to.write_all(line.as_bytes())?;
        self.to.flush()?;
        self.reply()
    }

    fn reply(&mut self) -> Result<Reply, Failure> {
        let mut reply = Reply::default();
        loop {
            let end = self.line()?;
            let said = read_line(&self.buffer[..end], &mut reply);
            self.drop_line(end);
            if let Some(outcome) = said {
                return outcome.map(|()| reply);
            }
        }
    }

    /// Reads until the buffer starts with a whole line; returns its length without the line feed.
    fn line(&mut self) -> Result<usize, Failure> {
        loop {
            if let Some(end) = self.buffer[..self.filled].iter().position(|&byte| byte == b'\n') {
                return Ok(end);
            }
            match self.from.read(&mut self.buffer[self.filled..])? {
                // The end, or a line that is too long.
                0 => return Err(Failure::Broken),
                read => self.filled += read,
            }
        }
    }

    fn drop_line(&mut self, end: usize) {
        self.buffer.copy_within(end + 1..self.filled, 0);
        let left = self.filled - end - 1;
        self.buffer[left..self.filled].zeroize();
        self.filled = left;
    }
}

/// Takes what a line says into the reply; the outcome where it is the last one.
fn read_line(line: &[u8], reply: &mut Reply) -> Option<Result<(), Failure>> {
    let (verb, text) = line.split_at(line.iter().position(|&byte| byte == b' ').unwrap_or(line.len()));
    let text = text.strip_prefix(b" ").unwrap_or(text);
    match verb {
        b"OK" => return Some(Ok(())),
        b"ERR" => return Some(Err(Failure::Refused(error_number(text)))),
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
            break; // longer than any card's code; the rule's length check refuses it
        }
    }
    Ok(())
}

/// The number before the description; its upper half names the reporting library.
fn error_number(text: &[u8]) -> u16 {
    text.iter()
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_u32, |number, digit| number.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'))) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives out one byte a read, as a slow pipe may.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
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
        Assuan::greet(Trickle(script.as_bytes()), Vec::new())?.command("GETPIN", "")
    }

    fn is(code: &Secret, text: &str) -> bool {
        code.constant_time_eq(&text.bytes().collect())
    }

    #[test]
    fn a_code_arrives_unescaped() {
        assert!(is(&ask("D 12%2534\nOK\n").unwrap().data, "12%34"));
        assert!(is(&ask("D 12\nD 34\nOK\n").unwrap().data, "1234"));
        assert!(is(&ask("OK\n").unwrap().data, ""));
    }

    #[test]
    fn a_repeated_code_is_reported_as_such() {
        assert!(ask("S PIN_REPEATED\nD 1\nOK\n").unwrap().repeated);
        assert!(!ask("# S PIN_REPEATED\nD 1\nOK\n").unwrap().repeated);
    }

    #[test]
    fn refusals_carry_the_error_without_its_source() {
        assert!(matches!(ask("ERR 83886179 Operation cancelled\n"), Err(Failure::Refused(99))));
        assert!(matches!(ask("ERR 62\n"), Err(Failure::Refused(62))));
    }

    #[test]
    fn the_conversation_goes_on_after_a_refusal() {
        let mut assuan = Assuan::greet(&b"OK\nERR 275 Unknown\nOK\n"[..], Vec::new()).unwrap();
        assert!(assuan.command("GETINFO", "flavor").is_err());
        assert!(assuan.command("SETTIMEOUT", "300").is_ok());
    }

    #[test]
    fn nonsense_and_silence_end_the_conversation() {
        let long = "#".repeat(2 * LINE);
        for answers in ["", "D 12", "HELLO\n", "D 1%2\nOK\n", "D %zz\nOK\n", &long] {
            assert!(matches!(ask(answers), Err(Failure::Broken)), "{answers:.20}");
        }
    }

    #[test]
    fn used_bytes_are_wiped_from_the_buffer() {
        let mut assuan = Assuan::greet(&b"OK\nD 987654\nOK\n"[..], Vec::new()).unwrap();
        assuan.command("GETPIN", "").unwrap();
        assert!(assuan.buffer.iter().all(|&byte| byte == 0));
    }

    #[test]
    fn text_cannot_smuggle_a_command_in() {
        let mut said = Vec::new();
        let mut assuan = Assuan::greet(&b"OK\nOK\n"[..], &mut said).unwrap();
        assuan.command("SETDESC", "bir\nGETPIN\r%\u{7}").unwrap();
        assert_eq!(String::from_utf8(said).unwrap(), "SETDESC bir%0AGETPIN%25\n");
    }

    #[test]
    fn a_long_text_is_cut_at_the_protocols_limit() {
        let mut said = Vec::new();
        let mut assuan = Assuan::greet(&b"OK\nOK\n"[..], &mut said).unwrap();
        assuan.command("SETDESC", &"ş".repeat(2000)).unwrap();
        assert!(said.len() <= LINE && std::str::from_utf8(&said).is_ok());
    }
}

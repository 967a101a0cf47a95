//! The messages between the host and its helper process, and their frames: a length of four bytes, then the
//! message.
//!
//! Requests are bytes, because codes are in them: text would be copied while it is being parsed. Replies
//! contain no code and are JSON.

use crate::code::Code;
use eimza_memory_protection::LockedBuffer;
use serde::{Deserialize, Serialize};
use std::io::{self, ErrorKind, Read, Write};

/// The maximum length of a reply: more than all certificates of all tokens that the helper reads.
const MAX_REPLY: usize = 8 << 20;

/// An operation with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Operation {
    /// Sets the PIN, authorized by the PUK.
    Unblock,
    /// Changes the PIN.
    ChangePin,
    /// Changes the PUK.
    ChangePuk,
}

/// A request of the host. The helper answers each but the last with one [`Reply`].
pub(crate) enum Request {
    /// Load the module and read what it shows. [`Reply::Found`]
    Find,
    /// Open a session with the token in this slot, and compare its flags and its certificates, read through that
    /// session, with these. [`Reply::Compared`]
    Compare(Expected),
    /// Carry out an operation in that session. [`Reply::Done`]
    Operate { operation: Operation, old: Code, new: Code },
    /// End.
    End,
}

/// The token that the host has recognized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub slot: u64,
    pub flags: u64,
    pub certificate: Vec<u8>,
}

/// A reply of the helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Reply {
    /// What the module shows, or why it shows nothing.
    Found(Result<Found, FindError>),
    /// Whether the token is the expected one.
    Compared(Comparison),
    /// The outcome of an operation.
    Done(Done),
}

/// What a module shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Found {
    pub maker: String,
    pub version: (u8, u8),
    pub tokens: Vec<Token>,
}

/// A token that is present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    pub slot: u64,
    pub flags: u64,
    /// Its certificates, in their encoding (DER).
    pub certificates: Vec<Vec<u8>>,
}

/// Why a module shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum FindError {
    /// There is no trusted module.
    NoModule,
    /// It cannot be loaded.
    NotLoaded,
    /// A call returned this value.
    Failed(u64),
}

/// The result of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Comparison {
    /// The token is the same.
    Same,
    /// Another token, or the same with other flags.
    Different,
    /// A call returned this value.
    Failed(u64),
}

/// The last call of an operation and its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Done {
    pub call: Call,
    /// Its return value.
    pub result: u64,
    /// The flags of the token afterwards, if it still shows them.
    pub flags: Option<u64>,
}

/// A call with codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Call {
    Login,
    InitPin,
    SetPin,
}

const FIND: u8 = 1;
const COMPARE: u8 = 2;
const UNBLOCK: u8 = 3;
const CHANGE_PIN: u8 = 4;
const CHANGE_PUK: u8 = 5;
const END: u8 = 6;

/// Writes a request without codes.
pub(crate) fn write_request(out: &mut impl Write, request: &Request) -> io::Result<()> {
    match request {
        Request::Find => write_frame(out, &[FIND]),
        Request::End => write_frame(out, &[END]),
        Request::Compare(expected) => {
            let mut message = vec![COMPARE];
            serde_json::to_writer(&mut message, expected)?;
            write_frame(out, &message)
        }
        Request::Operate { .. } => Err(ErrorKind::InvalidInput.into()),
    }
}

/// Returns the frame of a request with codes, in locked memory; `None` if they are too long.
pub(crate) fn operation_frame(operation: Operation, old: &[u8], new: &[u8]) -> Option<LockedBuffer> {
    let kind = match operation {
        Operation::Unblock => UNBLOCK,
        Operation::ChangePin => CHANGE_PIN,
        Operation::ChangePuk => CHANGE_PUK,
    };
    let length = u32::try_from(2 + old.len() + new.len()).ok()?;
    let mut frame = LockedBuffer::new();
    let parts: [&[u8]; 4] = [&length.to_le_bytes(), &[kind, u8::try_from(old.len()).ok()?], old, new];
    parts.iter().all(|part| frame.append(part)).then_some(frame)
}

/// Reads a request. Codes are read into locked memory directly.
///
/// # Errors
/// At the end of the input, and if it is malformed.
pub(crate) fn read_request(input: &mut impl Read) -> io::Result<Request> {
    let length = read_length(input)?;
    let mut kind = [0];
    input.read_exact(&mut kind)?;
    let rest = length.checked_sub(1).ok_or(ErrorKind::InvalidData)?;
    if kind == [COMPARE] {
        return Ok(Request::Compare(serde_json::from_slice(&read_bytes(input, rest)?)?));
    }
    let mut buffer = LockedBuffer::zeroed(rest).ok_or(ErrorKind::InvalidData)?;
    input.read_exact(buffer.bytes_mut())?;
    let operation = match (kind[0], rest) {
        (FIND, 0) => return Ok(Request::Find),
        (END, 0) => return Ok(Request::End),
        (UNBLOCK, _) => Operation::Unblock,
        (CHANGE_PIN, _) => Operation::ChangePin,
        (CHANGE_PUK, _) => Operation::ChangePuk,
        _ => return Err(ErrorKind::InvalidData.into()),
    };
    let codes = || {
        let (&length, codes) = buffer.bytes().split_first()?;
        let (old, new) = codes.split_at_checked(length.into())?;
        Some((Code::new(old)?, Code::new(new)?))
    };
    let (old, new) = codes().ok_or(ErrorKind::InvalidData)?;
    Ok(Request::Operate { operation, old, new })
}

/// Writes a reply.
pub(crate) fn write_reply(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    write_frame(out, &serde_json::to_vec(reply)?)
}

/// Reads a reply.
///
/// # Errors
/// At the end of the input, and if it is malformed.
pub(crate) fn read_reply(input: &mut impl Read) -> io::Result<Reply> {
    let length = read_length(input)?;
    Ok(serde_json::from_slice(&read_bytes(input, length)?)?)
}

fn write_frame(out: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).map_err(|_| ErrorKind::InvalidInput)?;
    out.write_all(&[&length.to_le_bytes(), message].concat())?;
    out.flush()
}

fn read_length(input: &mut impl Read) -> io::Result<usize> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length <= MAX_REPLY { Ok(length) } else { Err(ErrorKind::InvalidData.into()) }
}

fn read_bytes(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn requests_are_read_as_they_were_written() {
        let expected = Expected { slot: 3, flags: 1 << 20, certificate: vec![0x30, 0] };
        for request in [Request::Find, Request::Compare(expected.clone()), Request::End] {
            let mut frame = Vec::new();
            write_request(&mut frame, &request).unwrap();
            match (read_request(&mut &frame[..]).unwrap(), request) {
                (Request::Compare(read), Request::Compare(_)) => assert_eq!(read, expected),
                (Request::Find, Request::Find) | (Request::End, Request::End) => {}
                _ => panic!("another request"),
            }
        }
    }

    #[test]
    fn codes_arrive_apart() {
        for operation in [Operation::Unblock, Operation::ChangePin, Operation::ChangePuk] {
            let frame = operation_frame(operation, b"12345678", b"4711").unwrap();
            let Request::Operate { operation: read, mut old, mut new } =
                read_request(&mut frame.bytes()).unwrap()
            else {
                panic!("another request")
            };
            assert_eq!(read, operation);
            assert_eq!([old.as_ptr().1, new.as_ptr().1], [8, 4]);
        }
        assert!(operation_frame(Operation::Unblock, &[b'1'; 256], b"").is_none());
    }

    #[test]
    fn request_with_codes_is_written_from_locked_memory_only() {
        let request = || {
            let [old, new] = [Code::new(b"1").unwrap(), Code::new(b"2").unwrap()];
            Request::Operate { operation: Operation::Unblock, old, new }
        };
        let mut frame = Vec::new();
        assert!(write_request(&mut frame, &request()).is_err() && frame.is_empty());
    }

    #[test]
    fn replies_are_read_as_they_were_written() {
        let token = Token { slot: 1, flags: 2, certificates: vec![vec![0x30, 0x00]] };
        let found = Found { maker: "Ü".to_owned(), version: (2, 1), tokens: vec![token] };
        for reply in [
            Reply::Found(Ok(found)),
            Reply::Found(Err(FindError::Failed(5))),
            Reply::Compared(Comparison::Different),
            Reply::Done(Done { call: Call::InitPin, result: 0xA0, flags: None }),
        ] {
            let mut frame = Vec::new();
            write_reply(&mut frame, &reply).unwrap();
            assert_eq!(read_reply(&mut &frame[..]).unwrap(), reply);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = (read_request(&mut &bytes[..]), read_reply(&mut &bytes[..]));
        }
    }
}

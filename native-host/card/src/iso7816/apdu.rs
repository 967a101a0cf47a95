//! Command and response APDUs (ISO 7816-4, sections 5.1 and 5.3).

use super::{StatusWord, Transport, TransportError};
use alloc::vec::Vec;
use eimza_memory_protection::LockedBuffer;

/// A command APDU of class 00.
#[derive(Clone, Copy)]
pub(crate) struct Command<'a> {
    /// INS, the instruction.
    pub ins: u8,
    /// P1, the first parameter.
    pub p1: u8,
    /// P2, the second parameter.
    pub p2: u8,
    /// The data field, at most 255 bytes. It may hold a code, so `Command` does not implement `Debug`.
    pub data: &'a [u8],
    /// The expected length of the response data.
    pub le: Option<Le>,
}

/// The expected length of the response data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Le {
    /// A short length field; 0 means up to 256 bytes.
    Short(u8),
    /// An extended length field of zero: all available data, up to 65,536 bytes. Used only in commands
    /// without data, and only with cards that announce support for it.
    Extended,
}

impl Command<'_> {
    /// Encodes the command into a buffer for codes, because it may hold one; `None` if it is too long.
    fn encode(&self) -> Option<LockedBuffer> {
        let mut encoded = LockedBuffer::new();
        let length = u8::try_from(self.data.len()).ok()?;
        let length = if length == 0 { &[][..] } else { &[length] };
        let le = match self.le {
            Some(Le::Short(length)) => &[length][..],
            Some(Le::Extended) => &[0x00; 3],
            None => &[],
        };
        let header = [0x00, self.ins, self.p1, self.p2];
        [&header, length, self.data, le].iter().all(|part| encoded.append(part)).then_some(encoded)
    }
}

/// A complete response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Response {
    /// The response data, joined from all parts.
    pub data: Vec<u8>,
    /// The status word of the last part.
    pub status: StatusWord,
}

/// The maximum number of GET RESPONSE parts (up to 256 bytes each) for one response.
const MAX_PARTS: usize = 64;

/// Sends a command, fetches remaining response data (61xx) and repeats the command with the length that the
/// card demands (6Cxx).
pub(crate) fn exchange(
    transport: &mut dyn Transport,
    command: Command<'_>,
) -> Result<Response, TransportError> {
    let mut part = transmit_once(transport, command)?;
    if let StatusWord::RepeatWithLength(le) = part.status {
        part = transmit_once(transport, Command { le: Some(Le::Short(le)), ..command })?;
    }
    let mut data = core::mem::take(&mut part.data);
    for _ in 0..MAX_PARTS {
        let StatusWord::MoreData(le) = part.status else {
            return Ok(Response { data, status: part.status });
        };
        let get_response = Command { ins: 0xC0, p1: 0, p2: 0, data: &[], le: Some(Le::Short(le)) };
        part = transmit_once(transport, get_response)?;
        data.append(&mut part.data);
    }
    Err(TransportError::Silent)
}

/// Sends a command and returns the card's first response unchanged, without GET RESPONSE or repetition.
pub(crate) fn transmit_once(
    transport: &mut dyn Transport,
    command: Command<'_>,
) -> Result<Response, TransportError> {
    // Callers pass file identifiers and codes, all far below the limit of a short APDU.
    let command = command.encode().ok_or(TransportError::Silent)?;
    let mut data = transport.transmit(command.bytes())?;
    let split = data.len().checked_sub(2).ok_or(TransportError::Silent)?;
    let status = match data.split_off(split)[..] {
        [high, low] => StatusWord::from(u16::from_be_bytes([high, low])),
        _ => return Err(TransportError::Silent),
    };
    Ok(Response { data, status })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::ScriptedTransport;
    use alloc::vec;

    const READ: Command<'_> = Command { ins: 0xB0, p1: 0, p2: 0, data: &[], le: Some(Le::Short(0)) };

    #[test]
    fn joins_a_response_in_parts() {
        let mut card = ScriptedTransport::new(&[
            ("00B0000000", "AABB6102"),
            ("00C0000002", "CCDD6101"),
            ("00C0000001", "EE9000"),
        ]);
        let response = exchange(&mut card, READ).unwrap();
        assert_eq!(response.data, [0xAA, 0xBB, 0xCC, 0xDD, 0xEE]);
        assert_eq!(response.status, StatusWord::Ok);
    }

    #[test]
    fn repeats_a_command_with_the_length_that_the_card_demands() {
        let mut card = ScriptedTransport::new(&[("00B0000000", "6C03"), ("00B0000003", "0102039000")]);
        assert_eq!(exchange(&mut card, READ).unwrap().data, [1, 2, 3]);
    }

    #[test]
    fn encodes_an_extended_length_in_three_bytes() {
        let mut card = ScriptedTransport::new(&[("00B00000000000", "AA9000")]);
        assert_eq!(exchange(&mut card, Command { le: Some(Le::Extended), ..READ }).unwrap().data, [0xAA]);
    }

    #[test]
    fn gives_up_on_an_endless_response() {
        struct Endless;
        impl Transport for Endless {
            fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
                Ok(vec![0xAA, 0x61, 0x10])
            }
        }
        assert_eq!(exchange(&mut Endless, READ), Err(TransportError::Silent));
    }

    #[test]
    fn rejects_a_response_without_status_word() {
        for response in ["", "90"] {
            let mut card = ScriptedTransport::new(&[("00B0000000", response)]);
            assert_eq!(exchange(&mut card, READ), Err(TransportError::Silent));
        }
    }
}

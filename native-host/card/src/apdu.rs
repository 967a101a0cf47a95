//! Commands and the exchange of one command for one complete answer (ISO 7816-4, sections 5.1 and 5.3).

use crate::StatusWord;
use zeroize::Zeroizing;

/// A command APDU of class 00.
#[derive(Clone, Copy)]
pub(crate) struct Command<'a> {
    /// Instruction.
    pub ins: u8,
    /// Parameter 1.
    pub p1: u8,
    /// Parameter 2.
    pub p2: u8,
    /// Data, at most 255 bytes; may be a code, so a command has no `Debug`.
    pub data: &'a [u8],
    /// Expected length.
    pub le: Option<Le>,
}

/// The expected length of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Le {
    /// Zero means up to 256 bytes.
    Short(u8),
    /// As much as there is, up to 65,536 bytes; only in commands without data, and only for cards that
    /// say that they take it.
    Extended,
}

impl Command<'_> {
    /// The bytes on the wire, in a buffer that is wiped: they may carry a code.
    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        // Reserved whole: a growing vector would leave an unwiped copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(8 + self.data.len()));
        bytes.extend_from_slice(&[0x00, self.ins, self.p1, self.p2]);
        if !self.data.is_empty() {
            // Callers pass file ids and codes, all far below the limit of a short APDU.
            bytes.push(u8::try_from(self.data.len()).unwrap_or(u8::MAX));
            bytes.extend_from_slice(self.data);
        }
        match self.le {
            Some(Le::Short(length)) => bytes.push(length),
            Some(Le::Extended) => bytes.extend_from_slice(&[0x00; 3]),
            None => {}
        }
        bytes
    }
}

/// A complete answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Response {
    /// The data of all parts.
    pub data: Vec<u8>,
    /// The last status word.
    pub status: StatusWord,
}

/// The way to a card. Only somebody who holds the card for himself has one.
pub trait Transport {
    /// Sends one command APDU and returns the answer, status word included.
    ///
    /// # Errors
    /// Where there is no answer; the reason says what became of the card.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError>;
}

/// Why a card gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportError {
    /// It was pulled out.
    Removed,
    /// It was reset, or another card took its place.
    Changed,
    /// It stays mute or talks nonsense.
    Silent,
    /// Another program keeps it for itself.
    Busy,
    /// The reader went away.
    ReaderGone,
    /// The smart-card service went away.
    ServiceGone,
}

/// So many parts (of up to 256 bytes) an answer may have before it counts as nonsense.
const MOST_PARTS: usize = 64;

/// Sends a command; fetches what the card holds back (61xx) and repeats with the length that it asks for (6Cxx).
pub(crate) fn exchange(card: &mut dyn Transport, command: Command<'_>) -> Result<Response, TransportError> {
    let mut part = transmit(card, command)?;
    if let StatusWord::RepeatWithLength(le) = part.status {
        part = transmit(card, Command { le: Some(Le::Short(le)), ..command })?;
    }
    let mut data = std::mem::take(&mut part.data);
    for _ in 0..MOST_PARTS {
        let StatusWord::MoreData(le) = part.status else {
            return Ok(Response { data, status: part.status });
        };
        part = transmit(card, Command { ins: 0xC0, p1: 0, p2: 0, data: &[], le: Some(Le::Short(le)) })?;
        data.append(&mut part.data);
    }
    Err(TransportError::Silent)
}

/// Sends a command as it is and takes the answer as it is.
pub(crate) fn transmit(card: &mut dyn Transport, command: Command<'_>) -> Result<Response, TransportError> {
    let mut data = card.transmit(&command.bytes())?;
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
    use crate::scripted::Script;

    const READ: Command<'_> = Command { ins: 0xB0, p1: 0, p2: 0, data: &[], le: Some(Le::Short(0)) };

    #[test]
    fn an_answer_in_parts_arrives_whole() {
        let mut card =
            Script::new(&[("00B0000000", "AABB6102"), ("00C0000002", "CCDD6101"), ("00C0000001", "EE9000")]);
        let answer = exchange(&mut card, READ).unwrap();
        assert_eq!(answer.data, [0xAA, 0xBB, 0xCC, 0xDD, 0xEE]);
        assert_eq!(answer.status, StatusWord::Ok);
    }

    #[test]
    fn a_wrong_length_is_asked_again_with_the_right_one() {
        let mut card = Script::new(&[("00B0000000", "6C03"), ("00B0000003", "0102039000")]);
        assert_eq!(exchange(&mut card, READ).unwrap().data, [1, 2, 3]);
    }

    #[test]
    fn an_extended_length_is_three_bytes() {
        let mut card = Script::new(&[("00B00000000000", "AA9000")]);
        assert_eq!(exchange(&mut card, Command { le: Some(Le::Extended), ..READ }).unwrap().data, [0xAA]);
    }

    #[test]
    fn a_card_that_never_ends_its_answer_is_given_up() {
        struct Endless;
        impl Transport for Endless {
            fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
                Ok(vec![0xAA, 0x61, 0x10])
            }
        }
        assert_eq!(exchange(&mut Endless, READ), Err(TransportError::Silent));
    }

    #[test]
    fn an_answer_without_status_word_is_nonsense() {
        for answer in ["", "90"] {
            let mut card = Script::new(&[("00B0000000", answer)]);
            assert_eq!(exchange(&mut card, READ), Err(TransportError::Silent));
        }
    }
}

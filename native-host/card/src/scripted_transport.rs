//! A [`Transport`] for unit tests that expects given commands in order and returns given responses.

use crate::hex::hex;
use crate::{Transport, TransportError};
use alloc::vec::Vec;

/// Panics at the first unexpected command, and on drop if expected commands were not sent.
pub(crate) struct ScriptedTransport {
    lines: alloc::vec::IntoIter<(Vec<u8>, Vec<u8>)>,
}

impl ScriptedTransport {
    /// Takes pairs of command and response (status word included) in hex.
    pub(crate) fn new(lines: &[(&str, &str)]) -> Self {
        let lines: Vec<_> =
            lines.iter().map(|(command, response)| (unhex(command), unhex(response))).collect();
        Self { lines: lines.into_iter() }
    }
}

impl Transport for ScriptedTransport {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (expected, response) = self.lines.next().expect("no more commands");
        assert_eq!(hex(command), hex(&expected));
        Ok(response)
    }
}

impl Drop for ScriptedTransport {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.lines.len(), 0, "expected commands that were not sent");
        }
    }
}

/// Decodes hex digits; whitespace is ignored.
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| (byte as char).to_digit(16).expect("a hex digit") as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

//! A card for unit tests that knows its lines: each expected command with its answer, in order.

use crate::{Transport, TransportError};

/// Panics at the first command that is not the next line, and when dropped with lines unsaid.
pub(crate) struct Script {
    lines: std::vec::IntoIter<(Vec<u8>, Vec<u8>)>,
}

impl Script {
    /// Lines as hex: command, answer with status word.
    pub(crate) fn new(lines: &[(&str, &str)]) -> Self {
        let lines: Vec<_> = lines.iter().map(|(ask, say)| (unhex(ask), unhex(say))).collect();
        Self { lines: lines.into_iter() }
    }
}

impl Transport for Script {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (expected, answer) = self.lines.next().expect("no more commands");
        assert_eq!(hex(command), hex(&expected));
        Ok(answer)
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.lines.len(), 0, "commands that were never sent");
        }
    }
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| (byte as char).to_digit(16).expect("a hex digit") as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

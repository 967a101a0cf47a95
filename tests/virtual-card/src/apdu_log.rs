//! The log of commands, from which tests see what a program sent to the card.

use eimza_virtual_card::Command;
use std::io::{self, Write};

/// A log with one line per command: header in hex, Lc, length of the whole command and status word, such as
/// `00200081 lc=6 len=11 sw=63C2`. A command with inconsistent lengths has `lc=?`. Command data is never
/// logged, because it may be a code.
pub(crate) struct ApduLog<W> {
    out: W,
}

impl<W: Write> ApduLog<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out }
    }

    /// Writes and flushes one line.
    pub(crate) fn write(&mut self, command: &[u8], response: &[u8]) -> io::Result<()> {
        let header = hex(&command[..command.len().min(4)]);
        let lc = Command::parse(command).map_or("?".to_owned(), |parsed| parsed.data.len().to_string());
        let status = hex(&response[response.len().saturating_sub(2)..]);
        self.out.write_all(format!("{header} lc={lc} len={} sw={status}\n", command.len()).as_bytes())?;
        self.out.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(command: &[u8], response: &[u8]) -> String {
        let mut out = Vec::new();
        ApduLog::new(&mut out).write(command, response).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn logs_a_command_without_its_code() {
        let logged = line(b"\x00\x20\x00\x81\x06123456", &[0x63, 0xC2]);
        assert_eq!(logged, "00200081 lc=6 len=11 sw=63C2\n");
    }

    #[test]
    fn logs_lc_0_for_a_command_without_data() {
        assert_eq!(
            line(&[0x00, 0xB0, 0x00, 0x00, 0x00], &[0xAB, 0x90, 0x00]),
            "00B00000 lc=0 len=5 sw=9000\n"
        );
    }

    #[test]
    fn logs_malformed_commands() {
        assert_eq!(line(&[0x00, 0x20], &[0x67, 0x00]), "0020 lc=? len=2 sw=6700\n");
        assert_eq!(line(b"\x00\x20\x00\x81\x06123", &[0x67, 0x00]), "00200081 lc=? len=8 sw=6700\n");
    }
}

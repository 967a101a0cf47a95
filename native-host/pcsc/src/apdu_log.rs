//! The log of commands and responses, without their data.

use eimza_card::TransportError;

/// What is logged of a command: its header and length. The data between them may be a code, a name or a
/// number and is never logged.
#[derive(Clone, Copy)]
pub(crate) struct LoggedCommand {
    header: [u8; 4],
    length: usize,
}

impl LoggedCommand {
    pub(crate) fn of(command: &[u8]) -> Self {
        let mut header = [0; 4];
        header.iter_mut().zip(command).for_each(|(logged, byte)| *logged = *byte);
        Self { header, length: command.len() }
    }

    /// Formats the command and its response as header, lengths and status word.
    pub(crate) fn with_response(self, response: &Result<Vec<u8>, TransportError>) -> String {
        let Self { header, length } = self;
        let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02X}"));
        let header = hex(&header[..length.min(header.len())]);
        let response = match response {
            Ok(response) => {
                let (data, status) = response.split_at(response.len().saturating_sub(2));
                format!("{}, {} bytes", hex(status), data.len())
            }
            Err(error) => format!("{error:?}"),
        };
        format!("{header}, {length} bytes: {response}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_exchange(command: &[u8], response: &Result<Vec<u8>, TransportError>) -> String {
        LoggedCommand::of(command).with_response(response)
    }

    #[test]
    fn logs_only_header_lengths_and_status_word() {
        let verify = b"\x00\x20\x00\x82\x0812345678";
        assert_eq!(format_exchange(verify, &Ok(vec![0x63, 0xC2])), "00200082, 13 bytes: 63C2, 0 bytes");
        let read = [0x00, 0xB0, 0x00, 0x00, 0x00];
        let response = Ok(b"T.C.\x90\x00".to_vec());
        assert_eq!(format_exchange(&read, &response), "00B00000, 5 bytes: 9000, 4 bytes");
        let removed = Err(TransportError::Removed);
        assert_eq!(format_exchange(&read, &removed), "00B00000, 5 bytes: Removed");
        assert_eq!(format_exchange(&[0x00], &Ok(vec![])), "00, 1 bytes: , 0 bytes");
    }
}

//! A card on which every SELECT succeeds.

use eimza_card::{Transport, TransportError};

/// A card with a list of files: each SELECT of a file selects the next one, whatever its name. Applications,
/// and all files after the last one, are empty. Every other command succeeds.
pub struct ScriptedFilesCard<'a> {
    files: std::vec::IntoIter<&'a [u8]>,
    current: &'a [u8],
    /// The maximum number of bytes that READ BINARY returns.
    part_size: usize,
    command_count: usize,
    /// Commands with codes: header and data.
    pub code_commands: Vec<Vec<u8>>,
}

/// The maximum number of commands that a card may get.
const MAX_COMMANDS: usize = 2100;

impl<'a> ScriptedFilesCard<'a> {
    /// Creates a card with these files, in the order in which they are selected.
    pub fn new(files: Vec<&'a [u8]>, part_size: usize) -> Self {
        let files = files.into_iter();
        Self { files, current: &[], part_size, command_count: 0, code_commands: Vec::new() }
    }
}

/// Splits an input into files, each with a length of two bytes before it. The last one may be truncated.
pub fn split_files(mut input: &[u8]) -> Vec<&[u8]> {
    let mut files = Vec::new();
    while let [high, low, rest @ ..] = input {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (file, tail) = rest.split_at(length.min(rest.len()));
        files.push(file);
        input = tail;
    }
    files
}

impl Transport for ScriptedFilesCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        const BY_DF_NAME: u8 = 0x04;
        const OK: [u8; 2] = [0x90, 0x00];
        self.command_count += 1;
        assert!(self.command_count < MAX_COMMANDS, "too many commands");
        let data: &[u8] = match *command {
            [_, 0xA4, BY_DF_NAME, ..] => &[],
            [_, 0xA4, ..] => {
                self.current = self.files.next().unwrap_or_default();
                &[]
            }
            [_, 0xB0, high, low, ..] => {
                let offset = usize::from(u16::from_be_bytes([high, low])).min(self.current.len());
                let rest = &self.current[offset..];
                &rest[..rest.len().min(self.part_size)]
            }
            _ => {
                self.code_commands.push(command.to_vec());
                &[]
            }
        };
        Ok([data, &OK].concat())
    }
}

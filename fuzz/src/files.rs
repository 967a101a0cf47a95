//! A card that has every file.

use eimza_card::{TransportError, Transport};

/// Each SELECT of a file opens the next of its files, whatever its name; an application and everything behind the
/// last file are empty. Every other command is done.
pub struct Files<'a> {
    files: std::vec::IntoIter<&'a [u8]>,
    current: &'a [u8],
    /// READ BINARY gives so many bytes at most.
    part: usize,
    asked: usize,
    /// Commands with codes: header and data.
    pub codes: Vec<Vec<u8>>,
}

/// No card is asked so often, whatever it has.
const MOST: usize = 2100;

impl<'a> Files<'a> {
    /// A card with these files, in the order in which they are looked for.
    pub fn new(files: Vec<&'a [u8]>, part: usize) -> Self {
        Self { files: files.into_iter(), current: &[], part, asked: 0, codes: Vec::new() }
    }
}

/// Cuts an input into files: two bytes of length before each. The last one may be cut off.
pub fn cut(mut input: &[u8]) -> Vec<&[u8]> {
    let mut files = Vec::new();
    while let [high, low, rest @ ..] = input {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (file, tail) = rest.split_at(length.min(rest.len()));
        files.push(file);
        input = tail;
    }
    files
}

impl Transport for Files<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        const BY_NAME: u8 = 0x04;
        self.asked += 1;
        assert!(self.asked < MOST, "the card is asked without end");
        let done = 0x9000_u16;
        let (data, status): (&[u8], u16) = match *command {
            [_, 0xA4, BY_NAME, ..] => (&[], done),
            [_, 0xA4, ..] => {
                self.current = self.files.next().unwrap_or_default();
                (&[], done)
            }
            [_, 0xB0, high, low, ..] => {
                let from = usize::from(u16::from_be_bytes([high, low])).min(self.current.len());
                let part = &self.current[from..];
                (&part[..part.len().min(self.part)], done)
            }
            _ => {
                self.codes.push(command.to_vec());
                (&[], done)
            }
        };
        Ok([data, &status.to_be_bytes()].concat())
    }
}

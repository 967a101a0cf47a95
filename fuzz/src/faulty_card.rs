//! A virtual card with faults in its responses.

use eimza_card::{Transport, TransportError};
use eimza_virtual_card::{Card, Code, PROFILES, Profile, Settings};

/// A card and the faults of its responses, one instruction per response. An unknown instruction means no
/// fault.
pub struct FaultyCard<'a> {
    card: Card,
    faults: &'a [u8],
    /// All commands and responses.
    pub exchanges: Vec<Exchange>,
}

/// A command and its response.
pub struct Exchange {
    /// The command.
    pub command: Vec<u8>,
    /// The response, or why there was none.
    pub response: Result<Vec<u8>, TransportError>,
}

/// The maximum number of commands that a card may get.
const MAX_COMMANDS: usize = 5000;

/// Returns only this status word: two bytes.
const STATUS: u8 = 1;
/// Returns another response: its length and bytes.
const RESPONSE: u8 = 2;
/// Returns an error: its index in [`TransportError::ALL`].
const ERROR: u8 = 3;
/// Flips bits of one byte: its index and the bits.
const FLIP: u8 = 4;
/// Truncates the response to this length.
const TRUNCATE: u8 = 5;

impl<'a> FaultyCard<'a> {
    /// Creates a card of a profile with these tries of PIN and PUK left.
    pub fn new(
        profile: u8,
        tries: (u8, u8),
        pin: &[u8],
        puk: &[u8],
        faults: &'a [u8],
    ) -> (Self, &'static Profile) {
        let profile = &PROFILES[usize::from(profile) % PROFILES.len()];
        let code = |digits| Code::parse(digits).expect("a code");
        let settings = Settings {
            pin_tries: tries.0 % 4,
            puk_tries: tries.1 % 4,
            ..Settings::new(code(pin), code(puk))
        };
        (Self { card: Card::new(profile, settings), faults, exchanges: Vec::new() }, profile)
    }

    /// Applies the next fault to a response.
    fn apply_fault(&mut self, mut response: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let faults = self.faults;
        match *faults {
            [STATUS, high, low, ref rest @ ..] => {
                self.faults = rest;
                Ok(vec![high, low])
            }
            [RESPONSE, length, ref rest @ ..] => {
                let (other, rest) = rest.split_at(usize::from(length).min(rest.len()));
                self.faults = rest;
                Ok(other.to_vec())
            }
            [ERROR, index, ref rest @ ..] => {
                self.faults = rest;
                Err(TransportError::ALL[usize::from(index) % TransportError::ALL.len()])
            }
            [FLIP, index, bits, ref rest @ ..] => {
                self.faults = rest;
                let index = usize::from(index) % response.len();
                response[index] ^= bits;
                Ok(response)
            }
            [TRUNCATE, length, ref rest @ ..] => {
                self.faults = rest;
                response.truncate(usize::from(length));
                Ok(response)
            }
            _ => {
                self.faults = faults.get(1..).unwrap_or_default();
                Ok(response)
            }
        }
    }
}

impl Transport for FaultyCard<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        assert!(self.exchanges.len() < MAX_COMMANDS, "too many commands");
        // The card executes every command, even if the fault is that no response arrives.
        let response = self.card.transmit(command);
        let response = self.apply_fault(response);
        self.exchanges.push(Exchange { command: command.to_vec(), response: response.clone() });
        response
    }
}

impl Exchange {
    /// Returns whether the command is VERIFY, CHANGE REFERENCE DATA or RESET RETRY COUNTER.
    pub fn is_code_command(&self) -> bool {
        matches!(self.command[1], 0x20 | 0x24 | 0x2C)
    }

    /// Returns whether the command contains a code.
    pub fn has_code(&self) -> bool {
        self.is_code_command() && self.command.len() > 4
    }

    /// Returns the status word; `None` without a complete response.
    pub fn status(&self) -> Option<u16> {
        let response = self.response.as_ref().ok()?;
        response.last_chunk().map(|word| u16::from_be_bytes(*word))
    }
}

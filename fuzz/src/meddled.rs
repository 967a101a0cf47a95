//! A virtual card whose answers are meddled with.

use eimza_card::{TransportError, Transport};
use eimza_virtual_card::{Card, Code, PROFILES, Profile, Settings};

/// The card, and what becomes of its answers, a word for each: what else an input says is the card's own answer.
pub struct Meddled<'a> {
    card: Card,
    words: &'a [u8],
    /// Everything that the card was told, with what it answered.
    pub told: Vec<Told>,
}

/// A command and its answer.
pub struct Told {
    /// The command as it was sent.
    pub command: Vec<u8>,
    /// The answer as it came.
    pub answer: Result<Vec<u8>, TransportError>,
}

/// What cannot be sent to any card: it was told endlessly.
const MOST: usize = 5000;

const STATUS: u8 = 1;
const ANSWER: u8 = 2;
const BREAK: u8 = 3;
const FLIP: u8 = 4;
const CUT: u8 = 5;

const ERRORS: [TransportError; 6] = [
    TransportError::Removed,
    TransportError::Changed,
    TransportError::Silent,
    TransportError::Busy,
    TransportError::ReaderGone,
    TransportError::ServiceGone,
];

impl<'a> Meddled<'a> {
    /// A card of a profile, with these tries left.
    pub fn new(
        profile: u8,
        tries: (u8, u8),
        pin: &[u8],
        puk: &[u8],
        words: &'a [u8],
    ) -> (Self, &'static Profile) {
        let profile = &PROFILES[usize::from(profile) % PROFILES.len()];
        let code = |digits| Code::parse(digits).expect("a code");
        let settings = Settings {
            pin_tries: tries.0 % 4,
            puk_tries: tries.1 % 4,
            ..Settings::new(code(pin), code(puk))
        };
        (Self { card: Card::new(profile, settings), words, told: Vec::new() }, profile)
    }

    fn meddle(&mut self, mut own: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let words = self.words;
        match *words {
            [STATUS, high, low, ref rest @ ..] => {
                self.words = rest;
                Ok(vec![high, low])
            }
            [ANSWER, length, ref rest @ ..] => {
                let (answer, rest) = rest.split_at(usize::from(length).min(rest.len()));
                self.words = rest;
                Ok(answer.to_vec())
            }
            [BREAK, how, ref rest @ ..] => {
                self.words = rest;
                Err(ERRORS[usize::from(how) % ERRORS.len()])
            }
            [FLIP, at, bits, ref rest @ ..] => {
                self.words = rest;
                let at = usize::from(at) % own.len();
                own[at] ^= bits;
                Ok(own)
            }
            [CUT, at, ref rest @ ..] => {
                self.words = rest;
                own.truncate(usize::from(at));
                Ok(own)
            }
            _ => {
                self.words = words.get(1..).unwrap_or_default();
                Ok(own)
            }
        }
    }
}

impl Transport for Meddled<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        assert!(self.told.len() < MOST, "the card is asked without end");
        // A card that is out of reach is told nothing, whatever comes of it.
        let own = self.card.transmit(command);
        let answer = self.meddle(own);
        self.told.push(Told { command: command.to_vec(), answer: answer.clone() });
        answer
    }
}

impl Told {
    /// Whether it is about codes: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.
    pub fn is_about_codes(&self) -> bool {
        matches!(self.command[1], 0x20 | 0x24 | 0x2C)
    }

    /// Whether it carries one.
    pub fn has_code(&self) -> bool {
        self.is_about_codes() && self.command.len() > 4
    }

    /// The status word; none where no answer came, or half a one.
    pub fn status(&self) -> Option<u16> {
        let answer = self.answer.as_ref().ok()?;
        answer.last_chunk().map(|word| u16::from_be_bytes(*word))
    }
}

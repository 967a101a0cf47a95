//! A route in tests of operations: virtual cards that fail on order, and the record of what they get.

use eimza_card::TransportError;
use eimza_session::{CardSession, Operation};
use eimza_virtual_card::Profile;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

/// A route that opens virtual cards.
pub trait TestRoute: Debug + Sync {
    /// Opens a card as an operation does. Everything that happens to the card is recorded in the journal.
    fn open(&self, card: &TestCard, operation: Operation, journal: &Journal) -> Option<Box<dyn CardSession>>;
}

/// A virtual card, and what goes wrong with it.
#[derive(Debug, Clone)]
pub struct TestCard {
    pub profile: &'static Profile,
    /// The tries left of PIN and PUK.
    pub tries: (u8, u8),
    /// Faults, by the number of the exchange with the card or the module, counted from 0.
    pub faults: BTreeMap<usize, Fault>,
    /// Whether the card is replaced while the user is being asked.
    pub is_replaced_during_prompt: bool,
}

/// The codes of every card.
pub const PIN: &str = "123456";
pub const PUK: &str = "12345678";

/// What happens instead of an exchange.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// The card returns this status word.
    Returns(u16),
    /// No response arrives. The card may have done what it was told to.
    Fails(TransportError),
}

/// What happened to a card during an operation. Clones share their content.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<CardEvent>>>);

/// Something that happened to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardEvent {
    /// It was asked something without a code; whether a response arrived.
    Asked(Vec<u8>, Result<u16, TransportError>),
    /// It was sent codes.
    Sent(SentCodes, SentOutcome),
    /// It was reset by the session before another program could use it.
    Reset,
    /// The session ended.
    Released,
}

/// The codes of one exchange, encoded as the card gets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentCodes {
    Old(Vec<u8>),
    New(Vec<u8>),
    /// Both, one after the other.
    Both(Vec<u8>),
    /// Both, each after its length.
    BothWithLengths(Vec<u8>),
}

/// What became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentOutcome {
    /// The card accepted them.
    Accepted,
    /// The card does not know the command, and used no try.
    Unsupported,
    /// The card refused them.
    Refused,
    /// No response arrived.
    Lost,
}

impl Journal {
    pub fn record(&self, event: CardEvent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    pub fn events(&self) -> Vec<CardEvent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the exchanges with codes.
    pub fn sent(&self) -> Vec<(SentCodes, SentOutcome)> {
        let sent = |event| match event {
            CardEvent::Sent(codes, outcome) => Some((codes, outcome)),
            _ => None,
        };
        self.events().into_iter().filter_map(sent).collect()
    }
}

//! A route in tests of operations: virtual cards that fail on order, and the record of what they get.

use super::shared_card::SharedCard;
use eimza_card::TransportError;
use eimza_session::{CardSession, Operation};
use eimza_virtual_card::Profile;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

/// A route that opens virtual cards.
pub trait TestRoute: Debug + Sync {
    /// Opens a card as an operation does. Everything that happens to the card is recorded in the journal.
    fn open(&self, card: &TestCard, operation: Operation, journal: &Journal) -> Option<OpenedCard>;
}

/// A session, and its card, which shows its true state.
pub struct OpenedCard {
    pub session: Box<dyn CardSession>,
    pub card: SharedCard,
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
    /// Whether another program uses a try of each code while the user is being asked.
    pub loses_try_during_prompt: bool,
    /// The module of its maker, for routes over one.
    pub module: TestModule,
}

/// A module, which differs from others as the specification allows or its maker erred.
#[derive(Debug, Clone)]
pub struct TestModule {
    /// The tokens that it shows, in their slots.
    pub tokens: Vec<TestToken>,
    /// Whether it passes the PUK on with the new PIN only.
    pub checks_puk_late: bool,
    /// Whether the flags of a token tell the tries.
    pub shows_tries: bool,
    /// Whether it shows another certificate once the card was replaced.
    pub notices_replacement: bool,
    /// Whether the slots lead to other cards once the user was asked.
    pub renumbers_slots_during_prompt: bool,
}

/// A token of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestToken {
    OfCard,
    OfAnotherCard,
}

impl TestCard {
    /// Returns a card without faults, and a module that shows it among others.
    pub fn new(profile: &'static Profile) -> Self {
        Self {
            profile,
            tries: (3, 3),
            faults: BTreeMap::new(),
            is_replaced_during_prompt: false,
            loses_try_during_prompt: false,
            module: TestModule {
                tokens: vec![TestToken::OfAnotherCard, TestToken::OfCard],
                checks_puk_late: false,
                shows_tries: true,
                notices_replacement: true,
                renumbers_slots_during_prompt: false,
            },
        }
    }
}

/// The codes of every card.
pub const PIN: &str = "123456";
pub const PUK: &str = "12345678";

/// What happens instead of an exchange.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// The card returns this status word, or the module a value that it stands for, and does nothing.
    Returns(u16),
    /// No response arrives, and the card does nothing. A module crashes.
    Fails(TransportError),
    /// The same after the card did what it was told to. A module crashes if the card is silent, and otherwise returns
    /// an error that says nothing about the card.
    Loses(TransportError),
}

/// What happened to a card during an operation. Clones share their content.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<CardEvent>>>);

/// Something that happened to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardEvent {
    /// The session began a transaction, or ended it.
    Locked,
    Unlocked,
    /// It was asked something without a code; whether a response arrived.
    Asked(Vec<u8>, Result<u16, TransportError>),
    /// The module was called, with or without codes; whether it returned.
    Called(&'static str, bool),
    /// The module needed the card while the session had locked it: it would hang.
    ModuleWaited,
    /// The module is gone.
    ModuleEnded,
    /// It was sent codes.
    Sent(SentCodes, SentOutcome),
    /// Codes were sent that reached another card.
    ReachedAnotherCard,
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

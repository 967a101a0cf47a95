//! The provider of cards that are opened by commands over PC/SC.

use crate::card_link::CardLink;
use crate::card_memory::{CardMemory, RememberedCard};
use crate::command_session::CommandSession;
use crate::connect::connect;
use crate::error_mapping::{card_error, transport_error};
use crate::insertion::Insertion;
use crate::known_states::KnownStates;
use crate::pcsc_link::PcscLink;
use crate::reader::{Reader, list_readers};
use crate::timeouts::Timeouts;
use eimza_card::{Card, CardError, CodeState, Transport, TransportError, report};
use eimza_display_text::DisplayText;
use eimza_session::{CardProvider, Error, HeldCard, ListedReader, ReadStates};
use std::sync::Arc;

/// The provider of cards that are opened by commands over PC/SC.
pub struct CommandRoute {
    timeouts: Timeouts,
    memory: CardMemory,
}

impl CommandRoute {
    /// Returns a provider that waits this long, and shares this memory: an operation does not read again what
    /// was read to be shown, while the card stays in its reader.
    #[must_use]
    pub fn new(timeouts: Timeouts, memory: CardMemory) -> Self {
        Self { timeouts, memory }
    }
}

impl CardProvider for CommandRoute {
    fn list(&self, reader: Option<&str>) -> Result<Vec<Box<dyn ListedReader>>, Error> {
        let listed = |reader| -> Box<dyn ListedReader> {
            Box::new(PcscReader { reader, timeouts: self.timeouts, memory: self.memory.clone() })
        };
        let readers = list_readers(reader, self.timeouts).inspect_err(|_| self.memory.forget_all())?;
        if reader.is_none() {
            self.memory.forget_all_but(|name| readers.iter().any(|reader| reader.pcsc_name() == name));
        }
        Ok(readers.into_iter().map(listed).collect())
    }
}

/// A listed reader, and the memory of its card.
struct PcscReader {
    reader: Reader,
    timeouts: Timeouts,
    memory: CardMemory,
}

impl ListedReader for PcscReader {
    fn name(&self) -> &DisplayText {
        &self.reader.name
    }

    fn may_hold_card(&self) -> bool {
        self.reader.may_hold_card()
    }

    fn open(
        self: Box<Self>,
        states: ReadStates,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Box<dyn HeldCard>, Error> {
        if !self.reader.may_hold_card() {
            return Err(Error::NoCard);
        }
        let name = self.reader.name.clone();
        if let ReadStates::Of(_) = states {
            self.memory.begin_operation();
        }
        let remembered = self.memory.take(self.reader.pcsc_name());
        if let (ReadStates::Of(code), Some(remembered)) = (states, remembered)
            && let Some(continued) = self.continue_with(remembered)
        {
            let (link, card, known) = continued?;
            // A blocked code ends the operation, so it has to be true now.
            if known.get(code).is_some_and(|state| state != CodeState::Blocked) {
                return Ok(Box::new(CommandSession::new(link, name, card, known)));
            }
            link.disconnect();
        }
        self.read(states, meanwhile)
    }

    fn report(self: Box<Self>) -> Result<String, Error> {
        let mut link = self.reader.connect(self.timeouts)?;
        let text = link.connection.begin().and_then(|transaction| {
            let atr = transaction.atr();
            transaction.read(move |card| report(card, &atr), || ())
        });
        link.connection.disconnect();
        text.map_err(transport_error)
    }
}

/// A card that was read, and the states of its codes.
type ReadCard = (Arc<Card>, KnownStates);

impl PcscReader {
    /// Connects to a card that was read before, or returns why it is no e-signature card. Returns `None` if it
    /// is no longer in its reader.
    fn continue_with(&self, remembered: RememberedCard) -> Option<Result<ContinuedCard, Error>> {
        let RememberedCard { insertion, atr, card } = remembered;
        insertion.confirm(self.timeouts.transaction).ok()?;
        let (card, known) = match card {
            Ok(read) => read,
            Err(error) => return Some(Err(error)),
        };
        let mut link = match connect(insertion.reader.clone(), Some(insertion.context.clone()), self.timeouts)
        {
            Ok(link) => link,
            Err(error @ (Error::CardBusy | Error::CardSilent)) => return Some(Err(error)),
            Err(_) => return None,
        };
        // Compared again, because the card may have been replaced before it was connected to.
        let is_same = link.insertion.as_ref().is_some_and(|current| current.is_same(&insertion));
        let current = link.connection.begin().map(|transaction| transaction.atr());
        if is_same && current.as_ref() == Ok(&atr) {
            return Some(Ok((link, card, known)));
        }
        link.disconnect();
        match current {
            Err(error @ (TransportError::Busy | TransportError::Silent)) => Some(Err(transport_error(error))),
            _ => None,
        }
    }

    /// Connects to the card and reads it. Remembers it if it is read to be shown.
    fn read(self, states: ReadStates, meanwhile: &mut dyn FnMut()) -> Result<Box<dyn HeldCard>, Error> {
        let name = self.reader.name.clone();
        let mut link = self.reader.connect(self.timeouts)?;
        let (atr, read) = match read_card(&mut link, states, meanwhile) {
            Ok(read) => read,
            Err(error) => {
                link.disconnect();
                return Err(error);
            }
        };
        if states == ReadStates::Both
            && read.as_ref().err().is_none_or(is_about_the_card)
            && let Some(insertion) = link.insertion.clone().filter(Insertion::is_counted)
        {
            self.memory.remember(RememberedCard { insertion, atr, card: read.clone() });
        }
        match read {
            Ok((card, known)) => Ok(Box::new(CommandSession::new(link, name, card, known))),
            Err(error) => {
                link.disconnect();
                Err(error)
            }
        }
    }
}

/// A connected card, as it was read before.
type ContinuedCard = (PcscLink, Arc<Card>, KnownStates);

/// Reads a card; returns its answer to reset and what was read.
fn read_card(
    link: &mut PcscLink,
    states: ReadStates,
    meanwhile: &mut dyn FnMut(),
) -> Result<(Vec<u8>, Result<ReadCard, Error>), Error> {
    let transaction = link.connection.begin().map_err(transport_error)?;
    let atr = transaction.atr();
    let atr_of_card = atr.clone();
    let read = move |transport: &mut dyn Transport| {
        let card = Card::open(transport, &atr_of_card)?;
        let known = KnownStates::read(&card, transport, states)?;
        Ok::<_, CardError>((Arc::new(card), known))
    };
    let read = transaction.read(read, meanwhile).map_err(transport_error)?;
    Ok((atr, read.map_err(card_error)))
}

/// Returns whether an error says what the card is, which does not change while it stays in its reader.
fn is_about_the_card(error: &Error) -> bool {
    matches!(
        error,
        Error::UnsupportedCard
            | Error::IdentityCard
            | Error::NoApplication
            | Error::NoPuk
            | Error::SeveralPins
    )
}

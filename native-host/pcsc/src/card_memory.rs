//! Cards that were just read, so that an operation need not read them again.

use crate::insertion::Insertion;
use crate::known_states::KnownStates;
use crate::library::ReaderName;
use eimza_card::Card;
use eimza_session::Error;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Cards that were just read, at most one for each reader. Clones share their content.
#[derive(Clone, Default)]
pub struct CardMemory(Arc<Content>);

#[derive(Default)]
struct Content {
    cards: Mutex<Vec<RememberedCard>>,
    /// How many operations have begun.
    operations: AtomicU32,
}

/// A card as it was read, or why it is no e-signature card.
pub(crate) struct RememberedCard {
    pub(crate) insertion: Insertion,
    /// Its answer to reset.
    pub(crate) atr: Vec<u8>,
    pub(crate) card: Result<(Arc<Card>, KnownStates), Error>,
}

impl CardMemory {
    /// Remembers a card in place of the previous one in its reader.
    pub(crate) fn remember(&self, card: RememberedCard) {
        let mut cards = self.cards();
        cards.retain(|other| other.insertion.reader != card.insertion.reader);
        cards.push(card);
    }

    /// Forgets the cards in readers that were disconnected.
    pub(crate) fn forget_all_but(&self, is_connected: impl Fn(&ReaderName) -> bool) {
        self.cards().retain(|card| is_connected(&card.insertion.reader));
    }

    /// Forgets the card in a reader.
    pub(crate) fn forget(&self, reader: &ReaderName) {
        self.cards().retain(|card| card.insertion.reader != *reader);
    }

    /// Forgets all cards: a reader or a card may have been replaced.
    pub fn forget_all(&self) {
        self.cards().clear();
    }

    /// Takes the card out of the memory: it serves one operation, which may change it.
    pub(crate) fn take(&self, reader: &ReaderName) -> Option<RememberedCard> {
        let mut cards = self.cards();
        let index = cards.iter().position(|card| card.insertion.reader == *reader)?;
        Some(cards.swap_remove(index))
    }

    /// Notes that an operation has begun, which may change a card.
    pub(crate) fn begin_operation(&self) {
        self.0.operations.fetch_add(1, Ordering::AcqRel);
    }

    /// Returns how many operations have begun.
    pub(crate) fn operations(&self) -> u32 {
        self.0.operations.load(Ordering::Acquire)
    }

    fn cards(&self) -> MutexGuard<'_, Vec<RememberedCard>> {
        self.0.cards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

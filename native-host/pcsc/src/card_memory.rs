//! Cards that were just read, so that an operation need not read them again.

use crate::insertion::Insertion;
use crate::known_states::KnownStates;
use eimza_card::Card;
use eimza_session::Error;
use std::ffi::CStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Cards that were just read, at most one for each reader. Clones share their content.
#[derive(Clone, Default)]
pub struct CardMemory(Arc<Mutex<Vec<RememberedCard>>>);

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
    pub(crate) fn forget_all_but(&self, is_connected: impl Fn(&CStr) -> bool) {
        self.cards().retain(|card| is_connected(&card.insertion.reader));
    }

    /// Forgets all cards: a reader or a card may have been replaced.
    pub fn forget_all(&self) {
        self.cards().clear();
    }

    /// Takes the card out of the memory: it serves one operation, which may change it.
    pub(crate) fn take(&self, reader: &CStr) -> Option<RememberedCard> {
        let mut cards = self.cards();
        let index = cards.iter().position(|card| card.insertion.reader.as_c_str() == reader)?;
        Some(cards.swap_remove(index))
    }

    fn cards(&self) -> MutexGuard<'_, Vec<RememberedCard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

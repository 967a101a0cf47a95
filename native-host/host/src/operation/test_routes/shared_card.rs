//! A virtual card that several reach: the session over its handle, and a module.

use super::test_route::{CardEvent, Fault, Journal, PIN, PUK, TestCard};
use eimza_virtual_card::{Card, Code, Profile, Settings};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A virtual card. Clones share it.
#[derive(Clone)]
pub struct SharedCard(Arc<Mutex<CardState>>);

/// The card, and what happens to it.
pub struct CardState {
    pub card: Card,
    pub profile: &'static Profile,
    pub journal: Journal,
    faults: BTreeMap<usize, Fault>,
    exchanges: usize,
    /// Whether another card is in the reader.
    pub is_replaced: bool,
    /// Whether the slots of a module lead to other cards.
    pub is_renumbered: bool,
    /// Whether the session has the card for itself.
    pub is_locked: bool,
}

impl SharedCard {
    pub fn insert(test: &TestCard, journal: &Journal) -> Self {
        Self(Arc::new(Mutex::new(CardState {
            card: card(test.profile, test.tries),
            profile: test.profile,
            journal: journal.clone(),
            faults: test.faults.clone(),
            exchanges: 0,
            is_replaced: false,
            is_renumbered: false,
            is_locked: false,
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, CardState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets happen what happens while the user is being asked.
    pub fn ask_user(&self, test: &TestCard) {
        let mut state = self.lock();
        state.is_replaced = test.is_replaced_during_prompt;
        state.is_renumbered = test.module.renumbers_slots_during_prompt;
        if test.loses_try_during_prompt {
            let (pin, puk) = test.tries;
            state.card = card(test.profile, (pin.saturating_sub(1), puk.saturating_sub(1)));
        }
    }
}

impl CardState {
    /// Counts an exchange; returns its fault.
    pub fn next_fault(&mut self) -> Option<Fault> {
        self.exchanges += 1;
        self.faults.get(&(self.exchanges - 1)).copied()
    }

    /// Resets the card for the session.
    pub fn reset(&mut self) {
        self.card.reset();
        self.journal.record(CardEvent::Reset);
    }
}

fn card(profile: &'static Profile, (pin_tries, puk_tries): (u8, u8)) -> Card {
    let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
    Card::new(profile, Settings { pin_tries, puk_tries, ..Settings::new(code(PIN), code(PUK)) })
}

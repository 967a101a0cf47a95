//! The command route over virtual cards in memory.

use super::shared_card::SharedCard;
use super::test_route::{CardEvent, Fault, Journal, OpenedCard, SentCodes, SentOutcome, TestCard, TestRoute};
use eimza_card::{Card, Transport, TransportError};
use eimza_pcsc::{CardLink, CommandSession, KnownStates, carries_code};
use eimza_session::{Error, HeldCard, Operation, ReadStates};
use std::sync::Arc;

/// The command route.
#[derive(Debug)]
pub struct CommandTestRoute;

impl TestRoute for CommandTestRoute {
    fn open(&self, test: &TestCard, operation: Operation, journal: &Journal) -> Option<OpenedCard> {
        let card = SharedCard::insert(test, journal);
        let session = open_held_card(&card, operation)?;
        card.ask_user(test);
        Some(OpenedCard { session, card })
    }
}

/// Opens a card over its handle, as every operation does, whatever route its codes take.
pub fn open_held_card(card: &SharedCard, operation: Operation) -> Option<Box<dyn HeldCard>> {
    let mut link = FailingLink { shared: card.clone(), received_code: false };
    let profile = card.lock().profile;
    let card = Card::open(&mut link, profile.atr).ok()?;
    let known = KnownStates::read(&card, &mut link, ReadStates::Of(operation.old_code())).ok()?;
    Some(Box::new(CommandSession::new(link, "Okuyucu 00 00".into(), Arc::new(card), known)))
}

/// A handle of a virtual card that fails at some commands and records everything.
struct FailingLink {
    shared: SharedCard,
    received_code: bool,
}

impl Transport for FailingLink {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let mut state = self.shared.lock();
        let response = match state.next_fault() {
            Some(Fault::Returns(status)) => Ok(status.to_be_bytes().to_vec()),
            Some(Fault::Fails(error)) => Err(error),
            Some(Fault::Loses(error)) => {
                state.card.transmit(command);
                Err(error)
            }
            None => Ok(state.card.transmit(command)),
        };
        let status = match &response {
            Ok(response) => Ok(u16::from_be_bytes(*response.last_chunk().unwrap())),
            Err(error) => Err(*error),
        };
        self.received_code |= carries_code(command);
        state.journal.record(if carries_code(command) {
            CardEvent::Sent(sent_codes(command), outcome(status))
        } else {
            CardEvent::Asked(command.to_vec(), status)
        });
        response
    }
}

impl CardLink for FailingLink {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        self.confirm_same_card().map_err(|_| TransportError::Changed)?;
        self.set_locked(true);
        let done = work(self);
        if self.received_code {
            self.shared.lock().reset();
        }
        self.set_locked(false);
        Ok(done)
    }

    fn confirm_same_card(&mut self) -> Result<(), Error> {
        if self.shared.lock().is_replaced { Err(Error::CardChanged) } else { Ok(()) }
    }

    fn reset_now(&mut self) {
        self.shared.lock().reset();
    }

    fn reset(self) {
        self.shared.lock().reset();
        self.disconnect();
    }

    fn disconnect(self) {
        self.shared.lock().journal.record(CardEvent::Released);
    }
}

impl FailingLink {
    fn set_locked(&self, is_locked: bool) {
        let mut state = self.shared.lock();
        state.is_locked = is_locked;
        state.journal.record(if is_locked { CardEvent::Locked } else { CardEvent::Unlocked });
    }
}

fn sent_codes(command: &[u8]) -> SentCodes {
    let data = command[5..].to_vec();
    match (command[1], command[2]) {
        (0x20, _) => SentCodes::Old(data),
        (0x2C, 0x02) => SentCodes::New(data),
        (0x24, 0x01 | 0x02) => SentCodes::BothWithLengths(data),
        _ => SentCodes::Both(data),
    }
}

fn outcome(status: Result<u16, TransportError>) -> SentOutcome {
    match status {
        Ok(0x9000 | 0x6100..=0x61FF) => SentOutcome::Accepted,
        Ok(0x6A81 | 0x6A86 | 0x6A88 | 0x6B00 | 0x6D00) => SentOutcome::Unsupported,
        Ok(_) => SentOutcome::Refused,
        Err(_) => SentOutcome::Lost,
    }
}

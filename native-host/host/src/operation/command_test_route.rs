//! The command route over virtual cards in memory.

use super::test_route::{CardEvent, Fault, Journal, PIN, PUK, SentCodes, SentOutcome, TestCard, TestRoute};
use eimza_card::{Card, Transport, TransportError};
use eimza_pcsc::{CardLink, CommandSession, KnownStates, carries_code};
use eimza_session::{CardSession, Error, Operation, ReadStates};
use eimza_virtual_card::{Card as VirtualCard, Code, Settings};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The command route.
#[derive(Debug)]
pub struct CommandTestRoute;

impl TestRoute for CommandTestRoute {
    fn open(&self, test: &TestCard, operation: Operation, journal: &Journal) -> Option<Box<dyn CardSession>> {
        let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
        let (pin_tries, puk_tries) = test.tries;
        let settings = Settings { pin_tries, puk_tries, ..Settings::new(code(PIN), code(PUK)) };
        let mut link = FailingCard {
            card: VirtualCard::new(test.profile, settings),
            faults: test.faults.clone(),
            exchanges: 0,
            journal: journal.clone(),
            is_gone: false,
            received_code: false,
        };
        let card = Card::open(&mut link, test.profile.atr).ok()?;
        let known = KnownStates::read(&card, &mut link, ReadStates::Of(operation.old_code())).ok()?;
        link.is_gone = test.is_replaced_during_prompt;
        Some(Box::new(CommandSession::new(link, "Okuyucu 00 00".into(), Arc::new(card), known)))
    }
}

/// A virtual card that fails at some commands and records everything.
struct FailingCard {
    card: VirtualCard,
    faults: BTreeMap<usize, Fault>,
    exchanges: usize,
    journal: Journal,
    /// Whether the handle is no longer valid.
    is_gone: bool,
    received_code: bool,
}

impl Transport for FailingCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = match self.faults.get(&self.exchanges) {
            Some(Fault::Returns(status)) => Ok(status.to_be_bytes().to_vec()),
            Some(Fault::Fails(error)) => Err(*error),
            None => Ok(self.card.transmit(command)),
        };
        self.exchanges += 1;
        let status = match &response {
            Ok(response) => Ok(u16::from_be_bytes(*response.last_chunk().unwrap())),
            Err(error) => Err(*error),
        };
        self.received_code |= carries_code(command);
        self.journal.record(if carries_code(command) {
            CardEvent::Sent(sent_codes(command), outcome(status))
        } else {
            CardEvent::Asked(command.to_vec(), status)
        });
        response
    }
}

impl CardLink for FailingCard {
    fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
        if self.is_gone {
            return Err(TransportError::Changed);
        }
        let done = work(self);
        if self.received_code {
            self.journal.record(CardEvent::Reset);
        }
        Ok(done)
    }

    fn confirm_same_card(&mut self) -> Result<(), Error> {
        if self.is_gone { Err(Error::CardChanged) } else { Ok(()) }
    }

    fn reset_now(&mut self) {
        self.journal.record(CardEvent::Reset);
    }

    fn reset(self) {
        self.journal.record(CardEvent::Reset);
        self.disconnect();
    }

    fn disconnect(self) {
        self.journal.record(CardEvent::Released);
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

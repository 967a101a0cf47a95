//! A session that sends commands to its card.

use crate::card_link::CardLink;
use crate::description::describe;
use crate::error_mapping::{code_error, transport_error};
use crate::known_states::KnownStates;
use eimza_card::{Card, CodeError, CodeKind, CodeState, PadError, PadFeatures, Transport, TransportError};
use eimza_display_text::DisplayText;
use eimza_session::{
    CardDescription, CardSession, CodeEntry, Error, HeldCard, Operation, ReaderEntryError, SendGate,
};
use std::sync::Arc;

/// A session that sends commands to its card.
pub struct CommandSession<L> {
    link: L,
    card: Arc<Card>,
    states: KnownStates,
    description: CardDescription,
    /// The features of the reader, once they were asked for.
    features: PadFeatures,
}

impl<L: CardLink> CommandSession<L> {
    /// Returns a session with a card that was opened over this link, in the reader with this name.
    pub fn new(link: L, reader: DisplayText, card: Arc<Card>, states: KnownStates) -> Self {
        let features = PadFeatures::default();
        Self { description: describe(reader, &card), link, card, states, features }
    }

    /// Locks the card and runs `send` within the gate, once. If the card was removed, reset or replaced since it was
    /// opened, it cannot be locked, and an entry in `send` is dropped unsent.
    fn exclusively(
        &mut self,
        gate: &dyn SendGate,
        send: impl FnOnce(&Card, &mut dyn Transport) -> Result<(), CodeError>,
    ) -> Result<Result<(), CodeError>, Error> {
        let (mut unsent, mut outcome) = (Some(send), Err(Error::Cancelled));
        let card = &*self.card;
        let locked = self.link.transact(|transport| {
            gate.pass(&mut || {
                // Taken, so that it cannot be sent again.
                if let Some(send) = unsent.take() {
                    outcome = Ok(send(card, transport));
                }
            })
        });
        match locked {
            Ok(_) => outcome,
            // Another card may be in the reader now.
            Err(TransportError::Removed) => Err(Error::CardChanged),
            Err(error) => Err(transport_error(error)),
        }
    }

    /// Sends an entry and ends the session.
    fn send(
        mut self,
        gate: &dyn SendGate,
        send: impl FnOnce(&Card, &mut dyn Transport) -> Result<(), CodeError>,
    ) -> Result<(), Error> {
        let sent = self.exclusively(gate, send);
        self.link.disconnect();
        sent?.map_err(code_error)
    }
}

impl<L: CardLink + 'static> CardSession for CommandSession<L> {
    fn description(&self) -> &CardDescription {
        &self.description
    }

    fn state(&mut self, code: CodeKind) -> Result<CodeState, Error> {
        if let Some(state) = self.states.get(code) {
            return Ok(state);
        }
        let card = &*self.card;
        let read = self.link.transact(|transport| card.code_state(transport, code));
        let state = read.and_then(|state| state).map_err(transport_error)?;
        self.states.set(code, state);
        Ok(state)
    }

    fn unblock(self: Box<Self>, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        let CodeEntry { known, old, new } = entry;
        self.send(gate, move |card, transport| card.unblock(transport, known, old, new))
    }

    fn change(self: Box<Self>, code: CodeKind, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), Error> {
        let CodeEntry { known, old, new } = entry;
        self.send(gate, move |card, transport| card.change(transport, code, known, old, new))
    }

    fn reader_takes_codes(&mut self, operation: Operation) -> Result<bool, Error> {
        let read = self.link.transact(PadFeatures::read);
        self.features = read.and_then(|features| features).map_err(transport_error)?;
        Ok(match operation {
            Operation::Unlock => self.card.can_unblock_on_pad(self.features),
            Operation::Change(code) => self.card.can_change_on_pad(self.features, code),
        })
    }

    fn enter_on_reader(
        mut self: Box<Self>,
        operation: Operation,
        known: CodeState,
        gate: &dyn SendGate,
    ) -> Result<(), ReaderEntryError> {
        let features = self.features;
        let entered = self.exclusively(gate, |card, transport| match operation {
            Operation::Unlock => card.unblock_on_pad(transport, features, known),
            Operation::Change(code) => card.change_on_pad(transport, features, code, known),
        });
        if let Ok(Err(CodeError::Pad(PadError::Refused))) = entered {
            return Err(ReaderEntryError::Refused(self));
        }
        self.link.disconnect();
        entered.and_then(|outcome| outcome.map_err(code_error)).map_err(ReaderEntryError::Failed)
    }

    fn close(self: Box<Self>) {
        self.link.disconnect();
    }
}

impl<L: CardLink + 'static> HeldCard for CommandSession<L> {
    fn confirm_same_card(&mut self) -> Result<(), Error> {
        self.link.confirm_same_card()
    }

    fn reset_now(&mut self) {
        self.link.reset_now();
    }

    fn reset(self: Box<Self>) {
        self.link.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_card::{ControlAnswer, ReaderControl};
    use eimza_session::ReadStates;
    use eimza_virtual_card::{Card as VirtualCard, Code, Profile, Settings};
    use std::sync::Mutex;

    /// What a card and its handle were told.
    #[derive(Debug, Clone, PartialEq, Eq)]
    enum Event {
        Command(u8),
        OnReader,
        Confirmed,
        Reset,
        Disconnected,
    }

    type Events = Arc<Mutex<Vec<Event>>>;

    struct InMemory {
        card: VirtualCard,
        events: Events,
        error: Option<TransportError>,
        /// What the reader answers when it is to take codes.
        on_reader: Option<Result<ControlAnswer, TransportError>>,
    }

    impl InMemory {
        fn record(&self, event: Event) {
            self.events.lock().unwrap().push(event);
        }
    }

    impl Transport for InMemory {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            self.record(Event::Command(command[1]));
            Ok(self.card.transmit(command))
        }

        fn control(&mut self, control: ReaderControl<'_>) -> Result<ControlAnswer, TransportError> {
            match (control, &self.on_reader) {
                (_, None) => Ok(ControlAnswer::Refused),
                (ReaderControl::GetFeatures, _) => {
                    Ok(ControlAnswer::Response(vec![6, 4, 0, 0, 0, 6, 7, 4, 0, 0, 0, 7]))
                }
                (ReaderControl::TakeCodes { .. }, Some(answer)) => {
                    self.record(Event::OnReader);
                    answer.clone()
                }
            }
        }
    }

    impl CardLink for InMemory {
        fn transact<T>(&mut self, work: impl FnOnce(&mut dyn Transport) -> T) -> Result<T, TransportError> {
            self.error.map_or_else(|| Ok(work(self)), Err)
        }

        fn confirm_same_card(&mut self) -> Result<(), Error> {
            self.record(Event::Confirmed);
            Ok(())
        }

        fn reset_now(&mut self) {
            self.record(Event::Reset);
        }

        fn reset(self) {
            self.record(Event::Reset);
        }

        fn disconnect(self) {
            self.record(Event::Disconnected);
        }
    }

    /// Opens a card with these states, then breaks its handle. Returns what happens from then on.
    fn session(
        states: Option<ReadStates>,
        error: Option<TransportError>,
    ) -> (Box<CommandSession<InMemory>>, Events) {
        let code = |digits: &str| Code::parse(digits.as_bytes()).unwrap();
        let profile = Profile::named("sanal").unwrap();
        let settings = Settings { pin_tries: 0, ..Settings::new(code("123456"), code("12345678")) };
        let events = Events::default();
        let card = VirtualCard::new(profile, settings);
        let mut link = InMemory { card, events: Arc::clone(&events), error: None, on_reader: None };
        let card = Card::open(&mut link, profile.atr).unwrap_or_else(|error| panic!("{error}"));
        let known = states.map(|states| KnownStates::read(&card, &mut link, states).unwrap());
        events.lock().unwrap().clear();
        link.error = error;
        let known = known.unwrap_or_default();
        (Box::new(CommandSession::new(link, "Okuyucu".into(), Arc::new(card), known)), events)
    }

    fn entry(known: CodeState) -> CodeEntry {
        CodeEntry { known, old: "12345678".bytes().collect(), new: "739164".bytes().collect() }
    }

    /// Lets codes pass, or not.
    struct Gate(bool);

    impl SendGate for Gate {
        fn pass(&self, send: &mut dyn FnMut()) -> bool {
            if self.0 {
                send();
                send();
            }
            self.0
        }
    }

    const THREE: CodeState = CodeState::Usable(Some(3));

    #[test]
    fn sends_an_entry_once_even_if_the_gate_is_passed_twice() {
        let (session, events) = session(Some(ReadStates::Of(CodeKind::Puk)), None);
        assert_eq!(session.unblock(entry(THREE), &Gate(true)), Ok(()));
        let commands = [0xA4, 0x20, 0x20, 0x2C].map(Event::Command);
        assert_eq!(*events.lock().unwrap(), [&commands[..], &[Event::Disconnected]].concat());
    }

    #[test]
    fn closed_gate_sends_nothing() {
        let (session, events) = session(None, None);
        assert_eq!(session.unblock(entry(THREE), &Gate(false)), Err(Error::Cancelled));
        assert_eq!(*events.lock().unwrap(), [Event::Disconnected]);
    }

    #[test]
    fn card_that_was_removed_or_replaced_gets_nothing() {
        for (error, expected) in [
            (TransportError::Removed, Error::CardChanged),
            (TransportError::Changed, Error::CardChanged),
            (TransportError::Busy, Error::CardBusy),
            (TransportError::ReaderGone, Error::ReaderGone),
            (TransportError::ServiceGone, Error::NoService),
            (TransportError::Silent, Error::CardSilent),
        ] {
            let (session, events) = session(None, Some(error));
            assert_eq!(session.change(CodeKind::Puk, entry(THREE), &Gate(true)), Err(expected));
            assert_eq!(*events.lock().unwrap(), [Event::Disconnected]);
        }
    }

    #[test]
    fn state_is_read_once() {
        let (mut session, events) = session(Some(ReadStates::Of(CodeKind::Puk)), None);
        assert_eq!(session.state(CodeKind::Puk), Ok(THREE));
        assert_eq!(*events.lock().unwrap(), []);
        for _ in 0..2 {
            assert_eq!(session.state(CodeKind::Pin), Ok(CodeState::Blocked));
            assert_eq!(*events.lock().unwrap(), [0xA4, 0x20].map(Event::Command));
        }
        let (mut session, _) = self::session(None, Some(TransportError::Removed));
        assert_eq!(session.state(CodeKind::Pin), Err(Error::CardRemoved));
    }

    const UNBLOCK: Operation = Operation::Unlock;

    /// The session that goes on, or why it ended.
    type NotEntered = Result<Box<dyn CardSession>, Error>;

    /// Has a reader that gives this answer take the codes of an unblock; returns the session if it goes on.
    fn enter_on_reader(
        answer: Result<ControlAnswer, TransportError>,
        error: Option<TransportError>,
        gate: bool,
    ) -> (Result<(), NotEntered>, Vec<Event>) {
        let (mut session, events) = session(Some(ReadStates::Of(CodeKind::Puk)), None);
        session.link.on_reader = Some(answer);
        assert_eq!(session.reader_takes_codes(UNBLOCK), Ok(true));
        session.link.error = error;
        let result = session.enter_on_reader(UNBLOCK, THREE, &Gate(gate)).map_err(|error| match error {
            ReaderEntryError::Refused(session) => Ok(session),
            ReaderEntryError::Failed(error) => Err(error),
        });
        let events = events.lock().unwrap().clone();
        (result, events)
    }

    #[test]
    fn reader_takes_an_entry_once_even_if_the_gate_is_passed_twice() {
        for (answer, expected) in [
            (Ok(ControlAnswer::Response(vec![0x63, 0xC2])), Error::WrongCode(Some(2))),
            (Ok(ControlAnswer::Response(vec![0x64, 0x00])), Error::EntryTimedOut),
            (Ok(ControlAnswer::Response(vec![0x64, 0x01])), Error::Cancelled),
            (Err(TransportError::Silent), Error::OutcomeUnknown),
        ] {
            let (result, events) = enter_on_reader(answer, None, true);
            assert_eq!(result.err().and_then(Result::err), Some(expected));
            let before = [0xA4, 0x20].map(Event::Command);
            assert_eq!(events, [&before[..], &[Event::OnReader, Event::Disconnected]].concat());
        }
    }

    #[test]
    fn reader_gets_nothing_for_another_card_or_behind_a_closed_gate() {
        let accepted = || Ok(ControlAnswer::Response(vec![0x90, 0x00]));
        for (error, gate, expected) in [
            (Some(TransportError::Removed), true, Error::CardChanged),
            (Some(TransportError::Changed), true, Error::CardChanged),
            (None, false, Error::Cancelled),
        ] {
            let (result, events) = enter_on_reader(accepted(), error, gate);
            assert_eq!(result.err().and_then(Result::err), Some(expected));
            assert_eq!(events, [Event::Disconnected]);
        }
    }

    #[test]
    fn session_goes_on_after_a_refusal() {
        let (result, events) = enter_on_reader(Ok(ControlAnswer::Refused), None, true);
        assert_eq!(events.last(), Some(&Event::OnReader));
        let session = result.err().and_then(Result::ok).expect("the session goes on");
        assert_eq!(session.unblock(entry(THREE), &Gate(true)), Ok(()));
    }

    #[test]
    fn reader_without_keys_takes_no_codes() {
        let (mut session, _) = session(Some(ReadStates::Of(CodeKind::Puk)), None);
        assert_eq!(session.reader_takes_codes(UNBLOCK), Ok(false));
        session.link.error = Some(TransportError::Changed);
        assert_eq!(session.reader_takes_codes(UNBLOCK), Err(Error::CardChanged));
    }

    /// Another route sends the codes of such a session.
    #[test]
    fn held_card_is_confirmed_and_reset_without_a_command() {
        let (mut session, events) = session(None, None);
        assert_eq!(session.confirm_same_card(), Ok(()));
        HeldCard::reset(session);
        assert_eq!(*events.lock().unwrap(), [Event::Confirmed, Event::Reset]);
    }
}

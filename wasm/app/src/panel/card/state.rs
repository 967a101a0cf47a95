//! What the panel knows and what it does next: pure, so that every path is a plain test.

use super::link::LinkProblem;
use eimza_protocol::{
    CardStatus, CodeState, Command, Diagnostics, Event, Lang, Message, Outcome, Problem, ReaderStatus,
    Request, Status,
};
use std::collections::BTreeMap;

/// The host introduces itself within this time, in milliseconds.
const HELLO: u32 = 5_000;
/// A host that is not installed is looked for again after this time: it may be by now.
const INSTALLED: u32 = 4_000;
/// A slow card answers within this time.
const ANSWER: u32 = 30_000;
/// Somebody looking for the PUK letter: longer than ten of the prompt's windows wait together (one
/// to confirm, three for the PUK, three times two for the PIN).
const OPERATION: u32 = 60 * 60_000;

/// The panel as it is now.
#[derive(Debug)]
pub(crate) struct Panel {
    pub lang: Lang,
    pub link: Link,
    /// The readers, or why they cannot be seen; none before the first answer.
    pub readers: Option<Result<Status, Problem>>,
    pub step: Step,
    /// Readers whose card refused a PUK, with the tries left where the card said so: remembered until the
    /// card is unlocked or taken out.
    refused: BTreeMap<String, Option<u8>>,
    /// An operation was broken off: nobody knows whether the codes have reached the card.
    pub interrupted: bool,
    /// Of several cards the user's choice, by its reader.
    chosen: Option<String>,
    asked: Option<Request>,
    last_id: u32,
}

/// The way to the native host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Not yet introduced.
    Connecting,
    /// Ready for questions.
    Open,
    /// Nothing to be had.
    Closed(LinkProblem),
}

/// Where the user is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The card's state and what can be done about it.
    Overview,
    /// "PUK kodunuz var mı?"
    PukQuestion,
    /// No PUK: the official way.
    OfficialWay,
    /// There is a PUK: unlock here.
    WithPuk,
    /// The host asks in its own window.
    Working(Command),
    /// The host looks for what is wrong with this computer.
    Examining,
    /// What it found.
    Examined(Diagnostics),
    /// Done.
    Done(Command),
    /// Not done.
    Failed(Problem),
}

/// What the user can press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Button {
    Again,
    Refresh,
    Forgotten,
    HavePuk,
    NoPuk,
    Back,
    Unlock,
    ChangePin,
    ChangePuk,
    GiveUp,
    /// What is wrong with this computer?
    Examine,
    /// The warning of a broken-off operation was read.
    Understood,
    /// The card in this reader.
    Choose(String),
}

/// What happens to the panel.
#[derive(Debug)]
pub(crate) enum Input {
    Start,
    Pressed(Button),
    Said(Message),
    NotUnderstood,
    /// The way to the host ended; the browser's reason, or nothing.
    Lost(String),
    PatienceEnded,
}

/// What the panel wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    Connect,
    Disconnect,
    Send(Request),
    /// Milliseconds until [`Input::PatienceEnded`]; replaces the wait before; none stops it.
    Wait(Option<u32>),
}

impl Panel {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            lang,
            link: Link::Connecting,
            readers: None,
            step: Step::Overview,
            refused: BTreeMap::new(),
            interrupted: false,
            chosen: None,
            asked: None,
            last_id: 0,
        }
    }

    /// The readers with an e-signature card.
    pub(crate) fn with_card(&self) -> Vec<&ReaderStatus> {
        let readers = self.readers.iter().flatten().flat_map(|status| &status.readers);
        readers.filter(|reader| reader.card.is_some()).collect()
    }

    /// The reader that the panel speaks of: the chosen one while it has a card, else one with a
    /// blocked card, else one with a card, else one of which there is more to say than that it is empty,
    /// else the first.
    pub(crate) fn reader(&self) -> Option<&ReaderStatus> {
        let readers = &self.readers.as_ref()?.as_ref().ok()?.readers;
        let blocked = |card: &CardStatus| card.pin == CodeState::Blocked;
        readers
            .iter()
            .find(|reader| reader.card.is_some() && self.chosen.as_ref() == Some(&reader.name))
            .or_else(|| readers.iter().find(|reader| reader.card.as_ref().is_some_and(blocked)))
            .or_else(|| readers.iter().find(|reader| reader.card.is_some()))
            .or_else(|| readers.iter().find(|reader| reader.error != Some(Problem::NoCard)))
            .or_else(|| readers.first())
    }

    /// The card that the panel speaks of.
    pub(crate) fn card(&self) -> Option<&CardStatus> {
        self.reader()?.card.as_ref()
    }

    /// The tries left on a card that refused a PUK, where it said so: the card that the panel speaks of, or
    /// any while no reader can be seen. None where no PUK was refused.
    pub(crate) fn refused(&self) -> Option<Option<u8>> {
        match self.reader() {
            Some(reader) => self.refused.get(&reader.name).copied(),
            None => self.refused.values().next().copied(),
        }
    }

    /// Changes the state and says what to do.
    pub(crate) fn take(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Start => self.connect(),
            Input::Pressed(button) => self.pressed(button),
            Input::Said(message) => self.said(message),
            Input::NotUnderstood => self.close(LinkProblem::TooNew),
            // Looked for again, and still not there.
            Input::Lost(reason) if self.link == Link::Closed(LinkProblem::Missing) && !reason.is_empty() => {
                vec![Effect::Wait(Some(INSTALLED))]
            }
            Input::Lost(_) if matches!(self.link, Link::Closed(_)) => Vec::new(),
            Input::PatienceEnded if self.link == Link::Closed(LinkProblem::Missing) => {
                vec![Effect::Connect, Effect::Wait(Some(INSTALLED))]
            }
            Input::Lost(reason) => self.close(LinkProblem::from_browser(&reason)),
            Input::PatienceEnded => self.close(LinkProblem::Silent),
        }
    }

    fn connect(&mut self) -> Vec<Effect> {
        self.link = Link::Connecting;
        self.readers = None;
        self.asked = None;
        vec![Effect::Connect, Effect::Wait(Some(HELLO))]
    }

    /// Whatever was under way is over; the card's state must be read anew.
    fn close(&mut self, problem: LinkProblem) -> Vec<Effect> {
        self.link = Link::Closed(problem);
        self.readers = None;
        self.break_off();
        let again = (problem == LinkProblem::Missing).then_some(INSTALLED);
        vec![Effect::Disconnect, Effect::Wait(again)]
    }

    fn break_off(&mut self) {
        self.interrupted |= matches!(self.step, Step::Working(_));
        self.asked = None;
        self.step = Step::Overview;
    }

    fn pressed(&mut self, button: Button) -> Vec<Effect> {
        match button {
            Button::Again if matches!(self.link, Link::Closed(_)) => return self.connect(),
            Button::Again | Button::Refresh => {
                self.step = Step::Overview;
                return self.ask(Command::Status, ANSWER);
            }
            Button::Forgotten => self.step = Step::PukQuestion,
            Button::HavePuk => self.step = Step::WithPuk,
            Button::NoPuk => self.step = Step::OfficialWay,
            Button::Back => self.step = Step::Overview,
            Button::Understood => self.interrupted = false,
            Button::Examine => {
                let effects = self.ask(Command::Doctor, ANSWER);
                if !effects.is_empty() {
                    self.step = Step::Examining;
                }
                return effects;
            }
            Button::Unlock if self.step == Step::WithPuk => return self.operate(Command::Unlock),
            Button::Unlock => {}
            Button::ChangePin => return self.operate(Command::ChangePin),
            Button::ChangePuk => return self.operate(Command::ChangePuk),
            // What is under way is for the card that it was begun with.
            Button::Choose(_) if matches!(self.step, Step::Working(_)) => {}
            Button::Choose(reader) => {
                self.chosen = Some(reader);
                self.step = Step::Overview;
            }
            // The host ends with its connection, and its window with it.
            Button::GiveUp => {
                self.break_off();
                return self.connect();
            }
        }
        Vec::new()
    }

    /// Has the host ask for codes and work with them.
    fn operate(&mut self, command: Command) -> Vec<Effect> {
        if self.card().is_none() {
            return Vec::new();
        }
        let effects = self.ask(command, OPERATION);
        if !effects.is_empty() {
            self.step = Step::Working(command);
            self.interrupted = false;
        }
        effects
    }

    /// Asks the host. Nothing comes between an operation and its answer; any other question that is not
    /// answered yet is given up for the new one: what it asked for comes as an event as well.
    fn ask(&mut self, command: Command, patience: u32) -> Vec<Effect> {
        let working = self.asked.as_ref().is_some_and(|asked| asked.command.is_operation());
        if self.link != Link::Open || working {
            return Vec::new();
        }
        self.last_id += 1;
        let reader = self.reader().map(|reader| reader.name.clone());
        let reader = reader.filter(|_| command.is_operation());
        let request = Request { id: self.last_id, command, lang: self.lang, reader };
        self.asked = Some(request.clone());
        vec![Effect::Send(request), Effect::Wait(Some(patience))]
    }

    fn said(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Hello { hello } => match LinkProblem::from_version(hello.protocol) {
                Ok(()) => {
                    self.link = Link::Open;
                    self.ask(Command::Watch, ANSWER)
                }
                Err(problem) => self.close(problem),
            },
            Message::Event(Event::Readers(status)) => self.seen_by_event(if status.readers.is_empty() {
                Err(Problem::NoReader)
            } else {
                Ok(status)
            }),
            Message::Event(Event::Lost { error }) => self.seen_by_event(Err(error)),
            Message::Result { id, result } => self.answered(id, Ok(result)),
            Message::Error { id: Some(id), error } => self.answered(id, Err(error)),
            Message::Error { id: None, error: Problem::OriginRefused } => self.close(LinkProblem::Forbidden),
            // A message of ours that the host could not read.
            Message::Error { id: None, error } => {
                self.asked = None;
                self.step = Step::Failed(error);
                vec![Effect::Wait(None)]
            }
        }
    }

    /// The first event ends the wait for it; later ones come while other answers may be waited for.
    fn seen_by_event(&mut self, readers: Result<Status, Problem>) -> Vec<Effect> {
        let first = self.readers.is_none() && self.asked.is_none();
        self.see(readers);
        if first { vec![Effect::Wait(None)] } else { Vec::new() }
    }

    fn answered(&mut self, id: u32, result: Result<Outcome, Problem>) -> Vec<Effect> {
        let Some(request) = self.asked.take_if(|request| request.id == id) else {
            return Vec::new(); // to a question that nobody waits for any more
        };
        match result {
            // The first event follows; without it there would be nothing to show.
            Ok(Outcome::Watching) if self.readers.is_none() => return vec![Effect::Wait(Some(ANSWER))],
            Ok(Outcome::Watching) => {}
            Ok(Outcome::Status(status)) => self.see(Ok(status)),
            Ok(Outcome::Doctor(findings)) => self.step = Step::Examined(findings),
            // Who changed the PUK knew it: the warning about wrong ones is over in either case.
            Ok(Outcome::Unlocked { .. } | Outcome::PukChanged { .. }) => {
                self.refused.remove(request.reader.as_deref().unwrap_or_default());
                return self.done(request.command);
            }
            Ok(Outcome::PinChanged { .. }) => return self.done(request.command),
            Err(error) if request.command.is_operation() => {
                self.note_refusal(&request, &error);
                self.step = Step::Failed(error);
                return self.ask(Command::Status, ANSWER);
            }
            Err(error) if request.command == Command::Doctor => self.step = Step::Failed(error),
            Err(Problem::Busy) => {} // no news of the readers
            Err(error) => self.see(Err(error)),
        }
        vec![Effect::Wait(None)]
    }

    /// Says so and reads the card anew.
    fn done(&mut self, command: Command) -> Vec<Effect> {
        self.step = Step::Done(command);
        self.ask(Command::Status, ANSWER)
    }

    /// Remembers what the card said of its PUK, also where the panel shows the card: the tries left
    /// must not stand there too high until the card is read again.
    fn note_refusal(&mut self, request: &Request, error: &Problem) {
        let (puk, tries) = match error {
            Problem::PukWrong { tries: Some(left) } => {
                (CodeState::Usable { tries: Some(*left) }, Some(*left))
            }
            Problem::PukWrong { tries: None } => (CodeState::Unknown, None),
            Problem::PukBlocked => (CodeState::Blocked, Some(0)),
            _ => return,
        };
        let name = request.reader.clone().unwrap_or_default();
        let readers = self.readers.iter_mut().flatten().flat_map(|status| &mut status.readers);
        for card in readers.filter(|reader| reader.name == name).filter_map(|reader| reader.card.as_mut()) {
            card.puk = puk;
        }
        self.refused.insert(name, tries);
    }

    /// Takes note of the readers. A card that was taken out takes its warning and its outcome along.
    fn see(&mut self, readers: Result<Status, Problem>) {
        self.refused.retain(|reader, _| !is_taken_out(reader, &readers));
        self.readers = Some(readers);
        let speaks_of_no_card =
            matches!(self.step, Step::Working(_) | Step::Failed(_) | Step::Examining | Step::Examined(_));
        if self.card().is_none() && !speaks_of_no_card {
            self.step = Step::Overview;
        }
    }
}

/// Whether the reader is known to be empty or gone. A card that merely cannot be read just now is
/// still there.
fn is_taken_out(reader: &str, readers: &Result<Status, Problem>) -> bool {
    match readers {
        Ok(status) => status
            .readers
            .iter()
            .find(|known| known.name == reader)
            .is_none_or(|known| known.card.is_none() && known.error == Some(Problem::NoCard)),
        Err(problem) => *problem == Problem::NoReader,
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;

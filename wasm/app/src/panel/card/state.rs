//! The state of the card section, and how it talks to the native host.

use super::host_problem::HostProblem;
use super::procedures;
use super::readers::Readers;
use super::step::Step;
use crate::panel::effects::{Effect, HostEvent};
use crate::panel::shared::Shared;
use eimza_payment::Day;
use eimza_protocol::{CodeState, Command, Event, HostMessage, Outcome, Problem, Request, Status};

/// The maximum time in milliseconds until the host's hello.
const HELLO_TIMEOUT: u32 = 5_000;
/// The interval in milliseconds at which a host that is not installed is looked for again.
const INSTALLATION_CHECK_INTERVAL: u32 = 4_000;
/// The maximum time in milliseconds until an answer from a slow card.
const ANSWER_TIMEOUT: u32 = 30_000;
/// The maximum time in milliseconds of an operation during which the user may have to look for the PUK
/// letter. It is longer than the timeouts of ten prompt windows together: one to confirm, three for the PUK,
/// three times two for the PIN.
const OPERATION_TIMEOUT: u32 = 60 * 60_000;

/// The name of the timer for host requests and retries.
const TIMER: &str = "host";

/// The state of the card section.
#[derive(Debug, Default)]
pub(crate) struct Card {
    pub connection: Connection,
    pub readers: Readers,
    pub step: Step,
    /// Whether an operation was interrupted, so that it is unknown whether the codes reached the card.
    pub interrupted: bool,
    /// The request whose answer is awaited.
    pending: Option<Request>,
    last_id: u32,
}

/// The state of the connection to the native host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Connection {
    /// The host has not sent its hello.
    #[default]
    Connecting,
    /// The host accepts requests.
    Open,
    /// There is no connection.
    Closed(HostProblem),
}

/// The messages of controls and timers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// Connect again, or read the card again.
    Retry,
    Refresh,
    /// Ask whether the PUK is at hand.
    AskForPuk,
    /// Show where the PUK may be found.
    FindPuk,
    NoPuk,
    Back,
    Unlock,
    ChangePin,
    ChangePuk,
    Cancel,
    RunDiagnostics,
    /// The user read the warning about an interrupted operation.
    DismissInterruption,
    /// Show the card in this reader.
    SelectReader(String),
    OpenRenewal,
    /// Open the side panel, from the welcome page.
    OpenPanel,
    /// Open the official way to unlock; its step about the PUK is not needed because there is none.
    OpenOfficialUnlock,
    TimedOut,
}

type Effects = Vec<Effect<Message>>;

impl Card {
    /// Connects to the host.
    pub(super) fn connect(&mut self) -> Effects {
        self.connection = Connection::Connecting;
        self.readers.status = None;
        self.pending = None;
        vec![Effect::ConnectHost, start_timer(HELLO_TIMEOUT)]
    }

    /// Handles an event of the host or of the connection to it.
    pub(super) fn host_event(&mut self, event: HostEvent, shared: &Shared) -> Effects {
        let is_missing = self.connection == Connection::Closed(HostProblem::Missing);
        match event {
            HostEvent::Message(message) => self.host_message(message, shared),
            HostEvent::Unreadable => self.close(HostProblem::TooNew),
            // Another attempt to connect failed: the host is still missing.
            HostEvent::Disconnected(reason) if is_missing && !reason.is_empty() => {
                vec![start_timer(INSTALLATION_CHECK_INTERVAL)]
            }
            HostEvent::Disconnected(_) if matches!(self.connection, Connection::Closed(_)) => Vec::new(),
            HostEvent::Disconnected(reason) => self.close(HostProblem::from_browser(&reason)),
        }
    }

    /// Ends any pending request. The card must be read again afterwards.
    fn close(&mut self, problem: HostProblem) -> Effects {
        self.connection = Connection::Closed(problem);
        self.readers.status = None;
        self.interrupt();
        let timer = if problem == HostProblem::Missing {
            start_timer(INSTALLATION_CHECK_INTERVAL)
        } else {
            Effect::StopTimer(TIMER)
        };
        vec![Effect::DisconnectHost, timer]
    }

    fn interrupt(&mut self) {
        self.interrupted |= matches!(self.step, Step::Working(_));
        self.pending = None;
        self.show_overview();
    }

    /// Starts a step about the card on show, which stays on show.
    fn start_step(&mut self, step: Step) {
        self.readers.keep_card();
        self.step = step;
    }

    fn show_overview(&mut self) {
        self.readers.release_card();
        self.step = Step::Overview;
    }

    /// Handles a message of a control or timer.
    pub(super) fn handle(&mut self, message: Message, shared: &Shared) -> Effects {
        match message {
            Message::Retry if matches!(self.connection, Connection::Closed(_)) => return self.connect(),
            // An operation goes on until its answer comes or the user gives up.
            Message::Retry | Message::Refresh if matches!(self.step, Step::Working(_)) => {}
            Message::Retry | Message::Refresh => {
                self.show_overview();
                return self.request(Command::Status, ANSWER_TIMEOUT, shared);
            }
            Message::AskForPuk => self.start_step(Step::PukQuestion),
            Message::FindPuk => self.start_step(Step::PukPlaces),
            Message::NoPuk => self.start_step(Step::OfficialWay),
            Message::Back => self.show_overview(),
            Message::DismissInterruption => self.interrupted = false,
            Message::RunDiagnostics => return self.run_diagnostics(shared),
            Message::Unlock if self.may_unlock() => return self.operate(Command::Unlock, shared),
            Message::Unlock => {}
            Message::ChangePin => return self.operate(Command::ChangePin, shared),
            Message::ChangePuk => return self.operate(Command::ChangePuk, shared),
            // An operation continues with the card that it was started with.
            Message::SelectReader(_) if matches!(self.step, Step::Working(_)) => {}
            Message::SelectReader(reader) => {
                self.show_overview();
                self.readers.selected = Some(reader);
            }
            // The host and its prompt end with the old connection.
            Message::Cancel => {
                self.interrupt();
                return self.connect();
            }
            Message::OpenPanel => return vec![Effect::OpenPanel],
            Message::OpenRenewal => return procedures::open_renewal(shared),
            Message::OpenOfficialUnlock => return procedures::open_official_unlock(shared),
            Message::TimedOut if self.connection == Connection::Closed(HostProblem::Missing) => {
                return vec![Effect::ConnectHost, start_timer(INSTALLATION_CHECK_INTERVAL)];
            }
            Message::TimedOut => return self.close(HostProblem::NotResponding),
        }
        Vec::new()
    }

    /// Returns whether the user has been asked about the PUK, and it is not blocked.
    fn may_unlock(&self) -> bool {
        let is_blocked = self.readers.current_card().is_some_and(|card| card.puk == CodeState::Blocked);
        self.step == Step::PukQuestion && !is_blocked
    }

    fn run_diagnostics(&mut self, shared: &Shared) -> Effects {
        let effects = self.request(Command::Doctor, ANSWER_TIMEOUT, shared);
        if !effects.is_empty() {
            self.step = Step::Examining;
        }
        effects
    }

    /// Starts an operation for which the host prompts for codes.
    fn operate(&mut self, command: Command, shared: &Shared) -> Effects {
        if self.readers.current_card().is_none() {
            return Vec::new();
        }
        let effects = self.request(command, OPERATION_TIMEOUT, shared);
        if !effects.is_empty() {
            self.start_step(Step::Working(command));
            self.interrupted = false;
        }
        effects
    }

    /// Sends a request. Does nothing while an operation is pending. Any other pending request is abandoned;
    /// its result also arrives as an event.
    fn request(&mut self, command: Command, timeout: u32, shared: &Shared) -> Effects {
        let is_working = self.pending.as_ref().is_some_and(|pending| pending.command.is_operation());
        if self.connection != Connection::Open || is_working {
            return Vec::new();
        }
        self.last_id += 1;
        let reader = self.readers.current().map(|reader| reader.name.clone());
        let reader = reader.filter(|_| command.is_operation());
        let request = Request { id: self.last_id, command, lang: shared.lang, reader };
        self.pending = Some(request.clone());
        vec![Effect::SendToHost(request), start_timer(timeout)]
    }

    fn host_message(&mut self, message: HostMessage, shared: &Shared) -> Effects {
        match message {
            HostMessage::Hello { hello } => match HostProblem::from_version(hello.protocol) {
                Ok(()) => {
                    self.connection = Connection::Open;
                    self.request(Command::Watch, ANSWER_TIMEOUT, shared)
                }
                Err(problem) => self.close(problem),
            },
            HostMessage::Event(Event::Readers(status)) => self.readers_event(if status.readers.is_empty() {
                Err(Problem::NoReader)
            } else {
                Ok(status)
            }),
            HostMessage::Event(Event::Lost { error }) => self.readers_event(Err(error)),
            HostMessage::Result { id, result } => self.answer(id, Ok(result), shared),
            HostMessage::Error { id: Some(id), error } => self.answer(id, Err(error), shared),
            HostMessage::Error { id: None, error: Problem::OriginRefused } => {
                self.close(HostProblem::Forbidden)
            }
            // The host could not read a message of this panel.
            HostMessage::Error { id: None, error } => {
                self.pending = None;
                self.step = Step::Failed(error);
                vec![Effect::StopTimer(TIMER)]
            }
        }
    }

    /// Handles a readers event. Only the first one is awaited: later ones may arrive while another answer is
    /// awaited, so they do not stop the timer.
    fn readers_event(&mut self, status: Result<Status, Problem>) -> Effects {
        let is_awaited = self.readers.status.is_none() && self.pending.is_none();
        self.set_readers(status);
        if is_awaited { vec![Effect::StopTimer(TIMER)] } else { Vec::new() }
    }

    fn answer(&mut self, id: u32, result: Result<Outcome, Problem>, shared: &Shared) -> Effects {
        let Some(request) = self.pending.take_if(|request| request.id == id) else {
            return Vec::new(); // the request was abandoned
        };
        match result {
            // The first event follows; without it there is nothing to show.
            Ok(Outcome::Watching) if self.readers.status.is_none() => {
                return vec![start_timer(ANSWER_TIMEOUT)];
            }
            Ok(Outcome::Watching) => {}
            Ok(Outcome::Status(status)) => self.set_readers(Ok(status)),
            Ok(Outcome::Doctor(diagnostics)) => self.step = Step::Examined(diagnostics),
            Ok(Outcome::Unlocked { .. }) => {
                self.readers.record_unlock(request.reader.as_deref().unwrap_or_default());
                let mut effects = self.operation_done(request.command, shared);
                effects.extend(procedures::tick_unlock(shared));
                return effects;
            }
            // Changing the PUK requires the correct one, so the warning about a refused PUK no longer
            // applies either.
            Ok(Outcome::PukChanged { .. }) => {
                self.readers.forget_refusal(request.reader.as_deref().unwrap_or_default());
                return self.operation_done(request.command, shared);
            }
            Ok(Outcome::PinChanged { .. }) => return self.operation_done(request.command, shared),
            Err(error) if request.command.is_operation() => {
                self.readers.record_refusal(request.reader.as_deref().unwrap_or_default(), &error);
                self.step = Step::Failed(error);
                return self.request(Command::Status, ANSWER_TIMEOUT, shared);
            }
            Err(error) if request.command == Command::Doctor => self.step = Step::Failed(error),
            Err(Problem::Busy) => {} // contains no information about the readers
            Err(error) => self.set_readers(Err(error)),
        }
        vec![Effect::StopTimer(TIMER)]
    }

    fn operation_done(&mut self, command: Command, shared: &Shared) -> Effects {
        self.step = Step::Done(command);
        self.request(Command::Status, ANSWER_TIMEOUT, shared)
    }

    /// Returns the last valid day of the certificate on show, where nothing else is to be done now.
    pub(super) fn certificate_end(&self) -> Option<Day> {
        let is_idle = matches!(self.step, Step::Overview | Step::Done(_));
        let card = self.readers.current_card().filter(|_| is_idle && self.connection == Connection::Open)?;
        // A blocked PIN comes first.
        let certificate = card.certificates.first().filter(|_| card.pin != CodeState::Blocked)?;
        Day::in_turkey(certificate.until)
    }

    /// Records a report about the readers.
    fn set_readers(&mut self, status: Result<Status, Problem>) {
        self.readers.set_status(status);
        if self.step.is_over(&self.readers) {
            self.show_overview();
        }
    }
}

fn start_timer(milliseconds: u32) -> Effect<Message> {
    Effect::StartTimer { name: TIMER, milliseconds, message: Message::TimedOut }
}

#[cfg(test)]
mod tests;

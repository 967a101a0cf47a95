//! Tests of the session with a scripted module and a scripted card.

use super::*;
use crate::message::{Call, Done, FindError, Found};
use crate::number::widened;
use cryptoki_sys::{CKF_SO_PIN_FINAL_TRY, CKR_GENERAL_ERROR, CKR_PIN_INCORRECT};
use eimza_display_text::DisplayText;
use eimza_session::{Cardholder, CodeFormat, CodeRules, Secret};
use std::sync::{Arc, Mutex};

/// What happened, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, what: &str) {
        self.0.lock().unwrap().push(what.to_owned());
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

struct ScriptedToken {
    log: Log,
    compared: Result<Comparison, Silence>,
    done: Result<Done, Silence>,
}

impl Conversation for ScriptedToken {
    fn find(&mut self) -> Result<Found, Option<FindError>> {
        panic!("a session continues with a token that was found")
    }

    fn compare(&mut self, expected: Expected) -> Result<Comparison, Silence> {
        assert_eq!(expected, expected_token());
        self.log.add("compare");
        self.compared
    }

    fn operate(&mut self, operation: Operation, old: &[u8], new: &[u8]) -> Result<Done, Silence> {
        let text = |code| String::from_utf8_lossy(code).into_owned();
        self.log.add(&format!("{operation:?} {} {}", text(old), text(new)));
        self.done
    }
}

impl Drop for ScriptedToken {
    fn drop(&mut self) {
        self.log.add("module gone");
    }
}

struct ScriptedCard {
    log: Log,
    description: CardDescription,
    confirmed: Result<(), Error>,
    /// The state of both codes, as commands have read it.
    state: CodeState,
}

impl CardSession for ScriptedCard {
    fn description(&self) -> &CardDescription {
        &self.description
    }

    fn state(&mut self, _: CodeKind) -> Result<CodeState, Error> {
        Ok(self.state)
    }

    fn unblock(self: Box<Self>, _: CodeEntry, _: &dyn SendGate) -> Result<(), Error> {
        panic!("codes take the module")
    }

    fn change(self: Box<Self>, _: CodeKind, _: CodeEntry, _: &dyn SendGate) -> Result<(), Error> {
        panic!("codes take the module")
    }

    fn close(self: Box<Self>) {
        self.log.add("card left");
    }
}

impl HeldCard for ScriptedCard {
    fn confirm_same_card(&mut self) -> Result<(), Error> {
        self.log.add("same card?");
        self.confirmed.clone()
    }

    fn reset_now(&mut self) {
        self.log.add("card reset now");
    }

    fn reset(self: Box<Self>) {
        self.log.add("card reset");
    }
}

fn expected_token() -> Expected {
    Expected { slot: 4, flags: widened(CKF_SO_PIN_FINAL_TRY), certificate: vec![0x30] }
}

fn description() -> CardDescription {
    let rules = || CodeRules { format: CodeFormat::digits(4, 8), is_changeable: true };
    CardDescription {
        reader: DisplayText::new("reader"),
        family: DisplayText::new("family"),
        may_be_identity_card: false,
        unblock_command_is_certain: false,
        certificates: Vec::new(),
        cardholder: Cardholder::default(),
        codes_are_from_card: true,
        pin: rules(),
        puk: rules(),
        route: Route::Commands,
        consents: vec![Consent::NoModule],
    }
}

const DONE: Done = Done { call: Call::InitPin, result: 0, flags: None }; // CKR_OK

/// A session; the module answers `done` and the comparisons succeed.
struct Script {
    compared: Result<Comparison, Silence>,
    confirmed: Result<(), Error>,
    done: Result<Done, Silence>,
    state: CodeState,
}

impl Script {
    fn new() -> Self {
        let state = CodeState::Unknown;
        Self { compared: Ok(Comparison::Same), confirmed: Ok(()), done: Ok(DONE), state }
    }

    fn session(self) -> (Log, Box<ModuleSession<ScriptedToken>>) {
        let Self { compared, confirmed, done, state } = self;
        let log = Log::default();
        let token = ScriptedToken { log: log.clone(), compared, done };
        let card = ScriptedCard { log: log.clone(), description: description(), confirmed, state };
        (log, Box::new(ModuleSession::new(token, expected_token(), Box::new(card))))
    }

    /// Unblocks; returns the result and what happened.
    fn unblock(self) -> (Result<(), Error>, Vec<String>) {
        let (log, session) = self.session();
        let gate = Open { is_open: true, log: log.clone() };
        let result = session.unblock(entry(CodeState::Usable(Some(1))), &gate);
        (result, log.lines())
    }
}

fn entry(known: CodeState) -> CodeEntry {
    let code = |text: &str| text.bytes().collect::<Secret>();
    CodeEntry { known, old: code("11112222"), new: code("4711") }
}

/// A gate that is open, or closed because the user cancelled.
struct Open {
    is_open: bool,
    log: Log,
}

impl Open {
    fn new(is_open: bool) -> Self {
        Self { is_open, log: Log::default() }
    }
}

impl SendGate for Open {
    fn pass(&self, send: &mut dyn FnMut()) -> bool {
        if self.is_open {
            send();
            self.log.add("process may exit");
        }
        self.is_open
    }
}

const SENT: [&str; 7] = [
    "compare",
    "same card?",
    "Unblock 11112222 4711",
    "card reset now",
    "module gone",
    "card reset",
    "process may exit",
];
/// The same with a module that did not answer: it may still have the card.
const SENT_WITHOUT_ANSWER: [&str; 6] =
    ["compare", "same card?", "Unblock 11112222 4711", "module gone", "card reset", "process may exit"];
const NOT_SENT: [&str; 5] = ["compare", "same card?", "module gone", "card left", "process may exit"];

#[test]
fn codes_are_passed_on_once_and_the_card_is_reset_before_the_process_may_exit() {
    let (result, log) = Script::new().unblock();
    assert_eq!((result, log), (Ok(()), SENT.map(str::to_owned).to_vec()));
}

#[test]
fn card_is_reset_whatever_the_module_did_with_the_codes() {
    let failed = |result| Ok(Done { result, call: Call::Login, flags: None });
    for (done, expected) in [
        (failed(widened(CKR_PIN_INCORRECT)), Error::WrongCode(None)),
        (failed(widened(CKR_GENERAL_ERROR)), Error::OutcomeUnknown),
        (Err(Silence::Received), Error::OutcomeUnknown),
        (Err(Silence::NotReceived), Error::CardSilent),
    ] {
        let (result, log) = Script { done, ..Script::new() }.unblock();
        let sent = if done.is_ok() { &SENT[..] } else { &SENT_WITHOUT_ANSWER };
        assert_eq!((result, log), (Err(expected), sent.iter().map(|&line| line.to_owned()).collect()));
    }
}

#[test]
fn another_token_gets_no_code() {
    for (compared, expected) in [
        (Ok(Comparison::Different), Error::CardChanged),
        (Ok(Comparison::Failed(widened(CKR_DEVICE_REMOVED))), Error::CardChanged),
        (Ok(Comparison::Failed(widened(CKR_TOKEN_NOT_PRESENT))), Error::CardChanged),
        (Ok(Comparison::Failed(widened(CKR_GENERAL_ERROR))), Error::CardSilent),
        (Err(Silence::Received), Error::CardSilent),
        (Err(Silence::NotReceived), Error::CardSilent),
    ] {
        let (result, log) = Script { compared, ..Script::new() }.unblock();
        assert_eq!((result, log), (Err(expected), NOT_SENT.map(str::to_owned).to_vec()), "{compared:?}");
    }
}

#[test]
fn another_card_in_the_reader_gets_no_code() {
    for error in [Error::CardChanged, Error::CardRemoved, Error::ReaderGone] {
        for compared in [Ok(Comparison::Same), Err(Silence::Received)] {
            let (result, log) = Script { confirmed: Err(error.clone()), compared, ..Script::new() }.unblock();
            assert_eq!((result, log), (Err(error.clone()), NOT_SENT.map(str::to_owned).to_vec()));
        }
    }
}

#[test]
fn cancelled_operation_asks_the_module_nothing() {
    let (log, session) = Script::new().session();
    let result = session.unblock(entry(CodeState::Usable(Some(1))), &Open::new(false));
    assert_eq!(
        (result, log.lines()),
        (Err(Error::Cancelled), vec!["module gone".into(), "card left".into()])
    );
}

#[test]
fn state_that_the_user_was_not_shown_gets_no_code() {
    for known in [CodeState::Unknown, CodeState::Usable(Some(3)), CodeState::Usable(None)] {
        let (log, session) = Script::new().session();
        assert_eq!(session.unblock(entry(known), &Open::new(true)), Err(Error::CardChanged));
        assert!(!log.lines().iter().any(|line| line.contains("4711")), "{known:?}");
    }
}

#[test]
fn what_commands_have_read_of_the_tries_is_not_lost() {
    for (of_card, expected) in [
        (CodeState::Blocked, CodeState::Blocked),
        (CodeState::Usable(Some(3)), CodeState::Usable(Some(1))), // from the flags
        (CodeState::Unknown, CodeState::Usable(Some(1))),
    ] {
        let (_, mut session) = Script { state: of_card, ..Script::new() }.session();
        assert_eq!(session.state(CodeKind::Puk), Ok(expected));
    }
    let one = CodeState::Usable(Some(1));
    let (log, mut session) = Script { state: one, ..Script::new() }.session();
    assert_eq!(session.state(CodeKind::Pin), Ok(one), "the flags say nothing of the PIN");
    assert_eq!(
        session.change(CodeKind::Pin, entry(CodeState::Unknown), &Open::new(true)),
        Err(Error::CardChanged)
    );
    assert!(!log.lines().iter().any(|line| line.contains("4711")));
}

#[test]
fn each_operation_is_passed_on_as_itself() {
    for (code, known, expected) in [
        (CodeKind::Pin, CodeState::Unknown, "ChangePin 11112222 4711"),
        (CodeKind::Puk, CodeState::Usable(Some(1)), "ChangePuk 11112222 4711"),
    ] {
        let done = Ok(Done { call: Call::SetPin, ..DONE });
        let (log, mut session) = Script { done, ..Script::new() }.session();
        assert_eq!(session.state(code), Ok(known));
        assert_eq!(session.change(code, entry(known), &Open::new(true)), Ok(()));
        assert_eq!(log.lines()[2], expected);
    }
}

#[test]
fn description_names_the_route_and_its_consent() {
    let (log, session) = Script::new().session();
    assert_eq!(session.description().route, Route::Module);
    assert_eq!(session.description().consents, [Consent::UnconfirmedModule]);
    session.close();
    assert_eq!(log.lines(), ["module gone", "card left"]);
}

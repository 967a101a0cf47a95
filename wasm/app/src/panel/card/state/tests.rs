//! Tests what the section shows and requests after messages of its controls and of the host.

mod kept_card;

use super::super::test_card::test_card;
use super::*;
use eimza_guide::{Change, Role, ScreenId};
use eimza_protocol::{CodeState, Diagnostics, Hello, Lang, PROTOCOL_VERSION, ReaderStatus};
use std::ops::Deref;

const READER: &str = "ACS ACR38U 00 00";

fn card(pin: CodeState, puk: CodeState) -> Status {
    let card = test_card(pin, puk, Vec::new());
    Status { readers: vec![ReaderStatus { name: READER.to_owned(), card: Some(card), error: None }] }
}

fn blocked() -> Status {
    card(CodeState::Blocked, CodeState::Usable { tries: Some(3) })
}

fn empty() -> Status {
    let error = Some(Problem::NoCard);
    Status { readers: vec![ReaderStatus { name: READER.to_owned(), card: None, error }] }
}

/// The section together with the state shared with other sections.
#[derive(Default)]
struct Panel {
    card: Card,
    shared: Shared,
}

impl Deref for Panel {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

impl Panel {
    fn connecting() -> Self {
        let mut panel = Self::default();
        panel.card.connect();
        panel
    }

    fn update(&mut self, message: Message) -> Effects {
        self.card.handle(message, &self.shared)
    }

    fn host(&mut self, message: HostMessage) -> Effects {
        self.card.host_event(HostEvent::Message(message), &self.shared)
    }

    /// Handles a message and applies what it changes outside the section.
    fn update_shared(&mut self, message: Message) {
        for effect in self.update(message) {
            match effect {
                Effect::Navigate(view) => drop(self.shared.navigate(view)),
                Effect::SaveChange(change) => self.shared.saved_state.apply(&change),
                other => panic!("{other:?}"),
            }
        }
    }

    fn disconnected(&mut self, reason: &str) -> Effects {
        self.card.host_event(HostEvent::Disconnected(reason.to_owned()), &self.shared)
    }
}

fn hello(protocol: u32) -> HostMessage {
    HostMessage::Hello { hello: Hello { protocol, version: "1".to_owned() } }
}

fn readers(status: Status) -> HostMessage {
    HostMessage::Event(Event::Readers(status))
}

/// Returns a panel that shows these readers.
fn showing(status: Status) -> Panel {
    let mut panel = Panel::connecting();
    panel.host(hello(PROTOCOL_VERSION));
    panel.host(HostMessage::Result { id: 1, result: Outcome::Watching });
    panel.host(readers(status));
    panel
}

/// Returns the request among the effects.
fn sent(effects: &[Effect<Message>]) -> Option<&Request> {
    effects.iter().find_map(|effect| match effect {
        Effect::SendToHost(request) => Some(request),
        _ => None,
    })
}

/// Starts to unlock the card; returns the id of the request.
fn unlocking(panel: &mut Panel) -> u32 {
    panel.update(Message::AskForPuk);
    let effects = panel.update(Message::Unlock);
    sent(&effects).expect("an unlock request").id
}

fn fails(panel: &mut Panel, id: u32, error: Problem) -> Effects {
    panel.host(HostMessage::Error { id: Some(id), error })
}

#[test]
fn starts_to_watch_after_the_hello() {
    let mut panel = Panel::default();
    panel.shared.lang = Lang::En;
    assert_eq!(panel.card.connect(), [Effect::ConnectHost, start_timer(HELLO_TIMEOUT)]);
    let effects = panel.host(hello(PROTOCOL_VERSION));
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.lang), (Command::Watch, Lang::En));
}

#[test]
fn unlock_requests_the_reader_of_the_card() {
    let mut panel = showing(blocked());
    panel.update(Message::AskForPuk);
    let effects = panel.update(Message::Unlock);
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.reader.as_deref()), (Command::Unlock, Some(READER)));
    assert_eq!(panel.step, Step::Working(Command::Unlock));
}

#[test]
fn shows_success_and_reads_the_card_again() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    let effects = panel.host(HostMessage::Result { id, result });
    assert_eq!(panel.step, Step::Done(Command::Unlock));
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
}

#[test]
fn refused_puk_is_not_retried_automatically() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    let effects = fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
    assert_eq!(panel.step, Step::Failed(Problem::PukWrong { tries: Some(2) }));
}

#[test]
fn updates_the_remaining_tries_before_the_card_is_read_again() {
    for (error, puk) in [
        (Problem::PukWrong { tries: Some(2) }, CodeState::Usable { tries: Some(2) }),
        (Problem::PukWrong { tries: None }, CodeState::Unknown),
        (Problem::PukBlocked, CodeState::Blocked),
    ] {
        let mut panel = showing(blocked());
        let id = unlocking(&mut panel);
        fails(&mut panel, id, error);
        assert_eq!(panel.readers.current_card().unwrap().puk, puk);
    }
}

#[test]
fn warns_of_a_refused_puk_until_the_card_is_unlocked() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    panel.host(HostMessage::Result { id: id + 1, result: Outcome::Status(blocked()) });
    panel.host(readers(blocked()));
    panel.update(Message::Back);
    assert_eq!(panel.readers.refused_puk(), Some(Some(2)));

    let id = unlocking(&mut panel);
    panel.host(HostMessage::Result { id, result: Outcome::Unlocked { reader: READER.to_owned() } });
    assert_eq!(panel.readers.refused_puk(), None);
}

#[test]
fn removing_the_card_clears_its_warning() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(1) });
    panel.host(readers(empty()));
    assert_eq!(panel.readers.refused_puk(), None);
}

#[test]
fn warning_stays_while_the_card_cannot_be_read() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(1) });
    let mut silent = empty();
    silent.readers[0].error = Some(Problem::CardBusy);
    panel.host(readers(silent));
    panel.host(HostMessage::Event(Event::Lost { error: Problem::NoService }));
    assert!(panel.readers.refused_puk().is_some());
    panel.host(readers(Status::default()));
    assert_eq!(panel.readers.refused_puk(), None, "the reader was disconnected, and the card with it");
}

#[test]
fn unlock_replaces_a_pending_status_request() {
    let mut panel = showing(blocked());
    panel.update(Message::Refresh);
    let id = unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    panel.host(HostMessage::Result { id, result });
    assert_eq!(panel.step, Step::Done(Command::Unlock));
}

#[test]
fn busy_host_does_not_change_the_readers() {
    let mut panel = showing(blocked());
    let effects = panel.update(Message::Refresh);
    let id = sent(&effects).unwrap().id;
    fails(&mut panel, id, Problem::Busy);
    assert!(panel.readers.current_card().is_some());
}

#[test]
fn cancelling_shows_no_warning() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::Cancelled);
    assert_eq!(panel.readers.refused_puk(), None);
    assert_eq!(panel.step, Step::Failed(Problem::Cancelled));
}

#[test]
fn ignores_answers_to_unknown_requests() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    assert_eq!(panel.host(HostMessage::Result { id: 99, result }), []);
    assert_eq!(panel.step, Step::Working(Command::Unlock));
}

#[test]
fn unlocks_only_after_the_question_about_the_puk() {
    let mut panel = showing(blocked());
    for message in [Message::Back, Message::FindPuk, Message::NoPuk] {
        panel.update(message);
        assert_eq!(panel.update(Message::Unlock), []);
    }
    panel.update(Message::AskForPuk);
    assert!(sent(&panel.update(Message::Unlock)).is_some());
}

#[test]
fn a_blocked_puk_is_never_asked_for() {
    let mut panel = showing(card(CodeState::Blocked, CodeState::Blocked));
    panel.update(Message::AskForPuk);
    assert_eq!(panel.update(Message::Unlock), []);
}

#[test]
fn ignores_a_second_press_of_unlock() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    assert_eq!(panel.update(Message::Unlock), []);
}

#[test]
fn prefers_the_blocked_card_of_several() {
    let mut status = card(CodeState::Usable { tries: Some(3) }, CodeState::Unknown);
    status.readers[0].name = "first".to_owned();
    status.readers.extend(blocked().readers);
    let panel = showing(status);
    assert_eq!(panel.readers.current().unwrap().name, READER);
}

#[test]
fn retry_connects_to_a_host_that_was_missing() {
    let mut panel = Panel::connecting();
    panel.disconnected("Specified native messaging host not found.");
    assert_eq!(panel.connection, Connection::Closed(HostProblem::Missing));
    // The disconnection of the port follows the reason and must not hide it.
    panel.disconnected("");
    assert_eq!(panel.connection, Connection::Closed(HostProblem::Missing));
    assert_eq!(panel.update(Message::Retry)[0], Effect::ConnectHost);
}

#[test]
fn detects_a_host_that_is_installed_later() {
    const GONE: &str = "Specified native messaging host not found.";
    let mut panel = Panel::connecting();
    let waits = |effects: &[Effect<Message>]| {
        effects.iter().any(|effect| matches!(effect, Effect::StartTimer { .. }))
    };
    assert!(waits(&panel.disconnected(GONE)));
    for _ in 0..3 {
        let effects = panel.update(Message::TimedOut);
        assert_eq!(effects[0], Effect::ConnectHost);
        assert_eq!(
            panel.connection,
            Connection::Closed(HostProblem::Missing),
            "the problem stays visible meanwhile"
        );
        assert!(waits(&panel.disconnected(GONE)));
    }
    panel.update(Message::TimedOut);
    panel.host(hello(PROTOCOL_VERSION));
    assert_eq!(panel.connection, Connection::Open);
}

#[test]
fn does_not_retry_other_host_problems_automatically() {
    let mut panel = Panel::connecting();
    let effects = panel.disconnected("Access to the specified native messaging host is forbidden.");
    assert!(effects.contains(&Effect::StopTimer(TIMER)));
}

#[test]
fn distinguishes_older_and_newer_hosts() {
    for (protocol, problem) in
        [(PROTOCOL_VERSION - 1, HostProblem::TooOld), (PROTOCOL_VERSION + 1, HostProblem::TooNew)]
    {
        let mut panel = Panel::connecting();
        panel.host(hello(protocol));
        assert_eq!(panel.connection, Connection::Closed(problem));
    }
}

#[test]
fn distinguishes_a_refusing_host_from_one_that_exited() {
    let mut panel = Panel::connecting();
    panel.host(HostMessage::Error { id: None, error: Problem::OriginRefused });
    panel.disconnected("Native host has exited.");
    assert_eq!(panel.connection, Connection::Closed(HostProblem::Forbidden));
}

#[test]
fn disconnects_from_a_host_that_does_not_respond() {
    let mut panel = Panel::connecting();
    assert!(panel.update(Message::TimedOut).contains(&Effect::DisconnectHost));
    assert_eq!(panel.connection, Connection::Closed(HostProblem::NotResponding));
}

#[test]
fn host_exit_during_unlock_is_reported_and_not_retried() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let effects = panel.disconnected("Native host has exited.");
    assert_eq!(panel.connection, Connection::Closed(HostProblem::Exited));
    assert_eq!(sent(&effects), None);
    assert!(panel.interrupted);
}

/// Regression test: without a reader the panel waited forever.
#[test]
fn waits_a_limited_time_for_the_first_readers_event() {
    let mut panel = Panel::connecting();
    panel.host(hello(PROTOCOL_VERSION));
    let effects = panel.host(HostMessage::Result { id: 1, result: Outcome::Watching });
    assert_eq!(effects, [start_timer(ANSWER_TIMEOUT)]);
    assert_eq!(panel.host(readers(empty())), [Effect::StopTimer(TIMER)]);
}

#[test]
fn a_cancelled_unlock_counts_as_interrupted() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let effects = panel.update(Message::Cancel);
    assert_eq!(effects[0], Effect::ConnectHost, "the old host exits");
    assert!(panel.interrupted);
    panel.host(hello(PROTOCOL_VERSION));
    panel.host(HostMessage::Result { id: 3, result: Outcome::Watching });
    panel.host(readers(blocked()));
    assert!(panel.interrupted);
    unlocking(&mut panel);
    assert!(!panel.interrupted, "the next operation has its own outcome");
}

#[test]
fn a_request_that_the_host_could_not_read_is_no_longer_pending() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    panel.host(HostMessage::Error { id: None, error: Problem::TooLarge });
    panel.update(Message::Back);
    unlocking(&mut panel);
}

#[test]
fn distinguishes_no_reader_from_no_service() {
    let mut panel = showing(blocked());
    panel.host(readers(Status::default()));
    assert_eq!(panel.readers.status, Some(Err(Problem::NoReader)));
    panel.host(HostMessage::Event(Event::Lost { error: Problem::NoService }));
    assert_eq!(panel.readers.status, Some(Err(Problem::NoService)));
}

#[test]
fn requests_carry_the_language() {
    let mut panel = showing(blocked());
    panel.shared.lang = Lang::En;
    panel.update(Message::AskForPuk);
    let effects = panel.update(Message::Unlock);
    assert_eq!(sent(&effects).unwrap().lang, Lang::En);
}

/// Returns two readers with a card each. The card in the second one is blocked.
fn two_cards() -> Status {
    let mut status = card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) });
    let mut second = blocked().readers.remove(0);
    second.name = "Second".to_owned();
    status.readers.push(second);
    status
}

#[test]
fn shows_diagnostics_until_the_user_goes_back() {
    let mut panel = showing(empty());
    let effects = panel.update(Message::RunDiagnostics);
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.reader.as_ref()), (Command::Doctor, None));
    assert_eq!(panel.step, Step::Examining);
    let (id, result) = (request.id, Outcome::Doctor(Diagnostics::default()));
    panel.host(HostMessage::Result { id, result });
    panel.host(readers(empty()));
    assert_eq!(panel.step, Step::Examined(Diagnostics::default()));
    panel.update(Message::Back);
    assert_eq!(panel.step, Step::Overview);
}

/// Regression test: an empty built-in reader hid the problem of the card in another reader.
#[test]
fn an_empty_reader_does_not_hide_a_problem_in_another() {
    let mut status = empty();
    let mut second = empty().readers.remove(0);
    (second.name, second.error) = ("Second".to_owned(), Some(Problem::CardSilent));
    status.readers.push(second);
    assert_eq!(showing(status).readers.current().unwrap().name, "Second");
}

#[test]
fn shows_the_blocked_card_until_the_user_selects_another() {
    let mut panel = showing(two_cards());
    assert_eq!(panel.readers.with_card().len(), 2);
    assert_eq!(panel.readers.current().unwrap().name, "Second");
    panel.update(Message::SelectReader(READER.to_owned()));
    assert_eq!(panel.readers.current().unwrap().name, READER);
    let effects = panel.update(Message::ChangePin);
    assert_eq!(sent(&effects).unwrap().reader.as_deref(), Some(READER));
}

/// Regression test: the warning was shown for the other card too, and a second one replaced it.
#[test]
fn each_card_has_its_own_warning() {
    let mut panel = showing(two_cards());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    panel.host(HostMessage::Result { id: id + 1, result: Outcome::Status(two_cards()) });
    assert_eq!(panel.readers.refused_puk(), Some(Some(2)));
    panel.update(Message::SelectReader(READER.to_owned()));
    assert_eq!(panel.readers.refused_puk(), None);
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: None });
    assert_eq!(panel.readers.refused_puk(), Some(None));
    panel.update(Message::SelectReader("Second".to_owned()));
    assert_eq!(panel.readers.refused_puk(), Some(Some(2)));
}

#[test]
fn removing_the_selected_card_ends_the_selection() {
    let mut panel = showing(two_cards());
    panel.update(Message::SelectReader(READER.to_owned()));
    let mut without = two_cards();
    without.readers[0] = empty().readers.remove(0);
    panel.host(readers(without));
    assert_eq!(panel.readers.current().unwrap().name, "Second");
}

#[test]
fn cannot_select_a_card_during_an_operation() {
    let mut panel = showing(two_cards());
    unlocking(&mut panel);
    panel.update(Message::SelectReader(READER.to_owned()));
    assert_eq!(panel.step, Step::Working(Command::Unlock));
    assert_eq!(panel.readers.current().unwrap().name, "Second");
}

#[test]
fn change_buttons_request_the_change() {
    for (message, command, result) in [
        (Message::ChangePin, Command::ChangePin, Outcome::PinChanged { reader: READER.to_owned() }),
        (Message::ChangePuk, Command::ChangePuk, Outcome::PukChanged { reader: READER.to_owned() }),
    ] {
        let mut panel =
            showing(card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) }));
        let effects = panel.update(message);
        let request = sent(&effects).unwrap().clone();
        assert_eq!(request.command, command);
        panel.host(HostMessage::Result { id: request.id, result });
        assert_eq!(panel.step, Step::Done(command));
    }
}

#[test]
fn refused_pin_shows_no_puk_warning() {
    let mut panel = showing(card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) }));
    let effects = panel.update(Message::ChangePin);
    let id = sent(&effects).unwrap().id;
    let effects = fails(&mut panel, id, Problem::PinWrong { tries: Some(2) });
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
    assert_eq!(panel.readers.refused_puk(), None);
}

#[test]
fn without_a_puk_the_official_way_starts_after_the_step_about_it() {
    let mut panel = Panel::default();
    panel.update_shared(Message::OpenOfficialUnlock);
    let list = panel.shared.checklist().unwrap();
    assert_eq!((list.procedure.id.as_str(), list.next(None)), ("unlock", Some(2)));
}

#[test]
fn an_unlock_ticks_its_step_only_in_its_procedure() {
    for (current, screen, ticks) in [
        (Some("unlock"), None, 1),
        (None, Some("nesbireysel.unlock"), 1),
        (Some("renewal"), None, 0),
        (None, None, 0),
    ] {
        let mut panel = showing(blocked());
        panel.shared.saved_state.current = current.map(str::to_owned);
        panel.shared.screen = screen.map(|screen: &str| ScreenId::from(screen.to_owned()));
        let id = unlocking(&mut panel);
        let result = Outcome::Unlocked { reader: READER.to_owned() };
        let effects = panel.host(HostMessage::Result { id, result });
        let tick = Change::Tick { procedure: "unlock".to_owned(), step: "puk".to_owned(), done: true };
        let saved = effects.iter().filter(|effect| **effect == Effect::SaveChange(tick.clone())).count();
        assert_eq!(saved, ticks, "{current:?}");
    }
}

#[test]
fn an_unlocked_card_is_not_shown_as_blocked_until_it_is_read_again() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    panel.host(HostMessage::Result { id, result: Outcome::Unlocked { reader: READER.to_owned() } });
    let pin = |panel: &Panel| panel.card.readers.current_card().unwrap().pin;
    assert_eq!(pin(&panel), CodeState::Usable { tries: None });
    panel.host(readers(blocked()));
    assert_eq!(pin(&panel), CodeState::Blocked, "what the card says counts");
}

#[test]
fn the_official_way_is_the_one_of_the_newest_guide_from_its_beginning() {
    let mut panel = showing(blocked());
    let edition = "guide".to_owned();
    panel.shared.saved_state.apply(&Change::Edition { procedure: "unlock".to_owned(), edition });
    panel.update_shared(Message::OpenOfficialUnlock);
    let list = panel.shared.checklist().unwrap();
    assert!(!list.is_old && list.next(None).is_some());
    for state in &list.steps {
        let (procedure, step) = ("unlock".to_owned(), state.step.id.clone());
        panel.shared.saved_state.apply(&Change::Tick { procedure, step, done: true });
    }
    panel.update_shared(Message::OpenOfficialUnlock);
    let list = panel.shared.checklist().unwrap();
    assert_eq!((list.done(), list.next(None)), (0, Some(2)), "that unlock is over");
}

#[test]
fn a_renewal_that_is_finished_starts_again_and_one_under_way_goes_on() {
    let tick =
        |step: &str| Change::Tick { procedure: "renewal".to_owned(), step: step.to_owned(), done: true };
    let mut panel = showing(blocked());
    panel.shared.saved_state.apply(&Change::Role { role: Role::OtherStaff });
    panel.shared.saved_state.apply(&tick("enter"));
    panel.update_shared(Message::OpenRenewal);
    assert_eq!(panel.shared.checklist().unwrap().done(), 1);
    for state in &panel.shared.checklist().unwrap().steps {
        panel.shared.saved_state.apply(&tick(&state.step.id));
    }
    panel.update_shared(Message::OpenRenewal);
    assert_eq!(panel.shared.checklist().unwrap().done(), 0);
}

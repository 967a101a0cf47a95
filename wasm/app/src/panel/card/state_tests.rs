//! The panel's paths: who presses what, what the host says, what is shown and asked.

use super::*;
use eimza_protocol::{Changeable, CodesFrom, Hello, PROTOCOL_VERSION};

const READER: &str = "ACS ACR38U 00 00";

fn card(pin: CodeState, puk: CodeState) -> Status {
    let card = CardStatus {
        family: "AKİS 2.x".to_owned(),
        pin,
        puk,
        codes_from: CodesFrom::Card,
        changeable: Changeable { pin: true, puk: true },
        certificates: Vec::new(),
    };
    Status { readers: vec![ReaderStatus { name: READER.to_owned(), card: Some(card), error: None }] }
}

fn blocked() -> Status {
    card(CodeState::Blocked, CodeState::Usable { tries: Some(3) })
}

fn empty() -> Status {
    let error = Some(Problem::NoCard);
    Status { readers: vec![ReaderStatus { name: READER.to_owned(), card: None, error }] }
}

fn hello(protocol: u32) -> Input {
    Input::Said(Message::Hello { hello: Hello { protocol, version: "1".to_owned() } })
}

fn readers(status: Status) -> Input {
    Input::Said(Message::Event(Event::Readers(status)))
}

/// A panel that shows these readers.
fn showing(status: Status) -> Panel {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    panel.take(hello(PROTOCOL_VERSION));
    panel.take(Input::Said(Message::Result { id: 1, result: Outcome::Watching }));
    panel.take(readers(status));
    panel
}

/// The request among the effects.
fn sent(effects: &[Effect]) -> Option<&Request> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(request) => Some(request),
        _ => None,
    })
}

/// Presses through to the host's window; the request's id.
fn unlocking(panel: &mut Panel) -> u32 {
    panel.take(Input::Pressed(Button::HavePuk));
    let effects = panel.take(Input::Pressed(Button::Unlock));
    sent(&effects).expect("an unlock request").id
}

fn fails(panel: &mut Panel, id: u32, error: Problem) -> Vec<Effect> {
    panel.take(Input::Said(Message::Error { id: Some(id), error }))
}

#[test]
fn it_watches_as_soon_as_the_host_has_introduced_itself() {
    let mut panel = Panel::new(Lang::En);
    assert_eq!(panel.take(Input::Start), [Effect::Connect, Effect::Wait(Some(HELLO))]);
    let effects = panel.take(hello(PROTOCOL_VERSION));
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.lang), (Command::Watch, Lang::En));
}

#[test]
fn one_click_unlocks_the_card_in_its_reader() {
    let mut panel = showing(blocked());
    panel.take(Input::Pressed(Button::HavePuk));
    let effects = panel.take(Input::Pressed(Button::Unlock));
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.reader.as_deref()), (Command::Unlock, Some(READER)));
    assert_eq!(panel.step, Step::Working(Command::Unlock));
}

#[test]
fn success_is_shown_and_the_card_is_read_again() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    let effects = panel.take(Input::Said(Message::Result { id, result }));
    assert_eq!(panel.step, Step::Done(Command::Unlock));
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
}

#[test]
fn a_wrong_puk_is_not_sent_again_by_itself() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    let effects = fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
    assert_eq!(panel.step, Step::Failed(Problem::PukWrong { tries: Some(2) }));
}

#[test]
fn the_tries_left_are_right_before_the_card_is_read_again() {
    for (error, puk) in [
        (Problem::PukWrong { tries: Some(2) }, CodeState::Usable { tries: Some(2) }),
        (Problem::PukWrong { tries: None }, CodeState::Unknown),
        (Problem::PukBlocked, CodeState::Blocked),
    ] {
        let mut panel = showing(blocked());
        let id = unlocking(&mut panel);
        fails(&mut panel, id, error);
        assert_eq!(panel.card().unwrap().puk, puk);
    }
}

#[test]
fn a_wrong_puk_is_remembered_until_the_card_is_unlocked() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    panel.take(Input::Said(Message::Result { id: id + 1, result: Outcome::Status(blocked()) }));
    panel.take(readers(blocked()));
    panel.take(Input::Pressed(Button::Back));
    assert_eq!(panel.refused(), Some(Some(2)));

    let id = unlocking(&mut panel);
    panel.take(Input::Said(Message::Result { id, result: Outcome::Unlocked { reader: READER.to_owned() } }));
    assert_eq!(panel.refused(), None);
}

#[test]
fn a_wrong_puk_is_forgotten_with_the_card() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(1) });
    panel.take(readers(empty()));
    assert_eq!(panel.refused(), None);
}

#[test]
fn a_wrong_puk_is_remembered_while_the_card_cannot_be_read() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(1) });
    let mut silent = empty();
    silent.readers[0].error = Some(Problem::CardBusy);
    panel.take(readers(silent));
    panel.take(Input::Said(Message::Event(Event::Lost { error: Problem::NoService })));
    assert!(panel.refused().is_some());
    panel.take(readers(Status::default()));
    assert_eq!(panel.refused(), None, "the reader is gone, and the card with it");
}

#[test]
fn unlock_is_not_lost_behind_a_question_that_is_not_answered_yet() {
    let mut panel = showing(blocked());
    panel.take(Input::Pressed(Button::Refresh));
    let id = unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    panel.take(Input::Said(Message::Result { id, result }));
    assert_eq!(panel.step, Step::Done(Command::Unlock));
}

#[test]
fn a_busy_host_says_nothing_new_of_the_readers() {
    let mut panel = showing(blocked());
    let effects = panel.take(Input::Pressed(Button::Refresh));
    let id = sent(&effects).unwrap().id;
    fails(&mut panel, id, Problem::Busy);
    assert!(panel.card().is_some());
}

#[test]
fn cancelling_leaves_no_warning() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::Cancelled);
    assert_eq!(panel.refused(), None);
    assert_eq!(panel.step, Step::Failed(Problem::Cancelled));
}

#[test]
fn an_answer_to_another_question_changes_nothing() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let result = Outcome::Unlocked { reader: READER.to_owned() };
    assert_eq!(panel.take(Input::Said(Message::Result { id: 99, result })), []);
    assert_eq!(panel.step, Step::Working(Command::Unlock));
}

#[test]
fn unlock_cannot_be_pressed_twice() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    assert_eq!(panel.take(Input::Pressed(Button::Unlock)), []);
}

#[test]
fn the_blocked_card_among_several_is_meant() {
    let mut status = card(CodeState::Usable { tries: Some(3) }, CodeState::Unknown);
    status.readers[0].name = "first".to_owned();
    status.readers.extend(blocked().readers);
    let panel = showing(status);
    assert_eq!(panel.reader().unwrap().name, READER);
}

#[test]
fn a_missing_host_and_a_later_one() {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    panel.take(Input::Lost("Specified native messaging host not found.".to_owned()));
    assert_eq!(panel.link, Link::Closed(LinkProblem::Missing));
    // The port's own end comes after the reason and must not hide it.
    panel.take(Input::Lost(String::new()));
    assert_eq!(panel.link, Link::Closed(LinkProblem::Missing));
    assert_eq!(panel.take(Input::Pressed(Button::Again))[0], Effect::Connect);
}

#[test]
fn a_host_that_is_installed_later_is_noticed_without_a_press() {
    const GONE: &str = "Specified native messaging host not found.";
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    let waits = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Wait(Some(_))));
    assert!(waits(&panel.take(Input::Lost(GONE.to_owned()))));
    for _ in 0..3 {
        let effects = panel.take(Input::PatienceEnded);
        assert_eq!(effects[0], Effect::Connect);
        assert_eq!(panel.link, Link::Closed(LinkProblem::Missing), "what is wrong stays on show meanwhile");
        assert!(waits(&panel.take(Input::Lost(GONE.to_owned()))));
    }
    panel.take(Input::PatienceEnded);
    panel.take(hello(PROTOCOL_VERSION));
    assert_eq!(panel.link, Link::Open);
}

#[test]
fn other_troubles_with_the_host_wait_for_the_user() {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    let effects =
        panel.take(Input::Lost("Access to the specified native messaging host is forbidden.".to_owned()));
    assert!(effects.contains(&Effect::Wait(None)));
}

#[test]
fn hosts_of_other_versions_are_told_apart() {
    for (protocol, problem) in
        [(PROTOCOL_VERSION - 1, LinkProblem::TooOld), (PROTOCOL_VERSION + 1, LinkProblem::TooNew)]
    {
        let mut panel = Panel::new(Lang::Tr);
        panel.take(Input::Start);
        panel.take(hello(protocol));
        assert_eq!(panel.link, Link::Closed(problem));
    }
}

#[test]
fn a_host_that_refuses_the_extension_is_told_from_one_that_died() {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    panel.take(Input::Said(Message::Error { id: None, error: Problem::OriginRefused }));
    panel.take(Input::Lost("Native host has exited.".to_owned()));
    assert_eq!(panel.link, Link::Closed(LinkProblem::Forbidden));
}

#[test]
fn a_silent_host_is_given_up() {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    assert!(panel.take(Input::PatienceEnded).contains(&Effect::Disconnect));
    assert_eq!(panel.link, Link::Closed(LinkProblem::Silent));
}

#[test]
fn a_host_that_dies_during_an_unlock_is_reported_and_nothing_is_repeated() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let effects = panel.take(Input::Lost("Native host has exited.".to_owned()));
    assert_eq!(panel.link, Link::Closed(LinkProblem::Died));
    assert_eq!(sent(&effects), None);
    assert!(panel.interrupted);
}

/// With nothing plugged in the panel looked for ever.
#[test]
fn a_host_that_tells_nothing_of_the_readers_is_given_up() {
    let mut panel = Panel::new(Lang::Tr);
    panel.take(Input::Start);
    panel.take(hello(PROTOCOL_VERSION));
    let effects = panel.take(Input::Said(Message::Result { id: 1, result: Outcome::Watching }));
    assert_eq!(effects, [Effect::Wait(Some(ANSWER))]);
    assert_eq!(panel.take(readers(empty())), [Effect::Wait(None)]);
}

#[test]
fn an_unlock_can_be_given_up_and_is_called_interrupted() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    let effects = panel.take(Input::Pressed(Button::GiveUp));
    assert_eq!(effects[0], Effect::Connect, "the old host ends");
    assert!(panel.interrupted);
    panel.take(hello(PROTOCOL_VERSION));
    panel.take(Input::Said(Message::Result { id: 3, result: Outcome::Watching }));
    panel.take(readers(blocked()));
    assert!(panel.interrupted);
    unlocking(&mut panel);
    assert!(!panel.interrupted, "the next one has its own outcome");
}

#[test]
fn a_request_that_the_host_could_not_read_is_over() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    panel.take(Input::Said(Message::Error { id: None, error: Problem::TooLarge }));
    panel.take(Input::Pressed(Button::Back));
    unlocking(&mut panel);
}

#[test]
fn no_reader_and_no_service_have_their_own_problem() {
    let mut panel = showing(blocked());
    panel.take(readers(Status::default()));
    assert_eq!(panel.readers, Some(Err(Problem::NoReader)));
    panel.take(Input::Said(Message::Event(Event::Lost { error: Problem::NoService })));
    assert_eq!(panel.readers, Some(Err(Problem::NoService)));
}

#[test]
fn the_chosen_language_is_passed_on() {
    let mut panel = showing(blocked());
    panel.lang = Lang::En;
    panel.take(Input::Pressed(Button::HavePuk));
    let effects = panel.take(Input::Pressed(Button::Unlock));
    assert_eq!(sent(&effects).unwrap().lang, Lang::En);
}

/// Two readers with a card each; the second one's is blocked.
fn two_cards() -> Status {
    let mut status = card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) });
    let mut second = blocked().readers.remove(0);
    second.name = "Second".to_owned();
    status.readers.push(second);
    status
}

#[test]
fn what_is_wrong_is_shown_until_the_user_goes_back() {
    let mut panel = showing(empty());
    let effects = panel.take(Input::Pressed(Button::Examine));
    let request = sent(&effects).unwrap();
    assert_eq!((request.command, request.reader.as_ref()), (Command::Doctor, None));
    assert_eq!(panel.step, Step::Examining);
    let (id, result) = (request.id, Outcome::Doctor(Diagnostics::default()));
    panel.take(Input::Said(Message::Result { id, result }));
    panel.take(readers(empty()));
    assert_eq!(panel.step, Step::Examined(Diagnostics::default()));
    panel.take(Input::Pressed(Button::Back));
    assert_eq!(panel.step, Step::Overview);
}

/// A built-in reader without a card hid what was wrong with the card in the other.
#[test]
fn an_empty_reader_does_not_hide_the_trouble_in_another() {
    let mut status = empty();
    let mut second = empty().readers.remove(0);
    (second.name, second.error) = ("Second".to_owned(), Some(Problem::CardSilent));
    status.readers.push(second);
    assert_eq!(showing(status).reader().unwrap().name, "Second");
}

#[test]
fn of_several_cards_the_blocked_one_is_shown_until_the_user_chooses() {
    let mut panel = showing(two_cards());
    assert_eq!(panel.with_card().len(), 2);
    assert_eq!(panel.reader().unwrap().name, "Second");
    panel.take(Input::Pressed(Button::Choose(READER.to_owned())));
    assert_eq!(panel.reader().unwrap().name, READER);
    let effects = panel.take(Input::Pressed(Button::ChangePin));
    assert_eq!(sent(&effects).unwrap().reader.as_deref(), Some(READER));
}

/// The warning stood beside the other card too, and a second one replaced it.
#[test]
fn each_card_has_its_own_warning() {
    let mut panel = showing(two_cards());
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: Some(2) });
    panel.take(Input::Said(Message::Result { id: id + 1, result: Outcome::Status(two_cards()) }));
    assert_eq!(panel.refused(), Some(Some(2)));
    panel.take(Input::Pressed(Button::Choose(READER.to_owned())));
    assert_eq!(panel.refused(), None);
    let id = unlocking(&mut panel);
    fails(&mut panel, id, Problem::PukWrong { tries: None });
    assert_eq!(panel.refused(), Some(None));
    panel.take(Input::Pressed(Button::Choose("Second".to_owned())));
    assert_eq!(panel.refused(), Some(Some(2)));
}

#[test]
fn a_chosen_card_that_is_taken_out_is_chosen_no_more() {
    let mut panel = showing(two_cards());
    panel.take(Input::Pressed(Button::Choose(READER.to_owned())));
    let mut without = two_cards();
    without.readers[0] = empty().readers.remove(0);
    panel.take(readers(without));
    assert_eq!(panel.reader().unwrap().name, "Second");
}

#[test]
fn the_card_cannot_be_chosen_anew_while_the_host_works_with_it() {
    let mut panel = showing(two_cards());
    unlocking(&mut panel);
    panel.take(Input::Pressed(Button::Choose(READER.to_owned())));
    assert_eq!(panel.step, Step::Working(Command::Unlock));
    assert_eq!(panel.reader().unwrap().name, "Second");
}

#[test]
fn one_click_changes_a_code() {
    for (button, command, result) in [
        (Button::ChangePin, Command::ChangePin, Outcome::PinChanged { reader: READER.to_owned() }),
        (Button::ChangePuk, Command::ChangePuk, Outcome::PukChanged { reader: READER.to_owned() }),
    ] {
        let mut panel =
            showing(card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) }));
        let effects = panel.take(Input::Pressed(button));
        let request = sent(&effects).unwrap().clone();
        assert_eq!(request.command, command);
        panel.take(Input::Said(Message::Result { id: request.id, result }));
        assert_eq!(panel.step, Step::Done(command));
    }
}

#[test]
fn a_wrong_pin_is_no_warning_about_the_puk() {
    let mut panel = showing(card(CodeState::Usable { tries: Some(3) }, CodeState::Usable { tries: Some(3) }));
    let effects = panel.take(Input::Pressed(Button::ChangePin));
    let id = sent(&effects).unwrap().id;
    let effects = fails(&mut panel, id, Problem::PinWrong { tries: Some(2) });
    assert_eq!(sent(&effects).unwrap().command, Command::Status);
    assert_eq!(panel.refused(), None);
}

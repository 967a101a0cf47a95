//! Tests that a step and its outcome stay with their card.

use super::*;
use eimza_protocol::Certificate;

const OTHER_READER: &str = "Gemalto PC Twin Reader 01 00";

/// Returns two readers; the second holds the card of [`blocked`], and the first one of another holder.
fn with_other_card(pin: CodeState) -> Status {
    let mut other = card(pin, CodeState::Usable { tries: Some(3) });
    other.readers[0].name = OTHER_READER.to_owned();
    let certificate = Certificate {
        holder: "BAŞKA SAHİP".to_owned(),
        serial: "02".to_owned(),
        issuer: "Deneme".to_owned(),
        from: 0,
        until: 4_000_000_000,
    };
    other.readers[0].card.as_mut().unwrap().certificates = vec![certificate];
    other.readers.extend(blocked().readers);
    other
}

fn shown(panel: &Panel) -> &str {
    &panel.card.readers.current().unwrap().name
}

#[test]
fn the_card_of_a_step_stays_on_show_whatever_is_inserted_or_unlocked() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    panel.host(readers(with_other_card(CodeState::Blocked)));
    assert_eq!(shown(&panel), READER);
    panel.host(HostMessage::Result { id, result: Outcome::Unlocked { reader: READER.to_owned() } });
    assert_eq!(shown(&panel), READER);
    let mut unlocked = with_other_card(CodeState::Blocked);
    unlocked.readers[1].card.as_mut().unwrap().pin = CodeState::Usable { tries: Some(3) };
    panel.host(readers(unlocked));
    assert_eq!(shown(&panel), READER);
    assert_eq!(panel.card.step, Step::Done(Command::Unlock));
    panel.update(Message::Refresh);
    assert_eq!(shown(&panel), READER, "the user looks at this card");
}

#[test]
fn a_question_about_a_card_goes_to_no_other_card() {
    let mut panel = showing(blocked());
    panel.update(Message::AskForPuk);
    panel.host(readers(with_other_card(CodeState::Blocked)));
    assert_eq!(shown(&panel), READER);
    let mut other = with_other_card(CodeState::Blocked);
    other.readers.truncate(1);
    panel.host(readers(other));
    assert_eq!(panel.card.step, Step::Overview);
    assert_eq!(sent(&panel.update(Message::Unlock)), None, "the question was about the card that is gone");
}

#[test]
fn an_outcome_is_not_shown_for_another_card_in_the_same_reader() {
    for error in [None, Some(Problem::PukBlocked)] {
        let mut panel = showing(blocked());
        let id = unlocking(&mut panel);
        match error.clone() {
            Some(error) => drop(fails(&mut panel, id, error)),
            None => {
                let result = Outcome::Unlocked { reader: READER.to_owned() };
                panel.host(HostMessage::Result { id, result });
            }
        }
        let mut other = with_other_card(CodeState::Usable { tries: Some(3) });
        other.readers.truncate(1);
        other.readers[0].name = READER.to_owned();
        panel.host(readers(empty()));
        assert_eq!(
            matches!(panel.card.step, Step::Failed(_)),
            error.is_some(),
            "nothing contradicts a failure"
        );
        panel.host(readers(other));
        assert_eq!(panel.card.step, Step::Overview, "{error:?}");
    }
}

#[test]
fn a_success_gives_way_to_a_card_that_is_blocked_again() {
    let mut panel = showing(blocked());
    let id = unlocking(&mut panel);
    panel.host(HostMessage::Result { id, result: Outcome::Unlocked { reader: READER.to_owned() } });
    panel.host(readers(blocked()));
    assert_eq!(panel.card.step, Step::Overview);
}

#[test]
fn an_operation_goes_on_while_its_card_is_away_and_can_be_given_up() {
    let mut panel = showing(blocked());
    unlocking(&mut panel);
    panel.host(readers(empty()));
    panel.update(Message::Retry);
    assert_eq!(panel.card.step, Step::Working(Command::Unlock));
    assert!(panel.update(Message::Cancel).contains(&Effect::ConnectHost));
    assert_eq!(panel.card.step, Step::Overview);
}

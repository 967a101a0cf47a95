//! Draws the card.

use super::details_view::details;
use super::diagnostics_view::diagnostics;
use super::headline::{Finding, findings};
use super::host_problem::HostProblem;
use super::missing_host_view::missing_host;
use super::problem_view::{failed_operation, host_problem_alert, problem_alert};
use super::state::{Card, Connection, Message};
use super::step::Step;
use super::step_view::{other_actions, step, working};
use crate::panel::dom_builder::DomBuilder;
use crate::panel::element_builder::ElementBuilder;
use eimza_protocol::{CardStatus, CodeState, Command, ReaderStatus, Validity};
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the state of the card and what can be done about it; `now` in seconds since 1970.
pub(super) fn card(dom: &mut Dom, card: &Card, now: u64) -> Vec<Element> {
    let mut content = vec![dom.text_element("h2", "", "panel_card_title")];
    match &card.step {
        Step::Examining => content.push(dom.status("panel_examining")),
        Step::Examined(found) => content.extend(diagnostics(dom, found)),
        _ => {
            content.extend(outcome(dom, card, now));
            content.extend(state(dom, card, now));
        }
    }
    content
}

/// Returns the warnings that stay visible in every view: a refused PUK, an interrupted operation.
pub(super) fn warnings(dom: &mut Dom, card: &Card) -> Vec<Element> {
    let mut warnings = Vec::new();
    match card.readers.refused_puk() {
        Some(Some(0)) => {
            let line = dom.text_element("p", "", "panel_warning_puk_blocked");
            warnings.push(dom.alert("warning", &[line]));
        }
        Some(tries) => {
            let text = match tries {
                Some(left) => dom.catalog.text("panel_warning_tries", &[("tries", &left.to_string())]),
                None => dom.text("panel_warning"),
            };
            let line = dom.plain_element("p", "", &text);
            let guessing = dom.text_element("p", "", "panel_guess_warning");
            warnings.push(dom.alert("warning", &[line, guessing]));
        }
        None => {}
    }
    if card.interrupted {
        let text = dom.text_element("p", "", "panel_interrupted");
        warnings.push(dom.alert("warning", &[text]));
        warnings.push(dom.button("understood", Message::DismissInterruption, "panel_understood", false));
    }
    warnings
}

/// Returns the outcome of the last operation, and what to do after an unlock.
fn outcome(dom: &ElementBuilder, card: &Card, now: u64) -> Option<Element> {
    let status = card.readers.current_card();
    match &card.step {
        Step::Done(command) => {
            let key = match command {
                Command::ChangePin => "panel_pin_changed",
                Command::ChangePuk => "panel_puk_changed",
                Command::Unlock | Command::Status | Command::Watch | Command::Doctor => "panel_unlocked",
            };
            let mut lines = vec![dom.text_element("p", "", key)];
            if let Some(status) = status.filter(|_| *command == Command::Unlock) {
                let useless = findings(status, now).into_iter().any(Finding::makes_unlock_useless);
                let next = (!useless).then_some("panel_unlocked_next");
                let later = status.changeable.pin.then_some("panel_unlocked_later");
                lines.extend(next.into_iter().chain(later).map(|key| dom.text_element("p", "why", key)));
            }
            Some(dom.alert("success", &lines))
        }
        Step::Failed(problem) => Some(failed_operation(dom, problem, status)),
        _ => None,
    }
}

/// Returns the state of the reader on show, or why there is none.
fn state(dom: &mut Dom, card: &Card, now: u64) -> Vec<Element> {
    if matches!(card.step, Step::Working(_)) && card.readers.current_card().is_none() {
        return working(dom);
    }
    match (&card.connection, &card.readers.status) {
        (Connection::Connecting, _) | (Connection::Open, None) => vec![dom.status("panel_looking")],
        (Connection::Closed(problem), _) => {
            let texts = problem.message_keys().map(|key| dom.text(&key));
            let mut content = vec![problem_alert(dom, &texts)];
            if *problem == HostProblem::Missing {
                content.extend(missing_host(dom));
            }
            // A missing host is looked for again and again without it.
            let is_main = *problem != HostProblem::Missing;
            content.push(dom.button("again", Message::Retry, "panel_again", is_main));
            content
        }
        (Connection::Open, Some(Err(error))) => {
            vec![host_problem_alert(dom, error), retry_button(dom), diagnostics_button(dom)]
        }
        (Connection::Open, Some(Ok(_))) => {
            card.readers.current().map_or_else(Vec::new, |shown| reader(dom, card, shown, now))
        }
    }
}

fn retry_button(dom: &mut Dom) -> Element {
    dom.button("again", Message::Retry, "panel_again", true)
}

fn diagnostics_button(dom: &mut Dom) -> Element {
    dom.button("examine", Message::RunDiagnostics, "panel_examine", false)
}

fn reader(dom: &mut Dom, card: &Card, reader: &ReaderStatus, now: u64) -> Vec<Element> {
    let mut content: Vec<_> = card_choice(dom, card, &reader.name).into_iter().collect();
    let Some(status) = &reader.card else {
        content.extend(reader.error.as_ref().map(|error| host_problem_alert(dom, error)));
        content.extend([retry_button(dom), diagnostics_button(dom)]);
        content.push(dom.description_list(&[("panel_reader", reader.name.clone())]));
        return content;
    };
    let found = findings(status, now);
    content.extend(step(dom, &card.step, status, &found));
    let certificate = status.certificates.first();
    let mut rows = Vec::new();
    rows.extend(certificate.map(|certificate| ("panel_holder", certificate.holder.clone())));
    rows.push(("panel_pin", code_text(dom, status.pin)));
    rows.push(("panel_puk", code_text(dom, status.puk)));
    content.push(dom.description_list(&rows));
    // A certificate that is not valid, or not for long, is in the headline or beside it.
    let validity = certificate.map(|certificate| certificate.validity(now));
    if let Some(validity @ Validity::Valid(_)) = validity.filter(|validity| !validity.is_renewal_due()) {
        let (key, args) = validity.message();
        content.push(dom.plain_element("p", "", &dom.catalog.text_with(key, &args)));
    }
    content.extend(other_actions(dom, &card.step, status, &found));
    content.push(details(dom, &reader.name, status));
    content
}

/// Returns the list from which the user selects one of several cards.
fn card_choice(dom: &mut Dom, card: &Card, shown: &str) -> Option<Element> {
    let readers = card.readers.with_card();
    // An operation continues with the card that it was started with.
    if readers.len() < 2 || matches!(card.step, Step::Working(_)) {
        return None;
    }
    let options = readers.into_iter().map(|reader| {
        let text = card_name(dom, reader);
        (reader.name.clone(), text, Message::SelectReader(reader.name.clone()))
    });
    let options = options.collect();
    Some(dom.select("which-card", "panel_which_card", options, shown))
}

fn card_name(dom: &ElementBuilder, reader: &ReaderStatus) -> String {
    let certificates = reader.card.iter().flat_map(|card: &CardStatus| &card.certificates);
    let Some(certificate) = certificates.into_iter().next() else { return reader.name.clone() };
    let args = [
        ("holder", certificate.holder.as_str()),
        ("day", &*certificate.last_valid_day()),
        ("reader", reader.name.as_str()),
    ];
    dom.catalog.text("panel_card_choice", &args)
}

fn code_text(dom: &ElementBuilder, state: CodeState) -> String {
    match state {
        CodeState::Usable { tries: Some(left) } => {
            dom.catalog.text("code_tries", &[("tries", &left.to_string())])
        }
        CodeState::Usable { tries: None } => dom.text("code_usable"),
        CodeState::Blocked => dom.text("code_blocked"),
        CodeState::Unknown => dom.text("code_unknown"),
    }
}

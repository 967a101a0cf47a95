//! Draws what can be done about a card.

use super::details_view::notes;
use super::headline::{Action, Finding};
use super::headline_view::{action_button, also, headline, statement};
use super::problem_view::failed_operation;
use super::puk_places::puk_places;
use super::state::Message;
use super::step::Step;
use super::tested::untested;
use crate::panel::dom_builder::DomBuilder;
use eimza_protocol::{CardStatus, CodeState, Command, Problem};
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns what comes first about a card: its headline, or the step that the user is at.
pub(super) fn step(dom: &mut Dom, step: &Step, card: &CardStatus, findings: &[Finding]) -> Vec<Element> {
    match step {
        Step::Overview => headline(dom, findings),
        Step::Done(command) => {
            let read_before = |finding: &&Finding| *command != Command::ChangePuk && finding.is_about_codes();
            let rest: Vec<_> = findings.iter().filter(|finding| !read_before(finding)).copied().collect();
            also(dom, &rest).into_iter().collect()
        }
        // A PUK would not help.
        Step::PukQuestion | Step::PukPlaces if card.puk == CodeState::Blocked => official_way(dom, card),
        Step::PukQuestion => puk_question(dom, card, findings),
        Step::PukPlaces => puk_places(dom),
        Step::OfficialWay => official_way(dom, card),
        Step::Working(_) => working(dom),
        Step::Failed(problem) => {
            let mut buttons = vec![dom.button("back", Message::Back, "panel_back_to_card", true)];
            if matches!(problem, Problem::PromptMissing | Problem::PromptFailed | Problem::CardSilent) {
                buttons.push(dom.button("examine", Message::RunDiagnostics, "panel_examine", false));
            }
            buttons
        }
        Step::Examining | Step::Examined(_) => Vec::new(), // shown instead of the card
    }
}

/// Returns that codes are asked for in a window, and the way out.
pub(super) fn working(dom: &mut Dom) -> Vec<Element> {
    vec![dom.status("panel_working"), dom.button("give-up", Message::Cancel, "panel_give_up", false)]
}

/// Returns what else can be done about a card, where the user is at no step.
pub(super) fn other_actions(
    dom: &mut Dom,
    step: &Step,
    card: &CardStatus,
    findings: &[Finding],
) -> Vec<Element> {
    let (main, pin) = match step {
        Step::Overview => (findings.first().map(|finding| finding.action()), card.pin),
        // A reported success takes precedence over the state of the PIN that was read before it. Who has just
        // set the PIN has not forgotten it.
        Step::Done(Command::Unlock | Command::ChangePin) => {
            (Some(Action::ForgotPin), CodeState::Usable { tries: None })
        }
        Step::Done(_) => (None, card.pin),
        _ => return Vec::new(),
    };
    let about_pin = match pin {
        CodeState::Blocked if card.puk == CodeState::Blocked => Action::WithoutPuk,
        CodeState::Blocked => Action::Unlock,
        CodeState::Usable { .. } | CodeState::Unknown => Action::ForgotPin,
    };
    let mut buttons = Vec::new();
    // Both lead to the question about the PUK.
    if main != Some(about_pin) && !(main == Some(Action::Unlock) && about_pin == Action::ForgotPin) {
        buttons.push(action_button(dom, about_pin, false));
    }
    // No code is to be tried before the certificate begins.
    let may_change = !findings.iter().any(|finding| matches!(finding, Finding::Begins(_)));
    if may_change && card.changeable.pin && pin != CodeState::Blocked {
        buttons.push(dom.button("change-pin", Message::ChangePin, "panel_change_pin", false));
    }
    if may_change && card.changeable.puk && card.puk != CodeState::Blocked {
        buttons.push(dom.button("change-puk", Message::ChangePuk, "panel_change_puk", false));
    }
    let renewal = findings.iter().any(|finding| finding.action() == Action::Renew);
    for (action, applies) in [(Action::Renew, renewal), (Action::Refresh, true)] {
        if applies && main != Some(action) {
            buttons.push(action_button(dom, action, false));
        }
    }
    buttons
}

/// Returns the question about the PUK. It says before the answer what the answer does: yes starts the unlock.
fn puk_question(dom: &mut Dom, card: &CardStatus, findings: &[Finding]) -> Vec<Element> {
    let tries = match card.puk {
        CodeState::Usable { tries: Some(left) } => {
            dom.catalog.text("panel_puk_tries", &[("tries", &left.to_string())])
        }
        _ => dom.text("panel_puk_tries_unknown"),
    };
    let useless = findings.iter().find(|finding| finding.makes_unlock_useless());
    let mut content = vec![heading(dom, "panel_puk_question")];
    content.extend(useless.map(|finding| statement(dom, *finding)));
    content.push(dom.text_element("p", "", "panel_puk_explain"));
    content.push(dom.text_element("p", "", "panel_unlock_explain"));
    let tries = dom.plain_element("p", "tries", &tries);
    let guessing = dom.text_element("p", "", "panel_guess_warning");
    content.push(dom.element("div", "warning", &[tries, guessing]));
    content.extend(notes(dom, card));
    content.extend(untested(dom, "p", "untested"));
    content.push(dom.button("unlock", Message::Unlock, "panel_yes", useless.is_none()));
    content.push(dom.button("find-puk", Message::FindPuk, "panel_where", false));
    content.push(dom.button("no-puk", Message::NoPuk, "panel_no", false));
    content.push(dom.button("back", Message::Back, "panel_back", false));
    content
}

fn official_way(dom: &mut Dom, card: &CardStatus) -> Vec<Element> {
    let mut content = vec![heading(dom, "panel_official_title")];
    let blocked = card.puk == CodeState::Blocked;
    content.extend(blocked.then(|| failed_operation(dom, &Problem::PukBlocked, Some(card))));
    content.push(dom.text_element("p", "", "panel_official_explain"));
    content.push(dom.button("official", Message::OpenOfficialUnlock, "panel_official_steps", true));
    if !blocked {
        let guessing = dom.text_element("p", "", "panel_guess_warning");
        content.push(dom.element("div", "warning", &[guessing]));
    }
    content.push(dom.button("back", Message::Back, "panel_back", false));
    content
}

fn heading(dom: &Dom, key: &str) -> Element {
    dom.focus_heading("h3", &dom.text(key))
}

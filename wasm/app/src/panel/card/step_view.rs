//! Draws what can be done about a card.

use super::problem_view::host_problem_alert;
use super::state::{Message, Step};
use crate::panel::dom_builder::DomBuilder;
use eimza_protocol::{CardStatus, CodeState, Command, Problem};
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the controls of a step.
pub(super) fn step(dom: &mut Dom, step: &Step, card: &CardStatus) -> Vec<Element> {
    match step {
        // A reported success takes precedence over the PIN status that the card reports.
        Step::Done(Command::Unlock | Command::ChangePin) => usable_pin(dom, card),
        Step::Overview | Step::Done(_) => match card.pin {
            CodeState::Blocked => puk_question(dom, card),
            // The PIN may be blocked or not, so both are offered.
            CodeState::Unknown => {
                let mut content = puk_question(dom, card);
                content.extend(change_buttons(dom, card));
                content
            }
            CodeState::Usable { .. } => usable_pin(dom, card),
        },
        Step::PukQuestion => puk_question(dom, card),
        Step::OfficialWay => official_way(dom),
        Step::WithPuk => with_puk(dom, card),
        Step::Working(_) => {
            vec![dom.status("panel_working"), dom.button("give-up", Message::Cancel, "panel_give_up", false)]
        }
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

fn usable_pin(dom: &mut Dom, card: &CardStatus) -> Vec<Element> {
    let mut content = vec![
        dom.text_element("p", "", "panel_not_blocked"),
        dom.button("forgotten", Message::ForgotPin, "panel_forgot", false),
    ];
    content.extend(change_buttons(dom, card));
    content.push(dom.button("refresh", Message::Refresh, "panel_refresh", false));
    content
}

/// Returns the buttons for codes that the holder may change.
fn change_buttons(dom: &mut Dom, card: &CardStatus) -> Vec<Element> {
    let mut buttons = Vec::new();
    if card.changeable.pin && card.pin != CodeState::Blocked {
        buttons.push(dom.button("change-pin", Message::ChangePin, "panel_change_pin", false));
    }
    if card.changeable.puk && card.puk != CodeState::Blocked {
        buttons.push(dom.button("change-puk", Message::ChangePuk, "panel_change_puk", false));
    }
    buttons
}

fn puk_question(dom: &mut Dom, card: &CardStatus) -> Vec<Element> {
    if card.puk == CodeState::Blocked {
        // A PUK would not help.
        let official_way = dom.button("no-puk", Message::NoPuk, "panel_official_title", true);
        return vec![host_problem_alert(dom, &Problem::PukBlocked), official_way];
    }
    vec![
        heading(dom, "panel_puk_question"),
        dom.text_element("p", "", "panel_puk_explain"),
        dom.button("have-puk", Message::HavePuk, "panel_yes", true),
        dom.button("no-puk", Message::NoPuk, "panel_no", false),
    ]
}

fn official_way(dom: &mut Dom) -> Vec<Element> {
    let guessing = dom.text_element("p", "", "panel_guess_warning");
    vec![
        heading(dom, "panel_official_title"),
        dom.text_element("p", "", "panel_official_explain"),
        dom.button("official", Message::OpenOfficialUnlock, "panel_official_steps", true),
        dom.element("div", "warning", &[guessing]),
        dom.button("back", Message::Back, "panel_back", false),
    ]
}

fn with_puk(dom: &mut Dom, card: &CardStatus) -> Vec<Element> {
    let tries = match card.puk {
        CodeState::Usable { tries: Some(left) } => {
            dom.catalog.text("panel_puk_tries", &[("tries", &left.to_string())])
        }
        CodeState::Blocked => {
            let back = dom.button("back", Message::Back, "panel_back", true);
            return vec![host_problem_alert(dom, &Problem::PukBlocked), back];
        }
        CodeState::Usable { tries: None } | CodeState::Unknown => dom.text("panel_puk_tries_unknown"),
    };
    let guessing = dom.text_element("p", "", "panel_guess_warning");
    let tries = dom.plain_element("p", "tries", &tries);
    vec![
        heading(dom, "panel_unlock"),
        dom.text_element("p", "", "panel_unlock_explain"),
        dom.element("div", "warning", &[tries, guessing]),
        dom.button("unlock", Message::Unlock, "panel_unlock", true),
        dom.button("back", Message::Back, "panel_back", false),
    ]
}

fn heading(dom: &Dom, key: &str) -> Element {
    dom.focus_heading("h3", &dom.text(key))
}

//! Draws the page that opens after installation: which requirements are met, and what to do next.

use super::host_problem::HostProblem;
use super::missing_host_view::missing_host;
use super::state::{Card, Connection, Message};
use super::tested::untested;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::element_builder::{ElementBuilder, append};
use web_sys::Element;

/// The state of one of the requirements: program, reader or card.
enum Requirement {
    /// It is available; its name.
    Met(String),
    /// The problem and its remedy.
    Unmet([String; 2]),
    /// It is being detected.
    Checking,
    /// An earlier requirement is not met yet.
    Later,
}

/// Returns the state of program, reader and card, with the remedy for the first one that is missing.
pub(super) fn welcome(dom: &mut DomBuilder<Message>, card: &Card) -> Vec<Element> {
    let requirements = [
        ("welcome_host", host_requirement(dom, card)),
        ("panel_reader", reader_requirement(dom, card)),
        ("panel_card", card_requirement(dom, card)),
    ];
    let all_met = requirements.iter().all(|(_, requirement)| matches!(requirement, Requirement::Met(_)));
    let mut content =
        vec![dom.text_element("h2", "", "welcome_title"), dom.text_element("p", "", "welcome_explain")];
    let items: Vec<_> = requirements.iter().map(|(name, requirement)| item(dom, name, requirement)).collect();
    if card.connection == Connection::Closed(HostProblem::Missing) {
        append(&items[0], &missing_host(dom));
    }
    content.push(dom.element("ol", "welcome", &items));
    if all_met {
        let ready = dom.text_element("p", "", "welcome_ready");
        content.push(dom.alert("success", &[ready]));
    }
    content.push(dom.button("open-panel", Message::OpenPanel, "welcome_open_panel", all_met));
    content.push(dom.text_element("p", "", "welcome_reload"));
    content.push(dom.text_element("p", "", "welcome_pin"));
    content.extend(untested(dom, "footer", ""));
    content
}

fn item(dom: &ElementBuilder, name: &str, requirement: &Requirement) -> Element {
    let name = dom.text(name);
    let what = |text: &str| dom.plain_element("p", "what", text);
    let line = |sign: &str, text: &str| what(&format!("{sign} {name}: {text}"));
    let content = match requirement {
        Requirement::Met(name) => line("✓", name),
        Requirement::Unmet([problem, remedy]) => {
            let remedy = dom.plain_element("p", "", remedy);
            // The sentence names the requirement itself.
            dom.element("div", "warning", &[what(&format!("✗ {problem}")), remedy])
        }
        Requirement::Checking => line("…", &dom.text("panel_looking")),
        Requirement::Later => line("–", &dom.text("welcome_later")),
    };
    dom.element("li", "", &[content])
}

fn host_requirement(dom: &ElementBuilder, card: &Card) -> Requirement {
    match card.connection {
        Connection::Open => Requirement::Met(dom.text("welcome_host_there")),
        Connection::Connecting => Requirement::Checking,
        Connection::Closed(problem) => Requirement::Unmet(problem.message_keys().map(|key| dom.text(&key))),
    }
}

fn reader_requirement(dom: &ElementBuilder, card: &Card) -> Requirement {
    match (&card.connection, &card.readers.status) {
        (Connection::Open, None) => Requirement::Checking,
        (Connection::Open, Some(Ok(status))) => {
            let names: Vec<_> = status.readers.iter().map(|reader| reader.name.as_str()).collect();
            Requirement::Met(names.join(", "))
        }
        (Connection::Open, Some(Err(problem))) => Requirement::Unmet(dom.explain(problem)),
        (Connection::Connecting | Connection::Closed(_), _) => Requirement::Later,
    }
}

fn card_requirement(dom: &ElementBuilder, card: &Card) -> Requirement {
    let Some(reader) = card.readers.current().filter(|_| card.connection == Connection::Open) else {
        return Requirement::Later;
    };
    match (&reader.card, &reader.error) {
        (Some(status), _) => {
            let holder = status.certificates.first().map(|certificate| certificate.holder.clone());
            Requirement::Met(holder.filter(|name| !name.is_empty()).unwrap_or_else(|| status.family.clone()))
        }
        (None, Some(problem)) => Requirement::Unmet(dom.explain(problem)),
        (None, None) => Requirement::Checking,
    }
}

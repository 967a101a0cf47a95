//! Draws the headline of a card.

use super::headline::{Action, Finding, Sign};
use super::state::Message;
use super::tested::untested;
use crate::panel::dom_builder::DomBuilder;
use crate::panel::element_builder::{ElementBuilder, append, set_attribute};
use web_sys::Element;

/// Returns the headline with its action, and what else is to be minded.
///
/// To read the card again changes nothing, so this alone is no main action.
pub(super) fn headline(dom: &mut DomBuilder<Message>, findings: &[Finding]) -> Vec<Element> {
    let Some((first, rest)) = findings.split_first() else { return Vec::new() };
    let action = first.action();
    let mut content = vec![statement(dom, *first)];
    let untested = untested(dom, "p", "note").filter(|_| action == Action::Unlock);
    append(&content[0], &untested.into_iter().collect::<Vec<_>>());
    append(&content[0], &[action_button(dom, action, action != Action::Refresh)]);
    content.extend(also(dom, rest));
    content
}

/// Returns what is to be minded beside the headline.
pub(super) fn also(dom: &ElementBuilder, findings: &[Finding]) -> Option<Element> {
    let findings = findings.iter().filter(|finding| finding.sign() != Sign::Well);
    let lines: Vec<_> = findings.map(|finding| sentence(dom, "", *finding)).collect();
    (!lines.is_empty()).then(|| dom.element("div", "warning", &lines))
}

/// Returns a finding with its sign and what it means, without an action.
pub(super) fn statement(dom: &ElementBuilder, finding: Finding) -> Element {
    let (class, sign) = match finding.sign() {
        Sign::Well => ("success headline", "✓ "),
        Sign::Warning => ("warning headline", "⚠ "),
        Sign::Stopped => ("problem headline", "✗ "),
    };
    let line = sentence(dom, "what", finding);
    let sign = dom.plain_element("span", "sign", sign);
    set_attribute(&sign, "aria-hidden", "true");
    // Fails only for cycles, and these elements are new.
    let _ = line.insert_before(&sign, line.first_child().as_ref());
    let mut content = vec![line];
    content.extend(finding.explanation().map(|key| dom.text_element("p", "why", key)));
    dom.element("div", class, &content)
}

fn sentence(dom: &ElementBuilder, class: &str, finding: Finding) -> Element {
    let (key, args) = finding.sentence();
    dom.plain_element("p", class, &dom.catalog.text_with(key, &args))
}

/// Returns the button of an action.
pub(super) fn action_button(dom: &mut DomBuilder<Message>, action: Action, is_main: bool) -> Element {
    let message = match action {
        Action::Renew => Message::OpenRenewal,
        Action::Unlock | Action::ForgotPin => Message::AskForPuk,
        Action::WithoutPuk => Message::NoPuk,
        Action::Refresh => Message::Refresh,
    };
    let (id, key) = action.button();
    dom.button(id, message, key, is_main)
}

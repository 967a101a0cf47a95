//! The checklist of a procedure to print.

use super::print_page;
use crate::clock;
use crate::panel::element_builder::{ElementBuilder, set_attribute};
use crate::panel::guide::step_details;
use crate::panel::shared::UserData;
use crate::panel::source_line::source_line;
use crate::panel::transfer::cost_text;
use crate::panel::transfer::step_payment::StepPayment;
use eimza_guide::{Checklist, ChecklistStep, SavedState, StepStatus};
use web_sys::Element;

/// Shows the checklist of a procedure in the current document; only the title if there is no procedure with
/// that id.
pub(crate) fn print_checklist(user: &UserData, procedure: &str) {
    let UserData { lang, saved_state, os, .. } = user;
    let dom = ElementBuilder::of_language(*lang);
    let list = Checklist::of(procedure, saved_state, *os);
    let content = list.map_or_else(Vec::new, |list| content(dom, &list, saved_state));
    print_page::show(&dom, *lang, "panel_print", &content);
}

fn content(dom: ElementBuilder, list: &Checklist, saved_state: &SavedState) -> Vec<Element> {
    let mut content = vec![dom.text_element("h2", "", &list.procedure.title)];
    if list.asks_role {
        content.push(dom.text_element("p", "warning", "panel_role_why"));
        return content;
    }
    if list.pays == Some(false) {
        content.push(dom.text_element("p", "", "panel_pays_nothing"));
    }
    content.push(dom.text_element("h3", "", "panel_needs"));
    content.push(step_details::needs(&dom, list));
    content.push(dom.text_element("h3", "", "panel_steps"));
    let steps = list.steps.iter();
    let items: Vec<_> = steps.map(|state| step(&dom, list, state, saved_state)).collect();
    content.push(dom.element("ol", "steps", &items));
    content.push(dom.text_element("h3", "", &list.edition.title));
    content.extend(step_details::edition(&dom, list, saved_state));
    content.push(dom.text_element("footer", "", "panel_guide_untested"));
    content
}

fn step(dom: &ElementBuilder, list: &Checklist, state: &ChecklistStep, saved_state: &SavedState) -> Element {
    let payment = StepPayment::of(state.step, saved_state, &list.procedure.id, clock::today());
    let check_box = dom.plain_element(
        "span",
        "box",
        match state.status {
            StepStatus::Open => "☐",
            StepStatus::Done => "☑",
            StepStatus::NotNeeded => "–",
        },
    );
    set_attribute(&check_box, "aria-hidden", "true");
    let title = dom.plain_element("strong", "", &step_details::numbered_title(dom, state));
    let mut line = vec![check_box, title];
    if state.status == StepStatus::NotNeeded {
        line.push(dom.text_element("span", "mark", "panel_step_not_needed"));
    }
    let mut content = vec![dom.element("p", "title", &line)];
    content.extend(step_details::details(dom, list, state.step, saved_state, payment));
    if let Some(payment) = payment {
        content.extend(cost_text::cost_lines(dom, payment));
        content.extend(cost_text::printed_account(dom, payment));
    }
    if let Some(link) = &state.step.link {
        content.push(dom.plain_element("p", "address", link));
    }
    let source = source_line(dom.catalog, &state.step.sources, &state.step.checked);
    content.push(dom.plain_element("p", "source", &source));
    dom.element("li", "", &content)
}

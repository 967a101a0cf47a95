//! A procedure's whole list in a tab of its own, to be printed on one page.

use super::guide::steps;
use super::pen::{Pen, set};
use super::{User, document, transfer};
use crate::clock;
use eimza_guide::{Checklist, ChecklistStep, SavedState};
use eimza_i18n::Catalog;
use gloo::events::EventListener;
use gloo::utils::{document as page, window};
use web_sys::Element;

/// Draws the list of a procedure; nothing but the heading where there is none of that id.
pub(crate) fn open(user: &User, procedure: &str) {
    let User { lang, saved_state, os, .. } = user;
    let mut pen = Pen::new(Catalog::of(*lang));
    let title = document::title(&pen);
    let print = pen.button("print", (), "panel_print", true);
    let header = pen.element("header", "", &[title, print]);
    let parts = Checklist::of(procedure, saved_state, *os).map(|list| parts(&pen, &list, saved_state));
    document::show(&pen, *lang, header, &parts.unwrap_or_default(), "");
    if let Some(button) = page().get_element_by_id("print") {
        EventListener::new(&button, "click", |_| {
            // Fails where printing is forbidden; the page can still be read.
            let _ = window().print();
        })
        .forget(); // as long as the page
    }
}

fn parts(pen: &Pen<()>, list: &Checklist, saved_state: &SavedState) -> Vec<Element> {
    let mut parts = vec![pen.text("h2", "", &list.procedure.title)];
    if list.asks_role {
        parts.push(pen.text("p", "warning", "panel_role_why"));
        return parts;
    }
    if list.pays == Some(false) {
        parts.push(pen.text("p", "", "panel_pays_nothing"));
    }
    parts.push(pen.text("h3", "", "panel_needs"));
    parts.push(steps::needs(pen, list));
    parts.push(pen.text("h3", "", "panel_steps"));
    let items: Vec<_> = list
        .steps
        .iter()
        .enumerate()
        .map(|(index, state)| step(pen, list, state, index + 1, saved_state))
        .collect();
    parts.push(pen.element("ol", "steps", &items));
    parts.push(pen.text("h3", "", &list.edition.title));
    parts.extend(steps::edition(pen, list, saved_state));
    parts.push(pen.text("footer", "", "panel_guide_untested"));
    parts
}

fn step(
    pen: &Pen<()>,
    list: &Checklist,
    state: &ChecklistStep,
    number: usize,
    saved_state: &SavedState,
) -> Element {
    let case = steps::case(state.step, saved_state, &list.procedure.id, clock::today());
    let sign = pen.plain("span", "box", if state.done { "☑" } else { "☐" });
    set(&sign, "aria-hidden", "true");
    let title = pen.plain("strong", "", &format!("{number}. {}", pen.say(&state.step.title)));
    let mut parts = vec![pen.element("p", "title", &[sign, title])];
    parts.extend(steps::details(pen, state.step, saved_state, case));
    if let Some(case) = case {
        parts.extend(transfer::view::lines(pen, case));
        parts.extend(transfer::view::account_on_paper(pen, case));
    }
    if let Some(link) = &state.step.link {
        parts.push(pen.plain("p", "address", link));
    }
    parts.push(pen.plain("p", "source", &steps::origin(pen.words, &state.step.sources, &state.step.checked)));
    pen.element("li", "", &parts)
}

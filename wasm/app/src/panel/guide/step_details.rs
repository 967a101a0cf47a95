//! The parts of a checklist that the panel and the page to print have in common.

use crate::panel::date_format::{format_date, since};
use crate::panel::element_builder::ElementBuilder;
use crate::panel::institution::profile_text;
use crate::panel::transfer::step_payment::StepPayment;
use eimza_guide::{Checklist, ChecklistStep, Institution, SavedState, Step, Supersession};
use eimza_i18n::Catalog;
use web_sys::Element;

/// Returns the title of a step with its number: "3. Formu yazdırıp imzalayın".
pub(crate) fn numbered_title(dom: &ElementBuilder, state: &ChecklistStep) -> String {
    let title = dom.text(&state.step.title);
    state.number.map_or_else(|| title.clone(), |number| format!("{number}. {title}"))
}

/// Returns the notes, warnings, telephone number and unit of a step, and what replaced it. Costs are not
/// included.
pub(crate) fn details(
    dom: &ElementBuilder,
    list: &Checklist,
    step: &Step,
    saved_state: &SavedState,
    payment: Option<StepPayment<'_>>,
) -> Vec<Element> {
    let institution = saved_state.institution().map(|chosen| chosen.institution);
    let unit = institution.and_then(|institution| institution.unit.as_ref());
    let unit_name = unit.map_or_else(|| dom.text("unit_unknown"), |unit| unit.name.clone());
    let mut details = Vec::new();
    // What guides say about the description applies only if the institution has no template.
    let texts = payment.filter(|step| step.own_template().is_none()).map(|step| &step.payment.text);
    for note in step.notes.iter().chain(texts.into_iter().flatten()) {
        details.push(dom.plain_element("p", "", &dom.catalog.text(note, &[("unit", &unit_name)])));
    }
    for warning in &step.warnings {
        details.push(dom.text_element("p", "warning", warning));
    }
    if let Some(number) = &step.call {
        let name = dom.text_element("span", "", "panel_call");
        let number = dom.plain_element("strong", "", number);
        details.push(dom.element("p", "call", &[name, number]));
    }
    if let Some(chosen) = saved_state.institution().filter(|_| step.unit) {
        details.extend(unit_details(dom, chosen.institution, list.pays != Some(false), step));
        details.extend(
            profile_text::origin_note(chosen, dom.catalog)
                .map(|note| dom.plain_element("p", "mark-line", &note)),
        );
    }
    if let Some(superseded) = &step.superseded {
        let label = dom.text_element("strong", "", "panel_superseded");
        let change = dom.plain_element("span", "", &change(dom.catalog, superseded));
        details.push(dom.element("p", "superseded", &[label, change]));
    }
    details
}

fn unit_details(dom: &ElementBuilder, institution: &Institution, pays: bool, step: &Step) -> Vec<Element> {
    let mut rows = Vec::new();
    if let Some(unit) = &institution.unit {
        rows.extend(unit.phone.iter().map(|phone| ("panel_unit_phone", phone.clone())));
        rows.extend(unit.email.iter().map(|email| ("panel_unit_email", email.clone())));
    }
    let mut details = if rows.is_empty() { Vec::new() } else { vec![dom.description_list(&rows)] };
    // Who signed electronically hands in no form, only the receipt.
    let has_form = step.letter.is_empty() || step.letter.iter().any(|enclosed| enclosed == "letter_form");
    let submission = profile_text::submission(institution, pays, has_form, dom.catalog);
    details.extend(submission.iter().map(|text| dom.plain_element("p", "", text)));
    details
}

/// Returns what replaced a step: "Excel listesi kalktı … (01.04.2022 tarihinden beri)".
fn change(catalog: &Catalog, superseded: &Supersession) -> String {
    let change = catalog.text(&superseded.by, &[]);
    since(
        catalog,
        ["panel_change_since", "panel_change_since_about"],
        &superseded.since,
        &[("change", &change)],
    )
}

/// Returns since when the edition applies, and how it differs from older guides.
pub(crate) fn edition(dom: &ElementBuilder, list: &Checklist, saved_state: &SavedState) -> Vec<Element> {
    let edition = list.edition;
    let mut lines = Vec::new();
    if let Some(date) = &edition.since {
        lines.push(since(dom.catalog, ["panel_edition_since", "panel_edition_since_about"], date, &[]));
    }
    if let Some(date) = &edition.confirmed {
        lines.push(dom.catalog.text("panel_edition_confirmed", &[("date", &format_date(date))]));
    }
    if list.pinned {
        lines.push(dom.text("panel_edition_pinned"));
        lines.extend(
            saved_state.institution().and_then(|chosen| profile_text::origin_note(chosen, dom.catalog)),
        );
    }
    if edition.steps.iter().any(|step| step.superseded.is_some()) {
        lines.push(dom.text("panel_edition_old"));
    }
    let mut content = vec![dom.plain_element("p", "", &lines.join(" "))];
    let changes = list.changes();
    if !changes.is_empty() {
        content.push(dom.text_element("h3", "", "panel_changes"));
        let items: Vec<_> = changes
            .iter()
            .map(|superseded| dom.plain_element("li", "", &change(dom.catalog, superseded)))
            .collect();
        content.push(dom.element("ul", "changes", &items));
    }
    content
}

/// Returns what the user needs for the procedure.
pub(crate) fn needs(dom: &ElementBuilder, list: &Checklist) -> Element {
    let items: Vec<_> = list.needs.iter().map(|need| dom.text_element("li", "", &need.text)).collect();
    dom.element("ul", "needs", &items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::Role;
    use eimza_protocol::Lang;

    #[test]
    fn a_superseded_step_names_its_replacement_and_the_date() {
        let list = Checklist::of(
            "lost",
            &SavedState { role: Some(Role::OtherStaff), ..SavedState::default() },
            None,
        );
        let changes: Vec<_> =
            list.unwrap().changes().iter().map(|one| change(Catalog::of(Lang::Tr), one)).collect();
        assert!(
            changes[0].starts_with("Excel listesi kalktı") && changes[0].contains("01.04.2022"),
            "{changes:?}"
        );
    }
}

//! The choice of the institution as elements.

use super::state::{Button, Candidate, Import};
use super::words;
use crate::panel::Press;
use crate::panel::pen::{Pen, set};
use eimza_guide::{ActiveInstitution, IMPORTED_PREFIX, Institution, Origin, SavedState, institutions};
use web_sys::Element;

/// The id of the control that takes a file.
pub(crate) const FILE_FIELD: &str = "institution-file";

/// The list, and the way in for a file; under a policy only what it says.
pub(crate) fn choice(pen: &mut Pen<Press>, import: &Import, saved_state: &SavedState) -> Vec<Element> {
    let chosen = saved_state.institution();
    if let Some(chosen) = chosen.filter(|chosen| chosen.origin == Origin::Policy) {
        let mut parts = vec![pen.rows(&[("panel_institution", chosen.institution.name.clone())])];
        parts.extend(words::mark(chosen, pen.words).map(|mark| pen.plain("p", "mark-line", &mark)));
        parts.extend(links(pen, chosen.institution));
        return parts;
    }
    let mut parts = Vec::new();
    if let Some(Err(fault)) = &saved_state.policy {
        let what = pen.text("p", "what", "institution_policy_refused");
        let reason = pen.plain("p", "", &sentence(pen, fault));
        parts.push(pen.element("div", "warning", &[what, reason]));
    }
    if let Some((file, fault)) = saved_state.rejected_import() {
        let what = pen.text("p", "what", "institution_unread");
        let reason = pen.plain("p", "", &sentence(pen, fault));
        parts.push(pen.element("div", "warning", &[what, reason]));
        let forget = Press::Institution(Button::Forget(file.id.clone()));
        parts.push(pen.button("institution-forget", forget, "institution_forget", false));
    }
    parts.push(list(pen, saved_state));
    parts.push(pen.text("p", "note", "panel_institution_why"));
    if let Some(chosen) = chosen.filter(|chosen| chosen.origin == Origin::File) {
        parts.extend(words::mark(chosen, pen.words).map(|mark| pen.plain("p", "mark-line", &mark)));
        let forget = Press::Institution(Button::Forget(chosen.institution.id.clone()));
        parts.push(pen.button("institution-forget", forget, "institution_forget", false));
    }
    parts.extend(chosen.into_iter().flat_map(|chosen| links(pen, chosen.institution)));
    parts.push(pen.file(FILE_FIELD, Press::File, "institution_import"));
    parts.extend(coming(pen, import, saved_state));
    parts
}

/// The pages that the institution wants its people to find: all of them Kamu SM's.
fn links<P>(pen: &Pen<P>, institution: &Institution) -> Vec<Element> {
    let links = institution.links.iter().enumerate();
    links
        .map(|(index, link)| {
            pen.link(&format!("institution-link-{index}"), "button", &link.address, &link.text)
        })
        .collect()
}

fn list(pen: &mut Pen<Press>, saved_state: &SavedState) -> Element {
    let press = |id: Option<String>| Press::Institution(Button::Choose(id));
    let mut options = vec![(String::new(), pen.say("panel_institution_none"), press(None))];
    options.extend(
        institutions()
            .iter()
            .map(|known| (known.id.clone(), known.name.clone(), press(Some(known.id.clone())))),
    );
    options.extend(saved_state.imported_institutions().map(|known| {
        let id = format!("{IMPORTED_PREFIX}{}", known.id);
        let name = pen.words.text("institution_file_option", &[("name", &known.name)]);
        (id.clone(), name, press(Some(id)))
    }));
    let chosen = match saved_state.institution() {
        Some(_) => saved_state.institution.as_deref().unwrap_or_default(),
        None => "",
    };
    pen.list("institution", "panel_institution", options, chosen)
}

fn coming(pen: &mut Pen<Press>, import: &Import, saved_state: &SavedState) -> Option<Element> {
    match import {
        Import::None => None,
        Import::Refused(fault) => {
            let what = pen.text("p", "what", "institution_refused");
            let line = pen.words.text(
                "institution_line",
                &[("line", &fault.line.to_string()), ("reason", &sentence(pen, fault))],
            );
            let reason = pen.plain("p", "", &line);
            Some(pen.alert("problem", &[what, reason]))
        }
        Import::Asks(candidate) => Some(question(pen, candidate, saved_state)),
    }
}

fn question(pen: &mut Pen<Press>, candidate: &Candidate, saved_state: &SavedState) -> Element {
    let institution = &candidate.institution;
    let mut parts =
        vec![pen.text("legend", "", "institution_confirm"), pen.plain("p", "what", &institution.name)];
    if let Some(known) = saved_state.imported_institutions().find(|known| known.id == institution.id) {
        let holder = known.account.as_ref().map_or("–", |account| &account.holder);
        let iban = known.account.as_ref().map_or_else(|| "–".to_owned(), |account| account.iban.to_string());
        let args = [("name", known.name.as_str()), ("holder", holder), ("iban", &iban)];
        parts.push(pen.plain("p", "warning", &pen.words.text("institution_replaces", &args)));
    }
    if let Some(account) = &institution.account {
        parts.push(pen.text("p", "", "institution_compare"));
        parts.push(pen.rows(&[("panel_account_bank", account.bank.clone())]));
        let holder = pen.words.text("institution_holder_right", &[("holder", &account.holder)]);
        let press = Press::Institution(Button::Holder(!candidate.holder));
        parts.push(pen.check_box("institution-holder", press, candidate.holder, &holder));
        let iban = pen.words.text("institution_iban_right", &[("iban", &account.iban.to_string())]);
        let press = Press::Institution(Button::Iban(!candidate.iban));
        parts.push(pen.check_box("institution-iban", press, candidate.iban, &iban));
    }
    let chosen = ActiveInstitution { institution, origin: Origin::File };
    parts.push(pen.plain("p", "source", &words::sources(chosen, pen.words)));
    let take = pen.button("institution-take", Press::Institution(Button::Take), "institution_take", true);
    if !candidate.is_confirmed() {
        set(&take, "disabled", "");
    }
    parts.push(take);
    parts.push(pen.button(
        "institution-leave",
        Press::Institution(Button::Leave),
        "institution_leave",
        false,
    ));
    pen.element("fieldset", "import", &parts)
}

fn sentence<P>(pen: &Pen<P>, fault: &eimza_guide::ProfileError) -> String {
    let (key, args) = fault.kind.message();
    pen.words.text_with(key, &args)
}

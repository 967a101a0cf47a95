//! The cover letter ("üst yazı") to print, with which papers are sent to the institution's unit.

use super::print_page;
use crate::panel::element_builder::{ElementBuilder, set_attribute};
use crate::panel::shared::UserData;
use eimza_guide::{Checklist, SavedState, Step};
use eimza_protocol::Lang;
use web_sys::Element;

/// What the sender fills in by hand: message keys. Nothing personal is stored for it.
const BLANKS: [&str; 5] =
    ["letter_name", "letter_number", "letter_workplace", "letter_phone", "letter_signature"];

/// Shows the cover letter of a step in the current document; only the title if the step has none.
pub(crate) fn print_cover_letter(user: &UserData, procedure: &str, step: &str) {
    let UserData { lang, saved_state, os, .. } = user;
    let dom = ElementBuilder::of_language(*lang);
    let list = Checklist::of(procedure, saved_state, *os);
    let content = list.and_then(|list| {
        let step = list.steps.iter().map(|state| state.step).find(|known| known.id == step)?;
        (!step.letter.is_empty()).then(|| content(&dom, &list, step, saved_state))
    });
    print_page::show(&dom, *lang, "panel_print_sheet", &content.unwrap_or_default());
}

fn content(dom: &ElementBuilder, list: &Checklist, step: &Step, saved_state: &SavedState) -> Vec<Element> {
    // A Turkish authority reads it, whatever language the user reads.
    let turkish = ElementBuilder::of_language(Lang::Tr);
    let chosen = saved_state.institution().map(|chosen| chosen.institution);
    let unit = chosen.and_then(|institution| institution.unit.as_ref()).map(|unit| unit.name.as_str());
    let recipient = chosen.map(|institution| match unit {
        Some(unit) => format!("{} – {unit}", institution.name),
        None => institution.name.clone(),
    });
    let subject =
        turkish.catalog.text("letter_subject", &[("procedure", &turkish.text(&list.procedure.title))]);
    let mut rows = vec![row(&turkish, "letter_date", None), row(&turkish, "letter_to", recipient.as_deref())];
    rows.push(row(&turkish, "letter_about", Some(&subject)));
    let enclosures: Vec<_> = step.letter.iter().map(|key| turkish.text_element("li", "", key)).collect();
    let letter = [
        turkish.text_element("h2", "", "letter_title"),
        turkish.element("dl", "sheet", &rows.concat()),
        turkish.text_element("p", "letter-body", "letter_body"),
        turkish.text_element("h3", "", "letter_enclosures"),
        turkish.element("ol", "enclosures", &enclosures),
        turkish.element("dl", "sheet", &BLANKS.map(|key| row(&turkish, key, None)).concat()),
    ];
    let letter = dom.element("article", "letter", &letter);
    set_attribute(&letter, "lang", "tr");
    vec![dom.text_element("p", "screen-only", "letter_own_form"), letter]
}

/// Returns a name with its value, or with a blank to fill in.
fn row(dom: &ElementBuilder, name: &str, value: Option<&str>) -> [Element; 2] {
    let value =
        dom.plain_element("dd", if value.is_some() { "" } else { "blank" }, value.unwrap_or_default());
    [dom.text_element("dt", "", name), value]
}

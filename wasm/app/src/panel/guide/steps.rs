//! The parts of a checklist that panel and printed list have in common.

use super::dates::{since, written};
use crate::panel::institution::words;
use crate::panel::pen::Pen;
use crate::panel::transfer::view::Case;
use eimza_guide::{Checklist, Institution, SavedState, Source, Step, Supersession, source};
use eimza_i18n::Catalog;
use eimza_payment::Day;
use web_sys::Element;

/// What there is to know about a step: notes, warnings, telephone, unit, what replaced it. What is paid stands
/// apart: [`crate::panel::transfer`].
pub(crate) fn details<P>(
    pen: &Pen<P>,
    step: &Step,
    saved_state: &SavedState,
    case: Option<Case<'_>>,
) -> Vec<Element> {
    let institution = saved_state.institution().map(|chosen| chosen.institution);
    let unit = institution.and_then(|institution| institution.unit.as_ref());
    let unit_name = unit.map_or_else(|| pen.say("unit_unknown"), |unit| unit.name.clone());
    let mut details = Vec::new();
    // What guides say of the text counts where the institution lays none down.
    let texts = case.filter(|case| case.template().is_none()).map(|case| &case.payment.text);
    for note in step.notes.iter().chain(texts.into_iter().flatten()) {
        details.push(pen.plain("p", "", &pen.words.text(note, &[("unit", &unit_name)])));
    }
    for warning in &step.warnings {
        details.push(pen.text("p", "warning", warning));
    }
    if let Some(number) = &step.call {
        let name = pen.text("span", "", "panel_call");
        let number = pen.plain("strong", "", number);
        details.push(pen.element("p", "call", &[name, number]));
    }
    if let Some(chosen) = saved_state.institution().filter(|_| step.unit) {
        details.extend(of_unit(pen, chosen.institution));
        details.extend(words::mark(chosen, pen.words).map(|mark| pen.plain("p", "mark-line", &mark)));
    }
    if let Some(superseded) = &step.superseded {
        let no_longer = pen.text("strong", "", "panel_superseded");
        let change = pen.plain("span", "", &change(pen.words, superseded));
        details.push(pen.element("p", "superseded", &[no_longer, change]));
    }
    details
}

fn of_unit<P>(pen: &Pen<P>, institution: &Institution) -> Vec<Element> {
    let mut rows = Vec::new();
    if let Some(unit) = &institution.unit {
        rows.extend(unit.phone.iter().map(|phone| ("panel_unit_phone", phone.clone())));
        rows.extend(unit.email.iter().map(|email| ("panel_unit_email", email.clone())));
    }
    let mut details = if rows.is_empty() { Vec::new() } else { vec![pen.rows(&rows)] };
    details.extend(words::papers(institution, pen.words).iter().map(|text| pen.plain("p", "", text)));
    details
}

/// What is paid at a step of the user's procedure.
pub(crate) fn case<'a>(
    step: &'a Step,
    saved_state: &'a SavedState,
    procedure: &'a str,
    today: Option<Day>,
) -> Option<Case<'a>> {
    Some(Case { saved_state, procedure, payment: step.payment.as_ref()?, today })
}

/// "Excel listesi yok artık … (01.04.2022 tarihinden beri)".
pub(crate) fn change(words: &Catalog, superseded: &Supersession) -> String {
    let change = words.text(&superseded.by, &[]);
    since(
        words,
        ["panel_change_since", "panel_change_since_about"],
        &superseded.since,
        &[("change", &change)],
    )
}

/// "Kaynak: …, 12.03.2024. Denetim: 25.11.2026".
pub(crate) fn origin(words: &Catalog, sources: &[String], checked: &str) -> String {
    // A profile from elsewhere names its sources in its own words.
    let named =
        sources.iter().map(|id| source(id).map_or_else(|| (id.clone(), None), |source| name(words, source)));
    // Guides of the same kind differ in their dates alone.
    let mut names: Vec<(String, Vec<String>)> = Vec::new();
    for (title, date) in named {
        match names.iter_mut().find(|(known, _)| *known == title) {
            Some((_, dates)) => dates.extend(date),
            None => names.push((title, date.into_iter().collect())),
        }
    }
    let written_names = names.into_iter().map(|(title, mut dates)| {
        dates.insert(0, title);
        dates.join(", ")
    });
    let all = written_names.collect::<Vec<_>>().join("; ");
    words.text("panel_source", &[("sources", &all), ("date", &written(checked))])
}

fn name(words: &Catalog, source: &Source) -> (String, Option<String>) {
    (words.text(&source.title, &[]), source.date.as_deref().map(written))
}

/// When the edition's way holds, and what it differs in from older guides.
pub(crate) fn edition<P>(pen: &Pen<P>, list: &Checklist, saved_state: &SavedState) -> Vec<Element> {
    let edition = list.edition;
    let mut lines = Vec::new();
    if let Some(date) = &edition.since {
        lines.push(since(pen.words, ["panel_edition_since", "panel_edition_since_about"], date, &[]));
    }
    if let Some(date) = &edition.confirmed {
        lines.push(pen.words.text("panel_edition_confirmed", &[("date", &written(date))]));
    }
    if list.pinned {
        lines.push(pen.say("panel_edition_pinned"));
        lines.extend(saved_state.institution().and_then(|chosen| words::mark(chosen, pen.words)));
    }
    if edition.steps.iter().any(|step| step.superseded.is_some()) {
        lines.push(pen.say("panel_edition_old"));
    }
    let mut parts = vec![pen.plain("p", "", &lines.join(" "))];
    let changes = list.changes();
    if !changes.is_empty() {
        parts.push(pen.text("h3", "", "panel_changes"));
        let items: Vec<_> =
            changes.iter().map(|superseded| pen.plain("li", "", &change(pen.words, superseded))).collect();
        parts.push(pen.element("ul", "changes", &items));
    }
    parts
}

/// What to have at hand.
pub(crate) fn needs<P>(pen: &Pen<P>, list: &Checklist) -> Element {
    let items: Vec<_> = list.needs.iter().map(|need| pen.text("li", "", &need.text)).collect();
    pen.element("ul", "needs", &items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::Role;
    use eimza_protocol::Lang;

    #[test]
    fn guides_of_one_kind_are_named_once_with_their_dates() {
        let sources = ["mersin-guide", "lost-2023", "lost-2025"].map(str::to_owned);
        assert_eq!(
            origin(Catalog::of(Lang::Tr), &sources, "2026-11-25"),
            "Kaynak: Mersin İl Sağlık Müdürlüğü’nün e-imza kılavuzu; Bir kamu kurumunun kılavuzu, \
             10.07.2023, 10.10.2025. Denetim: 25.11.2026"
        );
    }

    #[test]
    fn what_replaced_a_way_is_said_with_its_date() {
        let list = Checklist::of(
            "lost",
            &SavedState { role: Some(Role::OtherStaff), ..SavedState::default() },
            None,
        );
        let said: Vec<_> =
            list.unwrap().changes().iter().map(|one| change(Catalog::of(Lang::Tr), one)).collect();
        assert!(said[0].starts_with("Excel listesi yok artık") && said[0].contains("01.04.2022"), "{said:?}");
    }
}

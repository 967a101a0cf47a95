//! The guide as elements.

use super::state::{Button, Guide, NEEDS};
use super::steps;
use crate::panel::institution::state::Import;
use crate::panel::pen::{Pen, set};
use crate::panel::transfer::state::Transfer;
use crate::panel::{Press, institution, transfer};
use eimza_guide::{Checklist, ChecklistStep, Payee, Role, SavedState, Step, host_of, procedures};
use eimza_payment::Day;
use web_sys::Element;

type GuidePen = Pen<Press>;

/// What the id of a step's element begins with.
pub(crate) const STEP: &str = "step-";

/// What the steps about money are drawn from.
pub(crate) struct Money<'a> {
    pub import: &'a Import,
    pub transfer: &'a Transfer,
    pub today: Option<Day>,
}

/// All procedures, those of the page beside marked.
pub(crate) fn procedure_list(pen: &mut GuidePen, guide: &Guide) -> Vec<Element> {
    let mut items = Vec::new();
    for procedure in procedures() {
        let mut parts = vec![pen.text("span", "name", &procedure.title)];
        let here = guide.here.as_ref().is_some_and(|place| procedure.is_on(place));
        if here {
            parts.push(pen.text("span", "mark", "panel_guide_here"));
        }
        if let Some(list) =
            Checklist::of(&procedure.id, &guide.saved_state, guide.os).filter(|list| list.done() > 0)
        {
            parts.push(pen.plain("span", "progress", &progress(pen, &list)));
        }
        let id = format!("open-{}", procedure.id);
        let press = Press::Guide(Button::Open(procedure.id.clone()));
        let button = pen.button_of(&id, press, if here { "procedure here" } else { "procedure" }, &parts);
        items.push(pen.element("li", "", &[button]));
    }
    vec![pen.text("h2", "", "panel_guide_title"), pen.element("ul", "procedures", &items)]
}

/// One procedure: what it needs, its steps, where they come from.
pub(crate) fn procedure(
    pen: &mut GuidePen,
    guide: &Guide,
    list: &Checklist,
    money: &Money<'_>,
) -> Vec<Element> {
    let title = pen.say(&list.procedure.title);
    let mut content =
        vec![pen.button("home", Press::Guide(Button::Home), "panel_home", false), pen.heading("h2", &title)];
    if list.procedure.depends_on_role() {
        content.push(roles(pen, guide.saved_state.role));
    }
    if list.asks_role {
        return content;
    }
    if list.pays == Some(false) {
        content.push(pen.text("p", "note", "panel_pays_nothing"));
    }
    content.push(needs(pen, guide, list));
    let to_institution =
        |step: &Step| step.payment.as_ref().is_some_and(|payment| payment.to == Payee::Institution);
    if list.steps.iter().any(|state| state.step.unit || to_institution(state.step)) {
        content.extend(institution::view::choice(pen, money.import, &guide.saved_state));
    }
    content.push(pen.text("h3", "", "panel_steps"));
    let next = list.next(guide.here.as_ref());
    let mut items = Vec::new();
    for (index, state) in list.steps.iter().enumerate() {
        items.push(step(pen, guide, list, state, index + 1, next == Some(index + 1), money));
    }
    content.push(pen.element("ol", "steps", &items));
    if next.is_none() {
        let done = pen.text("p", "", "panel_all_done");
        content.push(pen.element("div", "success", &[done]));
    }
    content.extend(editions(pen, list, &guide.saved_state));
    content.extend(endings(pen, guide, list));
    content
}

/// "3 / 8 adım tamam".
pub(crate) fn progress(pen: &GuidePen, list: &Checklist) -> String {
    let (done, of) = (list.done().to_string(), list.steps.len().to_string());
    pen.words.text("panel_guide_progress", &[("done", &done), ("of", &of)])
}

fn roles(pen: &mut GuidePen, chosen: Option<Role>) -> Element {
    let mut parts = vec![pen.text("legend", "", "panel_role")];
    for role in Role::ALL {
        let text = pen.say(role.title());
        let press = Press::Guide(Button::Role(role));
        parts.push(pen.radio("role", role.name(), press, chosen == Some(role), &text));
    }
    parts.push(pen.text("p", "note", "panel_role_why"));
    pen.element("fieldset", "", &parts)
}

/// What to have at hand: in full until the first step is done.
fn needs(pen: &mut GuidePen, guide: &Guide, list: &Checklist) -> Element {
    let unfolded = guide.is_unfolded(NEEDS, list.done() == 0);
    let title = pen.text("h3", "", "panel_needs");
    let disclosure = disclosure(pen, NEEDS, unfolded, &pen.say("panel_needs"));
    let mut parts = vec![pen.element("div", "line", &[title, disclosure])];
    if unfolded {
        parts.push(steps::needs(pen, list));
    }
    pen.element("div", "", &parts)
}

/// A step: in full where it is the next one, else in a line.
fn step(
    pen: &mut GuidePen,
    guide: &Guide,
    list: &Checklist,
    state: &ChecklistStep,
    number: usize,
    next: bool,
    money: &Money<'_>,
) -> Element {
    let ChecklistStep { step, done } = *state;
    let case = steps::case(step, &guide.saved_state, &list.procedure.id, money.today);
    let tick = Press::Guide(Button::Tick { step: step.id.clone(), done: !done });
    let title = format!("{number}. {}", pen.say(&step.title));
    let unfolded = guide.is_unfolded(&step.id, next);
    let choice = pen.check_box(&format!("tick-{}", step.id), tick, done, &title);
    let disclosure = disclosure(pen, &step.id, unfolded, &title);
    let mut parts = vec![pen.element("div", "line", &[choice, disclosure])];
    if next {
        parts.push(pen.text("span", "mark", "panel_step_now"));
    }
    if unfolded {
        parts.extend(steps::details(pen, step, &guide.saved_state, case));
        parts.extend(case.into_iter().flat_map(|case| transfer::view::parts(pen, case, money.transfer)));
        parts.extend(ways_on(pen, step, next));
        let origin = steps::origin(pen.words, &step.sources, &step.checked);
        parts.push(pen.plain("p", "source", &origin));
    } else if step.superseded.is_some() {
        parts.push(pen.text("span", "mark old", "panel_old_step"));
    }
    let item = pen.element("li", if done { "done" } else { "" }, &parts);
    item.set_id(&format!("{STEP}{}", step.id));
    if next {
        set(&item, "aria-current", "step");
    }
    item
}

fn disclosure(pen: &mut GuidePen, part: &str, unfolded: bool, name: &str) -> Element {
    let press = Press::Guide(Button::Unfold { part: part.to_owned(), wanted: !unfolded });
    pen.disclosure(&format!("unfold-{part}"), press, unfolded, name)
}

/// Where the step is done: a page, or the card in this panel.
fn ways_on(pen: &mut GuidePen, step: &Step, next: bool) -> Vec<Element> {
    let mut ways = Vec::new();
    if let Some((link, words)) =
        step.link.as_ref().and_then(|link| Some((link, host_of(link)?.link.as_ref()?)))
    {
        let text = pen.say(words);
        let class = if next { "button primary" } else { "button" };
        ways.push(pen.link(&format!("link-{}", step.id), class, link, &text));
    }
    if step.card {
        ways.push(pen.button("to-card", Press::Guide(Button::Home), "panel_to_card", next));
    }
    ways
}

fn editions(pen: &mut GuidePen, list: &Checklist, saved_state: &SavedState) -> Vec<Element> {
    let mut options = Vec::new();
    for edition in &list.procedure.editions {
        let press = Press::Guide(Button::Edition(edition.id.clone()));
        options.push((edition.id.clone(), pen.say(&edition.title), press));
    }
    let mut parts = vec![pen.list("edition", "panel_edition", options, &list.edition.id)];
    parts.extend(steps::edition(pen, list, saved_state));
    vec![pen.element("section", "edition", &parts)]
}

fn endings(pen: &mut GuidePen, guide: &Guide, list: &Checklist) -> Vec<Element> {
    let address = format!("list.html?islem={}", list.procedure.id);
    let text = pen.say("panel_print");
    let print = pen.link("print", "button", &address, &text);
    if !guide.starting_again {
        let again = Press::Guide(Button::StartAgain);
        return vec![print, pen.button("start-again", again, "panel_start_again", false)];
    }
    let sure = pen.text("p", "", "panel_start_again_sure");
    vec![
        print,
        pen.alert("warning", &[sure]),
        pen.button("start-again-sure", Press::Guide(Button::StartAgainSure), "panel_start_again_yes", true),
        pen.button("start-again-not", Press::Guide(Button::StartAgainNot), "panel_start_again_no", false),
    ]
}

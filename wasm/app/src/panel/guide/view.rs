//! Draws the guide.

use super::state::{Guide, Message, NEEDS, RESTART, RESTART_NOT, STEP_ID, step_element_id, tick_id};
use super::step_details;
use crate::guide_line::{guide_line, numbered_line};
use crate::panel::dom_builder::DomBuilder;
use crate::panel::element_builder::{ElementBuilder, set_attribute};
use crate::panel::section::{Embed, Slot};
use crate::panel::shared::Shared;
use crate::panel::source_line::source_line;
use crate::panel::transfer::step_payment::StepPayment;
use eimza_guide::{Checklist, ChecklistStep, Role, Signing, Step, StepStatus, procedures};
use eimza_i18n::Catalog;
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the id of the step in whose element an element is.
pub(super) fn step_of(element: &Element) -> Option<String> {
    let step = element.closest(&format!("[id^={STEP_ID}]")).ok()??;
    step.id().strip_prefix(STEP_ID).map(str::to_owned)
}

/// Returns the line that names the user's next step and leads to it, and where the page in the active tab stands
/// if that is somewhere else.
pub(super) fn resume(dom: &mut Dom, shared: &Shared) -> Vec<Element> {
    let Some(list) = current_list(shared) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut here = String::new();
    if let Some(next) = list.next_step(None) {
        here = numbered_line("guide_line_step", &list, next, dom.catalog);
        let text = numbered_line("panel_resume", &list, next, dom.catalog);
        let text = dom.plain_element("span", "", &text);
        let (procedure, step) = (list.procedure.id.clone(), next.step.id.clone());
        lines.push(dom.button_with("resume", Message::Resume { procedure, step }, "resume", &[text]));
    }
    let screen = shared.screen.as_ref().filter(|screen| procedures().iter().any(|known| known.is_on(screen)));
    let page = screen.and_then(|screen| guide_line(screen, &shared.saved_state, shared.os, dom.catalog));
    if let Some(page) = page.filter(|page| page.text != here) {
        let text = dom.catalog.text("panel_open_page", &[("line", &page.text)]);
        lines.push(dom.plain_element("p", "note", &text));
    }
    lines
}

/// Returns the checklist of the procedure on show, else of the one that the user is in, else of the one of the page
/// in the active tab.
fn current_list(shared: &Shared) -> Option<Checklist> {
    let of = |procedure: &str| Checklist::of(procedure, &shared.saved_state, shared.os);
    let chosen = || shared.saved_state.current.as_deref().and_then(of);
    let of_page = || of(&shared.saved_state.active_procedure(shared.screen.as_ref())?.id);
    shared.checklist().or_else(chosen).or_else(of_page)
}

/// Returns the list of procedures. Those of the page in the active tab are marked.
pub(super) fn procedure_list(dom: &mut Dom, shared: &Shared) -> Vec<Element> {
    let mut items = Vec::new();
    for procedure in procedures() {
        let mut content = vec![dom.text_element("span", "name", &procedure.title)];
        let is_here = shared.screen.as_ref().is_some_and(|screen| procedure.is_on(screen));
        if is_here {
            content.push(dom.text_element("span", "mark", "panel_guide_here"));
        }
        let list = Checklist::of(&procedure.id, &shared.saved_state, shared.os);
        if let Some(list) = list.filter(|list| list.done() > 0) {
            content.push(dom.plain_element("span", "progress", &progress(&list, dom.catalog)));
        }
        let id = format!("open-{}", procedure.id);
        let open = Message::OpenProcedure(procedure.id.clone());
        let class = if is_here { "procedure here" } else { "procedure" };
        let button = dom.button_with(&id, open, class, &content);
        items.push(dom.element("li", "", &[button]));
    }
    vec![dom.text_element("h2", "", "panel_guide_title"), dom.element("ul", "procedures", &items)]
}

/// Returns the progress: "3 / 8 adım tamam".
pub(super) fn progress(list: &Checklist, catalog: &Catalog) -> String {
    let (done, of) = (list.done().to_string(), list.needed().to_string());
    catalog.text("panel_guide_progress", &[("done", &done), ("of", &of)])
}

/// A procedure: what the user needs, its steps, where they come from.
pub(super) struct ProcedureView<'a> {
    pub guide: &'a Guide,
    pub shared: &'a Shared,
    pub list: &'a Checklist,
}

impl ProcedureView<'_> {
    pub(super) fn draw(&self, dom: &mut Dom, embed: &mut Embed<'_>) -> Vec<Element> {
        let list = self.list;
        let title = dom.text(&list.procedure.title);
        let mut content = vec![
            dom.button("home", Message::OpenStart, "panel_home", false),
            dom.focus_heading("h2", &title),
        ];
        if list.procedure.depends_on_role() {
            content.push(self.role(dom));
        }
        if list.asks_role {
            content.push(self.needs(dom));
            return content;
        }
        if list.pays == Some(false) {
            content.push(dom.text_element("p", "note", "panel_pays_nothing"));
        }
        content.push(self.needs(dom));
        content.extend(embed(Slot::BeforeSteps(list)));
        content.push(dom.text_element("h3", "", "panel_steps"));
        let next = list.next(self.shared.screen.as_ref());
        let steps = list.steps.iter().enumerate().map(|(index, state)| {
            let number = index + 1;
            self.step(dom, embed, state, next == Some(number))
        });
        let steps: Vec<_> = steps.collect();
        content.push(dom.element("ol", "steps", &steps));
        if next.is_none() {
            let done = dom.text_element("p", "", "panel_all_done");
            content.push(dom.element("div", "success", &[done]));
        }
        content.push(self.sources(dom));
        content.extend(self.actions(dom));
        content
    }

    /// Returns what the user needs; expanded until the first step is done.
    fn needs(&self, dom: &mut Dom) -> Element {
        let expanded = self.guide.is_expanded(NEEDS, !self.list.is_started());
        let title = dom.text_element("h3", "", "panel_needs");
        let disclosure = disclosure(dom, NEEDS, expanded, &dom.text("panel_needs"));
        let mut content = vec![dom.element("div", "line", &[title, disclosure])];
        if expanded {
            content.push(step_details::needs(dom, self.list));
        }
        dom.element("div", "", &content)
    }

    /// Returns a step; expanded if it is the next one.
    fn step(&self, dom: &mut Dom, embed: &mut Embed<'_>, state: &ChecklistStep, is_next: bool) -> Element {
        let ChecklistStep { step, status, .. } = *state;
        let done = status == StepStatus::Done;
        let title = step_details::numbered_title(dom, state);
        let expanded = self.guide.is_expanded(&step.id, is_next);
        let toggle = Message::SetDone { step: step.id.clone(), done: !done };
        let check_box = dom.check_box(&tick_id(&step.id), toggle, done, &title);
        let disclosure = disclosure(dom, &step.id, expanded, &title);
        let mut content = vec![dom.element("div", "line", &[check_box, disclosure])];
        if is_next {
            content.push(dom.text_element("span", "mark", "panel_step_now"));
        }
        if status == StepStatus::NotNeeded {
            content.push(dom.text_element("span", "mark", "panel_step_not_needed"));
        }
        if expanded {
            content.extend(self.step_details(dom, embed, step, is_next));
            content.extend(need_button(dom, state));
        } else if step.superseded.is_some() {
            content.push(dom.text_element("span", "mark old", "panel_old_step"));
        }
        let class = match status {
            StepStatus::Open => "",
            StepStatus::Done => "done",
            StepStatus::NotNeeded => "not-needed",
        };
        let item = dom.element("li", class, &content);
        item.set_id(&step_element_id(&step.id));
        if is_next {
            set_attribute(&item, "aria-current", "step");
        }
        item
    }

    fn step_details(&self, dom: &mut Dom, embed: &mut Embed<'_>, step: &Step, is_next: bool) -> Vec<Element> {
        let Self { shared, list, .. } = self;
        let payment = StepPayment::of(step, &shared.saved_state, &list.procedure.id, shared.today());
        // What is paid to whom comes first, whatever else there is to say about it.
        let mut content = embed(Slot::StepDetails(list, step));
        content.extend(step_details::details(dom, list, step, &shared.saved_state, payment));
        if step.signs {
            content.push(signing(dom, step, shared.saved_state.progress(&list.procedure.id).signing));
        }
        if !step.letter.is_empty() {
            let url = format!("list.html?islem={}&yazi={}", list.procedure.id, step.id);
            let text = dom.text("letter_print");
            content.push(dom.external_link(&format!("letter-{}", step.id), "button", &url, &text));
        }
        content.extend(step_links(dom, step, is_next));
        content
    }

    /// Returns the role in one line with a button to change it; the choice while it is unknown or being changed.
    fn role(&self, dom: &mut Dom) -> Element {
        let role = self.shared.saved_state.role.filter(|_| !self.guide.choosing_role);
        let Some(role) = role else { return roles(dom, self.shared.saved_state.role) };
        let args = [("role", &*dom.text(role.title()))];
        let text = dom.plain_element("span", "", &dom.catalog.text("panel_role_is", &args));
        let change = dom.button("change-role", Message::ChooseRole, "panel_role_change", false);
        dom.element("div", "role", &[text, change])
    }

    /// Returns where the steps come from, and the other editions, in one part that is closed at first.
    fn sources(&self, dom: &mut Dom) -> Element {
        let list = self.list;
        let summary = dom.text_element("summary", "", "panel_sources");
        let lines = list.steps.iter().map(|state| {
            let title = step_details::numbered_title(dom, state);
            let source = source_line(dom.catalog, &state.step.sources, &state.step.checked);
            dom.plain_element("li", "source", &format!("{title} – {source}"))
        });
        let lines: Vec<_> = lines.collect();
        let editions = self.editions(dom);
        let lines = dom.element("ul", "sources", &lines);
        let sources = dom.element("details", "", &[summary, editions, lines]);
        sources.set_id("sources");
        sources
    }

    fn editions(&self, dom: &mut Dom) -> Element {
        let list = self.list;
        let editions = list.procedure.editions.iter();
        let options = editions.map(|edition| {
            (edition.id.clone(), dom.text(&edition.title), Message::SelectEdition(edition.id.clone()))
        });
        let options = options.collect();
        let mut content = vec![dom.select("edition", "panel_edition", options, &list.edition.id)];
        content.extend(step_details::edition(dom, list, &self.shared.saved_state));
        dom.element("section", "edition", &content)
    }

    /// Returns the link to the page to print, and the button to start again, which asks for confirmation.
    fn actions(&self, dom: &mut Dom) -> Vec<Element> {
        let mut content = vec![print_link(dom, self.list)];
        if self.guide.confirming_restart {
            let question = dom.text_element("p", "", "panel_start_again_sure");
            content.push(dom.alert("warning", &[question]));
            content.push(dom.button("start-again-sure", Message::Restart, "panel_start_again_yes", true));
            content.push(dom.button(RESTART_NOT, Message::CancelRestart, "panel_start_again_no", false));
        } else {
            content.push(dom.button(RESTART, Message::AskRestart, "panel_start_again", false));
        }
        content
    }
}

fn roles(dom: &mut Dom, chosen: Option<Role>) -> Element {
    let mut content = vec![dom.text_element("legend", "", "panel_role")];
    for role in Role::ALL {
        let text = dom.text(role.title());
        content.push(dom.radio("role", role.name(), Message::SelectRole(role), chosen == Some(role), &text));
    }
    content.push(dom.text_element("p", "note", "panel_role_why"));
    dom.element("fieldset", "", &content)
}

fn disclosure(dom: &mut Dom, part: &str, expanded: bool, name: &str) -> Element {
    let toggle = Message::SetExpanded { part: part.to_owned(), expanded: !expanded };
    dom.disclosure(&format!("unfold-{part}"), toggle, expanded, name)
}

/// Returns the question how the user signed: steps about paper depend on it.
fn signing(dom: &mut Dom, step: &Step, chosen: Option<Signing>) -> Element {
    let mut content = vec![dom.text_element("legend", "", "panel_signing")];
    for signing in Signing::ALL {
        let text = dom.text(signing.title());
        let select = Message::SelectSigning { step: step.id.clone(), signing };
        content.push(dom.radio("signing", signing.name(), select, chosen == Some(signing), &text));
    }
    dom.element("fieldset", "", &content)
}

/// Returns the button that says that a step is not needed, or needed after all; none where it is done.
fn need_button(dom: &mut Dom, state: &ChecklistStep) -> Option<Element> {
    let (id, not_needed, text) = match state.status {
        StepStatus::Open => ("skip", true, "panel_step_skip"),
        StepStatus::NotNeeded => ("need", false, "panel_step_need"),
        StepStatus::Done => return None,
    };
    let step = state.step.id.clone();
    let id = format!("{id}-{step}");
    Some(dom.button(&id, Message::SetNotNeeded { step, not_needed }, text, false))
}

/// Links to where the step is done: a page, or the card in this panel.
fn step_links(dom: &mut Dom, step: &Step, is_next: bool) -> Vec<Element> {
    let mut links = Vec::new();
    if let Some((link, key)) = step.link() {
        let class = if is_next { "button primary" } else { "button" };
        links.push(dom.external_link(&format!("link-{}", step.id), class, link, &dom.text(key)));
    }
    if step.card {
        links.push(dom.button("to-card", Message::OpenStart, "panel_to_card", is_next));
    }
    links
}

fn print_link(dom: &ElementBuilder, list: &Checklist) -> Element {
    let url = format!("list.html?islem={}", list.procedure.id);
    dom.external_link("print", "button", &url, &dom.text("panel_print"))
}

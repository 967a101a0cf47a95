//! The side panel: the card, and the procedures.
//!
//! [`card::state`] and [`guide::state`] decide and are pure; their views draw; this file joins them
//! with the browser.

mod card;
mod document;
mod guide;
mod institution;
pub(crate) mod list;
mod pen;
mod transfer;
mod welcome;

pub(crate) use transfer::sheet::open as open_sheet;

use crate::clock;
use card::state::{Effect, Input, Panel};
use eimza_guide::{Change, Checklist, Os, ProfileError, ProfileErrorKind, SavedState, ScreenId};
use eimza_i18n::Catalog;
use eimza_messages::{ExtensionMessage, Sheet};
use eimza_protocol::{Lang, Message, Request};
use eimza_webext::{PortConnection, json};
use gloo::events::EventListener;
use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::storage::{LocalStorage, Storage};
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use guide::state::{Guide, Show};
use guide::view::STEP;
use institution::state::Import;
use pen::Pen;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use transfer::state::Transfer;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The name under which the service worker relays to the native host.
const PORT: &str = "card";

/// What a control means.
#[derive(Debug, Clone)]
pub(crate) enum Press {
    Card(card::state::Button),
    Guide(guide::state::Button),
    Institution(institution::state::Button),
    Transfer(transfer::state::Button),
    /// Text that is typed about the payer.
    Typed(transfer::state::Field),
    /// Text that is typed into the description of this template.
    Described(String),
    /// A file that is chosen.
    File,
    OtherLanguage,
}

/// The name under which the payer is remembered, where the user wants it: in the store of the extension's own pages, which
/// content scripts cannot read.
const PAYER: &str = "payer";

/// Files beyond this are not even read; a profile is far smaller.
const MAX_FILE: f64 = 1_000_000.0;

/// What is known of the user.
pub(crate) struct User {
    pub lang: Lang,
    pub saved_state: SavedState,
    pub os: Option<Os>,
}

/// What the service worker says.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Relayed {
    /// A message of the native host.
    Host(Message),
    /// The host is gone or was never there: the browser's own words.
    Lost(String),
}

/// Which of our pages it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// Card and procedures, beside a page.
    SidePanel,
    /// After installation.
    Welcome,
}

/// The running panel.
struct Running {
    page: Page,
    card: Panel,
    guide: Guide,
    import: Import,
    transfer: Transfer,
    /// Changes that the worker has not written down yet: until then what is stored is older than ours.
    unwritten: u32,
    /// What is stored, as far as we were told.
    written: SavedState,
    /// A change could not be stored: what is shown is what is stored.
    unstored: bool,
    /// Reads the file that was chosen.
    reader: Option<FileReader>,
    connection: Option<PortConnection>,
    timer: Option<Timeout>,
    presses: BTreeMap<String, Press>,
    _listeners: Vec<EventListener>,
}

/// The panel in the document; what the browser tells reaches it here.
#[derive(Clone)]
pub(crate) struct Handle(Rc<RefCell<Running>>);

/// Opens the panel in the current document.
pub(crate) fn open(page: Page, user: User) -> Handle {
    let handle = Handle(Rc::new(RefCell::new(Running {
        page,
        card: Panel::new(user.lang),
        written: user.saved_state.clone(),
        unstored: false,
        guide: Guide::new(user.saved_state, user.os),
        import: Import::None,
        transfer: Transfer::new(LocalStorage::get(PAYER).ok()),
        unwritten: 0,
        reader: None,
        connection: None,
        timer: None,
        presses: BTreeMap::new(),
        _listeners: Vec::new(),
    })));
    let of_document = ["click", "change", "input", "focusin", "focusout"].map(|event| {
        let handle = handle.clone();
        EventListener::new(&gloo::utils::document(), event, move |event| handle.heard(event))
    });
    // Told by the other pages of the extension, never by this one.
    let for_store = handle.clone();
    let of_store = EventListener::new(&window(), "storage", move |_| {
        for_store.0.borrow_mut().transfer.remembered(LocalStorage::get(PAYER).ok());
        for_store.draw();
    });
    handle.0.borrow_mut()._listeners = of_document.into_iter().chain([of_store]).collect();
    handle.input(Input::Start);
    handle
}

impl Handle {
    /// The saved state, the policy or the language was changed, here or elsewhere.
    pub(crate) fn stored(&self, user: User) {
        {
            let running = &mut *self.0.borrow_mut();
            running.card.lang = user.lang;
            running.written = user.saved_state;
            if running.unwritten == 0 {
                running.guide.saved_state = running.written.clone();
            }
        }
        self.draw();
    }

    /// Has the service worker write changes down: it is the only one who writes.
    fn write_down(&self, changes: &[Change]) {
        for change in changes {
            let message = ExtensionMessage::ApplyChange { change: change.clone() };
            let Ok(message) = json::to_js(&message) else { continue };
            self.0.borrow_mut().unwritten += 1;
            let handle = self.clone();
            eimza_webext::send_message(&message, move |reply| {
                handle.noted(reply.is_some_and(|written| written.is_truthy()));
            });
        }
    }

    /// The worker has written a change, or could not.
    fn noted(&self, done: bool) {
        {
            let running = &mut *self.0.borrow_mut();
            running.unwritten = running.unwritten.saturating_sub(1);
            running.unstored |= !done;
            if running.unwritten > 0 || (done && !running.unstored) {
                return; // the store tells what it holds by itself
            }
            running.guide.saved_state = running.written.clone();
        }
        self.draw();
    }

    /// Another screen is beside the panel, or none of ours.
    pub(crate) fn here(&self, place: Option<ScreenId>) {
        self.0.borrow_mut().guide.here = place;
        self.draw();
    }

    /// A page's button asked for a part of the panel.
    pub(crate) fn show(&self, what: &str) {
        let show = if what == "guide" { Show::Guide } else { Show::Card };
        let changes = self.0.borrow_mut().guide.show(show);
        self.write_down(&changes);
        self.draw();
    }

    /// A click on a button, a choice of a box or list, text that is typed.
    fn heard(&self, event: &web_sys::Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let kind = event.type_();
        let step = target.closest(&format!("[id^={STEP}]")).ok().flatten();
        if let Some(step) = step.and_then(|step| step.id().strip_prefix(STEP).map(str::to_owned)) {
            self.0.borrow_mut().guide.hold(&step);
        }
        // A click that a script made is no wish of the user's.
        let Some(key) = key_of(&kind, &target).filter(|_| event.is_trusted()) else {
            return;
        };
        let press = self.0.borrow().presses.get(&key).cloned();
        match (press, kind.as_str()) {
            (Some(Press::Typed(_) | Press::Described(_)), "focusout") => {
                self.0.borrow_mut().transfer.left();
                self.draw();
            }
            (_, "focusin" | "focusout") | (None, _) => {}
            (Some(Press::Typed(field)), "input") => {
                let effect = self.0.borrow_mut().transfer.typed(field, text_of(&target));
                self.carry_out_transfer(effect);
                self.draw();
            }
            (Some(Press::Described(template)), "input") => {
                self.0.borrow_mut().transfer.described(&template, text_of(&target));
                self.draw();
            }
            (Some(Press::File), "change") => self.read(&target),
            (Some(Press::Typed(_) | Press::Described(_) | Press::File), _) => {}
            // A box or list tells of its change; of its input as well, once more.
            (Some(press), "click" | "change") => self.pressed(press),
            (Some(_), _) => {}
        }
    }

    /// Does what the transfer asks for.
    fn carry_out_transfer(&self, effect: Option<transfer::state::Effect>) {
        match effect {
            // A failure only means that it is not remembered.
            Some(transfer::state::Effect::Keep(Some(payer))) => drop(LocalStorage::set(PAYER, payer)),
            Some(transfer::state::Effect::Keep(None)) => LocalStorage::delete(PAYER),
            Some(transfer::state::Effect::Copy(line, text)) => {
                let handle = self.clone();
                let promise = window().navigator().clipboard().write_text(&text);
                eimza_webext::on_settled(&promise, move |value| {
                    let done = value.is_some();
                    handle.0.borrow_mut().transfer.copied = Some((line, done));
                    handle.draw();
                });
            }
            None => {}
        }
    }

    /// Reads a profile's file; it is not taken before the user has confirmed it.
    fn read(&self, target: &Element) {
        let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value(""); // so that the same file, mended, can be chosen again
        if file.size() > MAX_FILE {
            let kind = ProfileErrorKind::TooLarge;
            self.0.borrow_mut().import = Import::Refused(ProfileError { line: 1, kind });
            self.draw();
            return;
        }
        let handle = self.clone();
        let reader = read_as_text(&file.into(), move |text| {
            // Text that is not UTF-8 is read with signs in the place of what is not.
            handle.0.borrow_mut().import = Import::of(text.unwrap_or_default());
            handle.draw();
        });
        self.0.borrow_mut().reader = Some(reader);
    }

    /// The transfer on show, for paper.
    pub(crate) fn sheet(&self) -> Option<Sheet> {
        let running = self.0.borrow();
        let (guide, words) = (&running.guide, Catalog::of(running.card.lang));
        let list = guide.checklist()?;
        cases(&list, &guide.saved_state)
            .find_map(|case| transfer::view::sheet(case, &running.transfer, words))
    }

    fn pressed(&self, press: Press) {
        {
            let running = &mut *self.0.borrow_mut();
            running.transfer.touched = false;
            running.unstored = false;
        }
        match press {
            Press::Card(button) => self.input(Input::Pressed(button)),
            Press::Guide(button) => {
                if matches!(button, guide::state::Button::Home | guide::state::Button::Open(_)) {
                    self.0.borrow_mut().import = Import::None; // a file is a matter of the page that it was chosen on
                }
                let changes = self.0.borrow_mut().guide.pressed(button);
                self.write_down(&changes);
                self.draw();
            }
            Press::Institution(button) => {
                let change = self.0.borrow_mut().import.pressed(button);
                if let Some(change) = change {
                    self.0.borrow_mut().guide.saved_state.apply(&change); // at once: the stored one comes later
                    self.write_down(&[change]);
                }
                self.draw();
            }
            Press::Transfer(button) => {
                let effect = self.0.borrow_mut().transfer.pressed(button);
                self.carry_out_transfer(effect);
                self.draw();
            }
            Press::OtherLanguage => {
                self.change_language();
                self.draw();
            }
            Press::Typed(_) | Press::Described(_) | Press::File => {} // taken with what is in them
        }
    }

    fn change_language(&self) {
        let card = &mut self.0.borrow_mut().card;
        card.lang = if card.lang == Lang::Tr { Lang::En } else { Lang::Tr };
        eimza_webext::store_local("lang", &if card.lang == Lang::En { "en" } else { "tr" }.into());
    }

    /// Lets the card's state decide, then does what it says and draws.
    fn input(&self, input: Input) {
        let effects = self.0.borrow_mut().card.take(input);
        for effect in effects {
            self.carry_out(effect);
        }
        self.draw();
    }

    fn draw(&self) {
        let running = &mut *self.0.borrow_mut();
        let mut pen = Pen::new(Catalog::of(running.card.lang));
        let title = document::title(&pen);
        let language = pen.button("language", Press::OtherLanguage, "panel_language", false);
        let header = pen.element("header", "", &[title, language]);
        let list = running.guide.checklist();
        let parts = match running.page {
            Page::SidePanel => parts(&mut pen, running, list.as_ref()),
            Page::Welcome => welcome::parts(&pen, &running.card),
        };
        let announced = list.map(|list| {
            let news = cases(&list, &running.guide.saved_state)
                .find_map(|case| transfer::view::news(case, &running.transfer, pen.words));
            news.unwrap_or_else(|| guide::view::progress(&pen, &list))
        });
        document::show(&pen, running.card.lang, header, &parts, &announced.unwrap_or_default());
        running.presses = pen.presses;
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Connect => {
                // The old one first: two hosts would compete for the card.
                self.0.borrow_mut().connection = None;
                let connection = self.connect();
                self.0.borrow_mut().connection = Some(connection);
            }
            Effect::Disconnect => self.0.borrow_mut().connection = None,
            Effect::Send(request) => self.send(&request),
            Effect::Wait(patience) => {
                let handle = self.clone();
                let timer =
                    patience.map(|millis| Timeout::new(millis, move || handle.input(Input::PatienceEnded)));
                self.0.borrow_mut().timer = timer;
            }
        }
    }

    fn connect(&self) -> PortConnection {
        let (for_messages, for_end) = (self.clone(), self.clone());
        let on_message = move |message: JsValue| {
            for_messages.input(match json::from_js(&message) {
                Ok(Relayed::Host(message)) => Input::Said(message),
                Ok(Relayed::Lost(reason)) => Input::Lost(reason),
                Err(_) => Input::NotUnderstood,
            });
        };
        PortConnection::open(PORT, on_message, move || for_end.input(Input::Lost(String::new())))
    }

    fn send(&self, request: &Request) {
        if let (Some(connection), Ok(message)) = (&self.0.borrow().connection, json::to_js(request)) {
            connection.send(&message);
        }
    }
}

/// What is paid in a procedure.
fn cases<'a>(
    list: &'a Checklist,
    saved_state: &'a SavedState,
) -> impl Iterator<Item = transfer::view::Case<'a>> {
    let today = clock::today();
    list.steps
        .iter()
        .filter_map(move |state| guide::steps::case(state.step, saved_state, &list.procedure.id, today))
}

/// By what a control is known that was pressed or chosen.
fn key_of(event: &str, target: &Element) -> Option<String> {
    if event == "click" {
        // The text in a button is an element of its own. Boxes tell of their change.
        return Some(target.closest("button").ok()??.id());
    }
    Some(match target.dyn_ref::<HtmlSelectElement>() {
        Some(list) => format!("{}={}", list.id(), list.value()),
        None => target.id(),
    })
}

/// The procedure's parts where there is one on show, else the card's and the list of all.
fn parts(pen: &mut Pen<Press>, running: &Running, list: Option<&Checklist>) -> Vec<Element> {
    let mut parts = card::view::warnings(pen, &running.card);
    if running.unstored {
        let what = pen.text("p", "what", "panel_not_stored");
        parts.push(pen.alert("problem", &[what]));
    }
    match list {
        Some(list) => {
            let (import, transfer) = (&running.import, &running.transfer);
            let money = guide::view::Money { import, transfer, today: clock::today() };
            parts.extend(guide::view::procedure(pen, &running.guide, list, &money));
            parts.push(pen.text("footer", "", "panel_guide_untested"));
        }
        None => {
            let card = card::view::card(pen, &running.card, eimza_webext::unix_time());
            parts.push(pen.element("section", "card", &card));
            let procedures = guide::view::procedure_list(pen, &running.guide);
            parts.push(pen.element("section", "guide", &procedures));
            parts.push(pen.text("footer", "", "panel_untested"));
        }
    }
    parts
}

/// What stands in a text field.
fn text_of(field: &Element) -> String {
    let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value)).unwrap_or_default()
}

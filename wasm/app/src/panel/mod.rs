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

pub(crate) use transfer::sheet::{Sheet, open as open_sheet};

use crate::chrome::{self, Connection};
use card::state::{Effect, Input, Panel};
use eimza_guide::{Change, Checklist, FaultReason, Notebook, Os, Place, ProfileFault};
use eimza_payment::Payer;
use eimza_protocol::{Lang, Message, Request};
use eimza_words::Words;
use gloo::events::EventListener;
use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use guide::state::{Guide, Show};
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
    /// Text that is typed.
    Typed(transfer::state::Field),
    /// A file that is chosen.
    File,
    OtherLanguage,
}

/// The name under which the payer is remembered, where the user wants it.
const PAYER: &str = "payer";

/// Files beyond this are not even read; a profile is far smaller.
const MAX_FILE: f64 = 1_000_000.0;

/// What is known of the user.
pub(crate) struct User {
    pub lang: Lang,
    pub notebook: Notebook,
    pub payer: Option<Payer>,
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
    /// Reads the file that was chosen.
    reader: Option<FileReader>,
    connection: Option<Connection>,
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
        guide: Guide::new(user.notebook, user.os),
        import: Import::None,
        transfer: Transfer::new(user.payer),
        reader: None,
        connection: None,
        timer: None,
        presses: BTreeMap::new(),
        _listeners: Vec::new(),
    })));
    let listeners = ["click", "change", "input"].map(|event| {
        let handle = handle.clone();
        EventListener::new(&gloo::utils::document(), event, move |event| handle.heard(event))
    });
    handle.0.borrow_mut()._listeners = listeners.into();
    handle.input(Input::Start);
    handle
}

impl Handle {
    /// The notebook was changed, here or elsewhere.
    pub(crate) fn stored(&self, notebook: Notebook) {
        self.0.borrow_mut().guide.notebook = notebook;
        self.draw();
    }

    /// Another screen is beside the panel, or none of ours.
    pub(crate) fn here(&self, place: Option<Place>) {
        self.0.borrow_mut().guide.here = place;
        self.draw();
    }

    /// A page's button asked for a part of the panel.
    pub(crate) fn show(&self, what: &str) {
        let show = if what == "guide" { Show::Guide } else { Show::Card };
        let changes = self.0.borrow_mut().guide.show(show);
        write_down(&changes);
        self.draw();
    }

    /// A click on a button, or a choice of a box or list.
    fn heard(&self, event: &web_sys::Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        // A click that a script made is no wish of the user's.
        let Some(key) = key_of(&event.type_(), &target).filter(|_| event.is_trusted()) else {
            return;
        };
        let press = self.0.borrow().presses.get(&key).cloned();
        match press {
            Some(Press::Typed(field)) => self.typed(field, &target),
            Some(Press::File) => self.read(&target),
            // A box or list tells of its change; of its input as well, once more.
            Some(press) if event.type_() != "input" => self.pressed(press),
            _ => {}
        }
    }

    fn typed(&self, field: transfer::state::Field, target: &Element) {
        let area = target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
        let text = area.or_else(|| target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value));
        let effect = self.0.borrow_mut().transfer.typed(field, text.unwrap_or_default());
        carry_out(effect);
        self.draw();
    }

    /// Reads a profile's file; it is not taken before the user has confirmed it.
    fn read(&self, target: &Element) {
        let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value(""); // so that the same file, mended, can be chosen again
        if file.size() > MAX_FILE {
            let reason = FaultReason::TooLarge;
            self.0.borrow_mut().import = Import::Refused(ProfileFault { line: 1, reason });
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
        let (guide, words) = (&running.guide, Words::of(running.card.lang));
        let list = guide.checklist()?;
        cases(&list, &guide.notebook).find_map(|case| transfer::view::sheet(case, &running.transfer, words))
    }

    fn pressed(&self, press: Press) {
        self.0.borrow_mut().transfer.touched = false;
        match press {
            Press::Card(button) => self.input(Input::Pressed(button)),
            Press::Guide(button) => {
                if matches!(button, guide::state::Button::Home | guide::state::Button::Open(_)) {
                    self.0.borrow_mut().import = Import::None; // a file is a matter of the page that it was chosen on
                }
                let changes = self.0.borrow_mut().guide.pressed(button);
                write_down(&changes);
                self.draw();
            }
            Press::Institution(button) => {
                let change = self.0.borrow_mut().import.pressed(button);
                if let Some(change) = change {
                    self.0.borrow_mut().guide.notebook.take(&change); // at once: the stored one comes later
                    write_down(&[change]);
                }
                self.draw();
            }
            Press::Transfer(button) => {
                let effect = self.0.borrow_mut().transfer.pressed(button);
                carry_out(effect);
                self.draw();
            }
            Press::OtherLanguage => {
                self.change_language();
                self.draw();
            }
            Press::Typed(_) | Press::File => {} // taken with what is in them
        }
    }

    fn change_language(&self) {
        let card = &mut self.0.borrow_mut().card;
        card.lang = if card.lang == Lang::Tr { Lang::En } else { Lang::Tr };
        chrome::remember("lang", &if card.lang == Lang::En { "en" } else { "tr" }.into());
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
        let mut pen = Pen::new(Words::of(running.card.lang));
        let title = document::title(&pen);
        let language = pen.button("language", Press::OtherLanguage, "panel_language", false);
        let header = pen.element("header", "", &[title, language]);
        let list = running.guide.checklist();
        let parts = match running.page {
            Page::SidePanel => parts(&mut pen, running, list.as_ref()),
            Page::Welcome => welcome::parts(&pen, &running.card),
        };
        let announced = list.map(|list| {
            let news = cases(&list, &running.guide.notebook)
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

    fn connect(&self) -> Connection {
        let (for_messages, for_end) = (self.clone(), self.clone());
        let on_message = move |message: JsValue| {
            for_messages.input(match serde_wasm_bindgen::from_value(message) {
                Ok(Relayed::Host(message)) => Input::Said(message),
                Ok(Relayed::Lost(reason)) => Input::Lost(reason),
                Err(_) => Input::NotUnderstood,
            });
        };
        Connection::open(PORT, on_message, move || for_end.input(Input::Lost(String::new())))
    }

    fn send(&self, request: &Request) {
        if let (Some(connection), Ok(message)) = (&self.0.borrow().connection, chrome::plain(request)) {
            connection.send(&message);
        }
    }
}

/// What is paid in a procedure.
fn cases<'a>(list: &'a Checklist, notebook: &'a Notebook) -> impl Iterator<Item = transfer::view::Case<'a>> {
    let today = chrome::today();
    list.steps
        .iter()
        .filter_map(move |state| guide::steps::case(state.step, notebook, &list.procedure.id, today))
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
    match list {
        Some(list) => {
            let (import, transfer) = (&running.import, &running.transfer);
            let money = guide::view::Money { import, transfer, today: chrome::today() };
            parts.extend(guide::view::procedure(pen, &running.guide, list, &money));
            parts.push(pen.text("footer", "", "panel_guide_untested"));
        }
        None => {
            let card = card::view::card(pen, &running.card, chrome::now());
            parts.push(pen.element("section", "card", &card));
            let procedures = guide::view::procedure_list(pen, &running.guide);
            parts.push(pen.element("section", "guide", &procedures));
            parts.push(pen.text("footer", "", "panel_untested"));
        }
    }
    parts
}

/// Does what a press in the transfer asks for.
fn carry_out(effect: Option<transfer::state::Effect>) {
    match effect {
        Some(transfer::state::Effect::Keep(Some(payer))) => {
            if let Ok(payer) = chrome::plain(&payer) {
                chrome::remember(PAYER, &payer);
            }
        }
        Some(transfer::state::Effect::Keep(None)) => chrome::forget(PAYER),
        // Where that is forbidden, the text can still be read and marked.
        Some(transfer::state::Effect::Copy(text)) => drop(window().navigator().clipboard().write_text(&text)),
        None => {}
    }
}

/// Has the service worker write changes down: it is the only one who writes.
fn write_down(changes: &[Change]) {
    for change in changes {
        if let Ok(change) = chrome::plain(change) {
            chrome::note(&change);
        }
    }
}

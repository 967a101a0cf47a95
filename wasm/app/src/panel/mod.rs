//! The side panel: the card's state and its unlocking.
//!
//! [`state`] decides and is pure; [`view`] draws; this file joins them with the browser.

mod link;
mod state;
mod view;

use crate::chrome::{self, Connection};
use eimza_protocol::{Lang, Message, Request};
use gloo::timers::callback::Timeout;
use serde::{Deserialize, Serialize};
use state::{Effect, Input, Panel};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The name under which the service worker relays to the native host.
const PORT: &str = "card";

/// What the service worker says.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Relayed {
    /// A message of the native host.
    Host(Message),
    /// The host is gone or was never there: the browser's own words.
    Lost(String),
}

/// The running panel.
struct Running {
    panel: Panel,
    connection: Option<Connection>,
    timer: Option<Timeout>,
    drawn: Option<view::Drawn>,
}

type Shared = Rc<RefCell<Running>>;

/// Opens the panel in the current document.
pub(crate) fn open(lang: Lang) {
    let panel = Panel::new(lang);
    let running = Rc::new(RefCell::new(Running { panel, connection: None, timer: None, drawn: None }));
    input(&running, Input::Start);
}

/// Lets the state decide, then does what it says and draws.
fn input(running: &Shared, input: Input) {
    let effects = running.borrow_mut().panel.take(input);
    for effect in effects {
        carry_out(running, effect);
    }
    let mut borrowed = running.borrow_mut();
    let for_clicks = Rc::clone(running);
    let on_click = move |button| self::input(&for_clicks, Input::Pressed(button));
    let drawn = view::draw(&borrowed.panel, on_click);
    borrowed.drawn = Some(drawn);
}

fn carry_out(running: &Shared, effect: Effect) {
    match effect {
        Effect::Connect => {
            // The old one first: two hosts would compete for the card.
            running.borrow_mut().connection = None;
            let connection = connect(running);
            running.borrow_mut().connection = Some(connection);
        }
        Effect::Disconnect => running.borrow_mut().connection = None,
        Effect::Send(request) => send(running, &request),
        Effect::Wait(patience) => {
            let waiting = Rc::clone(running);
            let timer =
                patience.map(|millis| Timeout::new(millis, move || input(&waiting, Input::PatienceEnded)));
            running.borrow_mut().timer = timer;
        }
        Effect::Remember(lang) => {
            chrome::remember("lang", if lang == Lang::En { "en" } else { "tr" });
        }
    }
}

fn connect(running: &Shared) -> Connection {
    let (for_messages, for_end) = (Rc::clone(running), Rc::clone(running));
    let on_message = move |message: JsValue| {
        input(
            &for_messages,
            match serde_wasm_bindgen::from_value(message) {
                Ok(Relayed::Host(message)) => Input::Said(message),
                Ok(Relayed::Lost(reason)) => Input::Lost(reason),
                Err(_) => Input::NotUnderstood,
            },
        );
    };
    Connection::open(PORT, on_message, move || input(&for_end, Input::Lost(String::new())))
}

fn send(running: &Shared, request: &Request) {
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    if let (Some(connection), Ok(message)) = (&running.borrow().connection, request.serialize(&plain)) {
        connection.send(&message);
    }
}

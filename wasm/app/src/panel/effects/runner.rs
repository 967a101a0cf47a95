//! Executes effects in the browser.

use super::effect::Effect;
use super::file::save_file;
use super::host_connection::{HostConnection, HostEvent};
use crate::panel::dom_builder::ChosenFile;
use eimza_guide::Change;
use eimza_messages::ExtensionMessage;
use eimza_payment::Payer;
use eimza_protocol::Lang;
use eimza_webext::json;
use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::storage::{LocalStorage, Storage};
use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement};

/// The local storage key of the payer. Content scripts cannot read the local storage of extension pages.
const PAYER: &str = "payer";

/// The event of the document that asks its script to open the side panel.
const OPEN_PANEL: &str = "open-panel";

/// The maximum size of a file that is read, in bytes. A profile is far smaller.
const MAX_FILE_SIZE: f64 = 1_000_000.0;

/// What an effect reports later.
pub(crate) enum EffectResult<M> {
    /// A timer expired, a text was copied or a file was read.
    Message(M),
    /// The native host, or the connection to it, reports something.
    Host(HostEvent),
    /// Whether the service worker stored a change of the saved state.
    ChangeStored(bool),
}

/// Executes effects. Results are reported later, never during a call.
pub(crate) struct EffectRunner<M> {
    report: Rc<dyn Fn(EffectResult<M>)>,
    connection: Option<HostConnection>,
    timers: Vec<(&'static str, Timeout)>,
    file_reader: Option<FileReader>,
}

impl<M: Clone + 'static> EffectRunner<M> {
    /// Creates a runner that passes results to `report`.
    pub(crate) fn new(report: impl Fn(EffectResult<M>) + 'static) -> Self {
        Self { report: Rc::new(report), connection: None, timers: Vec::new(), file_reader: None }
    }

    /// Executes an effect. [`Effect::Navigate`] does nothing here because it concerns no browser interface.
    pub(crate) fn run(&mut self, effect: Effect<M>) {
        match effect {
            Effect::Navigate(_) => {}
            Effect::SaveChange(change) => self.save(change),
            Effect::SetLanguage(lang) => {
                eimza_webext::store_local("lang", &if lang == Lang::En { "en" } else { "tr" }.into());
            }
            Effect::ConnectHost => {
                // Closed before the new one is opened: two hosts would compete for the card.
                self.connection = None;
                let report = self.report.clone();
                self.connection = Some(HostConnection::open(move |event| report(EffectResult::Host(event))));
            }
            Effect::DisconnectHost => self.connection = None,
            Effect::SendToHost(request) => {
                if let Some(connection) = &self.connection {
                    connection.send(&request);
                }
            }
            Effect::StartTimer { name, milliseconds, message } => {
                self.stop_timer(name);
                let report = self.report.clone();
                let timer = Timeout::new(milliseconds, move || report(EffectResult::Message(message)));
                self.timers.push((name, timer));
            }
            Effect::StopTimer(name) => self.stop_timer(name),
            Effect::CopyText { text, copied, failed } => {
                let report = self.report.clone();
                let promise = window().navigator().clipboard().write_text(&text);
                eimza_webext::on_settled(&promise, move |value| {
                    let message = if value.is_some() { &copied } else { &failed };
                    report(EffectResult::Message(message.clone()));
                });
            }
            // If this fails, the payer is not remembered.
            Effect::StorePayer(Some(payer)) => drop(LocalStorage::set(PAYER, payer)),
            Effect::StorePayer(None) => LocalStorage::delete(PAYER),
            // The page's script opens it while the user's action is handled (`extension/panel/welcome.js`).
            Effect::OpenPanel => {
                if let Ok(event) = web_sys::Event::new(OPEN_PANEL) {
                    let _ = document().dispatch_event(&event);
                }
            }
            Effect::SaveFile { name, kind, text } => save_file(&name, kind, &text),
            // The page is drawn when all effects are executed.
            Effect::ScrollTo { region, control } => {
                Timeout::new(0, move || scroll_to(&region, &control)).forget();
            }
            Effect::RequestNotifications { refused } => {
                let report = self.report.clone();
                eimza_webext::request_permission("notifications", move |granted| {
                    if !granted {
                        report(EffectResult::Message(refused.clone()));
                    }
                });
            }
        }
    }

    /// Has the service worker, which alone writes the saved state, store a change.
    fn save(&self, change: Change) {
        let report = self.report.clone();
        // The worker rejects an undefined message.
        let message = json::to_js(&ExtensionMessage::ApplyChange { change }).unwrap_or(JsValue::UNDEFINED);
        eimza_webext::send_message(&message, move |reply| {
            report(EffectResult::ChangeStored(reply.is_some_and(|stored| stored.is_truthy())));
        });
    }

    fn stop_timer(&mut self, name: &str) {
        self.timers.retain(|(known, _)| *known != name);
    }

    /// Reads the file that was chosen in an input. Does nothing if there is none.
    pub(crate) fn read_file(&mut self, input: &HtmlInputElement, on_read: Rc<dyn Fn(ChosenFile) -> M>) {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value(""); // so that the same file can be chosen again after it was corrected
        let report = self.report.clone();
        if file.size() > MAX_FILE_SIZE {
            let message = on_read(ChosenFile::TooLarge);
            Timeout::new(0, move || report(EffectResult::Message(message))).forget();
            return;
        }
        self.file_reader = Some(read_as_text(&file.into(), move |text| {
            report(EffectResult::Message(on_read(ChosenFile::Text(text.unwrap_or_default()))));
        }));
    }
}

/// Scrolls to an element and focuses a control in it. Does nothing where they are no longer on show.
fn scroll_to(region: &str, control: &str) {
    let control =
        document().get_element_by_id(control).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(control) = control {
        let _ = control.focus();
    }
    if let Some(region) = document().get_element_by_id(region) {
        region.scroll_into_view();
    }
}

/// Returns the payer that local storage remembers.
pub(crate) fn stored_payer() -> Option<Payer> {
    LocalStorage::get(PAYER).ok()
}

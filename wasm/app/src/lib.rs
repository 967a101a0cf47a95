//! The WebAssembly module of the extension: [`advise`], [`visit`] and [`note`] for the service worker,
//! [`open_panel`] for the side panel, [`open_list`] and [`open_sheet`] for what is printed, [`open_welcome`]
//! for the page after installation. The only crate that knows the browser.

mod answer;
mod browser_state;
mod clock;
mod guide_line;
mod panel;

use browser_state::BrowserState;
use eimza_guide::{Environment, Institution, Os, PageSnapshot, SavedState};
use eimza_protocol::Lang;
use eimza_webext::json::{self, JsonError};
use panel::Page;
use wasm_bindgen::prelude::*;

/// Answers a content script's snapshot with hints in words.
///
/// `saved_state` is the stored state or nothing, `managed` the institution's profile that the browser's policy lays
/// down or nothing, `platform` the browser's word for the operating system.
///
/// # Errors
/// Where the snapshot is not a `PageSnapshot`.
#[wasm_bindgen]
pub fn advise(
    snapshot: &JsValue,
    lang: Option<String>,
    saved_state: &JsValue,
    managed: &JsValue,
    platform: &str,
) -> Result<JsValue, JsonError> {
    let snapshot: PageSnapshot = json::from_js(snapshot)?;
    let setting = Environment { os: Some(Os::from_platform(platform)), today: clock::today() };
    json::to_js(&answer::answer(&snapshot, &stored(saved_state, managed), setting, language(lang)))
}

/// The saved state after a visit to a screen; undefined where that changes nothing.
///
/// # Errors
/// Where the visit is none.
#[wasm_bindgen]
pub fn visit(saved_state: &JsValue, visit: &JsValue) -> Result<JsValue, JsonError> {
    let mut saved_state = stored(saved_state, &JsValue::UNDEFINED);
    let visit = json::from_js(visit)?;
    let changes = clock::today().is_some_and(|today| saved_state.record_visit(&visit, today));
    if changes { json::to_js(&saved_state) } else { Ok(JsValue::UNDEFINED) }
}

/// The saved state after a change by the user.
///
/// # Errors
/// Where the change is none.
#[wasm_bindgen]
pub fn note(saved_state: &JsValue, change: &JsValue) -> Result<JsValue, JsonError> {
    let mut saved_state = stored(saved_state, &JsValue::UNDEFINED);
    saved_state.apply(&json::from_js(change)?);
    json::to_js(&saved_state)
}

/// The saved state as it is stored, with what the policy lays down. One that cannot be read is an empty one: nothing but
/// ticks is lost.
fn stored(saved_state: &JsValue, managed: &JsValue) -> SavedState {
    let mut saved_state: SavedState = json::from_js(saved_state).unwrap_or_default();
    // A policy comes as values and is read as the file that it stands for.
    saved_state.policy = json::to_pretty_text(managed).map(|profile| Institution::read(&profile));
    saved_state
}

/// The side panel as the browser's events reach it.
#[wasm_bindgen]
pub struct SidePanel(panel::Handle);

#[wasm_bindgen]
impl SidePanel {
    /// The stored state or the policy is another one, or the language.
    pub fn stored(&self, known: &BrowserState) {
        self.0.stored(user(known));
    }

    /// The transfer on show, to be printed; undefined where there is none.
    pub fn sheet(&self) -> JsValue {
        self.0.sheet().and_then(|sheet| json::to_js(&sheet).ok()).unwrap_or(JsValue::UNDEFINED)
    }

    /// The place of the page in the tab beside; null where it is none of ours.
    pub fn here(&self, place: &JsValue) {
        self.0.here(json::from_js(place).ok());
    }

    /// A page's button asked for "card" or "guide".
    pub fn show(&self, what: &str) {
        self.0.show(what);
    }
}

/// The user, as the browser remembers them.
fn user(known: &BrowserState) -> panel::User {
    panel::User {
        lang: language(known.lang()),
        saved_state: stored(&known.saved_state(), &known.managed()),
        os: Some(Os::from_platform(&known.os())),
    }
}

/// Draws the side panel into the document and connects it to the native host.
#[wasm_bindgen(js_name = openPanel)]
pub fn open_panel(known: &BrowserState) -> SidePanel {
    SidePanel(panel::open(Page::SidePanel, user(known)))
}

/// Draws the page after installation into the document and connects it to the native host.
#[wasm_bindgen(js_name = openWelcome)]
pub fn open_welcome(known: &BrowserState) {
    // As long as the page: its listeners hold on to it.
    std::mem::forget(panel::open(Page::Welcome, user(known)));
}

/// Draws a procedure's list into the document, to be printed.
#[wasm_bindgen(js_name = openList)]
pub fn open_list(known: &BrowserState, procedure: &str) {
    panel::list::open(&user(known), procedure);
}

/// Draws a transfer into the document, to be printed: what [`SidePanel::sheet`] of the panel gave, or nothing.
#[wasm_bindgen(js_name = openSheet)]
pub fn open_sheet(lang: Option<String>, sheet: &JsValue) {
    panel::open_sheet(language(lang), json::from_js(sheet).ok().as_ref());
}

/// Turkish, unless the user chose otherwise.
fn language(stored: Option<String>) -> Lang {
    if stored.is_some_and(|lang| lang == "en") { Lang::En } else { Lang::Tr }
}

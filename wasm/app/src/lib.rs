//! The WebAssembly module of the extension: [`advise`], [`visit`] and [`note`] for the service worker,
//! [`open_panel`] for the side panel, [`open_list`] for the list to print, [`open_welcome`] for the
//! page after installation. The only crate that knows the browser.

mod answer;
mod chrome;
mod guide_line;
mod panel;

use eimza_guide::{Change, Notebook, Os, Place};
use eimza_protocol::Lang;
use panel::Page;
use wasm_bindgen::prelude::*;

/// Answers a content script's snapshot with hints in words.
///
/// `notebook` is the stored notebook or nothing, `platform` the browser's word for the operating
/// system.
///
/// # Errors
/// Where the snapshot is not a `PageSnapshot`.
#[wasm_bindgen]
pub fn advise(
    snapshot: JsValue,
    lang: Option<String>,
    notebook: JsValue,
    platform: &str,
) -> Result<JsValue, JsError> {
    let snapshot = serde_wasm_bindgen::from_value(snapshot)?;
    let os = Some(Os::from_platform(platform));
    Ok(chrome::plain(&answer::answer(&snapshot, &stored(notebook), os, language(lang)))?)
}

/// The notebook after a visit to a screen; undefined where that changes nothing.
///
/// # Errors
/// Where the place is none.
#[wasm_bindgen]
pub fn visit(notebook: JsValue, place: JsValue) -> Result<JsValue, JsError> {
    let mut notebook = stored(notebook);
    let place: Place = serde_wasm_bindgen::from_value(place)?;
    Ok(if notebook.visit(&place) { chrome::plain(&notebook)? } else { JsValue::UNDEFINED })
}

/// The notebook after a change by the user.
///
/// # Errors
/// Where the change is none.
#[wasm_bindgen]
pub fn note(notebook: JsValue, change: JsValue) -> Result<JsValue, JsError> {
    let mut notebook = stored(notebook);
    let change: Change = serde_wasm_bindgen::from_value(change)?;
    notebook.take(&change);
    Ok(chrome::plain(&notebook)?)
}

/// The notebook as it is stored. One that cannot be read is an empty one: nothing but ticks is lost.
fn stored(notebook: JsValue) -> Notebook {
    serde_wasm_bindgen::from_value(notebook).unwrap_or_default()
}

/// The side panel as the browser's events reach it.
#[wasm_bindgen]
pub struct SidePanel(panel::Handle);

#[wasm_bindgen]
impl SidePanel {
    /// The stored notebook is another one.
    pub fn stored(&self, notebook: JsValue) {
        self.0.stored(stored(notebook));
    }

    /// The place of the page in the tab beside; null where it is none of ours.
    pub fn here(&self, place: JsValue) {
        self.0.here(serde_wasm_bindgen::from_value(place).ok());
    }

    /// A page's button asked for "card" or "guide".
    pub fn show(&self, what: &str) {
        self.0.show(what);
    }
}

/// Draws the side panel into the document and connects it to the native host.
#[wasm_bindgen(js_name = openPanel)]
pub fn open_panel(lang: Option<String>, notebook: JsValue, platform: &str) -> SidePanel {
    let os = Some(Os::from_platform(platform));
    SidePanel(panel::open(Page::SidePanel, language(lang), stored(notebook), os))
}

/// Draws the page after installation into the document and connects it to the native host.
#[wasm_bindgen(js_name = openWelcome)]
pub fn open_welcome(lang: Option<String>, notebook: JsValue, platform: &str) {
    let os = Some(Os::from_platform(platform));
    // As long as the page: its listeners hold on to it.
    std::mem::forget(panel::open(Page::Welcome, language(lang), stored(notebook), os));
}

/// Draws a procedure's list into the document, to be printed.
#[wasm_bindgen(js_name = openList)]
pub fn open_list(lang: Option<String>, notebook: JsValue, platform: &str, procedure: &str) {
    let os = Some(Os::from_platform(platform));
    panel::list::open(language(lang), &stored(notebook), os, procedure);
}

/// Turkish, unless the user chose otherwise.
fn language(stored: Option<String>) -> Lang {
    if stored.is_some_and(|lang| lang == "en") { Lang::En } else { Lang::Tr }
}

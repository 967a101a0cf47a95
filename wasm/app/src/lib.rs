//! The WebAssembly module of the extension: [`advise`], [`visit`] and [`note`] for the service worker,
//! [`open_panel`] for the side panel, [`open_list`] and [`open_sheet`] for what is printed, [`open_welcome`]
//! for the page after installation. The only crate that knows the browser.

mod answer;
mod chrome;
mod guide_line;
mod panel;

use eimza_guide::{Change, Institution, Notebook, Os, ProfileFault, Setting, Visit};
use eimza_protocol::Lang;
use panel::Page;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// Answers a content script's snapshot with hints in words.
///
/// `notebook` is the stored notebook or nothing, `managed` the institution's profile that the browser's policy lays
/// down or nothing, `platform` the browser's word for the operating system.
///
/// # Errors
/// Where the snapshot is not a `PageSnapshot`.
#[wasm_bindgen]
pub fn advise(
    snapshot: JsValue,
    lang: Option<String>,
    notebook: JsValue,
    managed: JsValue,
    platform: &str,
) -> Result<JsValue, JsError> {
    let snapshot = serde_wasm_bindgen::from_value(snapshot)?;
    let setting = Setting { os: Some(Os::from_platform(platform)), today: chrome::today() };
    Ok(chrome::plain(&answer::answer(&snapshot, &stored(notebook, managed), setting, language(lang)))?)
}

/// The notebook after a visit to a screen; undefined where that changes nothing.
///
/// # Errors
/// Where the visit is none.
#[wasm_bindgen]
pub fn visit(notebook: JsValue, visit: JsValue) -> Result<JsValue, JsError> {
    let mut notebook = stored(notebook, JsValue::UNDEFINED);
    let visit: Visit = serde_wasm_bindgen::from_value(visit)?;
    let changes = chrome::today().is_some_and(|today| notebook.visit(&visit, today));
    Ok(if changes { chrome::plain(&notebook)? } else { JsValue::UNDEFINED })
}

/// The notebook after a change by the user.
///
/// # Errors
/// Where the change is none.
#[wasm_bindgen]
pub fn note(notebook: JsValue, change: JsValue) -> Result<JsValue, JsError> {
    let mut notebook = stored(notebook, JsValue::UNDEFINED);
    let change: Change = serde_wasm_bindgen::from_value(change)?;
    notebook.take(&change);
    Ok(chrome::plain(&notebook)?)
}

/// The notebook as it is stored, with what the policy lays down. One that cannot be read is an empty one: nothing but
/// ticks is lost.
fn stored(notebook: JsValue, managed: JsValue) -> Notebook {
    let mut notebook: Notebook = serde_wasm_bindgen::from_value(notebook).unwrap_or_default();
    notebook.policy = policy(managed);
    notebook
}

/// A policy comes as values and is read as the file that it stands for.
fn policy(managed: JsValue) -> Option<Result<Institution, ProfileFault>> {
    let value: serde_json::Value = serde_wasm_bindgen::from_value(managed).ok()?;
    if value.is_null() {
        return None;
    }
    Some(Institution::read(&serde_json::to_string_pretty(&value).ok()?))
}

/// The side panel as the browser's events reach it.
#[wasm_bindgen]
pub struct SidePanel(panel::Handle);

#[wasm_bindgen]
impl SidePanel {
    /// The stored notebook or the policy is another one, or the language.
    ///
    /// # Errors
    /// Where `known` is not what `known()` gathers.
    pub fn stored(&self, known: JsValue) -> Result<(), JsError> {
        let known: Known = serde_wasm_bindgen::from_value(known)?;
        self.0.stored(known.user());
        Ok(())
    }

    /// The transfer on show, to be printed; undefined where there is none.
    pub fn sheet(&self) -> JsValue {
        self.0.sheet().and_then(|sheet| chrome::plain(&sheet).ok()).unwrap_or(JsValue::UNDEFINED)
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

/// What the browser remembers of the user, as `known()` of `extension/module.js` gathers it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    #[serde(default)]
    lang: Option<String>,
    #[serde(default, with = "serde_wasm_bindgen::preserve")]
    notebook: JsValue,
    #[serde(default, with = "serde_wasm_bindgen::preserve")]
    managed: JsValue,
    os: String,
}

impl Known {
    fn user(self) -> panel::User {
        panel::User {
            lang: language(self.lang),
            notebook: stored(self.notebook, self.managed),
            os: Some(Os::from_platform(&self.os)),
        }
    }
}

/// Draws the side panel into the document and connects it to the native host.
///
/// # Errors
/// Where `known` is not what `known()` gathers.
#[wasm_bindgen(js_name = openPanel)]
pub fn open_panel(known: JsValue) -> Result<SidePanel, JsError> {
    let known: Known = serde_wasm_bindgen::from_value(known)?;
    Ok(SidePanel(panel::open(Page::SidePanel, known.user())))
}

/// Draws the page after installation into the document and connects it to the native host.
///
/// # Errors
/// Where `known` is not what `known()` gathers.
#[wasm_bindgen(js_name = openWelcome)]
pub fn open_welcome(known: JsValue) -> Result<(), JsError> {
    let known: Known = serde_wasm_bindgen::from_value(known)?;
    // As long as the page: its listeners hold on to it.
    std::mem::forget(panel::open(Page::Welcome, known.user()));
    Ok(())
}

/// Draws a procedure's list into the document, to be printed.
///
/// # Errors
/// Where `known` is not what `known()` gathers.
#[wasm_bindgen(js_name = openList)]
pub fn open_list(known: JsValue, procedure: &str) -> Result<(), JsError> {
    let known: Known = serde_wasm_bindgen::from_value(known)?;
    panel::list::open(&known.user(), procedure);
    Ok(())
}

/// Draws a transfer into the document, to be printed: what [`SidePanel::sheet`] of the panel gave, or nothing.
#[wasm_bindgen(js_name = openSheet)]
pub fn open_sheet(lang: Option<String>, sheet: JsValue) {
    let sheet = serde_wasm_bindgen::from_value::<Option<panel::Sheet>>(sheet).unwrap_or_default();
    panel::open_sheet(language(lang), sheet.as_ref());
}

/// Turkish, unless the user chose otherwise.
fn language(stored: Option<String>) -> Lang {
    if stored.is_some_and(|lang| lang == "en") { Lang::En } else { Lang::Tr }
}

//! The WebAssembly module of the extension: [`advise`] for the service worker, [`open_panel`] for
//! the side panel. The only crate that knows the browser.

mod answer;
mod chrome;
mod panel;

use eimza_protocol::Lang;
use wasm_bindgen::prelude::*;

/// Answers a content script's snapshot with hints in words.
///
/// # Errors
/// Where the snapshot is not a `PageSnapshot`.
#[wasm_bindgen]
pub fn advise(snapshot: JsValue, lang: Option<String>) -> Result<JsValue, JsError> {
    let snapshot = serde_wasm_bindgen::from_value(snapshot)?;
    let answer = answer::answer(&snapshot, language(lang));
    // Plain objects, as JSON has them; maps would not survive a message to a content script.
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(serde::Serialize::serialize(&answer, &plain)?)
}

/// Draws the side panel into the document and connects it to the native host.
#[wasm_bindgen(js_name = openPanel)]
pub fn open_panel(lang: Option<String>) {
    panel::open(language(lang));
}

/// Turkish, unless the user chose otherwise.
fn language(stored: Option<String>) -> Lang {
    if stored.is_some_and(|lang| lang == "en") { Lang::En } else { Lang::Tr }
}

//! What the browser stores about the user, as JavaScript passes it to the exports.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the browser stores about the user, as `loadBrowserState()` in
    /// `extension/shared/browser-state.js` loads it.
    #[wasm_bindgen(typescript_type = "BrowserState")]
    pub type BrowserState;

    /// Returns the language that the user chose.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lang(this: &BrowserState) -> Option<String>;

    /// Returns the saved state, or `undefined`.
    #[wasm_bindgen(method, getter, js_name = savedState)]
    pub(crate) fn saved_state(this: &BrowserState) -> JsValue;

    /// Returns the institution profile that a browser policy sets, or `undefined`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn managed(this: &BrowserState) -> JsValue;

    /// Returns the address of the product's own page, or `undefined`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn homepage(this: &BrowserState) -> Option<String>;

    /// Returns the browser's name of the operating system.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn os(this: &BrowserState) -> String;
}

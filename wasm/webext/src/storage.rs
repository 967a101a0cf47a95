//! `chrome.storage`.

use crate::object::object;
use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn storage_local_set(items: &Object) -> Promise;
}

/// Stores a value in `chrome.storage.local`. A failure is ignored; the value is then lost.
pub fn store_local(key: &str, value: &JsValue) {
    let _ = storage_local_set(&object(&[(key, value)]));
}

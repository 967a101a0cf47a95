//! `chrome.permissions`: permissions that the user grants later.

use crate::object::object;
use crate::promise::on_settled;
use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn permissions_request(permissions: &Object) -> Result<Promise, JsValue>;
}

/// Asks the user for a permission that the manifest lists as optional, and reports whether it is granted. Must be
/// called while an action of the user is handled.
pub fn request_permission(name: &str, on_answer: impl Fn(bool) + 'static) {
    let wanted = Array::of1(&name.into());
    // A browser without the permission throws.
    if let Ok(promise) = permissions_request(&object(&[("permissions", &wanted)])) {
        on_settled(&promise, move |granted| on_answer(granted.is_some_and(|granted| granted.is_truthy())));
    }
}

//! Bindings to the parts of the browser's extension interface (`chrome.*`) that the product uses, and
//! conversion between JavaScript values and Rust types.
//!
//! This is the only crate that binds `chrome`.

mod clock;
pub mod json;
mod promise;
mod runtime;
mod storage;

pub use clock::unix_time;
pub use promise::on_settled;
pub use runtime::{PortConnection, send_message};
pub use storage::store_local;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Returns a plain object with these properties.
fn object(properties: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in properties {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

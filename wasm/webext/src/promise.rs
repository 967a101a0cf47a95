//! Promises.

use js_sys::{Function, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Calls `callback` once the promise settles: with the value if it is fulfilled, with `None` if it is
/// rejected.
pub fn on_settled(promise: &Promise, callback: impl Fn(Option<JsValue>) + 'static) {
    let fulfilled = Rc::new(callback);
    let rejected = fulfilled.clone();
    let [on_fulfilled, on_rejected] = [
        Closure::once_into_js(move |value: JsValue| fulfilled(Some(value))),
        Closure::once_into_js(move |_: JsValue| rejected(None)),
    ];
    // `Promise::then` takes closures that the caller must keep alive; these free themselves.
    if let Ok(then) = Reflect::get(promise, &"then".into()).and_then(JsCast::dyn_into::<Function>) {
        let _ = then.call2(promise, &on_fulfilled, &on_rejected);
    }
}

//! The browser's extension interface: the only file that touches `chrome.*`.

use eimza_guide::Change;
use eimza_messages::ExtensionMessage;
use eimza_payment::Day;
use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A connection to the service worker.
    #[derive(Clone)]
    pub(crate) type Port;

    type PortEvent;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = connect)]
    fn runtime_connect(info: &Object) -> Port;

    #[wasm_bindgen(method, getter, js_name = onMessage)]
    fn on_message(this: &Port) -> PortEvent;

    #[wasm_bindgen(method, getter, js_name = onDisconnect)]
    fn on_disconnect(this: &Port) -> PortEvent;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn disconnect(this: &Port);

    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &PortEvent, listener: &Function);

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn store(items: &Object) -> Promise;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    fn send_message(message: &JsValue) -> Promise;

    /// What the browser remembers of the user, as `loadUserSettings()` of `extension/shared/user-settings.js` loads it.
    #[wasm_bindgen(typescript_type = "Known")]
    pub type Known;

    /// The language that they chose.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lang(this: &Known) -> Option<String>;

    /// The stored state or nothing.
    #[wasm_bindgen(method, getter, js_name = savedState)]
    pub(crate) fn saved_state(this: &Known) -> JsValue;

    /// The profile that a policy lays down or nothing.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn managed(this: &Known) -> JsValue;

    /// The browser's word for the operating system.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn os(this: &Known) -> String;
}

/// Keeps the listeners of a port alive, and the port open.
pub(crate) struct Connection {
    port: Port,
    _message: Closure<dyn FnMut(JsValue)>,
    _disconnect: Closure<dyn FnMut()>,
}

impl Connection {
    /// Connects to the service worker under a name.
    pub(crate) fn open(
        name: &str,
        on_message: impl FnMut(JsValue) + 'static,
        on_disconnect: impl FnMut() + 'static,
    ) -> Self {
        let port = runtime_connect(&object("name", &name.into()));
        let message = Closure::new(on_message);
        let disconnect = Closure::new(on_disconnect);
        port.on_message().add_listener(message.as_ref().unchecked_ref());
        port.on_disconnect().add_listener(disconnect.as_ref().unchecked_ref());
        Self { port, _message: message, _disconnect: disconnect }
    }

    /// Sends a message. One that no longer arrives is reported by the disconnection.
    pub(crate) fn send(&self, message: &JsValue) {
        let _ = self.port.post_message(message);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.port.disconnect();
    }
}

/// Remembers a setting; a failure only means that it is not remembered.
pub(crate) fn remember(key: &str, value: &JsValue) {
    let _ = store(&object(key, value));
}

/// Has the service worker apply a change to the saved state; calls with whether it was stored.
pub(crate) fn apply_change(change: &Change, then: impl Fn(bool) + 'static) {
    match plain(&ExtensionMessage::ApplyChange { change: change.clone() }) {
        Ok(message) => settle(&send_message(&message), move |answer| {
            then(answer.is_some_and(|stored| stored.is_truthy()));
        }),
        Err(Unreadable(_)) => then(false),
    }
}

/// Puts a text on the clipboard; calls with whether it is there.
pub(crate) fn copy(text: &str, then: impl Fn(bool) + 'static) {
    settle(&gloo::utils::window().navigator().clipboard().write_text(text), move |kept| then(kept.is_some()));
}

/// Calls once, when a promise is kept, with what came of it, or broken.
fn settle(promise: &Promise, then: impl Fn(Option<JsValue>) + 'static) {
    let then = Rc::new(then);
    let broken = then.clone();
    let [kept, broken] = [
        Closure::once_into_js(move |value: JsValue| then(Some(value))),
        Closure::once_into_js(move |_: JsValue| broken(None)),
    ];
    // Both are functions; a promise has the method.
    if let Ok(method) = Reflect::get(promise, &"then".into()).and_then(JsCast::dyn_into::<Function>) {
        let _ = method.call2(promise, &kept, &broken);
    }
}

/// What a message holds is not what it should be, or cannot be told.
pub struct Unreadable(serde_json::Error);

impl From<Unreadable> for JsValue {
    fn from(Unreadable(error): Unreadable) -> Self {
        js_sys::Error::new(&error.to_string()).into()
    }
}

/// Reads a plain object by way of its JSON: files are read so, and a second way to read each type would make the module
/// larger.
///
/// # Errors
/// Where it is none, or not what it should be.
pub(crate) fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, Unreadable> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    serde_json::from_str(&well_formed(text.as_deref().unwrap_or("null"))).map_err(Unreadable)
}

/// JSON with U+FFFD for each half of a surrogate pair: texts of JavaScript may be cut in the middle of a letter, which JSON
/// then tells by an escape, and no text of ours can hold it.
fn well_formed(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") {
        return json.into();
    }
    let (mut whole, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        // Whole pairs stand there as they are, and behind a backslash that is none itself comes an ASCII character.
        let is_half = matches!(escape.as_bytes(), [_, b'u', b'd', b'8'..=b'9' | b'a'..=b'f', _, _, ..]);
        let (told, length) = if is_half { ("\u{fffd}", 6) } else { (&escape[..2], 2) };
        whole = whole + before + told;
        rest = &escape[length..];
    }
    (whole + rest).into()
}

/// A plain object as a file with a line for each key; none where there is no object.
pub(crate) fn written_out(value: &JsValue) -> Option<String> {
    let indent = JsValue::from(2);
    let text = JSON::stringify_with_replacer_and_space(value, &JsValue::NULL, &indent).ok()?.as_string()?;
    (text != "null").then_some(text)
}

/// Plain objects, as JSON has them; maps would survive neither a message nor the storage.
///
/// # Errors
/// Where the value cannot be written so.
pub(crate) fn plain<T: Serialize>(value: &T) -> Result<JsValue, Unreadable> {
    let plain = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    plain.map_err(|error| Unreadable(serde::ser::Error::custom(error)))
}

fn object(key: &str, value: &JsValue) -> Object {
    let object = Object::new();
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(&object, &key.into(), value);
    object
}

/// The day that it is in Turkey.
pub(crate) fn today() -> Option<Day> {
    Day::in_turkey(now())
}

/// Now, in seconds since 1970 (UTC).
pub(crate) fn now() -> u64 {
    // Milliseconds as a float; far below where that loses whole seconds, and never negative today.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of our time fit")]
    let seconds = (js_sys::Date::now() / 1000.0) as u64;
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One text that was cut in the middle of a letter made a whole page unreadable.
    #[test]
    fn half_a_letter_is_told_from_whole_ones_and_from_what_only_looks_like_it() {
        let read = |json: &str| serde_json::from_str::<String>(&well_formed(json)).unwrap();
        assert_eq!(read(r#""a\ud83d""#), "a\u{fffd}");
        assert_eq!(read(r#""\udc00b\n\ud83d""#), "\u{fffd}b\n\u{fffd}");
        assert_eq!(read(r#""\\ud83d \\\ud83d 😀 \u001f""#), "\\ud83d \\\u{fffd} 😀 \u{1f}");
        assert_eq!(read(r#""İl""#), "İl");
    }
}

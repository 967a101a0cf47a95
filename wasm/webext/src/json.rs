//! Conversion between JavaScript values and Rust types by way of JSON.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use wasm_bindgen::JsValue;

/// The error for a value that does not have the expected form or cannot be converted.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct JsonError(serde_json::Error);

impl From<JsonError> for JsValue {
    fn from(error: JsonError) -> Self {
        js_sys::Error::new(&error.to_string()).into()
    }
}

/// Converts a plain JavaScript value into a Rust type. It goes through JSON text, like files: deserializing
/// each type from a second format as well would make the module larger.
///
/// # Errors
/// If the value is not a plain one or does not have the form of `T`.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsonError> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    serde_json::from_str(&replace_lone_surrogates(text.as_deref().unwrap_or("null"))).map_err(JsonError)
}

/// Converts a Rust value into plain JavaScript objects. JavaScript maps would survive neither an extension
/// message nor the storage.
///
/// # Errors
/// If the value cannot be serialized.
pub fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsonError> {
    let plain = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    plain.map_err(|error| JsonError(serde::ser::Error::custom(error)))
}

/// Returns a plain object as JSON text with one line for each key; `None` if there is no object.
pub fn to_pretty_text(value: &JsValue) -> Option<String> {
    let indent = JsValue::from(2);
    let text = JSON::stringify_with_replacer_and_space(value, &JsValue::NULL, &indent).ok()?.as_string()?;
    (text != "null").then_some(text)
}

/// Replaces each lone surrogate with U+FFFD. JavaScript strings may be cut between two surrogates;
/// `JSON.stringify` writes the lone one as an escape, which a Rust string cannot hold.
fn replace_lone_surrogates(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") {
        return json.into();
    }
    let (mut replaced, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        // `JSON.stringify` escapes only lone surrogates, and what follows a backslash here is an ASCII
        // character.
        let is_surrogate = matches!(escape.as_bytes(), [_, b'u', b'd', b'8'..=b'9' | b'a'..=b'f', _, _, ..]);
        let (text, length) = if is_surrogate { ("\u{fffd}", 6) } else { (&escape[..2], 2) };
        replaced = replaced + before + text;
        rest = &escape[length..];
    }
    (replaced + rest).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Regression test: a text cut between two surrogates made a whole snapshot unreadable.
    #[test]
    fn replaces_only_escapes_of_lone_surrogates() {
        let read = |json: &str| serde_json::from_str::<String>(&replace_lone_surrogates(json)).unwrap();
        assert_eq!(read(r#""a\ud83d""#), "a\u{fffd}");
        assert_eq!(read(r#""\udc00b\n\ud83d""#), "\u{fffd}b\n\u{fffd}");
        assert_eq!(read(r#""\\ud83d \\\ud83d 😀 \u001f""#), "\\ud83d \\\u{fffd} 😀 \u{1f}");
        assert_eq!(read(r#""İl""#), "İl");
    }
}

//! Files that the browser saves.

use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Array;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the content stays available, in milliseconds: the browser may ask the user where to save it.
const LIFETIME: u32 = 60_000;

/// Has the browser save a text as a file; `kind` is its media type. Needs no permission: it is a link that is
/// followed. If the browser refuses, no file is saved.
pub(super) fn save_file(name: &str, kind: &str, text: &str) {
    let _ = follow_link(name, kind, text);
}

fn follow_link(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(LIFETIME, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}

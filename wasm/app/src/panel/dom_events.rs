//! Reads DOM events.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The events that the panel listens to on the document.
pub(crate) const EVENTS: [&str; 5] = ["click", "change", "input", "focusin", "focusout"];

/// Returns the id of the control that an event concerns; for a list, "id=value" of the chosen option.
pub(crate) fn control_id(event: &str, target: &Element) -> Option<String> {
    if event == "click" {
        // The target may be an element in a button. Check boxes and radio buttons are handled at their change
        // event.
        return Some(target.closest("button").ok()??.id());
    }
    Some(match target.dyn_ref::<HtmlSelectElement>() {
        Some(select) => format!("{}={}", select.id(), select.value()),
        None => target.id(),
    })
}

/// Returns the text of a text field.
pub(crate) fn field_text(field: &Element) -> String {
    let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value)).unwrap_or_default()
}
